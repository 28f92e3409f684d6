/**
 * What losses and constraints of physics buy: the error on a test sample against the size of the training sample, beside the plain
 * loss, three seeds each. The reference of a row is the plain loss at its size; a ratio below 1 is a gain. `--quick` takes one seed,
 * the smallest size, and a tenth of the steps.
 */
import { chooseBackend } from '../../../src/tensors/index.ts';
import type { Row } from '../../row.ts';
import { DENSITIES } from './densities.ts';
import { EQUATION_TASKS } from './equations.ts';
import { MOMENTA } from './momenta.ts';
import { MONOTONE } from './monotone.ts';
import { ROTATIONS } from './rotations.ts';
import type { Task } from './task.ts';
import { VERTICES } from './vertices.ts';

/** A new task is a new row. */
const TASKS: readonly Task[] = [MOMENTA, ROTATIONS, DENSITIES, MONOTONE, ...EQUATION_TASKS, VERTICES];

interface Point {
  readonly task: string;
  readonly method: string;
  readonly size: number;
  readonly errors: readonly number[];
}

/** Runs the suite. @throws Error where an error is not finite */
export async function run({ quick, log }: { quick: boolean; log: (text: string) => void }) {
  await chooseBackend({ backend: 'wasm' });
  const [seeds, effort] = quick ? [[1], 0.1] : [[1, 2, 3], 1];
  const began = process.cpuUsage();
  const points: Point[] = [];
  const rows: Row[] = [];
  for (const task of TASKS) {
    for (const size of quick ? task.sizes.slice(0, 1) : task.sizes) {
      let plain = Number.NaN;
      for (const method of task.methods) {
        const errors: number[] = [];
        for (const seed of seeds) errors.push(await task.error(method, size, seed, effort));
        if (!errors.every(Number.isFinite)) throw new Error(`${task.name}, ${method}, ${size}: ${errors.join(', ')}`);
        log(`${task.name}: ${method}, ${size}: ${errors.map((error) => error.toPrecision(3)).join(' ')}`);
        points.push({ task: task.name, method, size, errors });
        const value = errors.reduce((sum, error) => sum + error, 0) / errors.length;
        if (method === task.methods[0]) plain = value;
        rows.push({
          name: `${task.name}: ${method}, ${size}`,
          value,
          unit: '',
          reference: plain,
          ratio: value / plain,
        });
      }
    }
    const { user, system } = process.cpuUsage(began);
    log(`${task.name}: done after ${((user + system) / 1e6).toFixed(0)} CPU s`);
  }
  const { user, system } = process.cpuUsage(began);
  rows.push({ name: 'CPU seconds', value: (user + system) / 1e6, unit: 's', reference: null, ratio: null });
  return { rows, seeds, points };
}
