import { DomainError, OptionError, type RandomStream } from '../../core/index.ts';
import type { Alphabet } from '../alphabet.ts';
import { keyImages } from '../key-images.ts';
import { PolylogSymbol } from '../symbol.ts';
import { orbits } from '../symmetry.ts';
import { KeyIndex } from './key-index.ts';

/** Words, rising: what a split needs to know of examples. */
export interface SplitWords {
  readonly alphabet: Alphabet;
  readonly weight: number;
  /** Rising; shape [words]. */
  readonly keys: Float64Array;
}

/**
 * Keeps a share of the orbits of the symmetry group for the test: all images of a word are on the same side, so that
 * nothing is to be learned by symmetry from what was trained on.
 *
 * @param share of the orbits, in (0, 1)
 * @returns 1 for words of the test, 0 for those to train on; shape [words]
 * @throws OptionError "out-of-range" for the share; DomainError "too-few-orbits" when a side would stay empty
 */
export function orbitSplit({ alphabet, weight, keys }: SplitWords, share: number, random: RandomStream): Uint8Array {
  const { representatives, orbitOfTerm } = orbits(
    new PolylogSymbol(alphabet, weight, keys, new Int32Array(keys.length)),
  );
  const isTest = randomSplit(representatives.length, share, random);
  return Uint8Array.from(orbitOfTerm, (orbit) => isTest[orbit]);
}

/**
 * Keeps a share of so many things for the test, each drawn by itself.
 *
 * @param share in (0, 1)
 * @returns 1 for the test, 0 for what is trained on; shape [count]
 * @throws OptionError "out-of-range" for the share; DomainError "too-few-orbits" when a side would stay empty
 */
export function randomSplit(count: number, share: number, random: RandomStream): Uint8Array {
  if (!(share > 0 && share < 1)) {
    throw new OptionError('out-of-range', 'share', `${share}`, 'give a share between 0 and 1, such as .1');
  }
  const kept = Math.max(1, Math.round(share * count));
  if (kept >= count) {
    const hint = 'take another share, or a symbol of more loops';
    throw new DomainError('too-few-orbits', `${count === 1 ? 'one orbit' : `${count} orbits`} cannot be split`, hint, {
      count,
    });
  }
  const isTest = new Uint8Array(count);
  for (const place of random.permutation(count).subarray(0, kept)) isTest[place] = 1;
  return isTest;
}

/**
 * How many words of the test have an image under the symmetry group among those to train on: 0 for `orbitSplit`, and
 * nearly all of them where words are drawn one by one.
 *
 * @param isTest shape [words]
 */
export function leakedWords({ alphabet, weight, keys }: SplitWords, isTest: Uint8Array): number {
  const index = new KeyIndex(alphabet.size, weight, keys);
  const images = alphabet.group.map((element) => keyImages(alphabet.size, weight, keys.length, element));
  let leaked = 0;
  for (let i = 0; i < keys.length; i++) {
    if (!isTest[i]) continue;
    const isLeaked = images.some((image) => {
      const at = index.indexOf(image(keys[i]));
      return at >= 0 && !isTest[at];
    });
    if (isLeaked) leaked++;
  }
  return leaked;
}
