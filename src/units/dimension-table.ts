import { type Dimension, multiplyDimensions, powerOfDimension } from './dimension.ts';
import { isSmall, type Rational } from './rational.ts';

/** A dimension whose exponents are no small fractions; it equals nothing, not even itself. */
export const INEXACT = -2;

/** Ids below this have their products in a flat table, 4 bytes each pair; it starts small and doubles. */
const LARGEST_SIDE = 512;
const FIRST_SIDE = 16;
const UNKNOWN = -1;

/**
 * Dimensions by number, so that a search compares and combines them without touching a vector.
 *
 * Id 0 is the pure number; ids grow in order of appearance, and products and powers are remembered.
 *
 * @example new DimensionTable(7).power(0, [1, 2]) // 0
 */
export class DimensionTable {
  private readonly vectors: Dimension[] = [];
  private readonly ids = new Map<string, number>();
  private side = FIRST_SIDE;
  private flat = new Int32Array(FIRST_SIDE * FIRST_SIDE).fill(UNKNOWN);
  private readonly products = new Map<number, number>();
  private readonly powers = new Map<number, number>();
  private readonly inverses: number[] = [0];

  /** @param length number of base units */
  constructor(length: number) {
    this.id(Array.from({ length }, () => [0, 1]));
  }

  /** The id of a dimension, new when it was not met before; INEXACT when an exponent is out of range. */
  id(dimension: Dimension): number {
    if (!dimension.every(isSmall)) return INEXACT;
    let key = '';
    for (const [numerator, denominator] of dimension) key += `${numerator}/${denominator} `;
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.vectors.length;
    this.vectors.push(dimension);
    this.ids.set(key, id);
    return id;
  }

  /** The dimension of an id >= 0. */
  dimension(id: number): Dimension {
    return this.vectors[id];
  }

  /** The dimension of a product of two; ids >= 0. */
  product(a: number, b: number): number {
    if (a === 0) return b;
    if (b === 0) return a;
    if (a < LARGEST_SIDE && b < LARGEST_SIDE) {
      if (a >= this.side || b >= this.side) this.widen(Math.max(a, b));
      const at = a * this.side + b;
      if (this.flat[at] === UNKNOWN) this.flat[at] = this.id(multiplyDimensions(this.vectors[a], this.vectors[b]));
      return this.flat[at];
    }
    const key = a * 4294967296 + b;
    let id = this.products.get(key);
    if (id === undefined) {
      id = this.id(multiplyDimensions(this.vectors[a], this.vectors[b]));
      this.products.set(key, id);
    }
    return id;
  }

  /** The dimension of one over something; id >= 0. */
  inverse(a: number): number {
    while (this.inverses.length <= a) this.inverses.push(UNKNOWN);
    if (this.inverses[a] === UNKNOWN) this.inverses[a] = this.id(powerOfDimension(this.vectors[a], [-1, 1]));
    return this.inverses[a];
  }

  private widen(id: number): void {
    while (id >= this.side) this.side *= 2;
    this.flat = new Int32Array(this.side * this.side).fill(UNKNOWN);
  }

  /** The dimension of a power; id >= 0, a small exponent. */
  power(a: number, exponent: Rational): number {
    const [numerator, denominator] = exponent;
    if (a === 0 || numerator === 0) return 0;
    if (numerator === denominator) return a;
    if (numerator === -denominator) return this.inverse(a);
    const key = (a * 2048 + numerator + 1024) * 128 + denominator;
    let id = this.powers.get(key);
    if (id === undefined) {
      id = this.id(powerOfDimension(this.vectors[a], exponent));
      this.powers.set(key, id);
    }
    return id;
  }
}
