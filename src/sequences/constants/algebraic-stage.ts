import { fixedMultiply, fixedToDecimal, reduceLattice } from '../../numerics/index.ts';
import type { ConstantStage } from './constant-search.ts';
import { fixedOf, workingBits } from './decimal.ts';
import { algebraicBits } from './description.ts';
import { apply, combination, type Formula, integer, ratio } from './formula.ts';

const GUARD = 40;

/** Roots of integer polynomials of degree 2 and above, by LLL on the powers of the number. */
export const ALGEBRAIC_STAGE: ConstantStage = {
  name: 'algebraic',
  *run({ target, offer, budget, maxDegree, maxCoefficient, shouldStop }) {
    const bits = workingBits(target, GUARD + 4 * maxDegree);
    const x = fixedOf(target, bits);
    const near = fixedToDecimal(x, bits, Math.max(6, Math.min(20, target.digits + 2)));
    let reached = 1;
    for (let degree = 2; degree <= maxDegree; degree++) {
      // A polynomial with coefficients of one bit has this length: beyond the budget none is worth a look.
      if (degree + 3 > budget() || shouldStop()) break;
      reached = degree;
      for (const coefficients of polynomialsNear(x, bits, target.bits, degree, shouldStop)) {
        if (coefficients.some((c) => abs(c) > maxCoefficient)) continue;
        const price = algebraicBits(coefficients);
        if (price > budget()) continue;
        for (const formula of rootForms(coefficients, near)) offer({ kind: 'algebraic', formula, bits: price });
      }
      yield;
    }
    return reached > 1 ? `roots of polynomials of degree 2 to ${reached}, by LLL` : 'too few digits for a polynomial';
  },
};

/** The polynomials of a degree, small at x, that stand in the reduced lattice; coefficients from the constant term up. */
function polynomialsNear(
  x: bigint,
  bits: number,
  known: number,
  degree: number,
  shouldStop: () => boolean,
): bigint[][] {
  const one = 1n << BigInt(bits);
  const powers = [one];
  for (let k = 1; k <= degree; k++) powers.push(fixedMultiply(powers[k - 1], x, bits));
  // One unit of the last column is what the error of x makes of x^degree.
  const largest = powers.reduce((most, p) => (p > most ? p : most));
  const lift = BigInt(Math.ceil(known));
  const rows = powers.map((power, i) => [...powers.map((_, j) => (i === j ? 1n : 0n)), (power << lift) / largest]);
  return reduceLattice(rows, { shouldStop })
    .basis.map((row) => primitive(row.slice(0, -1)))
    .filter((row) => row.filter((c) => c !== 0n).length > 1 && row[0] !== 0n);
}

/** Without zeros on top or a factor of all coefficients, the leading one positive. */
function primitive(row: bigint[]): bigint[] {
  const coefficients = [...row];
  while (coefficients.length > 1 && coefficients[coefficients.length - 1] === 0n) coefficients.pop();
  const factor = coefficients.reduce((a, b) => gcd(a, abs(b)), 0n) || 1n;
  const sign = coefficients[coefficients.length - 1] < 0n ? -factor : factor;
  return coefficients.map((c) => c / sign);
}

/** The roots of a polynomial near the number as formulas: in radicals for quadratics and pure powers. */
function rootForms(coefficients: readonly bigint[], near: string): Formula[] {
  const degree = coefficients.length - 1;
  const inner = coefficients.slice(1, -1);
  if (degree === 1) return [ratio(-coefficients[0], coefficients[1])];
  if (inner.every((c) => c === 0n)) return pureRoot(-coefficients[0], coefficients[degree], degree);
  if (degree === 2) return quadraticRoots(coefficients[2], coefficients[1], coefficients[0]);
  return [{ kind: 'root', coefficients, near }];
}

function pureRoot(p: bigint, q: bigint, degree: number): Formula[] {
  if (p <= 0n) return [];
  if (degree > 2) return [apply('pow', ratio(p, q), ratio(1n, BigInt(degree)))];
  // sqrt(p / q) = s sqrt(p q / s^2) / q
  const [outside, inside] = splitSquare(p * q);
  if (inside === 1n) return [];
  const f = factor(outside, q);
  const scaled = f[0] === 1n ? root(inside) : apply('mul', integer(f[0]), root(inside));
  const plain = f[1] === 1n ? scaled : apply('div', scaled, integer(f[1]));
  return [p * q < 10n ** 12n ? plain : apply('sqrt', ratio(p, q))];
}

function quadraticRoots(a: bigint, b: bigint, c: bigint): Formula[] {
  const discriminant = b * b - 4n * a * c;
  if (discriminant <= 0n) return [];
  const [outside, inside] = splitSquare(discriminant);
  if (inside === 1n) return [];
  const common = gcd(gcd(abs(b), outside), 2n * a);
  const denominator = (2n * a) / common;
  return [1n, -1n].map((sign) =>
    combination(
      [
        [-b / common, integer(1)],
        [(sign * outside) / common, root(inside)],
      ],
      denominator,
    ),
  );
}

function root(n: bigint): Formula {
  return apply('sqrt', integer(n));
}

function factor(p: bigint, q: bigint): [bigint, bigint] {
  const common = gcd(p, q);
  return [p / common, q / common];
}

/** n = s^2 r with the squares of small primes taken out. */
function splitSquare(n: bigint): [bigint, bigint] {
  let [outside, inside] = [1n, n];
  for (let p = 2n; p < 1000n && p * p <= inside; p++) {
    while (inside % (p * p) === 0n) {
      inside /= p * p;
      outside *= p;
    }
  }
  return [outside, inside];
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function abs(x: bigint): bigint {
  return x < 0n ? -x : x;
}
