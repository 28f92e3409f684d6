import { divisors, divisorsFirst, moebius, moebiusFirst } from './divisors.ts';
import { euler, eulerWithoutOne } from './euler.ts';
import { complement, positions, signs, squareRoots } from './positions.ts';
import { convolutionRoot, exponentialInvert, invert, logarithm, reversion } from './series.ts';
import { binomial, differences, partialSums, ratios } from './sums.ts';
import type { Transform } from './transform.ts';

/** The transforms under which a law is looked for; the likeliest first. */
export const TRANSFORMS: readonly Transform[] = [
  differences,
  euler,
  eulerWithoutOne,
  moebius,
  moebiusFirst,
  divisors,
  divisorsFirst,
  ratios,
  partialSums,
  binomial,
  invert,
  logarithm,
  exponentialInvert,
  reversion,
  convolutionRoot,
  positions,
  complement,
  signs,
  squareRoots,
];
