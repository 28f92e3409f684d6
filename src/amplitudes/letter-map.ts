import { DomainError } from '../core/index.ts';
import { type Alphabet, longestWord } from './alphabet.ts';
import { fractions } from './fractions.ts';
import { bufferOver, type RationalSymbol } from './rational-symbol.ts';
import type { PolylogSymbol } from './symbol.ts';
import { coefficientRange, LARGEST_EXACT, TermBuffer } from './term-buffer.ts';
import { type WordTrie, wordTrie } from './word-trie.ts';

/** Letters of one alphabet as sums of letters of another: logarithms add, so (u - v)/2 stands for sqrt(u/v). */
export interface LetterMap {
  readonly from: Alphabet;
  readonly to: Alphabet;
  /** Numerators, at letter * to.size + image; shape [from.size, to.size]. */
  readonly matrix: Float64Array;
  readonly denominator: number;
}

/**
 * A map of letters from the images of each: `{ a: { u: 1 / 2, v: -1 / 2 } }`. A letter that is not named maps to zero,
 * and the words with it drop out.
 *
 * @throws AnsatzError "unknown-letter"; DomainError "not-a-fraction"
 */
export function letterMap(
  from: Alphabet,
  to: Alphabet,
  images: Readonly<Record<string, Readonly<Record<string, number>>>>,
): LetterMap {
  const values = new Array<number>(from.size * to.size).fill(0);
  for (const [name, image] of Object.entries(images)) {
    for (const [target, value] of Object.entries(image))
      values[from.letter(name) * to.size + to.letter(target)] = value;
  }
  const { numerators: matrix, denominator } = fractions(values);
  return { from, to, matrix, denominator };
}

/**
 * The map that gives every letter a new name: the i-th letter of `from` becomes the i-th name.
 *
 * @param names names of `to`, one for each letter; a space drops the letter
 * @throws AnsatzError "unknown-letter"; DomainError "alphabet" for the wrong number of names
 */
export function renaming(from: Alphabet, to: Alphabet, names: string): LetterMap {
  if (names.length !== from.size) {
    throw new DomainError(
      'alphabet',
      `${names.length} names for ${from.size} letters`,
      'give one name for each letter',
    );
  }
  const kept = [...names].map((name, i) => [from.names[i], name === ' ' ? {} : { [name]: 1 }] as const);
  return letterMap(from, to, Object.fromEntries(kept));
}

/**
 * The map to an alphabet with some of the letters: a letter keeps its name where there is one, and drops out where not.
 *
 * @example [...substituteLetters(PolylogSymbol.from(HEXAGON, [['ae', 1], ['ax', 2]]), projection(HEXAGON, FORM_FACTOR)).symbol.words()] // [['ae', 1n]]
 */
export function projection(from: Alphabet, to: Alphabet): LetterMap {
  return renaming(from, to, [...from.names].map((name) => (to.names.includes(name) ? name : ' ')).join(''));
}

/**
 * Puts sums of other letters in the place of letters: limits, changes of variables, new names, projections.
 *
 * Works up the tree of the words, so that equal beginnings are expanded once; the terms of a node are the sum over its
 * children of image times terms of the child, merged in order.
 *
 * @throws ShapeError for a map of another alphabet
 * @throws DomainError "word-too-long" | "coefficient-range"
 */
export function substituteLetters(symbol: PolylogSymbol, map: LetterMap): RationalSymbol {
  const { weight } = symbol;
  if (symbol.alphabet !== map.from) {
    throw new DomainError(
      'alphabet',
      `a map from ${map.from.name} for a symbol of ${symbol.alphabet.name}`,
      'make the map from the alphabet of the symbol',
    );
  }
  if (weight > longestWord(map.to)) {
    throw new DomainError('word-too-long', `words of ${weight} letters`, `${map.to.name} holds ${longestWord(map.to)}`);
  }
  const stack = new Substitution(symbol, map);
  if (symbol.terms > 0) stack.expand(0, 0);
  return bufferOver(stack, map.to, weight, map.denominator ** weight);
}

/** The terms of the nodes in progress, one above the other; a node replaces those of its children by its own. */
class Substitution extends TermBuffer {
  private readonly trie: WordTrie;
  private readonly size: number;
  private readonly largest: number;
  private readonly merged = new TermBuffer();
  /** For every depth, where the terms of the children begin; their letters. */
  private readonly starts: Int32Array[];
  private readonly letters: Uint8Array[];

  constructor(
    private readonly symbol: PolylogSymbol,
    private readonly map: LetterMap,
  ) {
    super(1024);
    this.trie = wordTrie(symbol);
    this.size = map.to.size;
    const { size } = map.from;
    this.starts = Array.from({ length: symbol.weight }, () => new Int32Array(size + 1));
    this.letters = Array.from({ length: symbol.weight }, () => new Uint8Array(size));
    // Sums of products stay exact as long as what goes in is below this.
    let mass = 1;
    for (let j = 0; j < this.size; j++) {
      let column = 0;
      for (let letter = 0; letter < size; letter++) column += Math.abs(map.matrix[letter * this.size + j]);
      mass = Math.max(mass, column);
    }
    this.largest = LARGEST_EXACT / mass;
  }

  /** Puts the terms of a node on the stack, with keys of the letters below it. */
  expand(node: number, level: number): void {
    const { trie, size } = this;
    const { weight, children } = trie;
    if (level === weight) {
      this.push(0, this.symbol.coefficients[node - trie.levels[weight]]);
      return;
    }
    if (level === weight - 1) {
      this.expandLast(node);
      return;
    }
    const base = this.count;
    const [starts, letters] = [this.starts[level], this.letters[level]];
    let live = 0;
    for (let child = children[node]; child < children[node + 1]; child++) {
      const letter = trie.letters[child];
      if (this.drops(letter)) continue;
      letters[live] = letter;
      starts[live++] = this.count;
      this.expand(child, level + 1);
    }
    starts[live] = this.count;
    for (let i = base; i < this.count; i++)
      if (Math.abs(this.values[i]) > this.largest) throw coefficientRange(this.values[i]);
    const unit = size ** (weight - level - 1);
    this.merged.count = 0;
    for (let image = 0; image < size; image++) this.merge(image, live, starts, letters, image * unit);
    this.count = base;
    const { merged } = this;
    for (let i = 0; i < merged.count; i++) this.push(merged.keys[i], merged.values[i]);
  }

  /** The last letters: their images with the coefficients of the words. */
  private expandLast(node: number): void {
    const { trie, size, map, symbol } = this;
    const { children, letters, levels, weight } = trie;
    const leaves = levels[weight];
    for (let image = 0; image < size; image++) {
      let sum = 0;
      for (let child = children[node]; child < children[node + 1]; child++) {
        const coefficient = symbol.coefficients[child - leaves];
        if (Math.abs(coefficient) > this.largest) throw coefficientRange(coefficient);
        sum += map.matrix[letters[child] * size + image] * coefficient;
      }
      this.push(image, sum);
    }
  }

  private drops(letter: number): boolean {
    for (let image = 0; image < this.size; image++) if (this.map.matrix[letter * this.size + image] !== 0) return false;
    return true;
  }

  /** Adds up what the children give to one image. */
  private merge(image: number, live: number, starts: Int32Array, letters: Uint8Array, offset: number): void {
    const { keys, values, merged, size, map } = this;
    const { at, factors, ends } = this.runs;
    let runs = 0;
    for (let child = 0; child < live; child++) {
      const factor = map.matrix[letters[child] * size + image];
      if (factor === 0 || starts[child] === starts[child + 1]) continue;
      at[runs] = starts[child];
      ends[runs] = starts[child + 1];
      factors[runs++] = factor;
    }
    while (runs > 0) {
      let key = keys[at[0]];
      for (let r = 1; r < runs; r++) if (keys[at[r]] < key) key = keys[at[r]];
      let sum = 0;
      for (let r = runs - 1; r >= 0; r--) {
        if (keys[at[r]] !== key) continue;
        sum += factors[r] * values[at[r]];
        if (++at[r] < ends[r]) continue;
        runs--;
        at[r] = at[runs];
        ends[r] = ends[runs];
        factors[r] = factors[runs];
      }
      merged.push(offset + key, sum);
    }
  }

  private readonly runs = { at: new Int32Array(256), ends: new Int32Array(256), factors: new Float64Array(256) };
}
