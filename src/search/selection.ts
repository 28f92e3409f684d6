import { constantsOf, type Expression } from '../expressions/index.ts';
import { exponentIndices } from './exponents.ts';
import { linearParameters } from './linear-parameters.ts';
import type { Fitted, Objective } from './objective.ts';

/** Nats per node: the cost of saying which operator or input stands there. */
const NATS_PER_NODE = 1.5;
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
 * costs a little less than the coefficient would.
 */
const NATS_OF_BARE = 2.5;
const NATS_OF_BARE_TERM = 6;
const ALGEBRAIC: ReadonlySet<string> = new Set(['sqrt', 'cbrt', 'cube', 'abs', 'min', 'max', 'sign', 'step']);
/** A fitted constant inside a function bends the curve; with few rows that is worth this many nats more. */
const INNER_NATS_ROWS = 150;
const MOST_INNER_NATS = 6;
/** Relative error below which a better fit is rounding, not evidence. */
const PRECISION_FLOOR = 1e-12;

const known = new WeakMap<Objective, WeakMap<Expression, number>>();

/**
 * Description length of a fitted tree in nats: residuals, tree and constants.
 *
 * (n/2) ln(S/n) + 1.5 K + sum over exact constants p/q of ln(|p|+1) + ln(q) + sum over fitted constants of
 * max(0, ln(|c| sqrt(I))) + ln 2 - (1/2) ln 3, where S is the weighted sum of squares, K the number of
 * nodes and I the Fisher information of the constant. With known errors the first term is chi2 / 2.
 *
 * @returns Infinity when the tree is not finite on the data
 */
export function descriptionLength(tree: Expression, loss: number, objective: Objective): number {
  const lengths = known.get(objective) ?? new WeakMap<Expression, number>();
  known.set(objective, lengths);
  const held = lengths.get(tree);
  if (held !== undefined) return held;
  const length = measureDescription(tree, loss, objective);
  lengths.set(tree, length);
  return length;
}

function measureDescription(tree: Expression, loss: number, objective: Objective): number {
  const constants = constantsOf(tree);
  const curvature = constants.length > 0 ? objective.curvature(tree) : new Float64Array(0);
  if (!curvature || !Number.isFinite(loss)) return Infinity;
  const n = objective.rows;
  const { name } = objective.problem.loss;
  let data: number;
  let variance: number;
  if (name === 'chi2') {
    data = loss / 2;
    variance = 1;
  } else if (name === 'L1') {
    const scale = Math.max(loss, PRECISION_FLOOR * Math.sqrt(objective.meanSquare));
    data = n * Math.log(scale);
    variance = scale * scale;
  } else {
    variance = Math.max(loss, PRECISION_FLOOR ** 2 * objective.meanSquare);
    data = (n / 2) * Math.log(variance);
    // The loss divides by the sum of the weights, the information does not.
    variance *= objective.meanWeight;
  }
  let model = treeCost(tree, [], false);
  const linear = linearParameters(tree, constants.length);
  const exponents = exponentIndices(tree);
  const innerCost = Math.min(MOST_INNER_NATS, INNER_NATS_ROWS / n);
  for (let j = 0; j < constants.length; j++) {
    const exact = exactCost(constants[j]);
    if (exponents.has(j) && exact !== undefined) {
      // A power is one idea: x^2 costs little more than a function of x.
      model += exact - NATS_PER_NODE;
      continue;
    }
    if (linear[j] === 0) model += innerCost;
    if (exact !== undefined) {
      model += exact;
      continue;
    }
    const information = curvature[j] / 2 / variance;
    model += Math.max(0, Math.log(Math.abs(constants[j]) * Math.sqrt(information))) + Math.LN2 - 0.5 * Math.log(3);
  }
  return data + model;
}

/** Nats to write a tree down: rare operators, functions of functions and of bare inputs are surprising. */
function treeCost(tree: Expression, above: readonly string[], scaled: boolean): number {
  if (tree.kind !== 'call') return NATS_PER_NODE;
  const { name } = tree.operator;
  const args = tree.arguments;
  if (COMMON.has(name)) {
    const product = name === 'mul' || name === 'div';
    const start = NATS_PER_NODE + (mixesBareTerm(tree) ? NATS_OF_BARE_TERM : 0);
    return args.reduce((sum, argument, i) => sum + treeCost(argument, above, product && isFitted(args[1 - i])), start);
  }
  const transcendental = !ALGEBRAIC.has(name);
  const nested = above.includes(name) || (transcendental && above.some((outer) => !ALGEBRAIC.has(outer)));
  let cost = NATS_OF_OPERATOR[name] ?? NATS_OF_OTHERS;
  if (nested) cost += NATS_OF_NESTING;
  // The logarithm turns a scale of its argument into an offset, so its value is what needs one.
  const bare = name === 'log' ? !scaled : !hasFitted(args[0]);
  if (transcendental && bare) cost += NATS_OF_BARE;
  return args.reduce((sum, argument) => sum + treeCost(argument, [...above, name], false), cost);
}

/** a + f(x): one side carries a fitted constant, the other is made of inputs and pure numbers. */
function mixesBareTerm({ operator, arguments: [a, b] }: Extract<Expression, { kind: 'call' }>): boolean {
  if (operator.name !== 'add' && operator.name !== 'sub') return false;
  const bare = (node: Expression): boolean => node.kind !== 'constant' && !hasFitted(node);
  return bare(a) !== bare(b) && (hasFitted(a) || hasFitted(b));
}

function isFitted(node: Expression): boolean {
  return node.kind === 'constant' && exactCost(node.value) === undefined;
}

function hasFitted(node: Expression): boolean {
  return node.kind === 'call' ? node.arguments.some(hasFitted) : isFitted(node);
}

const LARGEST_NUMERATOR = 1000;
const LARGEST_DENOMINATOR = 6;

/** Nats to write a constant that is a small rational p/q: a proper code, since sum 1/(p^2 q^3) converges. */
function exactCost(value: number): number | undefined {
  for (let q = 1; q <= LARGEST_DENOMINATOR; q++) {
    const p = Math.round(value * q);
    if (p / q === value && Math.abs(p) <= LARGEST_NUMERATOR) return 2 * Math.log(Math.abs(p) + 1) + 3 * Math.log(q);
  }
  return undefined;
}

/** A simpler entry whose description is longer by less than this is preferred: the evidence is not worth naming. */
const EVIDENCE_NATS = 1.5;

/** The entry of the shortest description, or the simplest whose description is as good as that. */
export function bestByDescription<Entry extends Fitted>(
  entries: readonly Entry[],
  objective: Objective,
): { entry: Entry | undefined; length: number } {
  const lengths = entries.map((entry) => descriptionLength(entry.tree, entry.loss, objective));
  const shortest = Math.min(...lengths);
  const at = lengths.findIndex((length) => length <= shortest + EVIDENCE_NATS);
  return at < 0 ? { entry: undefined, length: Infinity } : { entry: entries[at], length: lengths[at] };
}
