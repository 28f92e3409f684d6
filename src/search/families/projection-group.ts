/** Targets that share row weights and the columns that are fitted to them anyway. */
export interface GroupData {
  /** sqrt(w), shape [rows]. */
  readonly rootWeights: Float64Array;
  /** Shape [columns][rows]. */
  readonly basis: readonly Float64Array[];
  /** Shape [targets][rows]. */
  readonly targets: readonly Float64Array[];
}

/** A column of which less than this part lies outside the others adds nothing, squared. */
const COLLINEAR = 1e-10;
/** The same for columns of the basis. */
const DEPENDENT = 1e-9;
/** A target of which no more than this part is left is fitted already. */
const LOST = 1e-13;

/**
 * What one or two columns leave of targets beyond a common basis.
 *
 * Everything but the columns is orthonormalised once; nothing is allocated afterwards.
 */
export class ProjectionGroup {
  readonly rows: number;
  private readonly rootWeights: Float64Array;
  /** Orthonormal, shape [columns][rows]. */
  readonly basis: Float64Array[] = [];
  /** What the basis leaves of each target, of norm 1, shape [targets][rows]; 0 where it leaves nothing. */
  readonly remainders: readonly Float64Array[];
  private readonly first: Float64Array;
  private readonly second: Float64Array;

  constructor({ rootWeights, basis, targets }: GroupData) {
    const rows = rootWeights.length;
    this.rows = rows;
    this.rootWeights = rootWeights;
    this.first = new Float64Array(rows);
    this.second = new Float64Array(rows);
    for (const column of basis) {
      const q = column.map((value, i) => value * rootWeights[i]);
      const original = sumOfProducts(q, q);
      for (let pass = 0; pass < 2; pass++) this.removeBasis(q);
      const norm = Math.sqrt(sumOfProducts(q, q));
      if (!(norm > DEPENDENT * Math.sqrt(original))) continue;
      for (let i = 0; i < rows; i++) q[i] /= norm;
      this.basis.push(q);
    }
    this.remainders = targets.map((target) => {
      const remainder = target.map((value, i) => value * rootWeights[i]);
      const original = sumOfProducts(remainder, remainder);
      for (let pass = 0; pass < 2; pass++) this.removeBasis(remainder);
      const norm = Math.sqrt(sumOfProducts(remainder, remainder));
      const lost = !(norm > LOST * Math.sqrt(original) && norm < Infinity);
      return lost ? remainder.fill(0) : remainder.map((value) => value / norm);
    });
  }

  /** The fraction of a target's square that the columns leave; 1 when they add nothing. Exact to rounding squared. */
  unexplained(target: number, first: Float64Array, second: Float64Array | undefined): number {
    const { rows, first: p, second: q } = this;
    if (!this.outside(first, p)) return 1;
    const two = second !== undefined && this.outside(second, q) && this.separate();
    const remainder = this.remainders[target];
    const along = sumOfProducts(p, remainder);
    const across = two ? sumOfProducts(q, remainder) : 0;
    let left = 0;
    for (let i = 0; i < rows; i++) {
      const r = remainder[i] - along * p[i] - (two ? across * q[i] : 0);
      left += r * r;
    }
    return left;
  }

  /** Writes what lies outside the basis, of norm 1; false when that is nothing or not finite. */
  private outside(column: Float64Array, out: Float64Array): boolean {
    const { rows, rootWeights } = this;
    let square = 0;
    for (let i = 0; i < rows; i++) {
      const value = column[i] * rootWeights[i];
      out[i] = value;
      square += value * value;
    }
    if (!(square < Infinity)) return false;
    for (let pass = 0; pass < 2; pass++) this.removeBasis(out);
    return normalise(out, COLLINEAR * square);
  }

  /** Makes the second column orthogonal to the first; false when nothing is left of it. */
  private separate(): boolean {
    const { first, second } = this;
    for (let pass = 0; pass < 2; pass++) {
      const along = sumOfProducts(first, second);
      for (let i = 0; i < second.length; i++) second[i] -= along * first[i];
    }
    return normalise(second, COLLINEAR);
  }

  private removeBasis(column: Float64Array): void {
    const { basis, rows } = this;
    for (let k = 0; k < basis.length; k++) {
      const q = basis[k];
      let along = 0;
      for (let i = 0; i < rows; i++) along += q[i] * column[i];
      for (let i = 0; i < rows; i++) column[i] -= along * q[i];
    }
  }
}

function normalise(column: Float64Array, least: number): boolean {
  const square = sumOfProducts(column, column);
  if (!(square > least)) return false;
  const factor = 1 / Math.sqrt(square);
  for (let i = 0; i < column.length; i++) column[i] *= factor;
  return true;
}

function sumOfProducts(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
