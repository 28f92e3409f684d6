import { DomainError } from '../core/index.ts';
import type { Alphabet } from './alphabet.ts';
import { PolylogSymbol } from './symbol.ts';
import { wordText } from './word.ts';

/** Integers up to this size are exact in a float; what goes beyond is refused, never rounded. */
export const LARGEST_EXACT = 2 ** 53;
const LARGEST_COEFFICIENT = 2 ** 31 - 1;

/** The error of every operation whose coefficients grow too large. */
export function coefficientRange(coefficient: number, place = 'an intermediate sum'): DomainError {
  return new DomainError(
    'coefficient-range',
    `the coefficient ${coefficient} of ${place}`,
    'coefficients are integers up to 2^31 - 1 in size, and up to 2^53 on the way',
    { coefficient },
  );
}

/** Terms that arrive in the order of their keys, in arrays that grow. */
export class TermBuffer {
  keys: Float64Array;
  values: Float64Array;
  count = 0;

  constructor(capacity = 16) {
    this.keys = new Float64Array(Math.max(capacity, 16));
    this.values = new Float64Array(Math.max(capacity, 16));
  }

  /**
   * Adds a term; zeros are left out.
   *
   * @param key above every key before
   * @throws DomainError "coefficient-range" beyond 2^53
   */
  push(key: number, value: number): void {
    if (value === 0) return;
    if (!(Math.abs(value) <= LARGEST_EXACT)) throw coefficientRange(value);
    if (this.count === this.keys.length) this.grow();
    this.keys[this.count] = key;
    this.values[this.count++] = value;
  }

  /**
   * The symbol of the terms.
   *
   * @param divisor what every value is divided by; it divides them all
   * @throws DomainError "coefficient-range"
   */
  toSymbol(alphabet: Alphabet, weight: number, divisor = 1): PolylogSymbol {
    const { count, values } = this;
    const coefficients = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const coefficient = values[i] / divisor;
      if (!Number.isInteger(coefficient) || Math.abs(coefficient) > LARGEST_COEFFICIENT) {
        throw coefficientRange(coefficient, wordText(alphabet, weight, this.keys[i]));
      }
      coefficients[i] = coefficient;
    }
    return new PolylogSymbol(alphabet, weight, this.keys.slice(0, count), coefficients);
  }

  private grow(): void {
    const capacity = 2 * this.keys.length;
    const [keys, values] = [new Float64Array(capacity), new Float64Array(capacity)];
    keys.set(this.keys);
    values.set(this.values);
    this.keys = keys;
    this.values = values;
  }
}
