import { factorPolynomial, type IntegerPolynomial, Polynomial, Rational, rationalRoots } from '../../numerics/index.ts';
import { Complex } from './complex.ts';
import { type Edge, newtonEdges } from './newton-polygon.ts';
import { ratioSeries } from './ratio-series.ts';

/** One formal solution: n!^factorial root^n exp(sum_i coefficient_i n^power_i) n^power. */
export interface Growth {
  readonly factorial: Rational;
  readonly root: Complex;
  /** Irreducible polynomial of the root. */
  readonly minimal: IntegerPolynomial;
  /** Powers in (0, 1), descending. */
  readonly exponentials: readonly { readonly power: Rational; readonly coefficient: Complex }[];
  readonly power: Complex;
  /** The power of n as a fraction, where it is one. */
  readonly exactPower?: Rational;
  /** Set when the fraction was proved, not only read off its decimals. */
  readonly proved: boolean;
  /** How many powers ln(n)^k come with it: a root of the indicial polynomial that repeats. */
  readonly logarithms: number;
  /** Relative corrections run in powers of n^(-1/step). */
  readonly step: number;
}

/**
 * The formal solutions of a recurrence by leading growth, largest first.
 *
 * Newton polygon: edges give the powers of n!, edge polynomials the bases. Simple roots: the power of n and the
 * exponentials from the series of u(n+1)/u(n). Rational roots: the indicial polynomial, where regular.
 *
 * @param coefficients of a recurrence without a constant
 * @returns formal solutions and how many were left out, being irregular at a repeated root
 * @see J. Wimp, D. Zeilberger, Resurrecting the asymptotics of linear recurrences
 * @example growths([[-2n, -4n], [2n, 1n]]).list.map(({ root }) => root[0]) // [4]
 */
export function growths(coefficients: readonly IntegerPolynomial[]): { list: Growth[]; omitted: number } {
  const list: Growth[] = [];
  let omitted = 0;
  for (const edge of newtonEdges(coefficients)) {
    for (const { factor, multiplicity } of factorPolynomial(edge.polynomial).factors) {
      if (factor[0] === 0n) continue;
      const regular = regularGrowths(coefficients, edge, factor);
      if (regular.length > 0) {
        list.push(...regular);
        omitted += regular.reduce((left, { logarithms }) => left - logarithms - 1, multiplicity);
      } else if (multiplicity === 1) list.push(...simpleGrowths(coefficients, edge, factor));
      else omitted += multiplicity * (factor.length - 1);
    }
  }
  return { list: list.sort(compareGrowth), omitted };
}

/** Below 0 when x grows faster than y; 0 when their quotient stays bounded up to powers of log n. */
export function compareGrowth(x: Growth, y: Growth): number {
  const order = Rational.compare(y.factorial, x.factorial);
  if (order !== 0) return order;
  const sizes = [Complex.modulus(x.root), Complex.modulus(y.root)];
  if (Math.abs(sizes[0] - sizes[1]) > 1e-9 * Math.max(...sizes)) return sizes[1] - sizes[0];
  const powers = [...x.exponentials, ...y.exponentials].map(({ power }) => Rational.toNumber(power));
  for (const power of [...new Set(powers)].sort((a, b) => b - a)) {
    const weight = ({ exponentials }: Growth) =>
      exponentials.find((entry) => Rational.toNumber(entry.power) === power)?.coefficient[0] ?? 0;
    const difference = weight(y) - weight(x);
    if (Math.abs(difference) > 1e-9) return difference;
  }
  const difference = y.power[0] - x.power[0];
  return Math.abs(difference) > 1e-9 ? difference : 0;
}

function simpleGrowths(coefficients: readonly IntegerPolynomial[], edge: Edge, factor: IntegerPolynomial): Growth[] {
  const values = factor.map(Number);
  return Complex.roots(values).map((root) => {
    const step = Number(edge.slope.den);
    const exact = factor.length === 2 ? ([Rational.toNumber(Rational.of(-factor[0], factor[1])), 0] as Complex) : root;
    const { exponentials, power } = ratioSeries(coefficients, edge, exact);
    const guess = power[1] === 0 || Math.abs(power[1]) < 1e-9 ? nearFraction(power[0]) : undefined;
    const proved = guess !== undefined && step === 1 && provePower(coefficients, edge, factor, guess);
    return {
      factorial: edge.slope,
      root: exact,
      minimal: factor,
      exponentials: exponentials.map(({ power: p, coefficient: [re, im] }) => ({
        power: p,
        coefficient: [rounded(re), rounded(im)] as Complex,
      })),
      power: guess === undefined ? power : [Rational.toNumber(guess), 0],
      exactPower: guess,
      proved,
      logarithms: 0,
      step,
    };
  });
}

/** A fraction of small denominator within rounding of a double. */
function nearFraction(value: number): Rational | undefined {
  for (let den = 1; den <= 60; den++) {
    const num = Math.round(value * den);
    if (Math.abs(value - num / den) < 1e-9 * Math.max(1, Math.abs(value))) return Rational.of(num, den);
  }
  return undefined;
}

function rounded(value: number): number {
  const fraction = nearFraction(value);
  return fraction === undefined ? value : Rational.toNumber(fraction);
}

/** theta = -N(r)/D(r) for the recurrence freed of n!: N + theta D is 0 modulo the polynomial of r. */
function provePower(
  coefficients: readonly IntegerPolynomial[],
  edge: Edge,
  factor: IntegerPolynomial,
  { num, den }: Rational,
): boolean {
  const plain = withoutFactorials(coefficients, edge.slope.num);
  const top = Math.max(...plain.map((p) => p.length)) - 1;
  const sum = plain.map((p, j) => den * (p[top - 1] ?? 0n) + num * BigInt(j) * (p[top] ?? 0n));
  return Polynomial.pseudoDivide(Polynomial.trim(sum), factor).rest.length === 0;
}

/** The recurrence of v with u(n) = n!^a v(n), for whole a. */
function withoutFactorials(coefficients: readonly IntegerPolynomial[], a: bigint): IntegerPolynomial[] {
  const order = coefficients.length - 1;
  return coefficients.map((p, j) => {
    const [first, last] = a >= 0n ? [1, j] : [j + 1, order];
    let product = p;
    for (let i = first; i <= last; i++) {
      const factor = Polynomial.of(i, 1);
      for (let count = 0n; count < (a < 0n ? -a : a); count++) product = Polynomial.multiply(product, factor);
    }
    return product;
  });
}

/**
 * The growths n!^a r^n n^theta of a rational base and a whole a, exactly; none where they are irregular.
 *
 * theta runs over the rational roots of the indicial polynomial, in differences of v(n) = u(n) / (n!^a r^n).
 *
 * @param edge edge of slope -a
 * @param factor irreducible factor of its polynomial
 */
export function regularGrowths(
  coefficients: readonly IntegerPolynomial[],
  edge: Edge,
  factor: IntegerPolynomial,
): Growth[] {
  if (factor.length !== 2 || edge.slope.den !== 1n) return [];
  const [num, den] = [-factor[0], factor[1]];
  const order = coefficients.length - 1;
  const scaled = withoutFactorials(coefficients, edge.slope.num).map((p, j) =>
    Polynomial.scale(p, num ** BigInt(j) * den ** BigInt(order - j)),
  );
  const differences = scaled.map((_, k) =>
    scaled.reduce((sum, p, j) => Polynomial.add(sum, Polynomial.scale(p, binomial(j, k))), [] as IntegerPolynomial),
  );
  const excess = differences.map((p, k) => (p.length === 0 ? Number.NEGATIVE_INFINITY : p.length - 1 - k));
  const top = Math.max(...excess);
  let indicial: IntegerPolynomial = [];
  let falling: IntegerPolynomial = [1n];
  differences.forEach((p, k) => {
    if (excess[k] === top) indicial = Polynomial.add(indicial, Polynomial.scale(falling, Polynomial.leading(p)));
    falling = Polynomial.multiply(falling, [BigInt(-k), 1n]);
  });
  const { factors } = factorPolynomial(indicial);
  return rationalRoots(indicial).map((power) => ({
    factorial: edge.slope,
    root: [Rational.toNumber(Rational.of(num, den)), 0],
    minimal: factor,
    exponentials: [],
    power: [Rational.toNumber(power), 0],
    exactPower: power,
    proved: true,
    logarithms: factors.find(({ factor: [c, d] }) => Rational.equal(Rational.of(-c, d || 1n), power))!.multiplicity - 1,
    step: 1,
  }));
}

function binomial(n: number, k: number): bigint {
  let value = k > n ? 0n : 1n;
  for (let i = 0; i < k && value !== 0n; i++) value = (value * BigInt(n - i)) / BigInt(i + 1);
  return value;
}
