import { DomainError, OptionError, ShapeError } from '../../core/index.ts';

/** How far to reduce. */
export interface LatticeOptions {
  /** delta of the condition of Lovasz as (numerator, denominator), 1/4 < delta < 1; 99/100 by default. */
  readonly delta?: readonly [bigint, bigint];
  /** Asked now and then; true ends the reduction early, with a basis of the same lattice that is not reduced. */
  readonly shouldStop?: () => boolean;
}

/** A reduced basis and how it comes from the given one. */
export interface ReducedLattice {
  /** The reduced vectors, shortest first as a rule, shape [n][m]. */
  readonly basis: bigint[][];
  /** U with basis = U * given, det U = +1 or -1, shape [n][n]. */
  readonly transform: bigint[][];
  /** False when `shouldStop` ended the reduction. */
  readonly reduced: boolean;
}

/**
 * LLL reduction of an integer lattice in exact integers: no rounding decides anything.
 *
 * |mu_ij| <= 1/2 and |b*_k|^2 >= (delta - mu_{k,k-1}^2) |b*_{k-1}|^2. The Gram-Schmidt numbers are kept as integers,
 * d_i = prod_{j <= i} |b*_j|^2 and lambda_ij = d_j mu_ij.
 *
 * @param vectors linearly independent rows, shape [n][m], n <= m
 * @throws ShapeError for ragged or empty rows; DomainError "dependent-vectors"; OptionError "out-of-range" for delta
 * @see H. Cohen, A Course in Computational Algebraic Number Theory, section 2.6.3 (integral LLL of de Weger)
 * @example reduceLattice([[1n, 0n, 1345n], [0n, 1n, 35n], [0n, 0n, 154n]]).basis[0] // [2n, -2n, 2n]
 */
export function reduceLattice(vectors: readonly (readonly bigint[])[], options: LatticeOptions = {}): ReducedLattice {
  const [numerator, denominator] = options.delta ?? [99n, 100n];
  if (!(denominator > 0n && 4n * numerator > denominator && numerator < denominator)) {
    throw new OptionError('out-of-range', 'delta', 'no such reduction', 'give a fraction between 1/4 and 1');
  }
  const n = vectors.length;
  const width = vectors[0]?.length ?? 0;
  const ragged = vectors.find((row) => row.length !== width);
  if (width === 0 || ragged) {
    throw new ShapeError('vectors', 'rows of one length', ragged ? `${width} and ${ragged.length}` : 'none');
  }
  const basis = vectors.map((row) => [...row]);
  const transform = vectors.map((_, i) => vectors.map((_row, j) => (i === j ? 1n : 0n)));
  const lambda = vectors.map(() => new Array<bigint>(n).fill(0n));
  // d[k + 1] belongs to vector k, so that d[0] = 1 stands before the first.
  const d = new Array<bigint>(n + 1).fill(1n);

  const orthogonalise = (k: number): void => {
    for (let j = 0; j <= k; j++) {
      let u = dot(basis[k], basis[j]);
      for (let i = 0; i < j; i++) u = (d[i + 1] * u - lambda[k][i] * lambda[j][i]) / d[i];
      if (j < k) lambda[k][j] = u;
      else d[k + 1] = u;
    }
    if (d[k + 1] === 0n) {
      throw new DomainError('dependent-vectors', `vector ${k + 1} depends on those before it`, 'leave it out');
    }
  };
  const shorten = (k: number, l: number): void => {
    const q = nearestQuotient(lambda[k][l], d[l + 1]);
    if (q === 0n) return;
    subtract(basis[k], q, basis[l]);
    subtract(transform[k], q, transform[l]);
    lambda[k][l] -= q * d[l + 1];
    for (let i = 0; i < l; i++) lambda[k][i] -= q * lambda[l][i];
  };
  const swap = (k: number, last: number): void => {
    [basis[k], basis[k - 1]] = [basis[k - 1], basis[k]];
    [transform[k], transform[k - 1]] = [transform[k - 1], transform[k]];
    for (let j = 0; j < k - 1; j++) [lambda[k][j], lambda[k - 1][j]] = [lambda[k - 1][j], lambda[k][j]];
    const mu = lambda[k][k - 1];
    const between = (d[k - 1] * d[k + 1] + mu * mu) / d[k];
    for (let i = k + 1; i <= last; i++) {
      const t = lambda[i][k];
      lambda[i][k] = (d[k + 1] * lambda[i][k - 1] - mu * t) / d[k];
      lambda[i][k - 1] = (between * t + mu * lambda[i][k]) / d[k + 1];
    }
    d[k] = between;
  };

  orthogonalise(0);
  let last = 0;
  let k = 1;
  for (let round = 0; k < n; round++) {
    if (round % 16 === 0 && options.shouldStop?.()) return { basis, transform, reduced: false };
    if (k > last) {
      last = k;
      orthogonalise(k);
    }
    shorten(k, k - 1);
    const mu = lambda[k][k - 1];
    if (denominator * (d[k + 1] * d[k - 1] + mu * mu) < numerator * d[k] * d[k]) {
      swap(k, last);
      k = Math.max(1, k - 1);
    } else {
      for (let l = k - 2; l >= 0; l--) shorten(k, l);
      k++;
    }
  }
  return { basis, transform, reduced: true };
}

function dot(a: readonly bigint[], b: readonly bigint[]): bigint {
  let sum = 0n;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function subtract(row: bigint[], q: bigint, other: readonly bigint[]): void {
  for (let i = 0; i < row.length; i++) row[i] -= q * other[i];
}

/** The integer nearest a / b, b > 0; 0 for a half, so that what is reduced stays as it is. */
function nearestQuotient(a: bigint, b: bigint): bigint {
  const size = a < 0n ? -a : a;
  const q = (2n * size + b - 1n) / (2n * b);
  return a < 0n ? -q : q;
}
