import {
  createGpuEvaluator,
  createReferenceEvaluator,
  createWasmEvaluator,
  type GpuDevice,
  type GpuEvaluator,
  type LocalEvaluator,
  type Program,
} from '../../../src/evaluation/index.ts';
import type { Row } from '../../row.ts';
import { type Workload, workload } from '../evaluation/workload.ts';

const L2 = { name: 'L2' } as const;
const EXPRESSIONS = [1_000, 10_000, 100_000];
const ROWS = [1_000, 10_000, 100_000, 1_000_000];
/** A cell that would take longer, by the speed of the one before, is left out. */
const MOST_SECONDS = 30;
const REPEATS = 3;
/** Programs that the answers are checked on before anything is timed. */
const CHECKED = 300;

/** The table of speeds. */
export interface Populations {
  readonly rows: readonly Row[];
  /** Largest node-rows per second of the device. */
  readonly speed: number;
  /** The first cell in which the device is ahead of one core. */
  readonly crossover: string | undefined;
  /** Cells that would have taken too long. */
  readonly leftOut: number;
}

function seconds(work: () => unknown): number {
  let least = Infinity;
  for (let i = 0; i < REPEATS; i++) {
    const start = performance.now();
    work();
    least = Math.min(least, (performance.now() - start) / 1000);
  }
  return least;
}

/** Answers before times: medians of the relative errors against f64, and verdicts that differ. */
function check(gpu: GpuEvaluator, { programs, columns, target }: Workload): Row[] {
  const rows = 1000;
  const sample = { columns: columns.map((column) => column.slice(0, rows)), target: target.slice(0, rows) };
  const reference = createReferenceEvaluator();
  for (const each of [gpu, reference]) each.setData(sample);
  const some = programs.slice(0, CHECKED);
  const expected = reference.losses(some, L2);
  const actual = gpu.losses(some, L2);
  const verdicts = some.filter((_, i) => Number.isFinite(expected[i]) !== Number.isFinite(actual[i])).length;
  const errors = [...expected.keys()]
    .filter((i) => Number.isFinite(expected[i]) && Number.isFinite(actual[i]))
    .map((i) => Math.abs(actual[i] / expected[i] - 1))
    .sort((a, b) => a - b);
  const at = (share: number): number => errors[Math.floor(share * errors.length)];
  if (!(at(0.5) < 1e-5) || verdicts > some.length / 20) throw new Error('gpu: wrong answers');
  const row = (name: string, value: number, unit: string): Row => ({ name, value, unit, reference: null, ratio: null });
  return [
    row('relative error of a loss, median', at(0.5), 'against f64'),
    row('relative error of a loss, 90th percentile', at(0.9), 'against f64'),
    row('verdicts that differ', verdicts, `of ${some.length}`),
    row('programs left to the CPU', (100 * gpu.counts.declined) / some.length, '%'),
  ];
}

function measure(
  name: string,
  gpu: GpuEvaluator,
  wasm: LocalEvaluator,
  programs: readonly Program[],
  work: number,
): Row {
  gpu.losses(programs, L2);
  const [onGpu, onCpu] = [seconds(() => gpu.losses(programs, L2)), seconds(() => wasm.losses(programs, L2))];
  const value = work / onGpu / 1e6;
  const reference = work / onCpu / 1e6;
  return { name, value, unit: 'Mn/s, wasm beside', reference, ratio: value / reference };
}

/** Node-rows per second of populations on the device and on WebAssembly, and where they cross. */
export function populations(device: GpuDevice, quick: boolean, log: (text: string) => void): Populations {
  const gpu = createGpuEvaluator(device);
  const wasm = createWasmEvaluator({ precision: 32 });
  const work = workload([wasm, createReferenceEvaluator()], quick ? 10_000 : Math.max(...ROWS));
  const rows = check(gpu, work);
  const limit = quick ? 2 : MOST_SECONDS;
  let expected = 1e8;
  let [speed, leftOut] = [0, 0];
  let crossover: string | undefined;
  for (const count of ROWS.filter((all) => all <= work.target.length)) {
    const data = { columns: work.columns.map((column) => column.slice(0, count)), target: work.target.slice(0, count) };
    for (const each of [gpu, wasm]) each.setData(data);
    for (const expressions of EXPRESSIONS) {
      const nodeRows = work.meanNodes * expressions * count;
      if ((nodeRows * (REPEATS + 1)) / expected > limit) {
        leftOut++;
        continue;
      }
      const programs = Array.from({ length: expressions }, (_, i) => work.programs[i % work.programs.length]);
      const row = measure(`${expressions} expressions x ${count} rows`, gpu, wasm, programs, nodeRows);
      expected = row.value * 1e6;
      speed = Math.max(speed, expected);
      log(`${row.name}: ${row.value.toFixed(0)} Mn/s, wasm ${row.reference?.toFixed(0)}`);
      if (row.ratio !== null && row.ratio > 1) crossover ??= row.name;
      rows.push(row);
    }
  }
  gpu.dispose();
  return { rows, speed, crossover, leftOut };
}
