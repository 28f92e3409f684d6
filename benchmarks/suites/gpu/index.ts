import {
  createGpuEvaluator,
  createReferenceEvaluator,
  createWasmEvaluator,
  type GpuDevice,
  type GpuEvaluator,
  type LocalEvaluator,
  openGpu,
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
/** Node-rows per second below which no graphics card is at work. */
const SOFTWARE_SPEED = 1e9;

export const usage = `usage: npm run bench -- gpu [--quick] [--json]
  Losses of 1 000 to 100 000 expressions on 1 000 to 1 000 000 rows, on the GPU and on WebAssembly of one core.
  Without a graphics card the answers are checked and the times mean nothing. "ansatz devices" lists what is here.`;

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

/** The best device; without a graphics driver, a CPU mode of gpu.js serves to check the answers. */
function open(log: (text: string) => void): Promise<GpuDevice> {
  return openGpu().catch((error: Error) => {
    log(error.message);
    return openGpu({ mode: 'webasm' });
  });
}

/** Node-rows per second of populations on the GPU and on WebAssembly, and where they cross. */
export async function run({ quick, log }: { quick: boolean; log: (text: string) => void }): Promise<Row[]> {
  const device = await open(log);
  log(`${device.mode}: ${device.renderer}`);
  const gpu = createGpuEvaluator(device);
  const wasm = createWasmEvaluator({ precision: 32 });
  const work = workload([wasm, createReferenceEvaluator()], quick ? 10_000 : Math.max(...ROWS));
  const rows = check(gpu, work);
  const limit = quick ? 2 : MOST_SECONDS;
  let speed = 1e8;
  let crossover: string | undefined;
  for (const count of ROWS.filter((all) => all <= work.target.length)) {
    const data = { columns: work.columns.map((column) => column.slice(0, count)), target: work.target.slice(0, count) };
    for (const each of [gpu, wasm]) each.setData(data);
    for (const expressions of EXPRESSIONS) {
      const nodeRows = work.meanNodes * expressions * count;
      if ((nodeRows * (REPEATS + 1)) / speed > limit) continue;
      const programs = Array.from({ length: expressions }, (_, i) => work.programs[i % work.programs.length]);
      const row = measure(`${expressions} expressions x ${count} rows`, gpu, wasm, programs, nodeRows);
      speed = row.value * 1e6;
      log(`${row.name}: ${row.value.toFixed(0)} Mn/s, wasm ${row.reference?.toFixed(0)}`);
      if (row.ratio !== null && row.ratio > 1) crossover ??= row.name;
      rows.push(row);
    }
  }
  if (speed < SOFTWARE_SPEED) log('this is no graphics card: the answers are checked, the times mean nothing');
  else log(crossover ? `the GPU is ahead from ${crossover}` : 'the GPU is nowhere ahead of one core');
  device.dispose();
  return rows;
}
