import { RandomStream, Table } from '../../../src/core/index.ts';
import { type FitOptions, fit } from '../../../src/search/index.ts';
import type { Row } from '../../row.ts';

const ROWS = 1000;
/** What a run with a template or units may cost per evaluation, beside a plain one. */
const MARK = 1.5;

/** A noisy law that no small formula fits exactly, so that every run spends its budget. */
function data(seed: number): Table {
  const random = new RandomStream(seed);
  const draw = (low: number, high: number): Float64Array =>
    Float64Array.from({ length: ROWS }, () => low + (high - low) * random.uniform());
  const x = draw(0.5, 3);
  const y = draw(0.5, 3);
  const z = draw(0, 2);
  const t = x.map((v, i) => (v * v * y[i] + v) * Math.exp(-z[i] * z[i]) + 0.1 * random.normal());
  return Table.from({ x, y, z, t });
}

const PLAIN: Partial<FitOptions> = {
  target: 't',
  unaryOperators: ['exp', 'sin', 'sqrt'],
  phases: ['evolve'],
  threads: 1,
  patience: 1_000_000,
  timeLimit: 1e6,
};
const UNITS = { xUnits: { x: 'm', y: 's', z: '1' }, yUnits: 'm^2*s' };

/** Each is the plain run with one thing more. */
const VARIANTS: Readonly<Record<string, { readonly options: Partial<FitOptions>; readonly mark: number | null }>> = {
  'template f(x, y) * exp(-g(z))': { options: { template: 'f(x, y) * exp(-g(z))' }, mark: MARK },
  'template f(x, y, z)': { options: { template: 'f(x, y, z)' }, mark: MARK },
  'template with D(f, 1)': { options: { template: 'f(x, y) + z * D(f, 1)(x, y)' }, mark: null },
  'units by construction': { options: UNITS, mark: MARK },
  'units by penalty': { options: { ...UNITS, dimensionMode: 'penalty' }, mark: MARK },
  'constraints and complexities': {
    options: {
      constraints: { '/': [-1, 5] },
      nestedConstraints: { sin: { sin: 0 } },
      complexityOfOperators: { exp: 2 },
    },
    mark: null,
  },
  'requirement, positive': { options: { requirements: ['positive'] }, mark: null },
  'loss by formula': { options: { loss: '(prediction - target)^2' }, mark: null },
};

interface Cost {
  readonly seconds: number;
  readonly evaluations: number;
}

async function cost(options: Partial<FitOptions>, seed: number, maxEvals: number): Promise<Cost> {
  const table = data(seed);
  const start = process.cpuUsage();
  const model = await fit(table, { ...PLAIN, target: 't', ...options, seed, maxEvals });
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, evaluations: model.evaluations };
}

const perEvaluation = (costs: readonly Cost[]): number =>
  costs.reduce((sum, each) => sum + each.seconds, 0) / costs.reduce((sum, each) => sum + each.evaluations, 0);

/** CPU time per evaluation of runs with more vocabulary, beside the plain run on the same data; interleaved. */
export async function run({ quick, log }: { quick: boolean; log: (text: string) => void }): Promise<Row[]> {
  const seeds = quick ? 1 : 6;
  const maxEvals = quick ? 4000 : 40_000;
  const plain: Cost[] = [];
  const costs = new Map(Object.keys(VARIANTS).map((name) => [name, [] as Cost[]]));
  await cost({}, 99, 2000);
  for (let seed = 0; seed < seeds; seed++) {
    plain.push(await cost({}, seed, maxEvals));
    for (const [name, list] of costs) list.push(await cost(VARIANTS[name].options, seed, maxEvals));
    log(`seed ${seed + 1} of ${seeds}`);
  }
  const base = perEvaluation(plain);
  const rows: Row[] = [
    { name: 'plain run', value: base * 1e6, unit: 'us per evaluation', reference: null, ratio: null },
  ];
  for (const [name, list] of costs) {
    rows.push({
      name,
      value: perEvaluation(list) / base,
      unit: 'of the plain run',
      reference: VARIANTS[name].mark,
      ratio: null,
    });
  }
  return rows;
}
