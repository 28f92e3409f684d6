import { family, type NamedRow, type Terms } from '../tools/named-row.ts';
import {
  arcTangent,
  catalanConstant,
  continuedFraction,
  cosine,
  E,
  eulerConstant,
  exp,
  expansion,
  LOG2,
  log,
  ONE,
  over,
  PI,
  power,
  type Real,
  real,
  root,
  sine,
  times,
  zeta3,
} from '../tools/real.ts';

const golden = (): Real => (ONE + root(5n * ONE)) / 2n;
const square = (n: number) => (): Real => root(real(n));

const digits =
  (value: () => Real, base = 10): Terms =>
  (count) =>
    expansion(value(), count, base);
const quotients =
  (value: () => Real): Terms =>
  (count) =>
    continuedFraction(value(), count);

/** The root in (0, 2) of a rising polynomial, by bisection. */
function solve(polynomial: (x: Real) => Real): () => Real {
  return () => {
    let [low, high] = [0n, 2n * ONE];
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (polynomial(middle) < 0n) low = middle;
      else high = middle;
    }
    return low;
  };
}

const plastic = solve((x) => times(times(x, x), x) - x - ONE);
const tribonacci = solve((x) => times(times(x, x) - x - ONE, x) - ONE);
const omega = solve((x) => times(x, exp(x)) - ONE);
const dottie = solve((x) => x - cosine(x));

const REALS: readonly (readonly [name: string, value: () => Real])[] = [
  ['pi', () => PI],
  ['e', () => E],
  ['log 2', () => LOG2],
  ['log 3', () => log(real(3))],
  ['log 10', () => log(real(10))],
  ['golden ratio', golden],
  ['cube root of 2', () => power(real(2), 1, 3)],
  ['cube root of 3', () => power(real(3), 1, 3)],
  ['cube root of 10', () => power(real(10), 1, 3)],
  ['fourth root of 2', () => power(real(2), 1, 4)],
  ['zeta(3)', zeta3],
  ["Catalan's constant", catalanConstant],
  ["Euler's constant", eulerConstant],
  ['pi^2', () => times(PI, PI)],
  ['pi^2 / 6', () => times(PI, PI) / 6n],
  ['1 / pi', () => over(ONE, PI)],
  ['1 / e', () => exp(-ONE)],
  ['e^2', () => exp(2n * ONE)],
  ['e^pi', () => exp(PI)],
  ['pi^e', () => exp(times(E, log(PI)))],
  ['sqrt pi', () => root(PI)],
  ['sqrt(2 pi)', () => root(2n * PI)],
  ['pi e', () => times(PI, E)],
  ['pi + e', () => PI + E],
  ['sin 1', () => sine(ONE)],
  ['cos 1', () => cosine(ONE)],
  ['tan 1', () => over(sine(ONE), cosine(ONE))],
  ['tanh 1', () => over(exp(2n * ONE) - ONE, exp(2n * ONE) + ONE)],
  ['arctan 1/2', () => arcTangent(ONE / 2n, -1n)],
  ['plastic number', plastic],
  ['tribonacci constant', tribonacci],
  ['omega constant', omega],
  ['fixed point of cos', dottie],
  ['2^sqrt 2', () => exp(times(root(2n * ONE), LOG2))],
  ['pi / sqrt 3', () => over(PI, root(3n * ONE))],
  ['log golden ratio', () => log(golden())],
  ['sqrt 2 + sqrt 3', () => root(2n * ONE) + root(3n * ONE)],
];

const DIGIT_ROWS: readonly NamedRow[] = [
  ...REALS.map(([name, value]): NamedRow => [`decimal digits of ${name}`, 1, digits(value)]),
  ...[2, 3, 5, 6, 7, 10, 13].map((n): NamedRow => [`decimal digits of sqrt ${n}`, 1, digits(square(n))]),
  ...[7, 13, 17, 19, 23, 29, 97].map((n): NamedRow => [`decimal digits of 1/${n}`, 1, digits(() => real(1, n) + 1n)]),
  ['binary digits of pi', 1, digits(() => PI, 2)],
  ['binary digits of e', 1, digits(() => E, 2)],
  ['binary digits of sqrt 2', 1, digits(square(2), 2)],
  ['digits of pi in base 3', 1, digits(() => PI, 3)],
  ['digits of 22/7', 1, digits(() => real(22, 7))],
];

const FRACTION_ROWS: readonly NamedRow[] = [
  ...REALS.filter(([name]) => name !== 'golden ratio').map(
    ([name, value]): NamedRow => [`continued fraction of ${name}`, 0, quotients(value)],
  ),
  ...[3, 7, 13, 14, 19, 21, 29, 31, 46].map(
    (n): NamedRow => [`continued fraction of sqrt ${n}`, 0, quotients(square(n))],
  ),
  ['continued fraction of e^(1/2)', 0, quotients(() => exp(ONE / 2n))],
  ['continued fraction of e^(1/3)', 0, quotients(() => exp(ONE / 3n))],
  ['continued fraction of tanh 1/2', 0, quotients(() => over(E - ONE, E + ONE))],
  ['continued fraction of (1 + sqrt 13) / 2', 0, quotients(() => (ONE + square(13)()) / 2n)],
];

/** Digits of well-known numbers, most significant first, without leading zeros. */
export const CONSTANT_DIGITS = family('digits', DIGIT_ROWS);

/** Partial quotients of well-known numbers. */
export const CONTINUED_FRACTIONS = family('continued fraction', FRACTION_ROWS);
