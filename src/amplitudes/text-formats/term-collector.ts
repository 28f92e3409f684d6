import { FormatError } from '../../core/index.ts';
import type { Alphabet } from '../alphabet.ts';
import { sortedOrder } from '../sort-terms.ts';
import { PolylogSymbol } from '../symbol.ts';
import { wordText } from '../word.ts';

const LARGEST_COEFFICIENT = 2 ** 31 - 1;

/** Terms as a file gives them, in any order, with their lines. */
export class TermCollector {
  private keys = new Float64Array(1024);
  private coefficients = new Int32Array(1024);
  private lines = new Uint32Array(1024);
  private count = 0;
  private rising = true;

  constructor(
    private readonly alphabet: Alphabet,
    private readonly file: string,
  ) {}

  /** Terms so far. */
  get terms(): number {
    return this.count;
  }

  /** @throws FormatError "coefficient-range" */
  add(key: number, coefficient: number, line: number): void {
    if (!(Math.abs(coefficient) <= LARGEST_COEFFICIENT)) {
      throw new FormatError(
        'coefficient-range',
        'a coefficient of 2^31 or more',
        this.file,
        line,
        'symbols hold 32-bit coefficients; divide by a common factor',
      );
    }
    const { count } = this;
    if (count === this.keys.length) this.grow();
    if (count > 0 && key <= this.keys[count - 1]) this.rising = false;
    this.keys[count] = key;
    this.coefficients[count] = coefficient;
    this.lines[count] = line;
    this.count++;
  }

  /** The symbol; words with the coefficient 0 are left out. @throws FormatError "duplicate-word" */
  finish(weight: number): PolylogSymbol {
    const { alphabet, count } = this;
    const given = this.keys.subarray(0, count);
    const order = this.rising ? undefined : sortedOrder(alphabet.size, weight, given);
    const [keys, coefficients] = [new Float64Array(count), new Int32Array(count)];
    let kept = 0;
    for (let i = 0, last = -1; i < count; i++) {
      const at = order === undefined ? i : order[i];
      if (given[at] === last) {
        const word = wordText(alphabet, weight, last);
        throw new FormatError('duplicate-word', `"${word}" for the second time`, this.file, this.lines[at]);
      }
      last = given[at];
      if (this.coefficients[at] === 0) continue;
      keys[kept] = last;
      coefficients[kept++] = this.coefficients[at];
    }
    if (kept === count) return new PolylogSymbol(alphabet, weight, keys, coefficients);
    return new PolylogSymbol(alphabet, weight, keys.slice(0, kept), coefficients.slice(0, kept));
  }

  private grow(): void {
    const capacity = 2 * this.keys.length;
    const [keys, coefficients, lines] = [
      new Float64Array(capacity),
      new Int32Array(capacity),
      new Uint32Array(capacity),
    ];
    keys.set(this.keys);
    coefficients.set(this.coefficients);
    lines.set(this.lines);
    this.keys = keys;
    this.coefficients = coefficients;
    this.lines = lines;
  }
}
