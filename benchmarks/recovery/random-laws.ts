import { DataError, RandomStream } from '../../src/core/index.ts';
import {
  type Call,
  call,
  canonicalKey,
  type Expression,
  evaluate,
  print,
  STANDARD_OPERATORS,
  simplify,
  size,
  structureKey,
  substitute,
  variable,
  variablesOf,
} from '../../src/expressions/index.ts';
import { NAMES, randomFormula } from './law-grammar.ts';
import type { Problem, ProblemInput, ProblemSuite } from './problem.ts';
import { drawPoint, type Point } from './sampling.ts';

/** Nodes of a law. */
export const FEWEST_NODES = 7;
export const MOST_NODES = 15;
/** Points on which a law is looked at. */
const PROBES = 300;
/** (max - min) / max |y| of a law that counts as constant. */
const NEARLY_CONSTANT = 1e-3;
/** Change of y, by rms, below which a term or a variable does not matter. */
const NEGLIGIBLE = 0.01;
/** max |y| over median |y| that no measurement spans. */
const SPAN = 1e6;
/** min |d| over median |d| of a denominator of both signs that passes through 0 among the data. */
const NEAR_ZERO = 0.02;
/** Radians that the argument of a wave spans at most: five periods, which 200 rows resolve. */
const WIDEST_PHASE = 10 * Math.PI;
const LOWS = [0.1, 0.2, 0.5, 1, 1, 1] as const;
const HIGHS = [2, 3, 5, 5, 5] as const;
/** Shares of inputs that are drawn by logarithm, and that take both signs. */
const LOG_SHARE = 0.15;
const EITHER_SHARE = 0.1;
/** Formulas that may be drawn for one law; a hundred times more than laws need. */
const PATIENCE = 200_000;

/** Why a formula is no law to be searched for. */
export type Rejection =
  | 'size'
  | 'reducible'
  | 'not finite'
  | 'constant'
  | 'pole'
  | 'aliased'
  | 'dominated'
  | 'duplicate';

const NEG = STANDARD_OPERATORS.get('neg');
/** Operators of the suite of random laws. */
const OPERATORS = { unary: ['sqrt', 'exp', 'log', 'sin', 'cos', 'tanh'], binary: ['+', '-', '*', '/', '^'] } as const;
const SOURCE = 'benchmarks/recovery/random-laws.ts';

/**
 * Random laws that look like physics, each with ranges of its inputs: `random-<seed>-1`, `random-<seed>-2`, ...
 *
 * A law has 7 to 15 nodes, each number equally likely, none of them to spare; it is finite on its ranges; every term
 * and every variable counts; no two are the same up to the names of variables and the values of constants. A longer
 * list begins with the laws of a shorter one.
 *
 * @example randomLaws(2, 1).map(({ name }) => name) // ['random-1-1', 'random-1-2']
 */
export function randomLaws(count: number, seed: number): Problem[] {
  const random = new RandomStream(seed);
  const known = new Set<string>();
  return Array.from({ length: count }, (_, i) => randomLaw(`random-${seed}-${i + 1}`, random.split(i + 1), known));
}

/** Random laws as a suite of problems. */
export function randomSuite(count: number, seed: number): ProblemSuite {
  const about = `${count} random laws of ${FEWEST_NODES} to ${MOST_NODES} nodes that look like physics, seed ${seed}.`;
  return { suite: 'random', about, source: SOURCE, operators: OPERATORS, problems: randomLaws(count, seed) };
}

function randomLaw(name: string, random: RandomStream, known: Set<string>): Problem {
  const nodes = FEWEST_NODES + random.integer(MOST_NODES - FEWEST_NODES + 1);
  for (let i = 0; i < PATIENCE; i++) {
    const tree = inOrder(randomFormula(random));
    if (size(tree) !== nodes) continue;
    const problem = problemOf(name, tree, random);
    if (rejection(tree, problem, random.split(i), known) === undefined) {
      for (const key of keysOf(tree)) known.add(key);
      return problem;
    }
  }
  throw new DataError('no-law', `no new law of ${nodes} nodes in ${PATIENCE} formulas`, 'ask for fewer laws');
}

function problemOf(name: string, tree: Expression, random: RandomStream): Problem {
  const inputs = variablesOf(tree).map((input): ProblemInput => {
    const low = LOWS[random.integer(LOWS.length)];
    const high = HIGHS[random.integer(HIGHS.length)];
    const sampling = random.uniform() < LOG_SHARE ? 'log' : 'linear';
    return { name: input, low, high, sampling, sign: random.uniform() < EITHER_SHARE ? 'either' : 'positive' };
  });
  return { name, law: print(tree), target: { name: 'f' }, inputs, source: SOURCE };
}

/**
 * Why a formula on these ranges is no law, undefined for one that is.
 *
 * @param known keys of the laws there are, see `keysOf`
 */
export function rejection(
  tree: Expression,
  problem: Problem,
  random: RandomStream,
  known: ReadonlySet<string> = new Set(),
): Rejection | undefined {
  const nodes = size(tree);
  if (nodes < FEWEST_NODES || nodes > MOST_NODES) return 'size';
  if (size(simplify(tree)) < nodes) return 'reducible';
  const points = Array.from({ length: PROBES }, () => drawPoint(problem, problem.inputs, random));
  const y = valuesOn(tree, points);
  if (!y.every(Number.isFinite)) return 'not finite';
  const largest = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0 || span(y) < NEARLY_CONSTANT * largest) return 'constant';
  const median = y.map(Math.abs).sort()[PROBES >> 1];
  if (largest > SPAN * median || denominators(tree).some((one) => crossesZero(valuesOn(one, points)))) return 'pole';
  if (phases(tree).some((one) => span(valuesOn(one, points)) > WIDEST_PHASE)) return 'aliased';
  const matters = (other: Float64Array): boolean => !(rmsOfDifference(y, other) < NEGLIGIBLE * rms(y));
  const withoutTerms = shortened(tree).every((shorter) => matters(valuesOn(shorter, points)));
  const variables = variablesOf(tree).every((name) => matters(valuesOn(tree, turned(points, name))));
  if (!withoutTerms || !variables) return 'dominated';
  return keysOf(tree).some((key) => known.has(key)) ? 'duplicate' : undefined;
}

/** The formula with one term of a sum left out, for every term. */
function shortened(tree: Expression): Expression[] {
  if (tree.kind !== 'call') return [];
  const { operator, arguments: args } = tree;
  const below = args.flatMap((argument, i) =>
    shortened(argument).map((shorter): Expression => ({ ...tree, arguments: args.with(i, shorter) })),
  );
  if (operator.name === 'add') return [...below, args[0], args[1]];
  return operator.name === 'sub' ? [...below, args[0], call(NEG, args[1])] : below;
}

/** What is divided by. */
function denominators(tree: Expression): Expression[] {
  return callsOf(tree, ['div']).map(({ arguments: args }) => args[1]);
}

/** Arguments of waves. */
function phases(tree: Expression): Expression[] {
  return callsOf(tree, ['sin', 'cos']).map(({ arguments: args }) => args[0]);
}

function callsOf(tree: Expression, names: readonly string[]): Call[] {
  if (tree.kind !== 'call') return [];
  const below = tree.arguments.flatMap((argument) => callsOf(argument, names));
  return names.includes(tree.operator.name) ? [...below, tree] : below;
}

function span(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
}

function crossesZero(values: Float64Array): boolean {
  const sizes = values.map(Math.abs).sort();
  const bothSigns = values.some((value) => value < 0) && values.some((value) => value > 0);
  return bothSigns && sizes[0] < NEAR_ZERO * sizes[sizes.length >> 1];
}

function valuesOn(tree: Expression, points: readonly Point[]): Float64Array {
  return Float64Array.from(points, (point) => evaluate(tree, point));
}

/** The points with the values of one variable moved on to the next point: unrelated to the rest. */
function turned(points: readonly Point[], name: string): Point[] {
  return points.map((point, i) => ({ ...point, [name]: points[(i + 1) % points.length][name] }));
}

function rms(y: Float64Array): number {
  return Math.sqrt(y.reduce((sum, value) => sum + value * value, 0) / y.length);
}

function rmsOfDifference(a: Float64Array, b: Float64Array): number {
  return rms(a.map((value, i) => value - b[i]));
}

/** The formula with its variables named in the order in which they appear. */
function inOrder(tree: Expression): Expression {
  return renamed(tree, variablesOf(tree), NAMES);
}

function renamed(tree: Expression, from: readonly string[], to: readonly string[]): Expression {
  return substitute(tree, Object.fromEntries(from.map((name, i) => [name, variable(to[i])])));
}

/** What equal laws share: the canonical key, and the first of the keys of its shape under all names of its variables. */
export function keysOf(tree: Expression): string[] {
  const short = simplify(tree);
  const shape = exponentsNamed(short);
  const names = variablesOf(short);
  const shapes = orders(names).map((order) => structureKey(renamed(shape, order, NAMES)));
  return [canonicalKey(tree), shapes.reduce((first, key) => (key < first ? key : first))];
}

/** The formula with names for its exponents: x^2 and x^3 are two shapes, 2*x and 3*x are one. */
function exponentsNamed(tree: Expression): Expression {
  if (tree.kind !== 'call') return tree;
  const [first, second] = tree.arguments;
  const base = exponentsNamed(first);
  if (second === undefined) return { ...tree, arguments: [base] };
  const power = tree.operator.name === 'pow' && second.kind === 'constant';
  return { ...tree, arguments: [base, power ? variable(`^${second.value}`) : exponentsNamed(second)] };
}

function orders(names: readonly string[]): string[][] {
  if (names.length === 0) return [[]];
  return names.flatMap((name) => orders(names.filter((other) => other !== name)).map((rest) => [name, ...rest]));
}
