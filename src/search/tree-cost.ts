import type { Expression } from '../expressions/index.ts';
import { TEMPLATE_OPERATOR } from './template/template.ts';
import type { NodeUnits } from './units/unit-analysis.ts';

/** Nats per node: the cost of saying which operator or input stands there. */
export const NATS_PER_NODE = 1.5;
const COMMON: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'div', 'pow', 'neg', 'square', 'inv']);
const NATS_OF_OPERATOR: Readonly<Record<string, number>> = {
  sqrt: 2,
  exp: 2.5,
  log: 2.5,
  cube: 2,
  sin: 3,
  cos: 3,
  abs: 3,
};
const NATS_OF_OTHERS = 3.5;
/** What a transcendental function inside another, or any function inside itself, costs on top. */
const NATS_OF_NESTING = 3;
/**
 * What a form costs on top that only pure numbers allow, for data usually carry units: exp, sin, ... without a
 * scale inside and log without one outside; and the sum of a fitted term and one without a coefficient, which
 * costs a little less than the coefficient would. An offset inside a law, as in 2 * x / (x + 1.3), is no such sum:
 * it has the unit of what it is added to.
 */
const NATS_OF_BARE = 2.5;
/** What oscillates in a group of quantities does so in a multiple of it: 2 pi x / lambda. */
const PERIODIC: ReadonlySet<string> = new Set(['sin', 'cos', 'tan']);
/** What an exponent that is no number costs on top: laws are written with exp. */
const NATS_OF_OPEN_EXPONENT = 2.5;
const NATS_OF_BARE_TERM = 6;
/** The same for a pure number at the top of a law, as in 366 x^1.5 - 1. */
const NATS_OF_BARE_OFFSET = 4;
const ALGEBRAIC: ReadonlySet<string> = new Set(['sqrt', 'cbrt', 'cube', 'abs', 'min', 'max', 'sign', 'step']);

/**
 * Nats to write a tree down, its constants apart: a prior over forms. Rare operators, functions of functions and
 * forms that only pure numbers allow are surprising. Where units are known they say what a pure number is: sums of
 * quantities and functions of their dimensionless groups are in order as they stand.
 *
 * @param units the dimensions of its nodes; undefined where no unit was given or the tree is not consistent
 */
export function treeCost(tree: Expression, units?: NodeUnits): number {
  return costOf(tree, { above: [], scaled: false, inside: false }, 0, units);
}

/** What a node stands in. */
interface Place {
  /** Functions above it. */
  readonly above: readonly string[];
  /** True when a fitted constant multiplies it. */
  readonly scaled: boolean;
  /** True below anything but sums, where a number that is added may carry a unit. */
  readonly inside: boolean;
}

/** @param at position of the node in pre-order */
function costOf(tree: Expression, { above, scaled, inside }: Place, at: number, units: NodeUnits | undefined): number {
  if (tree.kind !== 'call') return NATS_PER_NODE;
  const { name } = tree.operator;
  const args = tree.arguments;
  // The form of a template is given: only what was found in it costs.
  if (name === TEMPLATE_OPERATOR) return args.reduce((sum, argument) => sum + treeCost(argument), 0);
  const places = units ? [at + 1, units.ends[at + 1]] : [0, 0];
  if (COMMON.has(name)) {
    const product = name === 'mul' || name === 'div';
    let start = NATS_PER_NODE;
    const sum = name === 'add' || name === 'sub';
    // Terms that have one unit need no coefficient to go together.
    if (sum && !(units && units.dimensions[at] > 0)) {
      if (lacksCoefficient(args[0], args[1], inside)) start += NATS_OF_BARE_TERM;
      if (!inside && isBareOffset(args[0], args[1])) start += NATS_OF_BARE_OFFSET;
    }
    if (name === 'pow' && args[1].kind !== 'constant') start += NATS_OF_OPEN_EXPONENT;
    // 1 / x is one idea, as x^-1 is.
    if (name === 'div' && args[0].kind === 'constant' && args[0].value === 1) start -= NATS_PER_NODE;
    const below = inside || !sum;
    return args.reduce((total, argument, i) => {
      const place = { above, scaled: product && isFitted(args[1 - i]), inside: below };
      return total + costOf(argument, place, places[i], units);
    }, start);
  }
  const transcendental = !ALGEBRAIC.has(name);
  const nested = above.includes(name) || (transcendental && above.some((outer) => !ALGEBRAIC.has(outer)));
  let cost = NATS_OF_OPERATOR[name] ?? NATS_OF_OTHERS;
  if (nested) cost += NATS_OF_NESTING;
  // The logarithm turns a scale of its argument into an offset, so its value is what needs one.
  const bare = name === 'log' ? !scaled : !hasScale(args[0]);
  const ofGroup = units !== undefined && !PERIODIC.has(name) && hasQuantity(args[0], places[0], units);
  if (transcendental && bare && !ofGroup) cost += NATS_OF_BARE;
  // The argument of exp is a pure number, so that what is added in it has no unit.
  const below = !transcendental || name === 'log';
  return args.reduce((total, argument, i) => {
    return total + costOf(argument, { above: [...above, name], scaled: false, inside: below }, places[i], units);
  }, cost);
}

/** Whether an input that carries a unit is in it. */
function hasQuantity(node: Expression, at: number, units: NodeUnits): boolean {
  if (node.kind === 'variable') return units.dimensions[at] !== 0;
  if (node.kind === 'constant') return false;
  return node.arguments.some((argument, i) => hasQuantity(argument, i === 0 ? at + 1 : units.ends[at + 1], units));
}

/**
 * A sum that lacks a coefficient where units would ask for one: a fitted term beside one made of inputs and pure
 * numbers, or two of the latter of different degree, such as x - sqrt(u). Inside a law a lone number is an offset.
 */
function lacksCoefficient(a: Expression, b: Expression, inside: boolean): boolean {
  const bare = (node: Expression): boolean => node.kind !== 'constant' && !hasScale(node);
  if (bare(a) && bare(b)) return degree(a) !== degree(b);
  if (inside && (isOffset(a, b) || isOffset(b, a))) return false;
  return bare(a) !== bare(b) && (hasScale(a) || hasScale(b));
}

/** Whether a small rational is added to what a fitted constant gives a unit. */
function isBareOffset(a: Expression, b: Expression): boolean {
  const number = (node: Expression): boolean => node.kind === 'constant' && !isFitted(node);
  return (number(a) && hasScale(b)) || (number(b) && hasScale(a));
}

/** Whether a number is added to a term of one degree. */
function isOffset(number: Expression, term: Expression): boolean {
  return number.kind === 'constant' && !hasScale(term) && !Number.isNaN(degree(term));
}

/** Degree of a term in the inputs: 2 for x * u, 1/2 for sqrt(x), 0 for a pure number; NaN for a mixed sum. */
function degree(node: Expression): number {
  if (node.kind !== 'call') return node.kind === 'variable' ? 1 : 0;
  const [a, b] = node.arguments;
  switch (node.operator.name) {
    case 'mul':
      return degree(a) + degree(b);
    case 'div':
      return degree(a) - degree(b);
    case 'pow':
      return b.kind === 'constant' ? b.value * degree(a) : 0;
    case 'square':
      return 2 * degree(a);
    case 'cube':
      return 3 * degree(a);
    case 'sqrt':
      return degree(a) / 2;
    case 'inv':
      return -degree(a);
    case 'neg':
    case 'abs':
      return degree(a);
    case 'add':
    case 'sub':
      return degree(a) === degree(b) ? degree(a) : NaN;
    default:
      return 0;
  }
}

function isFitted(node: Expression): boolean {
  return node.kind === 'constant' && exactCost(node.value) === undefined;
}

/** Whether a fitted constant other than an exponent is in it: only such a one can carry a unit. */
function hasScale(node: Expression): boolean {
  if (node.kind !== 'call') return isFitted(node);
  const [first, second] = node.arguments;
  if (node.operator.name === 'pow' && second.kind === 'constant') return hasScale(first);
  return node.arguments.some(hasScale);
}

const LARGEST_NUMERATOR = 1000;
const LARGEST_DENOMINATOR = 6;

/** Nats to write a constant that is a small rational p/q: a proper code, since sum 1/(p^2 q^3) converges. */
export function exactCost(value: number): number | undefined {
  for (let q = 1; q <= LARGEST_DENOMINATOR; q++) {
    const p = Math.round(value * q);
    if (p / q === value && Math.abs(p) <= LARGEST_NUMERATOR) return 2 * Math.log(Math.abs(p) + 1) + 3 * Math.log(q);
  }
  return undefined;
}
