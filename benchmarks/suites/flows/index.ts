/**
 * What flows learn of densities whose entropy is known: -log p on fresh points less the entropy, in nats, 0 being perfect.
 *
 * Four spline couplings (8 bins, networks 1-64-64-23) train by Adam on 50 000 points, three times from different seeds. The
 * reference is a normal distribution with mean and covariance of the same points; the ratio is ours to it. The logarithm of
 * the true density is averaged over the same fresh points, which takes their scatter out of the difference.
 */
import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';
import {
  createFlow,
  createSchedule,
  Flow,
  Standardization,
  TOY_DENSITY_NAMES,
  type ToyDensity,
  type ToyDensityName,
  toyDensity,
  toyPoints,
  train,
} from '../../../src/networks/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';
import type { Row } from '../../row.ts';

interface Settings {
  readonly quick: boolean;
  readonly log: (text: string) => void;
  /** One of `parts`, and nothing else. */
  readonly only?: string;
}

/** What can be run alone. */
export const parts: readonly string[] = TOY_DENSITY_NAMES;

const [ROWS, FRESH, BATCH] = [50_000, 50_000, 512];
/** A difference below this is no luck: the density is then not one. */
const IMPOSSIBLE = -0.02;

/** Where a density fills a box, the box is known; otherwise columns are standardized. */
const BOXES: Partial<Record<ToyDensityName, number>> = { checkerboard: 4 };
const STEPS: Record<ToyDensityName, number> = { eightGaussians: 3000, checkerboard: 6000, crescent: 3000 };

interface Learnt {
  readonly seed: number;
  readonly excess: number;
  readonly cpuSeconds: number;
}

function flowFor(name: ToyDensityName, points: tf.Tensor, seed: number): Flow {
  const box = BOXES[name];
  const base = box ? ({ base: 'uniform', bound: box } as const) : {};
  const { transforms } = createFlow({ dimension: 2, layers: 4, ...base }, new RandomStream(seed));
  // Rounding must not carry a point out of the box.
  const first = box ? new Standardization([0, 0], [1 + 1e-4, 1 + 1e-4]) : Standardization.of(points);
  return new Flow([first, ...transforms], base);
}

async function learn(name: ToyDensityName, density: ToyDensity, seed: number, steps: number): Promise<Learnt> {
  const points = toyPoints(density, ROWS, new RandomStream(seed).split(1));
  const flow = flowFor(name, points, seed);
  const before = process.cpuUsage();
  await train(
    flow,
    { points },
    {
      epochs: Math.ceil((steps * BATCH) / ROWS),
      batchSize: BATCH,
      learningRate: 3e-3,
      clipNorm: 5,
      schedule: createSchedule('cosine', 0.02),
      seed,
      losses: {
        surprise: { value: (network, batch) => tf.neg(tf.mean(network.logProbability(batch['points']))) as tf.Scalar },
      },
    },
  );
  const { user, system } = process.cpuUsage(before);
  const fresh = toyPoints(density, FRESH, new RandomStream(seed).split(2));
  const ours = tf.tidy(() => tf.mean(flow.logProbability(fresh)).dataSync()[0]);
  const values = fresh.dataSync();
  let truth = 0;
  for (let i = 0; i < FRESH; i++) truth += density.logDensity(values[2 * i], values[2 * i + 1]) / FRESH;
  tf.dispose([points, fresh]);
  flow.dispose();
  if (!(truth - ours > IMPOSSIBLE)) throw new Error(`${name}: ${ours - truth} nats better than the truth`);
  return { seed, excess: truth - ours, cpuSeconds: (user + system) / 1e6 };
}

/** What a normal distribution of the mean and covariance of the points has above the entropy. */
function normalExcess({ entropy, point }: ToyDensity): number {
  const random = new RandomStream(99);
  const points = Array.from({ length: ROWS }, () => point(random));
  const mean = [0, 1].map((i) => points.reduce((sum, one) => sum + one[i], 0) / ROWS);
  const covariance = (i: number, j: number): number =>
    points.reduce((sum, one) => sum + (one[i] - mean[i]) * (one[j] - mean[j]), 0) / ROWS;
  const determinant = covariance(0, 0) * covariance(1, 1) - covariance(0, 1) ** 2;
  return 1 + Math.log(2 * Math.PI) + 0.5 * Math.log(determinant) - entropy;
}

export async function run({ quick, log, only }: Settings): Promise<{ rows: Row[]; seeds: Record<string, Learnt[]> }> {
  await chooseBackend({ backend: 'wasm', relaxedSimd: 'enable' });
  const rows: Row[] = [];
  const seeds: Record<string, Learnt[]> = {};
  for (const name of TOY_DENSITY_NAMES) {
    if (only !== undefined && only !== name) continue;
    const density = toyDensity(name);
    const reference = normalExcess(density);
    seeds[name] = [];
    for (const seed of quick ? [1] : [1, 2, 3]) {
      const learnt = await learn(name, density, seed, quick ? 400 : STEPS[name]);
      seeds[name].push(learnt);
      log(`${name} #${seed}: ${learnt.excess.toFixed(4)} nats, ${learnt.cpuSeconds.toFixed(1)} CPU s`);
      if (learnt.excess > 0.5 * reference) throw new Error(`${name}: hardly better than a normal distribution`);
    }
    const value = seeds[name].reduce((sum, { excess }) => sum + excess, 0) / seeds[name].length;
    rows.push({ name, value, unit: 'nats above entropy', reference, ratio: value / reference });
  }
  return { rows, seeds };
}
