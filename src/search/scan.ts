/** Features whose projected fit is best, a few per complexity. */
export interface ScanHit {
  /** Index into the features. */
  readonly feature: number;
  /** Weighted sum of squares left after the basis and the feature. */
  readonly residual: number;
}

/** An orthonormal basis under row weights, and the part of z outside it. */
export interface Projection {
  /** sqrt(w), shape [rows]. */
  readonly rootWeights: Float64Array;
  readonly basis: readonly Float64Array[];
  /** sqrt(w) z minus its projection, shape [rows]. */
  readonly remainder: Float64Array;
  readonly remainderSquare: number;
}

/** Orthonormalises sqrt(w) times the columns and removes them from sqrt(w) z. */
export function project(z: Float64Array, w: Float64Array, columns: readonly Float64Array[]): Projection {
  const rows = z.length;
  const rootWeights = w.map(Math.sqrt);
  const basis: Float64Array[] = [];
  for (const column of columns) {
    const q = new Float64Array(rows);
    let original = 0;
    for (let i = 0; i < rows; i++) {
      q[i] = column[i] * rootWeights[i];
      original += q[i] * q[i];
    }
    for (let pass = 0; pass < 2; pass++) for (const p of basis) subtract(q, p, dot(q, p));
    const norm = Math.sqrt(dot(q, q));
    if (!(norm > 1e-9 * Math.sqrt(original))) continue;
    for (let i = 0; i < rows; i++) q[i] /= norm;
    basis.push(q);
  }
  const remainder = new Float64Array(rows);
  for (let i = 0; i < rows; i++) remainder[i] = z[i] * rootWeights[i];
  for (let pass = 0; pass < 2; pass++) for (const p of basis) subtract(remainder, p, dot(remainder, p));
  return { rootWeights, basis, remainder, remainderSquare: dot(remainder, remainder) };
}

/**
 * Fits z = basis + a f for every feature f and keeps the best of each complexity.
 *
 * @param features values, shape [features][rows]; an undefined feature is skipped
 * @param keep hits kept per complexity
 */
export function scan(
  features: readonly (Float64Array | undefined)[],
  complexities: readonly number[],
  projection: Projection,
  keep: number,
): ScanHit[] {
  const { rootWeights, basis, remainder, remainderSquare } = projection;
  const rows = remainder.length;
  const held: ScanHit[][] = [];
  const scaled = new Float64Array(rows);
  for (let index = 0; index < features.length; index++) {
    const feature = features[index];
    if (!feature) continue;
    let square = 0;
    let along = 0;
    for (let i = 0; i < rows; i++) {
      const value = feature[i] * rootWeights[i];
      scaled[i] = value;
      square += value * value;
      along += value * remainder[i];
    }
    let outside = square;
    for (let k = 0; k < basis.length; k++) {
      const projected = dot(scaled, basis[k]);
      outside -= projected * projected;
    }
    if (!(outside > 1e-10 * square)) continue;
    const residual = Math.max(0, remainderSquare - (along * along) / outside);
    const size = complexities[index];
    held[size] ??= [];
    insert(held[size], { feature: index, residual }, keep);
  }
  return held.flat();
}

function insert<Hit extends { residual: number }>(list: Hit[], hit: Hit, keep: number): void {
  if (list.length === keep && list[keep - 1].residual <= hit.residual) return;
  let at = list.length;
  while (at > 0 && list[at - 1].residual > hit.residual) at--;
  list.splice(at, 0, hit);
  if (list.length > keep) list.pop();
}

/** A pair of features and the weighted sum of squares its fit leaves. */
export interface PairHit {
  readonly first: number;
  readonly second: number;
  readonly residual: number;
}

/**
 * Fits z = basis + a f + b g for all pairs through one Gram matrix.
 *
 * @param keep pairs kept per complexity of f plus that of g
 */
export function scanPairs(
  features: readonly Float64Array[],
  complexities: readonly number[],
  projection: Projection,
  keep: number,
): PairHit[] {
  const { rootWeights, basis, remainder, remainderSquare } = projection;
  const rows = remainder.length;
  const vectors: Float64Array[] = [];
  const owners: number[] = [];
  const along: number[] = [];
  features.forEach((feature, index) => {
    const v = new Float64Array(rows);
    for (let i = 0; i < rows; i++) v[i] = feature[i] * rootWeights[i];
    const square = dot(v, v);
    for (const q of basis) subtract(v, q, dot(v, q));
    const norm = Math.sqrt(dot(v, v));
    if (!(norm > 1e-5 * Math.sqrt(square))) return;
    for (let i = 0; i < rows; i++) v[i] /= norm;
    vectors.push(v);
    owners.push(index);
    along.push(dot(v, remainder));
  });
  const held: PairHit[][] = [];
  for (let i = 0; i < vectors.length; i++) {
    for (let j = 0; j < i; j++) {
      const g = dot(vectors[i], vectors[j]);
      const determinant = 1 - g * g;
      if (!(determinant > 1e-9)) continue;
      const explained = (along[i] ** 2 + along[j] ** 2 - 2 * g * along[i] * along[j]) / determinant;
      const residual = Math.max(0, remainderSquare - explained);
      const size = complexities[owners[i]] + complexities[owners[j]];
      held[size] ??= [];
      insert(held[size], { first: owners[j], second: owners[i], residual }, keep);
    }
  }
  return held.flat();
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function subtract(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] -= factor * b[i];
}
