import { evaluate } from '../evaluate.ts';
import { call, constant, type Expression, variablesOf } from '../expression.ts';
import { ADD, MUL, SQUARE, SUB } from '../operators/arithmetic.ts';
import { COS, SIN } from '../operators/trigonometric.ts';
import { print } from '../print/print.ts';
import { type Domain, sideOf } from './enclose.ts';
import { shortNumber, zerosOf } from './zeros.ts';

/** A place at which a formula of one variable has no bound. */
export interface Singularity {
  readonly low: number;
  readonly high: number;
  /** |f| grows like a power of the distance, or slower than any, as log does. */
  readonly kind: 'pole' | 'logarithm';
  /** The power, for a pole: 1 for 1/x. */
  readonly order: number | null;
}

/** What vanishes where an operator has no bound, as a formula in its arguments; operators absent from here are bounded
 * on every bounded interval of their domain. */
export const VANISHING: Readonly<Record<string, (a: Expression, b: Expression) => Expression | null>> = {
  div: (_, b) => b,
  inv: (a) => a,
  pow: (a, b) => (b.kind === 'constant' && b.value >= 0 ? null : a),
  log: (a) => a,
  log2: (a) => a,
  log10: (a) => a,
  log1p: (a) => call(ADD, constant(1), a),
  tan: (a) => call(COS, a),
  atanh: (a) => call(SUB, constant(1), call(SQUARE, a)),
  gamma: (a) => call(SIN, call(MUL, constant(Math.PI), a)),
  digamma: (a) => call(SIN, call(MUL, constant(Math.PI), a)),
};

/**
 * The poles and logarithmic singularities of a formula of one variable on its interval, in order.
 *
 * They lie at the zeros of denominators and their like; the growth of the values beside such a zero says which kind it
 * is, or that there is none, as for sin(x)/x.
 */
export function singularitiesOf(expression: Expression, name: string, domain: Domain = {}): Singularity[] {
  const found: Singularity[] = [];
  const seen = new Set<string>();
  const visit = (node: Expression): void => {
    if (node.kind !== 'call') return;
    node.arguments.forEach(visit);
    if (node.operator.definition) return;
    const rule = Object.hasOwn(VANISHING, node.operator.name) ? VANISHING[node.operator.name] : undefined;
    const quantity = rule?.(node.arguments[0], node.arguments[1]);
    if (!quantity || !variablesOf(quantity).includes(name) || seen.has(print(quantity))) return;
    seen.add(print(quantity));
    for (const zero of zerosOf(quantity, name, domain).zeros) {
      const short = shortNumber(zero.low, zero.high);
      const exact = Number.isNaN(evaluate(expression, { [name]: short }));
      const { low, high } = exact ? { low: short, high: short } : zero;
      const growth = growthAt(expression, name, low / 2 + high / 2, sideOf(domain, name));
      const known = found.some((other) => other.low <= high && low <= other.high);
      if (growth && !known) found.push({ low, high, ...growth });
    }
  };
  visit(expression);
  return found.sort((a, b) => a.low - b.low);
}

const FIRST_HALVING = 6;
const LAST_HALVING = 20;
/** How far the measured power may be from a multiple of 1/2. */
const ORDER_TOLERANCE = 0.02;

/** The growth of |f| on the sides of a point that lie in the interval, or null where it has a bound. */
function growthAt(
  expression: Expression,
  name: string,
  at: number,
  [low, high]: readonly [number, number],
): Pick<Singularity, 'kind' | 'order'> | null {
  const scale = Math.max(Math.abs(at), 1e-3);
  for (const side of [1, -1]) {
    const sizes: number[] = [];
    for (let k = FIRST_HALVING; k <= LAST_HALVING; k++) {
      const x = at + side * scale * 2 ** -k;
      if (x >= low && x <= high) sizes.push(Math.abs(evaluate(expression, { [name]: x })));
    }
    if (sizes.length < 4 || !sizes.every(Number.isFinite)) continue;
    const last = sizes.slice(-5);
    const ratios = last.slice(1).map((size, i) => Math.log2(size / last[i]));
    const slope = ratios[ratios.length - 1];
    if (slope > 0.2) {
      const order = Math.round(2 * slope) / 2;
      return { kind: 'pole', order: Math.abs(slope - order) < ORDER_TOLERANCE ? order : null };
    }
    const steps = last.slice(1).map((size, i) => size - last[i]);
    // A logarithm grows by the same amount with every halving.
    if (steps[steps.length - 1] > 0.5 * steps[0] && steps[0] > 1e-6 * sizes[0])
      return { kind: 'logarithm', order: null };
  }
  return null;
}
