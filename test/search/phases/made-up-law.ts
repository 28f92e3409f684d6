import { expect, vi } from 'vitest';
import { RandomStream, Table } from '../../../src/core/index.ts';
import { complexity, equivalent, parse } from '../../../src/expressions/index.ts';
import { type FitOptions, fit, type Model } from '../../../src/search/index.ts';

type Row = Readonly<Record<string, number>>;

/** An input's name, the ends of its range, and whether it is drawn evenly in the logarithm. */
export type Range = readonly [name: string, low: number, high: number, log?: 'log'];

export interface MadeUpLaw {
  readonly ranges: readonly Range[];
  readonly law: (row: Row) => number;
}

/** A law's inputs and `y`, with Gaussian noise relative to the root mean square of y. */
export function columnsOf(
  { ranges, law }: MadeUpLaw,
  { rows = 200, noise = 0, seed = 5 } = {},
): Record<string, number[]> {
  const random = new RandomStream(seed);
  const columns: Record<string, number[]> = Object.fromEntries(ranges.map(([name]) => [name, []]));
  const y: number[] = [];
  for (let i = 0; i < rows; i++) {
    const row: Record<string, number> = {};
    for (const [name, low, high, log] of ranges) {
      const u = random.uniform();
      row[name] = log ? low * (high / low) ** u : low + (high - low) * u;
      columns[name].push(row[name]);
    }
    y.push(law(row));
  }
  const size = Math.sqrt(y.reduce((sum, value) => sum + value * value, 0) / rows);
  return { ...columns, y: y.map((value) => value + noise * size * random.normal()) };
}

export function tableOf(law: MadeUpLaw, options?: Parameters<typeof columnsOf>[1]): Table {
  return Table.from(columnsOf(law, options));
}

/** An expression with its numbers to a few digits. */
export function rounded(expression: string, digits = 6): string {
  return expression.replace(/\d+\.\d+(e[+-]?\d+)?/g, (text) => String(Number(Number(text).toPrecision(digits))));
}

/** Coefficients of an exact law are good to this. */
const LAW_TOLERANCE = 1e-8;

/** Checks that the best law is the one written down, and about as short. */
export function expectLaw({ best }: Model, formula: string, ranges: readonly Range[]): void {
  const written = parse(formula);
  const domain = Object.fromEntries(ranges.map(([name, low, high]) => [name, [low, high] as const]));
  const { equivalent: isSame } = equivalent(best.tree, written, { domain, tolerance: LAW_TOLERANCE });
  expect(isSame, `${best.expression} instead of ${formula}`).toBe(true);
  expect(best.complexity).toBeLessThanOrEqual(complexity(written) + 2);
}

/** What must not depend on an interruption. */
export function outcome({ front, best, evaluations, stoppedBy, notes }: Model): unknown {
  return { front: front.map(({ tree: _, ...rest }) => rest), best: best.expression, evaluations, stoppedBy, notes };
}

/** Saves states on every occasion: a clock that jumps. */
export async function interrupt(table: Table, options: FitOptions): Promise<Uint8Array[]> {
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    time += 450;
    return time;
  });
  const states: Uint8Array[] = [];
  await fit(table, { ...options, timeLimit: 1e9, onCheckpoint: (state) => states.push(state) });
  vi.restoreAllMocks();
  return states;
}
