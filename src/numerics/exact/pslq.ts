import { DomainError, OptionError, ShapeError } from '../../core/index.ts';
import { fixedToNumber } from './fixed-point.ts';
import { Integer } from './integer.ts';

/** When to give up. */
export interface PslqOptions {
  /** The values are known to 2^-accuracy; `bits` less 8 by default. */
  readonly accuracy?: number;
  /** Ends the search when no relation of this Euclidean norm or less can exist. */
  readonly maxNorm?: number;
  /** 10000 by default. */
  readonly maxIterations?: number;
  readonly shouldStop?: () => boolean;
}

/** What a search for a relation says. */
export interface PslqResult {
  /** Integers m, not all zero, with |sum m_i x_i| within the errors of the values; absent when none was met. */
  readonly relation?: bigint[];
  /** No relation of the numbers as they are given has a Euclidean norm below this. */
  readonly normBound: number;
  readonly iterations: number;
  /** relation | norm: `maxNorm` is excluded | precision: the digits are spent | stopped */
  readonly reason: 'relation' | 'norm' | 'precision' | 'stopped';
}

/** Bits by which a relation must beat chance: a sum of noise passes once in a million. */
const MARGIN = 20;

/**
 * An integer relation among real numbers by PSLQ, or a bound below which there is none.
 *
 * sum m_i x_i = 0; every relation has norm >= 1 / max_j |H_jj|, H the reduced lower trapezoidal matrix.
 *
 * @param values x_i times 2^bits, none zero, shape [n], n >= 2
 * @param bits bits after the point
 * @throws ShapeError for fewer than two values; DomainError "zero-value"; OptionError "out-of-range"
 * @see H. Ferguson, D. Bailey, S. Arno, Analysis of PSLQ, an integer relation finding algorithm
 * @example pslq([1n << 64n, 3n << 63n], 64).relation // [3n, -2n]
 */
export function pslq(values: readonly bigint[], bits: number, options: PslqOptions = {}): PslqResult {
  const n = values.length;
  if (n < 2) throw new ShapeError('values', 'two numbers or more', String(n));
  if (values.some((value) => value === 0n)) {
    throw new DomainError('zero-value', 'a value is zero: it is a relation by itself', 'leave it out');
  }
  const { accuracy = bits - 8, maxNorm = Number.POSITIVE_INFINITY, maxIterations = 100_000 } = options;
  if (!(Number.isInteger(bits) && bits >= 16 && accuracy > 0 && accuracy <= bits)) {
    throw new OptionError('out-of-range', 'bits', `${bits} bits and accuracy ${accuracy}`, 'give at least 16 bits');
  }
  // H loses as many bits as its transform has, which is fewer than the values have: twice the bits are enough.
  const work = 2 * bits;
  const shift = BigInt(work);
  const y = values.map((x) => x << BigInt(bits));
  const error = 1n << BigInt(work - accuracy);
  const H = initialH(y, work);
  const B = y.map((_, i) => y.map((_value, j) => BigInt(i === j ? 1 : 0)));
  // gamma = 2 / sqrt 3, the smallest that the proof allows; its powers choose the row to exchange.
  const gamma = 2 / Math.sqrt(3);

  const reduce = (): void => {
    for (let i = 1; i < n; i++) {
      for (let j = Math.min(i, n - 1) - 1; j >= 0; j--) {
        if (H[j][j] === 0n) continue;
        const t = nearest(H[i][j], H[j][j]);
        if (t === 0n) continue;
        y[j] += t * y[i];
        for (let k = 0; k <= j; k++) H[i][k] -= t * H[j][k];
        for (let k = 0; k < n; k++) B[k][j] += t * B[k][i];
      }
    }
  };
  const bound = (): number => {
    let largest = 0n;
    for (let j = 0; j < n - 1; j++) if (size(H[j][j]) > largest) largest = size(H[j][j]);
    // Rounding of the diagonal: the bound stays below what is proven.
    return (1 - 1e-9) / fixedToNumber(largest + 64n, work);
  };
  /** A column whose sum is within what the errors of the values make of it. */
  const vanishing = (): bigint[] | undefined => {
    for (let j = 0; j < n; j++) {
      const column = B.map((row) => row[j]);
      if (size(y[j]) <= error * column.reduce((sum, m) => sum + size(m), 0n as bigint)) return column;
    }
    return undefined;
  };

  reduce();
  // The best bound so far: an exchange may enlarge the diagonal again, what is proven stays proven.
  let normBound = bound();
  for (let iterations = 0; ; iterations++) {
    const relation = vanishing();
    if (relation) {
      // Numbers without a relation have sums as small as this once the norm is 2^(accuracy / n).
      const norm = Math.max(...relation.map(Integer.bitLength));
      if (n * norm + MARGIN > accuracy) return { normBound, iterations, reason: 'precision' };
      const sign = relation.find((m) => m !== 0n)! < 0n ? -1n : 1n;
      return { relation: relation.map((m) => sign * m), normBound, iterations, reason: 'relation' };
    }
    if (normBound > maxNorm) return { normBound, iterations, reason: 'norm' };
    if (iterations >= maxIterations || options.shouldStop?.()) return { normBound, iterations, reason: 'stopped' };
    let m = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n - 1; i++) {
      const weight = (i + 1) * Math.log(gamma) + logSize(H[i][i]);
      if (weight > most) [most, m] = [weight, i];
    }
    [y[m], y[m + 1]] = [y[m + 1], y[m]];
    [H[m], H[m + 1]] = [H[m + 1], H[m]];
    for (const row of B) [row[m], row[m + 1]] = [row[m + 1], row[m]];
    if (m < n - 2) corner(m);
    reduce();
    const next = bound();
    if (next > normBound) normBound = next;
  }

  /** Makes H lower trapezoidal again after an exchange. */
  function corner(m: number): void {
    const [a, b] = [H[m][m], H[m][m + 1]];
    const length = Integer.sqrt(a * a + b * b);
    if (length === 0n) return;
    const cos = (a << shift) / length;
    const sin = (b << shift) / length;
    for (let i = m; i < n; i++) {
      const [u, v] = [H[i][m], H[i][m + 1]];
      H[i][m] = (cos * u + sin * v) >> shift;
      H[i][m + 1] = (cos * v - sin * u) >> shift;
    }
    H[m][m + 1] = 0n;
  }
}

/** H of the start: H_jj = s_{j+1} / s_j, H_ij = -y_i y_j / (s_j s_{j+1}), s_j^2 = sum_{k >= j} y_k^2. */
function initialH(y: readonly bigint[], bits: number): bigint[][] {
  const n = y.length;
  const shift = BigInt(bits);
  const squares = y.map((value) => value * value);
  const s = y.map((_, j) => {
    let sum = 0n;
    for (let k = j; k < n; k++) sum += squares[k];
    return Integer.sqrt(sum);
  });
  return y.map((value, i) =>
    Array.from({ length: n - 1 }, (_, j) => {
      if (i < j) return 0n;
      if (i === j) return (s[j + 1] << shift) / s[j];
      return -((value * y[j]) << shift) / (s[j] * s[j + 1]);
    }),
  );
}

function size(x: bigint): bigint {
  return x < 0n ? -x : x;
}

function logSize(x: bigint): number {
  return x === 0n ? Number.NEGATIVE_INFINITY : Integer.bitLength(x) * Math.LN2 + Math.log(leading(size(x)));
}

/** x / 2^Integer.bitLength(x), in [1/2, 1). */
function leading(x: bigint): number {
  const length = Integer.bitLength(x);
  return length > 53 ? Number(x >> BigInt(length - 53)) / 2 ** 53 : Number(x) / 2 ** length;
}

function nearest(a: bigint, b: bigint): bigint {
  const q = (2n * size(a) + size(b)) / (2n * size(b));
  return a < 0n !== b < 0n ? -q : q;
}
