import {
  Integer,
  type IntegerPolynomial,
  integerRoots,
  Polynomial,
  Rational,
  rationalKernel,
} from '../../numerics/index.ts';

/** Solutions of a higher degree are not looked for. */
const HIGHEST_DEGREE = 60;

/**
 * A basis of the polynomials c with sum_j coefficients[j](n) c(n + j) = 0.
 *
 * The degree is an integer root of the indicial polynomial of the same operator in differences; the coefficients of c
 * then solve a linear system.
 *
 * @param coefficients of the shifts 0, 1, ..., r
 * @returns integer polynomials, primitive
 * @see M. Petkovsek, H. Wilf, D. Zeilberger, A = B, 8.3
 * @example polynomialSolutions([[1n], [-2n], [1n]]) // [[1n], [0n, 1n]]
 */
export function polynomialSolutions(coefficients: readonly IntegerPolynomial[]): IntegerPolynomial[] {
  const degree = highestDegree(coefficients);
  if (degree < 0) return [];
  const images = Array.from({ length: degree + 1 }, (_, power) => image(coefficients, power));
  const height = Math.max(...images.map((polynomial) => polynomial.length));
  const rows = Array.from({ length: height }, (_, row) => images.map((column) => Rational.of(column[row] ?? 0n)));
  return rationalKernel(rows, degree + 1).map((vector) => {
    const common = vector.reduce((lcm, { den }) => Integer.lcm(lcm, den), 1n);
    return Polynomial.primitivePart(Polynomial.trim(vector.map(({ num, den }) => num * (common / den))));
  });
}

/** The operator applied to n^power. */
function image(coefficients: readonly IntegerPolynomial[], power: number): IntegerPolynomial {
  return coefficients.reduce(
    (sum, p, j) => Polynomial.add(sum, Polynomial.multiply(p, Polynomial.power([BigInt(j), 1n], power))),
    [] as IntegerPolynomial,
  );
}

/** -1 where no degree fits. */
function highestDegree(coefficients: readonly IntegerPolynomial[]): number {
  const differences = coefficients.map((_, k) =>
    coefficients.reduce(
      (sum, p, j) => Polynomial.add(sum, Polynomial.scale(p, binomial(j, k))),
      [] as IntegerPolynomial,
    ),
  );
  const excess = differences.map((p, k) => (p.length === 0 ? Number.NEGATIVE_INFINITY : p.length - 1 - k));
  const top = Math.max(...excess);
  if (top === Number.NEGATIVE_INFINITY) return -1;
  let indicial: IntegerPolynomial = [];
  let falling: IntegerPolynomial = [1n];
  differences.forEach((p, k) => {
    if (excess[k] === top) indicial = Polynomial.add(indicial, Polynomial.scale(falling, Polynomial.leading(p)));
    falling = Polynomial.multiply(falling, [BigInt(-k), 1n]);
  });
  const roots = integerRoots(indicial).filter((root) => root >= 0n && root <= BigInt(HIGHEST_DEGREE));
  return Math.max(-top - 1, ...roots.map(Number));
}

function binomial(n: number, k: number): bigint {
  let value = k > n ? 0n : 1n;
  for (let i = 0; i < k && value !== 0n; i++) value = (value * BigInt(n - i)) / BigInt(i + 1);
  return value;
}
