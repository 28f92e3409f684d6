import { type Place, probedMatrices, probedTrain } from '../probes.ts';
import { type Constraint, halfResidue, type LoopContext, probeCount, randomPlace } from './constraint.ts';

/** In a limit every letter becomes a product of powers of what is left: exponents by letter, in the order of `left`. */
export interface Limit {
  readonly name: string;
  readonly title: string;
  /** What is left: names for the columns of exponents. */
  readonly left: readonly string[];
  readonly exponents: Readonly<Record<string, readonly number[]>>;
}

/** Limits of the form factor, whole and half exponents. */
export const FORM_FACTOR_LIMITS: readonly Limit[] = [
  {
    name: 'collinear',
    title: 'two gluons become parallel, v -> 0: the symbol is that of exp(E1)',
    left: ['u', 'v', 'w'],
    exponents: {
      a: [0.5, -0.5, -0.5],
      b: [-0.5, 0.5, -0.5],
      c: [-0.5, -0.5, 0.5],
      d: [-1, 0, 1],
      e: [0, -1, 0],
      f: [1, 0, -1],
    },
  },
  {
    name: 'soft',
    title: 'a gluon becomes soft, v -> 1: the symbol is that of exp(E1); s = u + w',
    left: ['u', 'w', 's'],
    exponents: {
      a: [0.5, -0.5, 0],
      b: [-0.5, -0.5, 0],
      c: [-0.5, 0.5, 0],
      d: [-1, 0, 0],
      e: [0, 0, 1],
      f: [0, -1, 0],
    },
  },
];

/**
 * In the limit the symbol at L loops is the L-th shuffle power of that at one loop over L!.
 *
 * A product of letters, paired with a shuffle power of two-letter words, is a sum over the ways to pair up places.
 */
export function exponentiation(limit: Limit): Constraint {
  return {
    name: limit.name,
    title: limit.title,
    equations(candidates, context) {
      const { alphabet, loops, p } = context;
      const probes = probeCount(candidates);
      const exponents = Array.from(alphabet.names, (name) =>
        limit.exponents[name].map((exponent) => halfResidue(exponent, p)),
      );
      const places = Array.from({ length: 2 * loops }, () => seenInLimit(exponents, probes, context));
      return {
        values: probedMatrices(candidates.seam, candidates.matrices, places, probes),
        wanted: pairings(places, probes, context),
      };
    },
  };
}

function seenInLimit(exponents: readonly number[][], probes: number, context: LoopContext): Place {
  const { p } = context;
  const left = exponents[0].length;
  const random = randomPlace(left, probes, context);
  const place = new Uint32Array(exponents.length * probes);
  exponents.forEach((row, x) => {
    row.forEach((exponent, q) => {
      if (exponent === 0) return;
      for (let c = 0; c < probes; c++) {
        place[x * probes + c] = (place[x * probes + c] + exponent * random[q * probes + c]) % p;
      }
    });
  });
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
