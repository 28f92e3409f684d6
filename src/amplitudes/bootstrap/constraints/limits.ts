import { inverseMod } from '../../../numerics/index.ts';
import type { LetterMap } from '../../letter-map.ts';
import type { KinematicLimit } from '../../limits.ts';
import { type Place, probedMatrices, probedTrain } from '../probes.ts';
import { type Constraint, type LoopContext, probeCount, randomPlace } from './constraint.ts';

/**
 * In the limit the symbol at L loops is the L-th shuffle power of that at one loop over L!.
 *
 * A product of letters, paired with a shuffle power of two-letter words, is a sum over the ways to pair up places.
 */
export function exponentiation({ name, approach, map }: KinematicLimit): Constraint {
  return {
    name,
    title: `${approach}: the symbol becomes that of the exponential of one loop`,
    equations(candidates, context) {
      const { loops } = context;
      const probes = probeCount(candidates);
      const places = Array.from({ length: 2 * loops }, () => seenInLimit(map, probes, context));
      return {
        values: probedMatrices(candidates.seam, candidates.matrices, places, probes),
        wanted: pairings(places, probes, context),
      };
    },
  };
}

/** Random residues for the letters that are left, seen through the map of letters. */
function seenInLimit({ from, to, matrix, denominator }: LetterMap, probes: number, context: LoopContext): Place {
  const { p } = context;
  const random = randomPlace(to.size, probes, context);
  const scale = inverseMod(denominator, p);
  const place = new Uint32Array(from.size * probes);
  for (let x = 0; x < from.size; x++) {
    for (let y = 0; y < to.size; y++) {
      const factor = ((((matrix[x * to.size + y] % p) + p) % p) * scale) % p;
      if (factor === 0) continue;
      for (let c = 0; c < probes; c++) {
        place[x * probes + c] = (place[x * probes + c] + factor * random[y * probes + c]) % p;
      }
    }
  }
  return place;
}

/** The sum over all ways to pair up places of the products of E1 at the pairs. @returns shape [probes] */
function pairings(places: readonly Place[], probes: number, { lower, p }: LoopContext): Uint32Array {
  const count = places.length;
  const oneLoop = lower[1]!;
  const two: Uint32Array[][] = [];
  for (let i = 0; i < count; i++) {
    two.push([]);
    for (let j = i + 1; j < count; j++) two[i][j] = probedTrain(oneLoop, [places[i], places[j]], probes);
  }
  // sums[set]: over the pairings of a set of places; the lowest place is paired first.
  const sums = new Map<number, Uint32Array>([[0, new Uint32Array(probes).fill(1)]]);
  const of = (set: number): Uint32Array => {
    const known = sums.get(set);
    if (known) return known;
    const i = 31 - Math.clz32(set & -set);
    const sum = new Uint32Array(probes);
    for (let j = i + 1; j < count; j++) {
      if (!(set & (1 << j))) continue;
      const rest = of(set & ~(1 << i) & ~(1 << j));
      const pair = two[i][j];
      for (let c = 0; c < probes; c++) sum[c] = (sum[c] + pair[c] * rest[c]) % p;
    }
    sums.set(set, sum);
    return sum;
  };
  return of(2 ** count - 1);
}
