import type { Family, Law, Problem } from '../law.ts';
import { type Ansatz, type Monomial, relationOf } from './monomials.ts';
import { type Calculus, exponential, ordinary } from './series.ts';

/** x^i A^j (A')^k. */
interface Power {
  readonly x: number;
  readonly powers: readonly number[];
}

/** Algebraic equations, by price: quadratic ones first. */
const ALGEBRAIC: readonly Power[] = [...grid(2, 1), ...grid(2, 2, 2), ...grid(2, 3, 3)].map(([x, degree]) => ({
  x,
  powers: [degree],
}));

const CUBIC: readonly Power[] = [...grid(3, 1), ...grid(3, 2, 2)].map(([x, degree]) => ({ x, powers: [degree] }));

/** Differential equations of the first and second order, by price. */
const DIFFERENTIAL: readonly Power[] = [
  { x: 0, powers: [] },
  { x: 0, powers: [1] },
  { x: 0, powers: [0, 1] },
  { x: 0, powers: [2] },
  { x: 1, powers: [1] },
  { x: 1, powers: [0, 1] },
  { x: 0, powers: [1, 1] },
  { x: 1, powers: [] },
  { x: 1, powers: [2] },
  { x: 0, powers: [0, 2] },
  { x: 0, powers: [0, 0, 1] },
  { x: 1, powers: [1, 1] },
  { x: 0, powers: [1, 0, 1] },
  { x: 0, powers: [3] },
];

/** Pairs (i, j) of x^i A^j, i from `from` to `to`. */
function grid(degree: number, to: number, from = 0): [number, number][] {
  const pairs: [number, number][] = [];
  for (let x = from; x <= to; x++) for (let j = 0; j <= degree; j++) pairs.push([x, j]);
  return pairs;
}

/** A(x) is a root of a polynomial whose coefficients are polynomials in x. */
export const algebraic: Family = {
  name: 'algebraic',
  bits: 6,
  propose: (problem) =>
    lawsOf(problem, [ansatzOf('algebraic', ordinary, ALGEBRAIC), ansatzOf('algebraic', ordinary, CUBIC)]),
};

/** The generating function, plain or exponential, solves a differential equation that need not be linear. */
export const differential: Family = {
  name: 'differential',
  bits: 6,
  propose: (problem) =>
    lawsOf(problem, [
      ansatzOf('differential', exponential, DIFFERENTIAL),
      ansatzOf('differential', ordinary, DIFFERENTIAL),
    ]),
};

function lawsOf(problem: Problem, all: readonly Ansatz[]): Law[] {
  return all.flatMap((ansatz) => relationOf(ansatz, problem) ?? []);
}

function ansatzOf(kind: string, calculus: Calculus, powers: readonly Power[]): Ansatz {
  const monomials = powers.map((power) => nameOf(power, calculus.symbol));
  return { kind, monomials, bits: 3, initial: 0, evaluate: (terms) => columnsOf(terms, calculus, powers) };
}

function columnsOf(terms: readonly bigint[], calculus: Calculus, powers: readonly Power[]): bigint[][] {
  const orders = Math.max(...powers.map((power) => power.powers.length));
  const derivatives: bigint[][] = [[...terms]];
  while (derivatives.length < orders) derivatives.push(calculus.derivative(derivatives[derivatives.length - 1]));
  const length = derivatives[derivatives.length - 1].length;
  const series = derivatives.map((row) => row.slice(0, length));
  const one = series[0].map((_, n) => (n === 0 ? 1n : 0n));
  // Each product from one that is known by one factor less.
  const known = new Map<string, bigint[]>([['0', one]]);
  const product = (exponents: readonly number[]): bigint[] => {
    const key = trimmed(exponents).join() || '0';
    const ready = known.get(key);
    if (ready) return ready;
    const at = exponents.findLastIndex((exponent) => exponent > 0);
    const less = product(exponents.map((exponent, i) => (i === at ? exponent - 1 : exponent)));
    const made = less === one ? series[at] : calculus.multiply(less, series[at]);
    known.set(key, made);
    return made;
  };
  return powers.map((power) => {
    let column = product(power.powers);
    for (let i = 0; i < power.x; i++) column = calculus.timesX(column);
    return column;
  });
}

function trimmed(exponents: readonly number[]): number[] {
  return exponents.slice(0, exponents.findLastIndex((exponent) => exponent > 0) + 1);
}

function nameOf({ x, powers }: Power, symbol: string): Monomial {
  const raised = (base: string, exponent: number, latex: boolean): string =>
    exponent === 1 ? base : `${base}^${latex ? `{${exponent}}` : exponent}`;
  const factors = (latex: boolean): string[] => [
    ...(x > 0 ? [raised('x', x, latex)] : []),
    ...powers.flatMap((exponent, order) => {
      if (exponent === 0) return [];
      const prime = `${symbol}${"'".repeat(order)}(x)`;
      return [exponent > 1 && order > 0 ? raised(`(${prime})`, exponent, latex) : raised(prime, exponent, latex)];
    }),
  ];
  return { text: factors(false).join('*') || '1', latex: factors(true).join(' ') || '1' };
}
