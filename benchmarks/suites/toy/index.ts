import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { variablesOf } from '../../../src/expressions/index.ts';
import { type FitOptions, fit } from '../../../src/search/index.ts';
import type { Row } from '../../row.ts';
import { normalisedError, toyTable } from './toy-data.ts';

const ROWS = 1000;
/** NMSE below which the law counts as found exactly. */
const EXACT = 1e-12;
/** Seconds to the law and to the first front that the project holds itself to. */
const MARK_SECONDS = 0.3;
const MARK_FIRST_FRONT = 0.5;
const OPTIONS = { target: 'y', binaryOperators: ['+', '-', '*', '/'], unaryOperators: ['sin', 'cos'], threads: 1 };

interface Trial {
  readonly exact: boolean;
  readonly seconds: number;
  readonly evaluations: number;
}

async function trial(seed: number, options: Partial<FitOptions>): Promise<Trial> {
  const table = toyTable(ROWS, seed);
  const start = performance.now();
  const model = await fit(table, { ...OPTIONS, seed, ...options });
  const seconds = (performance.now() - start) / 1000;
  const error = normalisedError(model.predict(table), table.numbers('y'));
  const exact = error < EXACT && variablesOf(model.best.tree).sort().join() === 'x0,x3';
  return { exact, seconds, evaluations: model.evaluations };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

async function series(label: string, seeds: number, options: Partial<FitOptions>, mark: number | null): Promise<Row[]> {
  const trials: Trial[] = [];
  for (let seed = 0; seed < seeds; seed++) trials.push(await trial(seed, options));
  const seconds = trials.map((one) => one.seconds);
  const found = trials.filter((one) => one.exact).length;
  const row = (name: string, value: number, unit: string, reference: number | null = null): Row => ({
    name: `${label}: ${name}`,
    value,
    unit,
    reference,
    ratio: reference === null ? null : value / reference,
  });
  return [
    row('exact', found, `of ${seeds} seeds`, seeds),
    row('median time', median(seconds), 's', mark),
    row('fastest', Math.min(...seconds), 's'),
    row('slowest', Math.max(...seconds), 's'),
    row('median evaluations', median(trials.map((one) => one.evaluations)), 'evaluations'),
  ];
}

/** Seconds from the start of a fresh process to its first front, on the planets. */
function firstFront(repeats: number): number {
  const dist = fileURLToPath(new URL('../../../dist/', import.meta.url));
  const table = fileURLToPath(new URL('../../../data/planets/planets.csv', import.meta.url));
  const program = `
    const [{ fit }, { readTable }] = await Promise.all([import(${JSON.stringify(`${dist}index.js`)}), import(${JSON.stringify(`${dist}io.js`)})]);
    const table = await readTable(${JSON.stringify(table)});
    const onProgress = ({ front }) => {
      if (front.length === 0) return;
      console.log(performance.now() / 1000);
      process.exit(0);
    };
    await fit(table, { target: 'period', onProgress });`;
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    times.push(Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })));
  }
  return median(times);
}

/** The toy law over seeds: with all phases, by evolution alone, and the start of a process to its first front. */
export async function run({ quick, log }: { quick: boolean; log: (text: string) => void }): Promise<Row[]> {
  await trial(99, {});
  log('toy law, all phases');
  const all = await series('all phases', quick ? 5 : 20, {}, MARK_SECONDS);
  log('toy law, evolution alone');
  const evolution = await series(
    'evolution alone',
    quick ? 3 : 20,
    { phases: ['evolve'], patience: 1000, timeLimit: quick ? 10 : 30 },
    null,
  );
  log('first front of a fresh process');
  const first = firstFront(quick ? 3 : 7);
  if (all[0].value < all[0].reference!)
    throw new Error(`the toy law was missed: ${all[0].value} of ${all[0].reference}`);
  return [
    ...all,
    ...evolution,
    {
      name: 'process start to first front',
      value: first,
      unit: 's',
      reference: MARK_FIRST_FRONT,
      ratio: first / MARK_FIRST_FRONT,
    },
  ];
}
