import { RandomStream } from '../../src/core/index.ts';
import { corrupted } from './corrupted.ts';
import { namedSamples } from './named.ts';
import { NOISE_FAMILIES, noise } from './noise.ts';
import { ORBIT_FAMILIES, orbits } from './orbits.ts';
import { sampleMix } from './sample-mix.ts';
import type { SequenceSample } from './sequence-sample.ts';

/** Builds a set of about `count` samples, the same for the same seed. */
type Build = (seed: number, count: number) => readonly SequenceSample[];

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
  corrupted: (seed, count) => corrupted(seed, Math.max(1, Math.round(count / 64)), 15),
} as const satisfies Record<string, Build>;

export type SetName = keyof typeof SETS;
