/** Exponents at which a product of powers of quantities has a wanted dimension. */

/** Below this a pivot is rounding: dimensions are small fractions. */
const TINY = 1e-9;
/** Largest exponent, in magnitude. */
const LARGEST_EXPONENT = 6;
/** Largest sum of |exponent| over the quantities that are free to choose, by their number. */
const FREE_COST = [0, 12, 10, 8, 7, 6, 5];
const FREE_COST_OF_MANY = 4;

/** Exponents by quantity; all of them multiples of the step asked for. */
export type Exponents = readonly number[];

/** Largest sum of |exponent| of a solution. */
const LARGEST_COST = 14;

/**
 * The linear system whose solutions are products of powers of a wanted dimension: rows are base units, columns are
 * quantities.
 */
export class ExponentSpace {
  /** Largest number of quantities whose dimensions are independent. */
  readonly rank: number;
  /** Number of base units. */
  readonly baseUnits: number;
  private readonly count: number;
  private readonly pivots: readonly number[];
  private readonly free: readonly number[];
  /** Row-reduced, shape [rank][count]. */
  private readonly rows: readonly Float64Array[];
  /** What takes a dimension to the reduced system, shape [base][base]. */
  private readonly transform: readonly Float64Array[];

  /** @param dimensions exponents of the base units, shape [quantities][base]; the last are chosen freely last */
  constructor(dimensions: readonly (readonly number[])[]) {
    this.count = dimensions.length;
    const base = dimensions[0]?.length ?? 0;
    this.baseUnits = base;
    const rows = Array.from({ length: base }, (_, i) => Float64Array.from(dimensions, (column) => column[i]));
    const transform = Array.from({ length: base }, (_, i) => new Float64Array(base).fill(1, i, i + 1));
    const pivots: number[] = [];
    // Later quantities, the constants, become pivots first: what is chosen freely then are exponents of inputs.
    for (let column = this.count - 1; column >= 0 && pivots.length < base; column--) {
      const rank = pivots.length;
      let best = rank;
      for (let i = rank; i < base; i++) if (Math.abs(rows[i][column]) > Math.abs(rows[best][column])) best = i;
      if (Math.abs(rows[best][column]) < TINY) continue;
      [rows[rank], rows[best]] = [rows[best], rows[rank]];
      [transform[rank], transform[best]] = [transform[best], transform[rank]];
      const pivot = rows[rank][column];
      scale(rows[rank], 1 / pivot);
      scale(transform[rank], 1 / pivot);
      for (let i = 0; i < base; i++) {
        const factor = rows[i][column];
        if (i === rank || factor === 0) continue;
        subtract(rows[i], rows[rank], factor);
        subtract(transform[i], transform[rank], factor);
      }
      pivots.push(column);
    }
    this.pivots = pivots;
    this.rank = pivots.length;
    this.free = Array.from({ length: this.count }, (_, i) => i).filter((i) => !pivots.includes(i));
    this.rows = rows.slice(0, this.rank);
    this.transform = transform;
  }

  /** Whether some product of powers has the dimension. */
  spans(wanted: readonly number[]): boolean {
    return this.reduced(wanted) !== undefined;
  }

  /**
   * Exponents of products of the dimension, cheapest first: by the sum of |exponent|, then by fewer negative ones,
   * then in the order of the quantities.
   *
   * @param step exponents are multiples of it
   */
  solutions(wanted: readonly number[], step: number): { readonly exponents: Exponents; readonly cost: number }[] {
    const offset = this.reduced(wanted);
    if (!offset) return [];
    const found: { exponents: number[]; cost: number }[] = [];
    const { free, pivots, rows } = this;
    const exponents = new Float64Array(this.count);
    const complete = (): void => {
      const all: number[] = Array.from(exponents);
      let cost = 0;
      for (let r = 0; r < pivots.length; r++) {
        let exponent = offset[r];
        for (const f of free) exponent -= rows[r][f] * exponents[f];
        const nearest = Math.round(exponent / step) * step;
        if (Math.abs(exponent - nearest) > TINY || Math.abs(nearest) > LARGEST_EXPONENT + TINY) return;
        all[pivots[r]] = nearest + 0;
      }
      for (const exponent of all) cost += Math.abs(exponent) + (exponent < 0 ? 0.01 : 0);
      if (cost <= LARGEST_COST) found.push({ exponents: all, cost });
    };
    const most = FREE_COST[free.length] ?? FREE_COST_OF_MANY;
    // Finer steps over many free exponents would be too many to go through.
    const budget = step < 1 ? Math.min(most, Math.max(2, most - 2)) : most;
    const choose = (at: number, left: number): void => {
      if (at === free.length) {
        complete();
        return;
      }
      const largest = Math.min(LARGEST_EXPONENT, left);
      for (let k = 0; k * step <= largest + TINY; k++) {
        exponents[free[at]] = k * step;
        choose(at + 1, left - k * step);
        if (k === 0) continue;
        exponents[free[at]] = -k * step;
        choose(at + 1, left - k * step);
      }
      exponents[free[at]] = 0;
    };
    choose(0, budget);
    return found.sort((a, b) => a.cost - b.cost || compare(b.exponents, a.exponents));
  }

  /** The right-hand side of the reduced system, shape [rank]; undefined when nothing has the dimension. */
  private reduced(wanted: readonly number[]): Float64Array | undefined {
    const out = new Float64Array(this.rank);
    for (let i = 0; i < this.transform.length; i++) {
      let sum = 0;
      for (let j = 0; j < wanted.length; j++) sum += this.transform[i][j] * wanted[j];
      if (i < this.rank) out[i] = sum;
      else if (Math.abs(sum) > TINY) return undefined;
    }
    return out;
  }
}

/** Number of independent vectors among them. */
export function rankOf(vectors: readonly (readonly number[])[]): number {
  return vectors.length === 0 ? 0 : new ExponentSpace(vectors).rank;
}

function scale(row: Float64Array, factor: number): void {
  for (let i = 0; i < row.length; i++) row[i] *= factor;
}

function subtract(row: Float64Array, other: Float64Array, factor: number): void {
  for (let i = 0; i < row.length; i++) row[i] -= factor * other[i];
}

function compare(a: Exponents, b: Exponents): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return 0;
}
