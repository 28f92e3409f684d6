import { DomainError } from '../core/index.ts';
import type { Alphabet } from './alphabet.ts';
import { fractions } from './fractions.ts';
import { mergeTerms } from './merge-terms.ts';
import { bufferOver, type RationalSymbol } from './rational-symbol.ts';
import { PolylogSymbol } from './symbol.ts';
import { coefficientRange, LARGEST_EXACT, TermBuffer } from './term-buffer.ts';

/** A number for some letters, 0 for the others; fractions as floats. */
export type LetterWeights = Readonly<Record<string, number>>;

/** Terms on their way, with the integer symbol or the buffer that they come from. */
interface Terms {
  readonly keys: Float64Array;
  readonly values: Float64Array | Int32Array;
  readonly count: number;
}

/**
 * Takes the first letters off, each with a weight: what a function does around its branch points.
 *
 * A letter that vanishes like a power p of a variable has weight p for the discontinuity in that variable, in units of
 * 2 pi i. One letter is a derivation of the shuffle product.
 *
 * @param letters how many letters to take off
 * @throws AnsatzError "unknown-letter"
 * @throws DomainError "out-of-range" for more letters than there are; "not-a-fraction" | "coefficient-range"
 * @example
 * const symbol = PolylogSymbol.from(FORM_FACTOR, [['bd', 3], ['cd', 2]]);
 * [...contractFirst(symbol, { b: 1, c: 1 }).symbol.words()] // [['d', 5n]]
 */
export function contractFirst(symbol: PolylogSymbol, weights: LetterWeights, letters = 1): RationalSymbol {
  return contracted(symbol, weights, letters, withoutFirst);
}

/**
 * Takes the last letters off, each with a weight: the derivative along a curve, letter x with d log x.
 *
 * @param letters how many letters to take off
 * @throws AnsatzError "unknown-letter"
 * @throws DomainError "out-of-range" for more letters than there are; "not-a-fraction" | "coefficient-range"
 * @example
 * const symbol = PolylogSymbol.from(FORM_FACTOR, [['bd', 3], ['be', 2]]);
 * contractLast(symbol, { d: 1 / 2, e: -1 }).denominator // 2
 */
export function contractLast(symbol: PolylogSymbol, weights: LetterWeights, letters = 1): RationalSymbol {
  return contracted(symbol, weights, letters, withoutLast);
}

/**
 * The words that begin with a letter, without it: the discontinuity around that letter.
 *
 * @throws AnsatzError "unknown-letter"; DomainError "out-of-range" for weight 0
 * @example [...discontinuity(PolylogSymbol.from(FORM_FACTOR, [['bd', 3], ['cd', 2]]), 'b').words()] // [['d', 3n]]
 */
export function discontinuity(symbol: PolylogSymbol, letter: string): PolylogSymbol {
  return contractFirst(symbol, { [letter]: 1 }).symbol;
}

/**
 * The words that end with a letter, without it: F^x, with dF the sum of F^x d log x over the letters.
 *
 * @throws AnsatzError "unknown-letter"; DomainError "out-of-range" for weight 0
 * @example [...derivative(PolylogSymbol.from(FORM_FACTOR, [['bd', 3], ['be', 2]]), 'd').words()] // [['b', 3n]]
 */
export function derivative(symbol: PolylogSymbol, letter: string): PolylogSymbol {
  const { alphabet, weight, keys, coefficients } = symbol;
  checkLetters(symbol, 1);
  const last = alphabet.letter(letter);
  const { size } = alphabet;
  let count = 0;
  for (let i = 0; i < keys.length; i++) if (keys[i] % size === last) count++;
  const [front, values] = [new Float64Array(count), new Int32Array(count)];
  count = 0;
  for (let i = 0; i < keys.length; i++) {
    if (keys[i] % size !== last) continue;
    front[count] = (keys[i] - last) / size;
    values[count++] = coefficients[i];
  }
  return new PolylogSymbol(alphabet, weight - 1, front, values);
}

function contracted(
  symbol: PolylogSymbol,
  weights: LetterWeights,
  letters: number,
  take: (terms: Terms, factors: Float64Array, size: number, left: number) => TermBuffer,
): RationalSymbol {
  const { alphabet, weight, keys, coefficients } = symbol;
  checkLetters(symbol, letters);
  const { numerators, denominator } = fractions(weightsOf(alphabet, weights));
  let terms: Terms = { keys, values: coefficients, count: keys.length };
  let buffer = new TermBuffer();
  if (letters === 0) return { symbol, denominator: 1 };
  for (let taken = 1; taken <= letters; taken++) {
    buffer = take(terms, numerators, alphabet.size, weight - taken);
    terms = buffer;
  }
  return bufferOver(buffer, alphabet, weight - letters, denominator ** letters);
}

/** A letter in front of `left` others: the words that begin alike are one stretch of keys. */
function withoutFirst({ keys, values, count }: Terms, factors: Float64Array, size: number, left: number): TermBuffer {
  const unit = size ** left;
  const runs = Array.from(factors, (factor, letter) => {
    const [from, to] = [lowerBound(keys, count, letter * unit), lowerBound(keys, count, (letter + 1) * unit)];
    return { keys, values, from, to, shift: letter * unit, factor };
  });
  const out = new TermBuffer();
  mergeTerms(runs, out);
  return out;
}

/** The words that differ in the last letter alone stand side by side. */
function withoutLast({ keys, values, count }: Terms, factors: Float64Array, size: number): TermBuffer {
  const out = new TermBuffer();
  for (let i = 0; i < count; ) {
    const front = Math.floor(keys[i] / size);
    let sum = 0;
    for (; i < count && keys[i] < (front + 1) * size; i++) {
      const product = factors[keys[i] - front * size] * values[i];
      sum += product;
      if (!(Math.abs(product) <= LARGEST_EXACT && Math.abs(sum) <= LARGEST_EXACT)) throw coefficientRange(sum);
    }
    out.push(front, sum);
  }
  return out;
}

/** The first place with a key not below a bound. */
export function lowerBound(keys: Float64Array, count: number, bound: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function weightsOf(alphabet: Alphabet, weights: LetterWeights): number[] {
  const values = new Array<number>(alphabet.size).fill(0);
  for (const [name, value] of Object.entries(weights)) values[alphabet.letter(name)] = value;
  return values;
}

function checkLetters({ weight }: PolylogSymbol, letters: number): void {
  if (Number.isInteger(letters) && letters >= 0 && letters <= weight) return;
  throw new DomainError('out-of-range', `${letters} letters of words of ${weight}`, `give 0 to ${weight}`, { letters });
}
