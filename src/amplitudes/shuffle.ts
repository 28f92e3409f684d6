import { DomainError } from '../core/index.ts';
import type { Alphabet } from './alphabet.ts';
import { longestWord } from './alphabet.ts';
import { checkSameAlphabet } from './linear-combination.ts';
import { PolylogSymbol } from './symbol.ts';
import { coefficientRange, LARGEST_EXACT, TermBuffer } from './term-buffer.ts';
import { type WordTrie, wordTrie } from './word-trie.ts';

/** The symbol of the constant 1: the empty word. */
export function unitSymbol(alphabet: Alphabet): PolylogSymbol {
  return new PolylogSymbol(alphabet, 0, Float64Array.of(0), Int32Array.of(1));
}

/**
 * The symbol of a product of functions: every interleaving of every pair of words.
 *
 * The words of the result are made letter by letter. What has to be kept of the way there is a list of pairs (what is
 * used of a word of one, what is used of a word of the other) with the number of ways to each, so that interleavings
 * that begin alike are walked once and equal ones are counted, not listed.
 *
 * @throws ShapeError for symbols of different alphabets
 * @throws DomainError "word-too-long" | "coefficient-range"
 * @example
 * const one = PolylogSymbol.from(FORM_FACTOR, [['ab', 1]]);
 * [...shuffleProduct(one, one).words()] // [['aabb', 4n], ['abab', 2n]]
 */
export function shuffleProduct(one: PolylogSymbol, other: PolylogSymbol): PolylogSymbol {
  return dividedProduct(one, other, 1);
}

/** The n-th power under the shuffle product. @throws DomainError "out-of-range" | "word-too-long" | "coefficient-range" */
export function shufflePower(symbol: PolylogSymbol, exponent: number): PolylogSymbol {
  checkExponent(exponent);
  let power = unitSymbol(symbol.alphabet);
  for (let n = 1; n <= exponent; n++) power = dividedProduct(power, symbol, 1);
  return power;
}

/**
 * The n-th power under the shuffle product, over n!: the terms of an exponential. Its coefficients are integers.
 *
 * @throws DomainError "out-of-range" | "word-too-long" | "coefficient-range"
 * @example [...dividedPower(PolylogSymbol.from(FORM_FACTOR, [['a', 3]]), 2).words()] // [['aa', 9n]]
 */
export function dividedPower(symbol: PolylogSymbol, exponent: number): PolylogSymbol {
  checkExponent(exponent);
  if (symbol.weight === 0 && exponent > 1) {
    throw new DomainError('out-of-range', 'a divided power of a constant', 'give a symbol of weight 1 or more');
  }
  let power = unitSymbol(symbol.alphabet);
  for (let n = 1; n <= exponent; n++) power = dividedProduct(power, symbol, n);
  return power;
}

function checkExponent(exponent: number): void {
  if (Number.isInteger(exponent) && exponent >= 0) return;
  throw new DomainError('out-of-range', `the exponent ${exponent}`, 'give a whole number, 0 or more', { exponent });
}

function dividedProduct(one: PolylogSymbol, other: PolylogSymbol, divisor: number): PolylogSymbol {
  checkSameAlphabet(one, other);
  const { alphabet } = one;
  const weight = one.weight + other.weight;
  if (weight > longestWord(alphabet)) {
    throw new DomainError(
      'word-too-long',
      `a product of weight ${weight}`,
      `keys hold ${longestWord(alphabet)} letters`,
    );
  }
  const out = new TermBuffer();
  if (one.terms > 0 && other.terms > 0) new Shuffle(one, other, out).run();
  return out.toSymbol(alphabet, weight, divisor);
}

/** Pairs of nodes with multiplicities, as a stack: the list of a beginning lies above the list of what it continues. */
class Shuffle {
  private readonly size: number;
  private readonly weight: number;
  private readonly first: WordTrie;
  private readonly second: WordTrie;
  private readonly sums: Float64Array;
  private ones = new Int32Array(1024);
  private others = new Int32Array(1024);
  private ways = new Float64Array(1024);

  constructor(
    private readonly one: PolylogSymbol,
    private readonly other: PolylogSymbol,
    private readonly out: TermBuffer,
  ) {
    this.size = one.alphabet.size;
    this.weight = one.weight + other.weight;
    this.first = wordTrie(one);
    this.second = wordTrie(other);
    this.sums = new Float64Array(this.size);
  }

  run(): void {
    this.ways[0] = 1;
    if (this.weight === 0) this.out.push(0, this.one.coefficients[0] * this.other.coefficients[0]);
    else this.extend(0, 1, this.weight, 0);
  }

  /** Writes the words that continue a beginning. @param left letters still to come */
  private extend(from: number, to: number, left: number, key: number): void {
    if (left === 1) {
      this.finish(from, to, key * this.size);
      return;
    }
    for (let letter = 0; letter < this.size; letter++) {
      const end = this.step(from, to, letter);
      if (end > to) this.extend(to, end, left - 1, key * this.size + letter);
    }
  }

  /**
   * The pairs that one more letter leads to, behind `to`.
   *
   * A step by one letter keeps the order of nodes, so the steps in the first word and those in the second are two
   * sorted lists of pairs, which are merged as they arise.
   */
  private step(from: number, to: number, letter: number): number {
    let end = to;
    let [i, j] = [from, from];
    let [one, other] = [-1, -1];
    for (;;) {
      while (one < 0 && i < to) {
        one = childOf(this.first, this.ones[i], letter);
        if (one < 0) i++;
      }
      while (other < 0 && j < to) {
        other = childOf(this.second, this.others[j], letter);
        if (other < 0) j++;
      }
      if (one < 0 && other < 0) return end;
      if (end === this.ones.length) this.grow();
      const order = one < 0 ? 1 : other < 0 ? -1 : one - this.ones[j] || this.others[i] - other;
      this.ones[end] = order <= 0 ? one : this.ones[j];
      this.others[end] = order <= 0 ? this.others[i] : other;
      this.ways[end++] = (order <= 0 ? this.ways[i] : 0) + (order >= 0 ? this.ways[j] : 0);
      if (order <= 0) {
        i++;
        one = -1;
      }
      if (order >= 0) {
        j++;
        other = -1;
      }
    }
  }

  /** The last letter: one word of a pair is used up, and the other has its last step to make. */
  private finish(from: number, to: number, key: number): void {
    const { first, second, one, other, sums } = this;
    const firstLeaves = first.levels[first.weight];
    const secondLeaves = second.levels[second.weight];
    sums.fill(0);
    for (let i = from; i < to; i++) {
      const used = this.ones[i] >= firstLeaves;
      const trie = used ? second : first;
      const node = used ? this.others[i] : this.ones[i];
      const values = used ? other.coefficients : one.coefficients;
      const leaves = used ? secondLeaves : firstLeaves;
      const done = used
        ? one.coefficients[this.ones[i] - firstLeaves]
        : other.coefficients[this.others[i] - secondLeaves];
      const factor = this.ways[i] * done;
      for (let child = trie.children[node]; child < trie.children[node + 1]; child++) {
        const product = factor * values[child - leaves];
        const sum = sums[trie.letters[child]] + product;
        if (!(Math.abs(product) <= LARGEST_EXACT && Math.abs(sum) <= LARGEST_EXACT)) throw coefficientRange(sum);
        sums[trie.letters[child]] = sum;
      }
    }
    for (let letter = 0; letter < this.size; letter++) this.out.push(key + letter, sums[letter]);
  }

  private grow(): void {
    const capacity = 2 * this.ones.length;
    const [ones, others, ways] = [new Int32Array(capacity), new Int32Array(capacity), new Float64Array(capacity)];
    ones.set(this.ones);
    others.set(this.others);
    ways.set(this.ways);
    this.ones = ones;
    this.others = others;
    this.ways = ways;
  }
}

/** The node that a letter leads to, or -1. */
function childOf({ children, letters, levels, weight }: WordTrie, node: number, letter: number): number {
  if (node >= levels[weight]) return -1;
  const end = children[node + 1];
  for (let child = children[node]; child < end; child++) if (letters[child] === letter) return child;
  return -1;
}
