import type { RandomStream } from '../../core/index.ts';
import { admissibleWords } from '../admissible-words.ts';
import type { Alphabet } from '../alphabet.ts';
import type { PolylogSymbol } from '../symbol.ts';
import { wordLetters } from '../word.ts';

/** Words and what is to be learned of each. */
export interface WordExamples {
  readonly alphabet: Alphabet;
  readonly weight: number;
  /** Rising; shape [examples]. */
  readonly keys: Float64Array;
  /** Shape [examples]. */
  readonly targets: Int32Array;
}

/** The task word -> coefficient: every word with a coefficient. */
export function valueExamples({ alphabet, weight, keys, coefficients }: PolylogSymbol): WordExamples {
  return { alphabet, weight, keys, targets: coefficients };
}

/**
 * The task zero or not, on every word that letters and adjacency allow: 1 where it has a coefficient, 0 elsewhere.
 *
 * @example admissibleExamples(FORM_FACTOR_LOOPS[1]).targets.length // 102
 */
export function admissibleExamples(symbol: PolylogSymbol): WordExamples {
  return examplesWith(symbol, Number.POSITIVE_INFINITY, () => true);
}

/**
 * The task zero or not, with as many words of either kind: all that have a coefficient, and so many of the others that
 * letters and adjacency allow, drawn without replacement; all of them where there are fewer.
 */
export function zeroExamples(symbol: PolylogSymbol, random: RandomStream): WordExamples {
  const { alphabet, weight, terms } = symbol;
  let left = Number(admissibleWords(alphabet, weight)) - terms;
  let wanted = Math.min(terms, left);
  // One pass: each is taken with the share of the wanted among those left.
  return examplesWith(symbol, wanted, () => {
    const isTaken = random.uniform() * left < wanted;
    left--;
    if (isTaken) wanted--;
    return isTaken;
  });
}

/** The words of a symbol and the zeros that are taken, in rising order. @param most zeros at most */
function examplesWith(symbol: PolylogSymbol, most: number, isTaken: () => boolean): WordExamples {
  const { alphabet, weight, keys: own, terms } = symbol;
  const zeros = Math.min(most, Number(admissibleWords(alphabet, weight)) - terms);
  const keys = new Float64Array(terms + zeros);
  const targets = new Int32Array(terms + zeros);
  let count = 0;
  let next = 0;
  for (const key of admissibleKeys(alphabet, weight)) {
    const isOwn = next < terms && own[next] === key;
    if (isOwn) next++;
    else if (!isTaken()) continue;
    keys[count] = key;
    targets[count++] = isOwn ? 1 : 0;
  }
  return { alphabet, weight, keys, targets };
}

/** The keys of every word that letters and adjacency allow, rising. */
function* admissibleKeys(alphabet: Alphabet, weight: number): Generator<number> {
  const { size, mayBegin, mayEnd, mayFollow } = alphabet;
  const word = new Int8Array(weight).fill(-1);
  const keys = new Float64Array(weight + 1);
  for (let at = 0; at >= 0; ) {
    const letter = ++word[at];
    if (letter === size) {
      word[at--] = -1;
      continue;
    }
    if (at === 0 ? !mayBegin[letter] : !mayFollow[word[at - 1] * size + letter]) continue;
    keys[at + 1] = keys[at] * size + letter;
    if (at + 1 < weight) at++;
    else if (mayEnd[letter]) yield keys[weight];
  }
}

/** Calls with every word that differs from one in one letter. @param visit gets its key */
export function forNeighbours({ size }: Alphabet, weight: number, key: number, visit: (key: number) => void): void {
  const letters = new Uint8Array(weight);
  wordLetters(size, weight, key, letters);
  for (let i = 0, unit = size ** (weight - 1); i < weight; i++, unit /= size) {
    for (let letter = 0; letter < size; letter++) {
      if (letter !== letters[i]) visit(key + (letter - letters[i]) * unit);
    }
  }
}
