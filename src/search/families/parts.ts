import type { SearchContext } from '../context.ts';
import type { LibraryEntry } from '../library.ts';
import type { Syntax } from '../syntax.ts';
import { interleave, libraryOf } from '../tasks/libraries.ts';
import type { Effort, Task } from '../tasks/task.ts';
import { type Argument, argumentOf, innerArguments, plainProducts, singleFactors } from './argument.ts';
import type { Choice } from './choose.ts';
import type { Curve } from './curve-search.ts';
import { curvesWithin } from './curves.ts';
import { type LinearOptions, linearProblems, secondTermProblems } from './linear-problems.ts';
import { dampedWave, isExpressible, linearShapes, placedShapes } from './linear-shapes.ts';
import { logProblems, nearlyPowers } from './log-problems.ts';
import { exponentialFactor, logShapes, placedExponentialOver, placedLogShapes } from './log-shapes.ts';
import { mixesOf, mixProblems } from './mixes.ts';
import type { ProblemGroup } from './problem.ts';
import type { Shape } from './shape.ts';
import { smallShapes } from './small-shapes.ts';

/** How far each effort goes. */
export interface Reach {
  /** Rows on which every constant is tried. */
  readonly rows: number;
  /** Ratio of neighbouring constants. */
  readonly ratio: number;
  /** Arguments of the functions at most. */
  readonly args: number;
  /** Millions of products of two numbers spent on each part. */
  readonly spend: Readonly<Partial<Record<PartName, number>>>;
  /** Quantities made of the target whose product laws are sought. */
  readonly products: number;
  readonly choice: Choice;
}

export type PartName = 'exponents' | 'small' | 'linear' | 'log' | 'terms' | 'mixes' | 'places' | 'log places' | 'waves';

export const REACHES: Readonly<Record<Effort, Reach>> = {
  full: {
    rows: 32,
    ratio: 1.35,
    args: 400,
    spend: {
      exponents: 60,
      small: 20,
      log: 130,
      linear: 220,
      terms: 80,
      mixes: 60,
      places: 30,
      'log places': 45,
      waves: 30,
    },
    products: 8,
    choice: { best: 16, perComplexity: 2 },
  },
  quick: {
    rows: 24,
    ratio: 1.7,
    args: 32,
    spend: { exponents: 2, small: 1, log: 8, linear: 7 },
    products: 1,
    choice: { best: 5, perComplexity: 0 },
  },
};

/** Everything one projection search needs. */
export interface Part {
  readonly name: PartName;
  readonly groups: readonly ProblemGroup[];
  readonly curves: readonly Curve[];
}

const EVERY_VIEW: ReadonlySet<string> = new Set(['y', '1/y', 'log y', 'y^2', 'sqrt y', '1/y^2', 'exp y']);
const MAIN_VIEWS: ReadonlySet<string> = new Set(['y', '1/y', 'log y', 'y^2']);
/** Transforms that are divided by every factor; the others by the simplest alone. */
const DIVIDED: ReadonlySet<string> = new Set(['y', '1/y', 'y^2']);
/** How many of each list of arguments are taken in turn: all single leaves come first. */
const ARGUMENT_SHARES = [Infinity, 4, 1, 1];
const EXPONENT_SHARES = [Infinity, 2, 1, 1];
/** Factors that the target is divided by. */
const MOST_FACTORS = 84;
/** Arguments of one leaf; of more, by the square of their number. */
const ARGUMENTS_OF_ONE = 60;
/** Arguments of an exponential whose constant is linear: these cost next to nothing. */
const MOST_EXPONENTS = { full: 3500, quick: 300 };
/** Small arguments of functions. */
const MOST_SMALL = 200;
/** Shapes of products that are tried with arguments of many factors, and what part of the work goes to them. */
const COMMON_LOG_SHAPES: ReadonlySet<string> = new Set(['exp - 1', 'exp + 1', 'h + c']);
const SHARE_OF_COMMON = 0.65;
const MOST_TERMS = 60;
/** Shapes that lead from one law of the leaves to another. */
const MIXING: ReadonlySet<string> = new Set(['exp', '1/(exp + 1)', '(h + c)^-1', 'tanh']);
/** Leaves that stand beside another argument. */
const MOST_LEAVES = 6;
/** Part of the work on places that goes to arguments alone. */
const SHARE_OF_PLACED = 0.6;

/** The parts of the step in order; each is set up when it is asked for. */
export function partsOf(
  context: SearchContext,
  task: Task,
  effort: Effort,
  few: Int32Array,
): { readonly name: PartName; readonly make: () => Part }[] {
  const { syntax } = context;
  const { forms } = syntax;
  const reach = REACHES[effort];
  const library = libraryOf(context, task, effort);
  const d = task.leaves.length;
  const shapes = shapesOf(syntax);
  const pool = poolOf(task, effort, few, () => [
    singleFactors(task.leaves, syntax),
    plainProducts(task.leaves, syntax, MOST_EXPONENTS[effort]),
    library.powers,
    library.simple,
  ]);
  const args = (): readonly Argument[] => pool.general;
  const leafArguments = (): readonly Argument[] =>
    task.leaves.slice(0, MOST_LEAVES).map(({ tree, values }, i) => argumentOf(tree, values, few, i));
  const within = (
    name: PartName,
    list: readonly Argument[],
    shapes: readonly Shape[],
    groups: readonly ProblemGroup[],
    share = 1,
  ): Part => {
    const budget = share * 1e6 * (reach.spend[name] ?? 0);
    return { name, groups, curves: curvesWithin(budget, list, shapes, groups, few.length, reach.ratio) };
  };
  const linear = (options: Partial<LinearOptions>) =>
    linearProblems(task, forms, {
      views: EVERY_VIEW,
      factors: [],
      factorsOf: () => 0,
      weighedFactors: 0,
      keep: 24,
      keepWithFactor: 3,
      weighed: true,
      ...options,
    });
  const makers: Readonly<Record<PartName, () => Part>> = {
    linear: () => {
      const quick = effort === 'quick';
      const factors: readonly LibraryEntry[] = quick
        ? []
        : library.powers.slice(0, Math.min(2 * d + 2 * d * d, MOST_FACTORS));
      const groups = linear({
        views: quick ? MAIN_VIEWS : EVERY_VIEW,
        factors,
        factorsOf: (view) => (DIVIDED.has(view) ? factors.length : 2 * d),
        weighedFactors: 2 * d,
        keep: quick ? 10 : 24,
        weighed: !quick,
      });
      return within('linear', args(), shapes.linear, groups);
    },
    exponents: () => {
      const groups = logProblems(task, forms, reach.products, effort === 'quick' ? 8 : 24);
      return within('exponents', pool.exponents, shapes.exponents, groups);
    },
    small: () => {
      const groups = nearlyPowers(logProblems(task, forms, reach.products, effort === 'quick' ? 4 : 12));
      const powers = [
        singleFactors(task.leaves, syntax),
        plainProducts(task.leaves, syntax, MOST_SMALL),
        library.powers,
      ];
      return within(
        'small',
        groups.length > 0 ? innerArguments(powers, [Infinity, 4, 1], few, MOST_SMALL) : [],
        shapes.small,
        groups,
      );
    },
    log: () => {
      const groups = logProblems(task, forms, reach.products, effort === 'quick' ? 10 : 40);
      const far = within('log', args(), shapes.common, groups, SHARE_OF_COMMON);
      const near = within('log', args(), shapes.rare, groups, 1 - SHARE_OF_COMMON);
      return { ...far, curves: [...far.curves, ...near.curves] };
    },
    terms: () => {
      const terms = interleave([library.powers, library.simple], MOST_TERMS);
      const groups = secondTermProblems(task, forms, terms, MAIN_VIEWS, 1);
      return within('terms', args(), shapes.linear, groups);
    },
    mixes: () => {
      const mixes = shapes.linear
        .filter(({ name }) => MIXING.has(name))
        .flatMap((shape) => mixesOf(shape, leafArguments()));
      return within('mixes', args(), mixes, mixProblems(task, forms, MAIN_VIEWS, 12));
    },
    places: () => {
      const factors = library.powers.slice(0, 2 * d);
      const groups = linear({ views: MAIN_VIEWS, factors, factorsOf: (view) => (view === 'y' ? 2 * d : 0) });
      return within('places', args(), shapes.placed, groups);
    },
    'log places': () => {
      const groups = logProblems(task, forms, 2, 24);
      const near = within('log places', args(), shapes.placedLog, groups, SHARE_OF_PLACED);
      const leaves = leafArguments();
      const over = leaves.map(placedExponentialOver).filter((shape) => isExpressible(shape, forms));
      const far = within('log places', leaves, over, groups, 1 - SHARE_OF_PLACED);
      const curves = far.curves.filter(({ argument, shape }) => leaves.indexOf(argument) !== over.indexOf(shape));
      return { ...near, curves: [...near.curves, ...curves] };
    },
    waves: () => {
      const factors = library.powers.slice(0, 2 * d);
      const groups = linear({ views: new Set(['y']), factors, factorsOf: () => 2 * d });
      const waves = leafArguments()
        .map((g) => dampedWave(forms, g))
        .filter((shape) => isExpressible(shape, forms));
      return within('waves', args().slice(0, 4 * MOST_LEAVES), waves, groups);
    },
  };
  const names = Object.keys(reach.spend) as PartName[];
  return names.map((name) => ({ name, make: makers[name] }));
}

interface Shapes {
  readonly small: readonly Shape[];
  readonly exponents: readonly Shape[];
  readonly common: readonly Shape[];
  readonly rare: readonly Shape[];
  readonly linear: readonly Shape[];
  readonly placed: readonly Shape[];
  readonly placedLog: readonly Shape[];
}

const shapesHeld = new WeakMap<Syntax, Shapes>();

function shapesOf(syntax: Syntax): Shapes {
  let shapes = shapesHeld.get(syntax);
  if (!shapes) {
    const log = logShapes(syntax);
    shapes = {
      small: smallShapes(syntax),
      exponents: [exponentialFactor].filter((shape) => isExpressible(shape, syntax.forms)),
      common: log.filter((shape) => COMMON_LOG_SHAPES.has(shape.name)),
      rare: log.filter((shape) => !COMMON_LOG_SHAPES.has(shape.name)),
      linear: linearShapes(syntax),
      placed: placedShapes(syntax),
      placedLog: placedLogShapes(syntax),
    };
    shapesHeld.set(syntax, shapes);
  }
  return shapes;
}

/** Arguments of the functions, simplest first. */
interface Pool {
  readonly general: readonly Argument[];
  readonly exponents: readonly Argument[];
}

const pools = new WeakMap<readonly object[], Map<string, Pool>>();

/** The arguments over a task's leaves; tasks with the same list of leaves and the same rows share them. */
function poolOf(
  { leaves }: Task,
  effort: Effort,
  few: Int32Array,
  lists: () => readonly (readonly LibraryEntry[])[],
): Pool {
  let held = pools.get(leaves);
  if (!held) {
    held = new Map();
    pools.set(leaves, held);
  }
  const key = `${effort} ${few.join()}`;
  let pool = held.get(key);
  if (!pool) {
    const d = leaves.length;
    const from = lists();
    const most = Math.min(REACHES[effort].args, ARGUMENTS_OF_ONE * d * d);
    pool = {
      general: innerArguments(from, ARGUMENT_SHARES, few, most),
      exponents: innerArguments(from, EXPONENT_SHARES, few, MOST_EXPONENTS[effort]),
    };
    held.set(key, pool);
  }
  return pool;
}
