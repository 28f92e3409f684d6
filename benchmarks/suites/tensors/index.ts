/**
 * CPU milliseconds of a training step, forward, backward and Adam, in turn with PyTorch on one thread where that is here.
 *
 * `mlp`, `rqs` and `transformer` run with relaxed SIMD, which Node 20 has behind a flag and later ones without; the rows `... simd`
 * do without it. `gemm` is a product of 512^3 in GFLOP/s beside tfjs's own and beside PyTorch's. A reference of rows in
 * milliseconds is PyTorch; the ratio is ours to it. `rqs` is a flow of six spline couplings on six columns, 64-64 hidden units and
 * 8 bins, the same on both sides.
 * `mlp, 2 threads` and its like are speeds of two threads over one by the wall clock; the mark is 1.7.
 */
import * as tf from '@tensorflow/tfjs';
import { chooseBackend, type RelaxedSimd } from '../../../src/tensors/index.ts';
import type { Row } from '../../row.ts';
import { threadRows } from './threads.ts';
import { Torch } from './torch.ts';
import { WORKLOADS, type Workload } from './workloads.ts';

interface Settings {
  readonly quick: boolean;
  readonly log: (text: string) => void;
  /** One of `parts`, and nothing else. */
  readonly only?: string;
}

/** What can be run alone. */
export const parts: readonly string[] = ['gemm', ...Object.keys(WORKLOADS), 'threads'];

const STEPS: Readonly<Record<string, number>> = { mlp: 20, rqs: 20, transformer: 2 };
const UNIT = 'CPU ms/step';

function cpuMilliseconds(work: () => void, times: number): number {
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / times;
}

/** The clock of a processor goes up and down: the middle of interleaved times says more than the smallest. */
const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

function row(name: string, value: number, unit: string, reference: number | null): Row {
  return { name, value, unit, reference, ratio: reference === null ? null : value / reference };
}

/** GFLOP/s of 512^3, ours, tfjs's and PyTorch's. */
async function products(torch: Torch | undefined, rounds: number): Promise<Row[]> {
  const flops = 2 * 512 ** 3;
  // The registry holds one kernel a name: first tfjs's, then ours.
  await import('@tensorflow/tfjs-backend-wasm');
  await tf.setBackend('wasm');
  const [a, b] = [tf.randomNormal([512, 512], 0, 1, 'float32', 1), tf.randomNormal([512, 512], 0, 1, 'float32', 2)];
  const rate = (): number => {
    const times = Array.from({ length: rounds }, () => cpuMilliseconds(() => tf.matMul(a, b).dispose(), 8));
    return flops / middle(times) / 1e6;
  };
  rate();
  const stock = rate();
  const expected = tf.tidy(() => tf.matMul(a, b).dataSync());
  const rows: Row[] = [];
  for (const relaxedSimd of ['off', 'enable'] as const) {
    const report = await chooseBackend({ backend: 'wasm', relaxedSimd });
    const found = tf.tidy(() => tf.matMul(a, b).dataSync());
    if (found.some((value, i) => Math.abs(value - expected[i]) > 1e-3)) throw new Error('the product is wrong');
    rate();
    rows.push(row(report.relaxedSimd ? 'gemm, tfjs' : 'gemm simd, tfjs', rate(), 'GFLOP/s', stock));
  }
  if (torch) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push((await torch.measure('gemm', 8)).milliseconds);
    rows.push(row('gemm, torch', rows.at(-1)!.value, 'GFLOP/s', flops / middle(times) / 1e6));
  }
  tf.dispose([a, b]);
  return rows;
}

/** Trains, ours and theirs in turn; the middle time of each counts. */
async function compare(
  name: string,
  workload: Workload,
  torch: Torch | undefined,
  rounds: number,
  { log }: Settings,
): Promise<Row[]> {
  const builds: readonly (readonly [string, RelaxedSimd])[] = [
    [name, 'enable'],
    [`${name} simd`, 'off'],
  ];
  const first = workload.step();
  const ours = new Map<string, number[]>(builds.map(([label]) => [label, []]));
  const theirs: number[] = [];
  let last = first;
  const tensors = tf.memory().numTensors;
  for (let round = 0; round < rounds; round++) {
    for (const [label, relaxedSimd] of builds) {
      await chooseBackend({ backend: 'wasm', relaxedSimd });
      // V8 compiles a new build better after it has run for a while.
      if (round === 0) cpuMilliseconds(() => workload.step(), STEPS[name]);
      ours.get(label)!.push(cpuMilliseconds(() => (last = workload.step()), STEPS[name]));
    }
    if (torch) {
      const measured = await torch.measure(name, STEPS[name]);
      if (measured.parameters !== workload.parameters) throw new Error(`${name}: the networks differ in size`);
      theirs.push(measured.milliseconds);
    }
  }
  if (!(last < 0.8 * first)) throw new Error(`${name}: the loss went from ${first} to ${last}`);
  const leaked = tf.memory().numTensors - tensors;
  if (leaked !== 0) throw new Error(`${name}: ${leaked} tensors leaked`);
  const times = (values: readonly number[]): string => values.map((value) => value.toFixed(1)).join(' ');
  for (const [label, values] of ours) log(`${label}: ${times(values)}`);
  if (torch) log(`${name}, PyTorch: ${times(theirs)}`);
  log(`${name}: ${workload.parameters} parameters, loss ${first.toFixed(4)} -> ${last.toFixed(4)}`);
  return builds.map(([label]) => row(label, middle(ours.get(label)!), UNIT, torch ? middle(theirs) : null));
}

export async function run(settings: Settings): Promise<Row[]> {
  const torch = Torch.open();
  if (!torch) settings.log('PyTorch is not installed: no references');
  const rounds = settings.quick ? 3 : 10;
  const wanted = (name: string): boolean => settings.only === undefined || settings.only === name;
  const rows = wanted('gemm') ? await products(torch, rounds) : [];
  for (const [name, open] of Object.entries(WORKLOADS)) {
    if (!wanted(name)) continue;
    await chooseBackend({ backend: 'wasm' });
    rows.push(...(await compare(name, open(), torch, rounds, settings)));
  }
  torch?.close();
  if (wanted('threads')) rows.push(...(await threadRows(settings.quick ? 1 : 3, settings.log)));
  return rows;
}
