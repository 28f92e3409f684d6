import { DomainError, ShapeError } from '../../core/index.ts';
import { checkSameAlphabet } from '../linear-combination.ts';
import type { PolylogSymbol } from '../symbol.ts';
import { type Orbits, orbits } from '../symmetry.ts';
import { wordLetters } from '../word.ts';
import { KeyIndex } from './key-index.ts';
import { RowSet } from './row-set.ts';

/**
 * The task of striking letters out: the coefficient of a word at L loops from those of its parents at L - 1 loops, which
 * are the words left when two of its letters are struck out. Equal rows of parents and value are kept once.
 */
export interface StrikeOutExamples {
  /** Letters of the words. */
  readonly weight: number;
  /** Different pairs of parents and value. */
  readonly count: number;
  /** Parents of a word, 2L (2L - 1) / 2; in the order of the two letters that are struck out, 12, 13, ... 23, ... */
  readonly parents: number;
  /** Coefficients of the parents; shape [count, parents]. */
  readonly inputs: Int32Array;
  /** Shape [count]. */
  readonly targets: Int32Array;
  /** The first word of each; shape [count]. */
  readonly keys: Float64Array;
  /** Words that each stands for; shape [count]. */
  readonly words: Uint32Array;
}

/**
 * The examples for striking letters out of every word of a symbol with a coefficient.
 *
 * Both symbols have to be symmetric: then all images of a word have the same parents and the same value, and one of
 * them is looked at.
 *
 * @param symbol at L loops
 * @param lower at L - 1 loops
 * @throws ShapeError for weights that do not differ by two, and for different alphabets
 * @throws DomainError "not-symmetric"
 * @see Cai, Merz, Charton, Nolte, Wilhelm, Cranmer, Dixon, https://arxiv.org/abs/2405.06107, section 5
 */
export function strikeOutExamples(symbol: PolylogSymbol, lower: PolylogSymbol): StrikeOutExamples {
  checkSameAlphabet(symbol, lower);
  const { alphabet, weight } = symbol;
  if (lower.weight !== weight - 2) {
    throw new ShapeError('lower', `weight ${weight - 2}`, `weight ${lower.weight}`, 'parents have two letters less');
  }
  symmetricOrbits(lower);
  const { representatives, sizes } = symmetricOrbits(symbol);
  const parents = (weight * (weight - 1)) / 2;
  const rows = new RowSet(parents + 1, Math.max(16, representatives.length));
  const keys = new Float64Array(representatives.length);
  const words = new Uint32Array(representatives.length);
  const parentsOf = parentReader(lower, weight);
  const row = new Int32Array(parents + 1);
  representatives.forEach((key, orbit) => {
    parentsOf(key, row);
    row[parents] = symbol.at(key);
    const id = rows.add(row);
    if (words[id] === 0) keys[id] = key;
    words[id] += sizes[orbit];
  });
  const { count } = rows;
  const targets = new Int32Array(count);
  // The value leaves its row, and the rows close up where they are: at six loops a copy is 200 MB.
  for (let i = 0; i < count; i++) {
    const from = i * (parents + 1);
    targets[i] = rows.rows[from + parents];
    rows.rows.copyWithin(i * parents, from, from + parents);
  }
  const inputs = rows.rows.subarray(0, count * parents);
  return { weight, count, parents, inputs, targets, keys: keys.slice(0, count), words: words.slice(0, count) };

  function symmetricOrbits(of: PolylogSymbol): Orbits {
    const found = orbits(of);
    const isSymmetric = of.coefficients.every((coefficient, i) => {
      const orbit = found.orbitOfTerm[i];
      return coefficient === of.at(found.representatives[orbit]);
    });
    const areWhole = found.representatives.every((key, i) => found.sizes[i] === imagesOf(key, of.weight));
    if (isSymmetric && areWhole) return found;
    const hint = 'symbols of the form factor are symmetric at every loop order';
    throw new DomainError('not-symmetric', `a symbol of weight ${of.weight} that symmetries change`, hint);
  }

  /** How many different images a word has. */
  function imagesOf(key: number, letters: number): number {
    const word = new Uint8Array(letters);
    wordLetters(alphabet.size, letters, key, word);
    return new Set(alphabet.group.map((element) => word.map((letter) => element[letter]).join())).size;
  }
}

/** A function that writes the coefficients of the parents of a key to the front of `out`. */
function parentReader(lower: PolylogSymbol, weight: number): (key: number, out: Int32Array) => void {
  const { size } = lower.alphabet;
  const index = new KeyIndex(size, lower.weight, lower.keys);
  const letters = new Uint8Array(weight);
  return (key, out) => {
    wordLetters(size, weight, key, letters);
    let count = 0;
    for (let i = 0; i < weight; i++) {
      for (let j = i + 1; j < weight; j++) {
        let parent = 0;
        for (let k = 0; k < weight; k++) if (k !== i && k !== j) parent = parent * size + letters[k];
        const at = index.indexOf(parent);
        out[count++] = at < 0 ? 0 : lower.coefficients[at];
      }
    }
  };
}
