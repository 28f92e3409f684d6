import { eulerBits, fixedMultiply, Integer, logTwoBits, piBits, Rational } from '../../numerics/index.ts';
import type { Family, Law, Problem } from '../law.ts';

/** Bits behind the point of the numbers that are rounded. */
const BITS = 512;
const ONE = 1n << BigInt(BITS);

/** A number that multiples and powers are taken of. */
interface Irrational {
  readonly text: string;
  readonly latex: string;
  readonly fixed: () => bigint;
}

const rootOf = (k: number): bigint => Integer.sqrt(BigInt(k) << BigInt(2 * BITS));

function cubeRoot(k: number): bigint {
  let x = BigInt(Math.round(Math.cbrt(k) * 2 ** 40)) << BigInt(BITS - 40);
  for (let round = 0; round < 8; round++) {
    x = (2n * x + (((BigInt(k) << BigInt(2 * BITS)) / x) << BigInt(BITS)) / x) / 3n;
  }
  return x;
}

const isSquare = (k: number): boolean => Number.isInteger(Math.sqrt(k));

/** sqrt(k), (1 + sqrt 5)/2 and its like, pi, e, log 2, cube roots, their inverses: in the order of their price. */
const NUMBERS: readonly Irrational[] = [
  { text: '(1 + sqrt(5))/2', latex: '\\frac{1 + \\sqrt{5}}{2}', fixed: () => (ONE + rootOf(5)) / 2n },
  ...[2, 3, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 17, 18, 19, 20]
    .filter((k) => !isSquare(k))
    .map((k) => ({ text: `sqrt(${k})`, latex: `\\sqrt{${k}}`, fixed: () => rootOf(k) })),
  { text: 'exp(1)', latex: 'e', fixed: () => eulerBits(BITS) },
  { text: 'pi', latex: '\\pi', fixed: () => piBits(BITS) },
  { text: 'log(2)', latex: '\\log 2', fixed: () => logTwoBits(BITS) },
  ...[2, 3, 4, 5].map((k) => ({ text: `cbrt(${k})`, latex: `\\sqrt[3]{${k}}`, fixed: () => cubeRoot(k) })),
  ...[1, 2, 3].map((k) => ({
    text: `(${k} + sqrt(${k * k + 4}))/2`,
    latex: `\\frac{${k} + \\sqrt{${k * k + 4}}}{2}`,
    fixed: () => (BigInt(k) * ONE + rootOf(k * k + 4)) / 2n,
  })),
  { text: '(1 + sqrt(3))/2', latex: '\\frac{1 + \\sqrt{3}}{2}', fixed: () => (ONE + rootOf(3)) / 2n },
  { text: 'pi/2', latex: '\\pi / 2', fixed: () => piBits(BITS) / 2n },
  { text: '3/2', latex: '\\frac{3}{2}', fixed: () => (3n * ONE) / 2n },
  { text: '4/3', latex: '\\frac{4}{3}', fixed: () => (4n * ONE) / 3n },
  { text: '5/2', latex: '\\frac{5}{2}', fixed: () => (5n * ONE) / 2n },
  { text: '5/3', latex: '\\frac{5}{3}', fixed: () => (5n * ONE) / 3n },
];

/** What is rounded: a function of n and a number, as a fixed-point number. */
interface Shape {
  readonly text: (x: string) => string;
  readonly latex: (x: string) => string;
  readonly at: (x: bigint, n: bigint, power: (n: number) => bigint) => bigint;
}

const SHAPES: readonly Shape[] = [
  { text: (x) => `n*${x}`, latex: (x) => `n ${x}`, at: (x, n) => n * x },
  { text: (x) => `n*(1 + ${x})`, latex: (x) => `n (1 + ${x})`, at: (x, n) => n * (ONE + x) },
  { text: (x) => `n*(2 + ${x})`, latex: (x) => `n (2 + ${x})`, at: (x, n) => n * (2n * ONE + x) },
  { text: (x) => `n/${x}`, latex: (x) => `n / ${x}`, at: (x, n) => (n * ONE * ONE) / x },
  { text: (x) => `n^2*${x}`, latex: (x) => `n^2 ${x}`, at: (x, n) => n * n * x },
  { text: (x) => `(${x})^n`, latex: (x) => `(${x})^n`, at: (_, n, power) => power(Number(n)) },
];

/** Functions of n without a number. */
const PLAIN: readonly { readonly text: string; readonly latex: string; readonly at: (n: bigint) => bigint }[] = [
  { text: 'n*sqrt(n)', latex: 'n \\sqrt{n}', at: (n) => Integer.sqrt(n * n * n * ONE * ONE) },
  { text: 'sqrt(n)', latex: '\\sqrt{n}', at: (n) => Integer.sqrt(n * ONE * ONE) },
  { text: 'sqrt(2*n)', latex: '\\sqrt{2n}', at: (n) => Integer.sqrt(2n * n * ONE * ONE) },
  { text: 'sqrt(n*(n+1)/2)', latex: '\\sqrt{n (n+1) / 2}', at: (n) => Integer.sqrt((n * (n + 1n) * ONE * ONE) / 2n) },
  { text: 'sqrt(n^2/2)', latex: '\\sqrt{n^2 / 2}', at: (n) => Integer.sqrt((n * n * ONE * ONE) / 2n) },
  { text: '2^n/n', latex: '2^n / n', at: (n) => (n > 0n ? (ONE << n) / n : -ONE) },
];

const ROUNDINGS: readonly { readonly name: string; readonly of: (x: bigint) => bigint }[] = [
  { name: 'floor', of: (x) => x >> BigInt(BITS) },
  { name: 'round', of: (x) => (x + ONE / 2n) >> BigInt(BITS) },
  { name: 'ceil', of: (x) => -(-x >> BigInt(BITS)) },
];

/** Powers lose bits; beyond these nothing is told. */
const MOST_INDEX = 200;
const FEWEST = 8;
const MOVES = [0, 1];

/** floor, round or ceil of a short function of n: Beatty sequences, powers of irrational numbers. */
export const floors: Family = {
  name: 'rounded',
  bits: 5,
  propose(problem) {
    const { values, start } = problem;
    if (values.length < FEWEST || start < 0 || start + values.length > MOST_INDEX) return [];
    const slope = Number(values[values.length - 1] - values[0]);
    if (!(slope > 0) || values.some((value) => value < 0n)) return [];
    let price = 0;
    for (const { text, latex, at } of PLAIN) {
      price++;
      const law = rounded(problem, text, latex, (n) => at(BigInt(n)), price);
      if (law) return [law];
    }
    for (const number of NUMBERS) {
      const x = fixedOf(number);
      const powers = [ONE];
      const power = (n: number): bigint => {
        while (powers.length <= n) powers.push(fixedMultiply(powers[powers.length - 1], x, BITS));
        return powers[n];
      };
      for (const shape of SHAPES) {
        price++;
        const law = rounded(
          problem,
          shape.text(number.text),
          shape.latex(number.latex),
          (n) => shape.at(x, BigInt(n), power),
          price,
        );
        if (law) return [law];
      }
    }
    return [];
  },
};

const fixed = new Map<Irrational, bigint>();

function fixedOf(number: Irrational): bigint {
  const known = fixed.get(number);
  if (known !== undefined) return known;
  const value = number.fixed();
  fixed.set(number, value);
  return value;
}

function rounded(
  { values, start }: Problem,
  text: string,
  latex: string,
  at: (n: number) => bigint,
  price: number,
): Law | undefined {
  for (const { name, of } of ROUNDINGS) {
    for (const move of MOVES) {
      const value = (i: number): bigint => of(at(start + i + move));
      if (!values.every((given, i) => given === value(i))) continue;
      const shifted = (formula: string): string => (move === 0 ? formula : formula.replace(/\bn\b/g, '(n+1)'));
      return {
        kind: 'rounded',
        formula: `${name}(${shifted(text)})`,
        latex: `\\mathrm{${name}}(${shifted(latex)})`,
        bits: 2 * Math.log2(1 + price) + Math.log2(ROUNDINGS.length * MOVES.length),
        surplus: values.length - 1,
        reach: 0,
        coefficients: [],
        initial: [],
        extend: (count) => Array.from({ length: count }, (_, i) => Rational.of(value(values.length + i))),
      };
    }
  }
  return undefined;
}
