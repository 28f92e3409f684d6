import { type IntegerPolynomial, Rational } from '../../numerics/index.ts';
import { Complex } from './complex.ts';
import type { Edge } from './newton-polygon.ts';

/** Series in x = n^(-1/t), cut after x^t. */
type Series = Complex[];

/**
 * The exponentials and the power of n that belong to a simple root of an edge polynomial.
 *
 * w(n) = u(n+1)/u(n) = n^a sum_k c_k n^(-k/t) solves sum_j p_j(n) w(n) ... w(n+j-1) = 0 order by order; the sum of
 * ln w gives exp(d_k n^(1-k/t) / (1-k/t)) for k < t, and n^(d_t - a).
 *
 * @param coefficients p_0, ..., p_r
 * @param edge edge of slope -a, a with denominator t
 * @param root simple root of its polynomial
 * @example ratioSeries([[-2n, -4n], [2n, 1n]], { slope: { num: 0n, den: 1n }, height: { num: 1n, den: 1n }, polynomial: [-4n, 1n] }, [4, 0]).power // [-1.5, 0]
 */
export function ratioSeries(
  coefficients: readonly IntegerPolynomial[],
  edge: Edge,
  root: Complex,
): { exponentials: { power: Rational; coefficient: Complex }[]; power: Complex } {
  const t = Number(edge.slope.den);
  const a = Rational.toNumber(edge.slope);
  const c: Series = [root, ...Array.from({ length: t }, () => [0, 0] as Complex)];
  const slope = edge.polynomial.reduce<Complex>(
    (sum, value, j) => (j === 0 ? sum : Complex.add(sum, Complex.multiply([Number(value) * j, 0], whole(root, j - 1)))),
    [0, 0],
  );
  for (let k = 1; k <= t; k++)
    c[k] = Complex.divide(Complex.subtract([0, 0], residual(coefficients, edge, c, a, t)[k]), slope);
  const d = logarithm(c);
  const exponentials = Array.from({ length: t - 1 }, (_, index) => {
    const power = Rational.of(t - index - 1, t);
    return { power, coefficient: Complex.divide(d[index + 1], [Rational.toNumber(power), 0]) };
  }).filter(({ coefficient }) => Complex.modulus(coefficient) > 1e-12);
  return { exponentials, power: Complex.subtract(d[t], [a, 0]) };
}

/** sum_j p_j(n) w(n) ... w(n + j - 1) over n^height, to order x^t. */
function residual(coefficients: readonly IntegerPolynomial[], edge: Edge, c: Series, a: number, t: number): Series {
  const zero = (): Series => Array.from({ length: t + 1 }, () => [0, 0] as Complex);
  const sum = zero();
  let product = zero();
  product[0] = [1, 0];
  coefficients.forEach((p, j) => {
    if (j > 0) product = multiply(product, shifted(c, j - 1, a, t));
    p.forEach((value, power) => {
      // n^(power + a j) = n^height x^delay
      const gap = Rational.subtract(
        edge.height,
        Rational.add(Rational.of(power), Rational.multiply(edge.slope, Rational.of(j))),
      );
      const delay = Number(gap.num * (BigInt(t) / gap.den));
      for (let k = delay; k <= t; k++)
        sum[k] = Complex.add(sum[k], Complex.multiply([Number(value), 0], product[k - delay]));
    });
  });
  return sum;
}

/** w(n + i) / n^a: the first correction of (1 + i/n)^(a - k/t) reaches x^t from k = 0 alone. */
function shifted(c: Series, i: number, a: number, t: number): Series {
  const series = [...c];
  series[t] = Complex.add(series[t], Complex.multiply(c[0], [i * a, 0]));
  return series;
}

function multiply(x: Series, y: Series): Series {
  return x.map((_, k) => {
    let sum: Complex = [0, 0];
    for (let i = 0; i <= k; i++) sum = Complex.add(sum, Complex.multiply(x[i], y[k - i]));
    return sum;
  });
}

/** Coefficients of ln(c(x)/c_0): k c_k = sum_i i d_i c_{k-i}. */
function logarithm(c: Series): Series {
  const d: Series = [[0, 0]];
  for (let k = 1; k < c.length; k++) {
    let sum = Complex.multiply([k, 0], c[k]);
    for (let i = 1; i < k; i++) sum = Complex.subtract(sum, Complex.multiply([i, 0], Complex.multiply(d[i], c[k - i])));
    d.push(Complex.divide(sum, Complex.multiply([k, 0], c[0])));
  }
  return d;
}

function whole(base: Complex, exponent: number): Complex {
  let value: Complex = [1, 0];
  for (let count = 0; count < exponent; count++) value = Complex.multiply(value, base);
  return value;
}
