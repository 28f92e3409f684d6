import type { Expression } from '../expressions/index.ts';
import { Integer, Rational } from '../numerics/index.ts';

/** Exponents above this make numbers that no term is. */
const MOST_EXPONENT = 64n;

/** Operators that keep fractions among themselves; a new one is a new row. */
const RULES: Readonly<Record<string, (...args: Rational[]) => Rational | undefined>> = {
  add: (a, b) => Rational.add(a, b),
  sub: (a, b) => Rational.subtract(a, b),
  mul: (a, b) => Rational.multiply(a, b),
  div: (a, b) => (b.num === 0n ? undefined : Rational.divide(a, b)),
  pow: (a, b) =>
    b.den !== 1n || Integer.abs(b.num) > MOST_EXPONENT || (a.num === 0n && b.num < 0n)
      ? undefined
      : Rational.power(a, Number(b.num)),
  neg: (a) => Rational.negate(a),
  square: (a) => Rational.multiply(a, a),
  cube: (a) => Rational.multiply(a, Rational.multiply(a, a)),
  inv: (a) => (a.num === 0n ? undefined : Rational.divide(Rational.ONE, a)),
  abs: (a) => (a.num < 0n ? Rational.negate(a) : a),
  floor: (a) => Rational.of(floorOf(a)),
  ceil: (a) => Rational.of(-floorOf(Rational.negate(a))),
  sign: (a) => Rational.of(a.num > 0n ? 1n : a.num < 0n ? -1n : 0n),
  mod: (a, b) =>
    b.num === 0n ? undefined : Rational.subtract(a, Rational.multiply(b, Rational.of(floorOf(Rational.divide(a, b))))),
  max: (a, b) => (Rational.compare(a, b) >= 0 ? a : b),
  min: (a, b) => (Rational.compare(a, b) <= 0 ? a : b),
};

/**
 * The exact value of an expression of fractions.
 *
 * @param values a fraction for every variable
 * @returns undefined where an operator leaves the fractions, or divides by 0
 */
export function evaluateExactly(
  expression: Expression,
  values: Readonly<Record<string, Rational>>,
): Rational | undefined {
  if (expression.kind === 'constant') return Rational.parse(String(expression.value));
  if (expression.kind === 'variable') return values[expression.name];
  const rule = RULES[expression.operator.name];
  if (!rule) return undefined;
  const args: Rational[] = [];
  for (const argument of expression.arguments) {
    const value = evaluateExactly(argument, values);
    if (!value) return undefined;
    args.push(value);
  }
  return rule(...args);
}

function floorOf({ num, den }: Rational): bigint {
  return (num - Integer.modulo(num, den)) / den;
}
