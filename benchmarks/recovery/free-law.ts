import {
  call,
  constant,
  constantsOf,
  type Expression,
  evaluate,
  STANDARD_OPERATORS,
  simplify,
  variable,
} from '../../src/expressions/index.ts';
import type { Point } from './sampling.ts';

/** Whole numbers up to this are part of the form of a law. */
const SMALL_INTEGER = 12;
/** Relative step of numerical derivatives by a constant. */
const STEP = 1e-5;
/** Share of the points at which a constant must be free to move. */
const MOST_POINTS = 0.9;
/** Functions that are powers, where the exponents of a law are free as well. */
const POWERS: Readonly<Record<string, number>> = { sqrt: 0.5, square: 2, cube: 3, inv: -1 };

/**
 * Which constants of a law are free: of its shortest form those that are no small whole numbers ("merged"), those of
 * the form it is written in ("written"), or of the shortest form all, exponents too ("all").
 */
export type Freedom = 'merged' | 'written' | 'all';

/** A formula some of whose constants are free. */
export interface FreeLaw {
  /** Values of the free constants in the formula. */
  readonly truth: readonly number[];
  /** The formula's value for other constants. */
  value(point: Point, constants: ArrayLike<number>): number;
  /** Derivatives of the value by the logarithm of each free constant. */
  slopes(point: Point, constants: ArrayLike<number>): number[];
}

/**
 * A formula with its constants set free.
 *
 * @param points where it is to be compared: a constant that cannot move there, such as the 2 of x^2 for x < 0, stays
 */
export function freeLaw(formula: Expression, freedom: Freedom, points: readonly Point[]): FreeLaw {
  const form = freedom === 'written' ? formula : freedom === 'all' ? spellPowers(simplify(formula)) : simplify(formula);
  const values = constantsOf(form);
  const wanted = values.flatMap((value, i) => {
    if (value === 0) return [];
    return freedom === 'all' || !Number.isInteger(value) || Math.abs(value) > SMALL_INTEGER ? [i] : [];
  });
  const first = withFree(form, values, wanted);
  const finite = wanted.map(() => 0);
  for (const point of points) {
    first.slopes(point, first.truth).forEach((slope, j) => {
      if (Number.isFinite(slope)) finite[j]++;
    });
  }
  const movable = wanted.filter((_, j) => finite[j] >= MOST_POINTS * points.length);
  return movable.length === wanted.length ? first : withFree(form, values, movable);
}

function withFree(form: Expression, values: readonly number[], free: readonly number[]): FreeLaw {
  const names = free.map((_, j) => `\u0001${j}`);
  let next = 0;
  const visit = (node: Expression): Expression => {
    if (node.kind === 'variable') return node;
    if (node.kind === 'call') return call(node.operator, ...node.arguments.map(visit));
    const j = free.indexOf(next++);
    return j < 0 ? node : variable(names[j]);
  };
  const tree = visit(form);
  const at = (point: Point, constants: ArrayLike<number>): Record<string, number> => {
    const all: Record<string, number> = { ...point };
    for (let j = 0; j < names.length; j++) all[names[j]] = constants[j];
    return all;
  };
  return {
    truth: free.map((i) => values[i]),
    value: (point, constants) => evaluate(tree, at(point, constants)),
    slopes: (point, constants) => {
      const all = at(point, constants);
      return names.map((name, j) => {
        all[name] = constants[j] * (1 + STEP);
        const above = evaluate(tree, all);
        all[name] = constants[j] * (1 - STEP);
        const below = evaluate(tree, all);
        all[name] = constants[j];
        return (above - below) / (2 * STEP);
      });
    },
  };
}

function spellPowers(tree: Expression): Expression {
  if (tree.kind !== 'call') return tree;
  const args = tree.arguments.map(spellPowers);
  const { name } = tree.operator;
  if (!Object.hasOwn(POWERS, name)) return call(tree.operator, ...args);
  return call(STANDARD_OPERATORS.get('pow'), args[0], constant(POWERS[name]));
}
