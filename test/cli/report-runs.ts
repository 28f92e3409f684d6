import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RandomStream, Table } from '../../src/core/index.ts';
import { type FitOptions, fit, type RunRecord } from '../../src/search/index.ts';

type Columns = Readonly<Record<string, readonly number[] | readonly string[]>>;

/** A run to report on: what was fitted, how, and what came out. */
export interface ReportRun {
  readonly columns: Columns;
  readonly options: FitOptions;
  readonly record: RunRecord;
}

const random = new RandomStream(11);
const range = (count: number, value: (i: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => value(i));

/** Small and ended by its work, so that a run takes a second. */
const LIMITS = { threads: 1, seed: 4, maxEvals: 20_000, phases: ['monomials', 'enumerate'] } as const;

async function search(columns: Columns, options: Omit<FitOptions, 'threads'>): Promise<ReportRun> {
  const all = { ...LIMITS, phases: [...LIMITS.phases], ...options } as FitOptions;
  return { columns, options: all, record: (await fit(Table.from(columns), all)).toJSON() };
}

const x = range(40, (i) => 0.5 + 0.25 * i);
const dy = range(40, (i) => 0.1 + 0.01 * i);

/** A parabola with known errors. */
export const withErrors = (): Promise<ReportRun> =>
  search({ x, y: x.map((value, i) => 2 * value ** 2 + dy[i] * random.normal()), dy }, { target: 'y', sigma: 'dy' });

const [mass, speed, height] = [1, 300, 100].map((scale) => range(60, () => scale * (0.1 + random.uniform())));

/** Three inputs, no errors. */
export const threeInputs = (): Promise<ReportRun> =>
  search(
    { mass, speed, height, energy: mass.map((m, i) => m * speed[i] + height[i]) },
    { target: 'energy', binaryOperators: ['+', '*'] },
  );

const DETECTORS = ['barrel', 'end<b>cap', 'forward "A"'] as const;

/** A template with a function and a parameter by category. */
export const template = (): Promise<ReportRun> => {
  const E = range(60, (i) => 4 + i);
  const detector = E.map((_, i) => DETECTORS[i % 3]);
  const signal = E.map((value, i) => 2 * Math.sqrt(value) + [1, 3, -2][i % 3]);
  return search(
    { E, detector: [...detector], signal },
    { target: 'signal', template: 'f(E) + p[detector]', phases: ['evolve'], maxEvals: 4000 },
  );
};

/** Text that would do harm on a page that does not escape it. */
export const HARM = [
  '<script>globalThis.harm = 1</script>',
  `"><img src=x onerror="globalThis.harm=1">`,
  "'</script><svg onload=globalThis.harm=1>",
  '\\href{javascript:alert(1)}{x} $x$ %}{',
] as const;

/** A run whose every text wants to be more than text; put together by hand. */
export function harmful(): ReportRun {
  const [input, target, sigma, latex] = HARM;
  const values = range(12, (i) => 1 + i);
  const quoted = (name: string): string => `\`${name}\``;
  const entry = {
    complexity: 3,
    loss: 1,
    score: 0,
    expression: `2 * ${quoted(input)}`,
    latex: '2 \\cdot \\mathrm{</annotation></math><script>globalThis.harm=1</script>}',
    constants: [2],
  };
  const other = { ...entry, complexity: 5, loss: 0.5, score: 0.3, latex, expression: `2 * ${quoted(input)} + 0.1` };
  return {
    columns: { [input]: values, [target]: values.map((value) => 2 * value + 0.1), [sigma]: values.map(() => 0.5) },
    options: { target, sigma, inputs: [input], yUnits: HARM[1] } as FitOptions,
    record: {
      seed: 1,
      threads: 1,
      seconds: 1,
      evaluations: 10,
      stoppedBy: 'exhausted',
      target,
      inputs: [input],
      notes: [...HARM],
      categories: {},
      best: entry,
      front: [entry, other],
    },
  };
}

/** Wide and long names and labels, which must not leave their figures. */
export function wide(): ReportRun {
  const [target, input, column] = ['W'.repeat(70), '漢字'.repeat(30), 'm'.repeat(40)];
  const labels = ['漢字漢字漢字漢字漢字', 'W'.repeat(30), 'a b c', '😀😀😀😀😀😀😀😀😀'];
  const values = range(24, (i) => 1e9 * (1 + i));
  const { record, options } = harmful();
  const entry = { ...record.best, expression: `2 * ${input}`, latex: `2 \\cdot \\mathrm{${input}}` };
  return {
    columns: {
      [input]: values,
      [column]: values.map((_, i) => labels[i % 4]),
      [target]: values.map((v, i) => 2 * v + i),
    },
    options: { ...options, target, sigma: undefined, inputs: undefined },
    record: {
      ...record,
      target,
      inputs: [input, column],
      notes: ['m'.repeat(300)],
      categories: { [column]: labels },
      best: entry,
      front: [entry],
    },
  };
}

/** Writes a run as `ansatz fit --out` leaves it, with its table as data.csv inside; returns the folder. */
export function saveRun(folder: string, { columns, options, record }: ReportRun, settings: object = {}): string {
  mkdirSync(folder, { recursive: true });
  const names = Object.keys(columns);
  const cell = (value: unknown): string => `"${String(value).replaceAll('"', '""')}"`;
  const { length } = columns[names[0]];
  const rows = Array.from({ length }, (_, i) => names.map((name) => cell(columns[name][i])).join(','));
  writeFileSync(join(folder, 'data.csv'), `${names.map(cell).join(',')}\n${rows.join('\n')}\n`);
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
  writeFileSync(
    join(folder, 'options.json'),
    JSON.stringify({ table: 'data.csv', options, version: '9.9.9', ...settings }),
  );
  return folder;
}
