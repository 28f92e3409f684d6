import { call, constant, type Expression, size } from '../expression.ts';
import { ADD, DIV, MUL } from '../operators/arithmetic.ts';
import { POW, SQRT } from '../operators/powers-and-logarithms.ts';
import { print } from '../print/print.ts';
import { simplify } from '../simplify/simplify.ts';

/** A product of powers of parts, each part once, times a number. */
interface Product {
  readonly coefficient: number;
  readonly powers: ReadonlyMap<string, Power>;
}

interface Power {
  readonly base: Expression;
  readonly exponent: number;
}

/** Larger sums are left as they are. */
const LARGEST_SUM = 150;

/**
 * The formula as one product of powers: fractions over one denominator, factors that all terms share taken out.
 *
 * Interval arithmetic sees the sign of such a form where a sum of fractions hides it: 1/(1 + x) - x/(1 + x)^2 becomes
 * (1 + x)^-2. The value is the same wherever the formula has one.
 */
export function factored(expression: Expression): Expression {
  return build(productOf(expression));
}

function productOf(expression: Expression): Product {
  if (expression.kind === 'constant') return { coefficient: expression.value, powers: new Map() };
  if (expression.kind === 'variable') return opaque(expression);
  const { operator, arguments: args } = expression;
  const [a, b] = args;
  switch (operator.name) {
    case 'neg':
      return scaled(productOf(a), -1);
    case 'mul':
      return times(productOf(a), productOf(b), 1);
    case 'div':
      return times(productOf(a), productOf(b), -1);
    case 'inv':
      return raised(productOf(a), -1);
    case 'square':
      return raised(productOf(a), 2);
    case 'cube':
      return raised(productOf(a), 3);
    case 'pow':
      if (b.kind !== 'constant') return opaque(expression);
      return Number.isInteger(b.value) ? raised(productOf(a), b.value) : opaque(a, b.value);
    case 'sqrt':
      return opaque(a, 0.5);
    case 'add':
      return sum(productOf(a), productOf(b));
    case 'sub':
      return sum(productOf(a), scaled(productOf(b), -1));
    default:
      return opaque(expression);
  }
}

function opaque(base: Expression, exponent = 1): Product {
  return { coefficient: 1, powers: new Map([[print(base), { base, exponent }]]) };
}

function scaled(product: Product, factor: number): Product {
  return { coefficient: product.coefficient * factor, powers: product.powers };
}

function raised(product: Product, exponent: number): Product {
  return times({ coefficient: 1, powers: new Map() }, product, exponent);
}

/** a b^exponent. */
function times(a: Product, b: Product, exponent: number): Product {
  const powers = new Map(a.powers);
  for (const [key, power] of b.powers) {
    const total = (powers.get(key)?.exponent ?? 0) + power.exponent * exponent;
    if (total === 0) powers.delete(key);
    else powers.set(key, { base: power.base, exponent: total });
  }
  return { coefficient: a.coefficient * b.coefficient ** exponent, powers };
}

/** The common factors taken out; what is left is one more factor. */
function sum(a: Product, b: Product): Product {
  if (a.coefficient === 0) return b;
  if (b.coefficient === 0) return a;
  const shared = new Map<string, Power>();
  for (const key of new Set([...a.powers.keys(), ...b.powers.keys()])) {
    const { base } = (a.powers.get(key) ?? b.powers.get(key))!;
    const exponent = Math.min(a.powers.get(key)?.exponent ?? 0, b.powers.get(key)?.exponent ?? 0);
    if (exponent !== 0) shared.set(key, { base, exponent });
  }
  const common: Product = { coefficient: 1, powers: shared };
  const rest = call(ADD, build(times(a, common, -1)), build(times(b, common, -1)));
  if (size(rest) > LARGEST_SUM) return times(common, opaque(rest), 1);
  const simple = simplify(rest);
  if (simple.kind === 'constant') return scaled(common, simple.value);
  const isSum = simple.kind === 'call' && (simple.operator.name === 'add' || simple.operator.name === 'sub');
  return times(common, isSum ? opaque(simple) : productOf(simple), 1);
}

function build({ coefficient, powers }: Product): Expression {
  let above: Expression | null = coefficient === 1 ? null : constant(coefficient);
  let below: Expression | null = null;
  for (const { base, exponent } of powers.values()) {
    const size = Math.abs(exponent);
    const part = size === 1 ? base : size === 0.5 ? call(SQRT, base) : call(POW, base, constant(size));
    if (exponent > 0) above = above ? call(MUL, above, part) : part;
    else below = below ? call(MUL, below, part) : part;
  }
  const numerator = above ?? constant(1);
  return below ? call(DIV, numerator, below) : numerator;
}
