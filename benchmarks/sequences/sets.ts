import { RandomStream } from '../../src/core/index.ts';
import { corrupted } from './corrupted.ts';
import { namedSamples } from './named.ts';
import { NOISE_FAMILIES, noise } from './noise.ts';
import { ORBIT_FAMILIES, orbits } from './orbits.ts';
import { sampleMix } from './sample-mix.ts';
import type { SequenceSample } from './sequence-sample.ts';

/** Builds a set of about `count` samples, the same for the same seed. */
type Build = (seed: number, count: number) => readonly SequenceSample[];

/** Misprints of 16 laws, within 15 and within 25 terms: a quarter as many as the other sets have. */
const CORRUPTED_SHARE = 128;

/** The sets by name, in the order in which they run. */
export const SETS = {
  mix: sampleMix,
  named: (seed, count) => {
    const all = namedSamples();
    const order = new RandomStream(seed).split(0x4a3).permutation(all.length);
    return Array.from(order.subarray(0, count), (i) => all[i]);
  },
  orbits: (seed, count) => orbits(seed, Math.max(1, Math.round(count / ORBIT_FAMILIES.length))),
  noise: (seed, count) => noise(seed, Math.max(1, Math.round(count / NOISE_FAMILIES.length))),
  corrupted: (seed, count) =>
    [15, 25].flatMap((within) => corrupted(seed, Math.max(1, Math.round(count / CORRUPTED_SHARE)), within)),
} as const satisfies Record<string, Build>;

export type SetName = keyof typeof SETS;
