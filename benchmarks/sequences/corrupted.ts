import { RandomStream } from '../../src/core/index.ts';
import { NAMED, namedSample } from './named.ts';
import { nonzero } from './orbits/draw.ts';
import { SAMPLE_LENGTH, type SequenceSample } from './sequence-sample.ts';

/** Laws that everybody knows, so that a changed term is a misprint and nothing else. */
const BASES = [
  'squares',
  'triangular numbers',
  'cubes',
  'odd numbers',
  '3n + 1',
  'Fibonacci numbers',
  'Lucas numbers',
  'Pell numbers',
  'powers of 2',
  'Mersenne numbers 2^n - 1',
  'factorials',
  'double factorials of odd numbers',
  'Catalan numbers',
  'central binomial coefficients',
  'Motzkin numbers',
  'quarter-squares',
] as const;

/** The change lies in -9..9 and is not 0. */
const LARGEST_CHANGE = 9;

/**
 * Known sequences with one term changed a little, `perBase` of each.
 *
 * @param within the change falls into the first so many terms: those that are shown
 */
export function corrupted(seed: number, perBase: number, within: number, length = SAMPLE_LENGTH): SequenceSample[] {
  const stream = new RandomStream(seed).split(0xc0);
  return BASES.flatMap((name, kind) => {
    const base = namedSample(NAMED.find((sequence) => sequence.name === name)!, length);
    return Array.from({ length: perBase }, (_, i): SequenceSample => {
      const random = stream.split(kind).split(i);
      const corruptedAt = random.integer(within);
      const change = BigInt(nonzero(random, -LARGEST_CHANGE, LARGEST_CHANGE));
      const terms = base.terms.map((term, n) => (n === corruptedAt ? term + change : term));
      return {
        ...base,
        id: `corrupted/${name}/${within}/${seed}-${i}`,
        family: name,
        terms,
        lawful: false,
        corruptedAt,
      };
    });
  });
}
