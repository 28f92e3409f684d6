import { afterEach, describe, expect, it, vi } from 'vitest';
import { RandomStream, Table } from '../../../src/core/index.ts';
import { equivalent, parse } from '../../../src/expressions/index.ts';
import { type FitOptions, fit, Model } from '../../../src/search/index.ts';

afterEach(() => vi.restoreAllMocks());

const ROWS = 100;
const PHASES: FitOptions['phases'] = ['monomials', 'enumerate', 'untyped', 'evolve'];

function tableOf(law: (x: number, t: number) => number, noise = 0): Table {
  const random = new RandomStream(6);
  const x = Array.from({ length: ROWS }, () => 1 + 4 * random.uniform());
  const t = Array.from({ length: ROWS }, () => 1 + 4 * random.uniform());
  return Table.from({ x, t, y: x.map((value, i) => law(value, t[i]) * (1 + noise * random.normal())) });
}

function search(table: Table, more: Partial<FitOptions> = {}): Promise<Model> {
  return fit(table, {
    target: 'y',
    phases: PHASES,
    noise: 'additive',
    maxEvals: 60_000,
    patience: 1,
    niterations: 2,
    timeLimit: 1e6,
    threads: 1,
    // Only pure numbers mend nothing: the sum of a length and a time is forbidden.
    dimensionlessConstantsOnly: true,
    xUnits: { x: 'm', t: 's' },
    yUnits: 'm',
    ...more,
  });
}

const isSame = (found: string, law: string): boolean => equivalent(parse(found), parse(law)).equivalent;

describe('units that no law can have', () => {
  it('give way to an exact law without units, and a note says so', async () => {
    const model = await search(tableOf((x, t) => x * t + 2 * x));
    expect(isSame(model.untyped!.expression, 'x * t + 2 * x')).toBe(true);
    expect(model.best).toBe(model.untyped);
    expect(model.stoppedBy).toBe('floor');
    expect(model.notes.join('\n')).toMatch(/^no law with these units; best without: .*a unit must be wrong/m);
    // The front keeps to the units.
    expect(model.front.length).toBeGreaterThan(0);
    for (const { constantUnits } of model.front) expect(constantUnits).toBeDefined();
    expect(model.untyped!.constantUnits).toBeUndefined();
  });

  it('stand beside a law without units on noisy data', async () => {
    const model = await search(tableOf((x, t) => x * t + 2 * x, 0.01));
    expect(isSame(rounded(model.untyped!.expression), 'x * t + 2 * x')).toBe(true);
    expect(model.front).toContain(model.best);
    expect(model.notes.join('\n')).toMatch(
      /^no law with these units; best without: .*\(its description is [\d.]+ nats/m,
    );
    expect(model.notes.join('\n')).not.toMatch(/must be wrong/);
  });

  it('survive the way through JSON', async () => {
    const model = await search(tableOf((x, t) => x * t + 2 * x));
    const again = Model.fromRecord(JSON.parse(JSON.stringify(model)));
    expect(again.best).toBe(again.untyped);
    expect(again.untyped!.expression).toBe(model.untyped!.expression);
    const table = tableOf((x, t) => x * t + 2 * x);
    expect([...again.predict(table)]).toEqual([...model.predict(table)]);
  });
});

describe('units that are right', () => {
  it('are not doubted', async () => {
    for (const noise of [0, 0.05]) {
      const model = await search(
        tableOf((x, t) => (x / t) * x, noise),
        { yUnits: 'm^2/s' },
      );
      expect(model.untyped).toBeUndefined();
      expect(model.best).toBe(model.front.find(({ expression }) => expression === model.best.expression));
      expect(model.notes.join('\n')).not.toMatch(/no law with these units/);
    }
  });

  it('that only cost are not looked at again, and neither is a search without the phase', async () => {
    for (const more of [
      { dimensionMode: 'penalty' as const },
      { phases: ['monomials' as const, 'enumerate' as const] },
    ]) {
      expect(
        (
          await search(
            tableOf((x, t) => x * t + 2 * x),
            more,
          )
        ).untyped,
      ).toBeUndefined();
    }
  });
});

it('a run is taken up with what was found without units', async () => {
  const table = tableOf((x, t) => x * t + 2 * x, 0.01);
  const outcome = ({ front, best, untyped, evaluations, notes }: Model): unknown => [
    front.map(({ expression, loss }) => [expression, loss]),
    best.expression,
    untyped?.expression,
    evaluations,
    notes,
  ];
  const options = { maxEvals: 20_000, niterations: 1 };
  const whole = outcome(await search(table, options));
  const states: Uint8Array[] = [];
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    time += 450;
    return time;
  });
  await search(table, { ...options, timeLimit: 1e9, onCheckpoint: (state) => states.push(state) });
  vi.restoreAllMocks();
  const step = Math.max(1, Math.floor(states.length / 6));
  for (const resume of states.filter((_, i) => i % step === 0)) {
    expect(outcome(await search(table, { ...options, resume }))).toEqual(whole);
  }
});

/** The expression with its numbers to the nearest quarter. */
function rounded(expression: string): string {
  return expression.replace(/\d+\.\d+/g, (number) => String(Math.round(4 * Number(number)) / 4));
}
