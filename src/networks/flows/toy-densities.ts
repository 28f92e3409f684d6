import * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream } from '../../core/index.ts';
import { checkSize } from '../parameter.ts';

/** A density of points in a plane whose entropy is known, to measure what a flow has learnt. */
export interface ToyDensity {
  /** In nats. */
  readonly entropy: number;
  /** One point. */
  point(random: RandomStream): readonly [number, number];
  /** The logarithm of the density at a point, in nats. */
  logDensity(x: number, y: number): number;
}

const LOG_TWO_PI = Math.log(2 * Math.PI);
const logNormal = (x: number, mean: number, deviation: number): number =>
  -0.5 * ((x - mean) / deviation) ** 2 - Math.log(deviation) - 0.5 * LOG_TWO_PI;

const [RADIUS, SPREAD, MODES] = [2, 0.2, 8];
const centre = (mode: number): [number, number] => {
  const angle = (2 * Math.PI * mode) / MODES;
  return [RADIUS * Math.cos(angle), RADIUS * Math.sin(angle)];
};

/** Squares of side 2 of a board of 4 by 4, of which every other one is filled. */
const SIDE = 2;
const filled = (x: number, y: number): boolean =>
  Math.max(Math.abs(x), Math.abs(y)) <= 2 * SIDE && (Math.floor(x / SIDE) + Math.floor(y / SIDE)) % 2 === 0;

const [CRESCENT_RADIUS, CRESCENT_SPREAD, CRESCENT_OFFSET] = [0.1, 0.01, 0.25];

/** The densities by name; a new one is a new row. */
const TOY_DENSITIES = {
  /** Eight normal distributions of deviation .2 on a circle of radius 2. */
  eightGaussians: {
    entropy: 1.69806,
    point(random) {
      const [x, y] = centre(random.integer(MODES));
      return [x + SPREAD * random.normal(), y + SPREAD * random.normal()];
    },
    logDensity(x, y) {
      const logs = Array.from({ length: MODES }, (_, mode) => {
        const [cx, cy] = centre(mode);
        return logNormal(x, cx, SPREAD) + logNormal(y, cy, SPREAD);
      });
      const top = Math.max(...logs);
      return top + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - top), 0) / MODES);
    },
  },
  /** Half the squares of [-4, 4]^2, a uniform density with edges. */
  checkerboard: {
    entropy: Math.log(32),
    point(random) {
      for (;;) {
        const [x, y] = [4 * SIDE * (random.uniform() - 0.5), 4 * SIDE * (random.uniform() - 0.5)];
        if (filled(x, y)) return [x, y];
      }
    },
    logDensity: (x, y) => (filled(x, y) ? -Math.log(32) : Number.NEGATIVE_INFINITY),
  },
  /**
   * The crescent that the simulator of "two moons" makes of parameters (0, 0).
   *
   * @see Lueckmann et al., "Benchmarking simulation-based inference", arXiv:2101.04653, T.8
   */
  crescent: {
    // log pi + H[radius] + <log radius>, the last by its series.
    entropy: -4.34916,
    point(random) {
      const angle = Math.PI * (random.uniform() - 0.5);
      const radius = CRESCENT_RADIUS + CRESCENT_SPREAD * random.normal();
      return [radius * Math.cos(angle) + CRESCENT_OFFSET, radius * Math.sin(angle)];
    },
    logDensity(x, y) {
      // A radius below 0 is ten deviations away.
      if (x <= CRESCENT_OFFSET) return Number.NEGATIVE_INFINITY;
      const radius = Math.hypot(x - CRESCENT_OFFSET, y);
      return logNormal(radius, CRESCENT_RADIUS, CRESCENT_SPREAD) - Math.log(Math.PI * radius);
    },
  },
} as const satisfies Record<string, ToyDensity>;

/** The name of a density of known entropy. */
export type ToyDensityName = keyof typeof TOY_DENSITIES;

/** Names of the densities of known entropy. */
export const TOY_DENSITY_NAMES = Object.keys(TOY_DENSITIES) as readonly ToyDensityName[];

/**
 * A density of known entropy by its name.
 *
 * @throws OptionError "density"
 * @example toyDensity('checkerboard').entropy === Math.log(32) // true
 */
export function toyDensity(name: ToyDensityName): ToyDensity {
  if (Object.hasOwn(TOY_DENSITIES, name)) return TOY_DENSITIES[name];
  throw new OptionError('density', 'density', `"${name}"`, `give ${TOY_DENSITY_NAMES.join(', ')}`);
}

/**
 * Points of a density.
 *
 * @returns shape [count, 2]
 * @throws OptionError "size"
 */
export function toyPoints(density: ToyDensity, count: number, random: RandomStream): tf.Tensor2D {
  checkSize('count', count);
  const values = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) values.set(density.point(random), 2 * i);
  return tf.tensor2d(values, [count, 2]);
}
