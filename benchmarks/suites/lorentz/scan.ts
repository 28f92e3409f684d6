import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';
import { type CovariantModule, evaluateInDouble } from '../../../src/networks/index.ts';
import { inRestFrame, randomLorentz, transform } from '../../../src/physics/index.ts';
import { LEARNERS } from './networks.ts';
import { sample, TASKS } from './tasks.ts';

/** How far a network is from saying the same of boosted events, relative to the largest that it says. */
export interface ScanPoint {
  readonly network: string;
  readonly gamma: number;
  readonly double: number;
  /** In double precision, of momenta rounded to single: what no computation could mend. */
  readonly rounded: number;
  readonly single: number;
  /** In single precision, of events brought to rest in double precision before. */
  readonly atRest: number;
}

/** Runs over Lorentz factors; networks as they begin, on 8 events of three gluons from two. */
export function scan(gammas: readonly number[]): ScanPoint[] {
  const task = TASKS[1];
  const [events, particles] = [8, task.labels.length];
  const networks = LEARNERS.filter(({ unit }) => unit > 0);
  return networks.flatMap(({ name, make, unit }) => {
    const network = make(task, new RandomStream(3)) as CovariantModule;
    const momenta = inRestFrame(sample(task, events, new RandomStream(4)).momenta, particles).map((p) => p / unit);
    const shape = [events, particles, 4 + task.labels[0].length];
    const beside = (of: Float64Array): Float64Array =>
      Float64Array.from(
        Array.from({ length: events * particles }, (_, i) => [
          ...of.subarray(4 * i, 4 * i + 4),
          ...task.labels[i % particles],
        ]).flat(),
      );
    const inDouble = (of: Float64Array): number[] => [...evaluateInDouble(network, beside(of), shape).values];
    const inSingle = (of: Float64Array): number[] => [
      ...tf.tidy(() => network.call(tf.tensor(Float32Array.from(beside(of)), shape)).dataSync()),
    ];
    const expected = inDouble(momenta);
    const scale = Math.max(...expected.map(Math.abs));
    const off = (found: number[]): number =>
      Math.max(...found.map((value, i) => Math.abs(value - expected[i]))) / scale;
    const points = gammas.map((gamma): ScanPoint => {
      const point = { network: name, gamma, double: 0, rounded: 0, single: 0, atRest: 0 };
      for (const seed of [1, 2, 3]) {
        const moved = transform(randomLorentz(new RandomStream(seed), gamma), momenta);
        point.double = Math.max(point.double, off(inDouble(moved)));
        point.rounded = Math.max(point.rounded, off(inDouble(Float64Array.from(Float32Array.from(moved)))));
        point.single = Math.max(point.single, off(inSingle(moved)));
        point.atRest = Math.max(point.atRest, off(inSingle(inRestFrame(moved, particles))));
      }
      return point;
    });
    network.dispose();
    return points;
  });
}
