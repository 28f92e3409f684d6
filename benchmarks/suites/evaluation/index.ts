import { createReferenceEvaluator, createWasmEvaluator, type LocalEvaluator } from '../../../src/evaluation/index.ts';
import type { Row } from '../../row.ts';
import { type Native, startNative } from './native.ts';
import { type Workload, workload } from './workload.ts';

const L2 = { name: 'L2' } as const;
const WARM_UP_SECONDS = 1.5;

/** CPU seconds of this process, all threads. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function timed(work: () => void): number {
  const start = cpuSeconds();
  work();
  return cpuSeconds() - start;
}

/** The compiler's second tier arrives while the kernel runs. */
function warmUp(work: () => void): void {
  const start = cpuSeconds();
  while (cpuSeconds() - start < WARM_UP_SECONDS) work();
}

/** Answers before times: every loss within a tolerance of the reference on the first rows. */
function check(evaluator: LocalEvaluator, { programs, columns, target }: Workload, tolerance: number): void {
  const rows = 100;
  const reference = createReferenceEvaluator();
  const sample = { columns: columns.map((column) => column.slice(0, rows)), target: target.slice(0, rows) };
  reference.setData(sample);
  evaluator.setData(sample);
  const expected = reference.losses(programs, L2);
  const actual = evaluator.losses(programs, L2);
  const errors = programs
    .map((_, i) => Math.abs(actual[i] - expected[i]) / Math.abs(expected[i]))
    .sort((a, b) => a - b);
  // The worst few per cent of random expressions amplify rounding without bound.
  const error = errors[Math.floor(0.9 * errors.length)];
  if (!(error <= tolerance)) throw new Error(`evaluation: wrong answers, relative error ${error}`);
}

async function throughput(
  name: string,
  precision: 32 | 64,
  rows: number,
  evaluator: LocalEvaluator,
  native: Native | null,
  work: Workload,
  repeats: number,
): Promise<Row[]> {
  const nodeRows = work.meanNodes * work.programs.length * rows;
  const ours: number[] = [];
  const theirs: number[] = [];
  const ratios: number[] = [];
  for (let i = 0; i < repeats; i++) {
    ours.push(timed(() => evaluator.losses(work.programs, L2, rows)));
    if (native) {
      theirs.push((await native.run(precision, rows)).seconds);
      ratios.push(theirs[i] / ours[i]);
    }
  }
  const speed = (seconds: readonly number[]) => nodeRows / Math.min(...seconds) / 1e6;
  const spread = Math.max(...ours) / Math.min(...ours) - 1;
  const reference = native ? speed(theirs) : null;
  return [
    { name, value: speed(ours), unit: 'Mn/cpu-s', reference, ratio: reference && speed(ours) / reference },
    { name: `${name}, spread`, value: spread, unit: '(max-min)/min', reference: null, ratio: null },
  ];
}

/** Jacobian and normal equations of every program against the value alone. */
function derivatives(evaluator: LocalEvaluator, work: Workload, rows: number, repeats: number): Row[] {
  const outputs = work.programs.map(({ parameters: p }) => ({
    hessian: new Float64Array(p * p),
    gradient: new Float64Array(p),
  }));
  const value = (): void => {
    for (const program of work.programs) evaluator.loss(program, program.constants, L2, rows);
  };
  const normal = (): void => {
    work.programs.forEach((program, i) => {
      evaluator.normalEquations(program, program.constants, L2, outputs[i], rows);
    });
  };
  const jacobian = (): void => {
    for (const program of work.programs) evaluator.jacobian(program, rows);
  };
  for (const step of [value, normal, jacobian]) warmUp(step);
  const times: [number, number, number][] = [];
  for (let i = 0; i < repeats; i++) times.push([timed(value), timed(normal), timed(jacobian)]);
  const least = [0, 1, 2].map((k) => Math.min(...times.map((row) => row[k])));
  const row = (name: string, seconds: number): Row => ({
    name: `${name}, ${rows} rows`,
    value: (1e6 * seconds) / work.programs.length,
    unit: 'cpu-us/program',
    reference: (1e6 * least[0]) / work.programs.length,
    ratio: seconds / least[0],
  });
  return [row('loss', least[0]), row('normal equations', least[1]), row('jacobian', least[2])];
}

/** Programs per CPU-second through the kernel, against native code of the same design on 32-byte vectors. */
export async function run({ quick, log }: { quick: boolean; log: (text: string) => void }): Promise<Row[]> {
  const evaluators = { 64: createWasmEvaluator(), 32: createWasmEvaluator({ precision: 32 }) } as const;
  const most = 100_000;
  const work = workload([evaluators[64], evaluators[32]], most);
  log(`${work.programs.length} programs, ${work.meanNodes} nodes on average`);
  check(evaluators[64], work, 1e-12);
  check(evaluators[32], work, 1e-4);
  const native = startNative(work);
  if (!native) log('no g++: no native reference');
  const rows: Row[] = [];
  for (const precision of [32, 64] as const) {
    const evaluator = evaluators[precision];
    evaluator.setData(work);
    warmUp(() => evaluator.losses(work.programs, L2, 1000));
    if (native) {
      const sum = evaluator.losses(work.programs, L2, 1000).reduce((a, b) => a + b, 0);
      log(`f${precision} sum of losses: ${sum}, native ${(await native.run(precision, 1000)).sum}`);
    }
    for (const count of [1000, most]) {
      const repeats = count === most ? (quick ? 2 : 5) : quick ? 20 : 60;
      const name = `f${precision}, ${count} rows`;
      rows.push(...(await throughput(name, precision, count, evaluator, native, work, repeats)));
    }
  }
  rows.push(...derivatives(evaluators[64], work, 1000, quick ? 5 : 20));
  native?.close();
  for (const evaluator of Object.values(evaluators)) evaluator.dispose();
  return rows;
}
