import fc from 'fast-check';
import { expect } from 'vitest';
import {
  call,
  constant,
  type Expression,
  evaluate,
  type Operator,
  parse,
  print,
  STANDARD_OPERATORS,
  substitute,
  variable,
} from '../../../src/expressions/index.ts';
import { evaluateWithError } from '../../../src/expressions/rounding-error.ts';
import { arbitraryExpression } from '../../laws/arbitrary-expression.ts';

/** Values of two programs agree within this, relative, beside what rounding explains. */
export const EXPORT_TOLERANCE = 1e-12;

export const VARIABLES = ['x', 'y', 'z'] as const;

/** A formula with the points at which it is evaluated, each [x, y, z]. */
export interface Case {
  readonly tree: Expression;
  readonly points: readonly (readonly number[])[];
}

const GRID = [
  0, -0, 1, -1, 2, -2, 3, 0.5, -0.5, 2.5, -2.5, -0.3, 1e-9, 30, -7, 0.999, 150.5, -20.25, Number.NaN,
  Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY,
]; // biome-ignore format: one list

/** Every operator alone, on a grid with zeros of both signs, NaN and infinities. */
export function operatorCases(without: readonly string[] = []): Case[] {
  return [...STANDARD_OPERATORS]
    .filter((operator) => !without.includes(operator.name))
    .map((operator) => ({
      tree: operator.arity === 1 ? call(operator, variable('x')) : call(operator, variable('x'), variable('y')),
      points: operator.arity === 1 ? GRID.map((x) => [x, 1, 1]) : GRID.flatMap((x) => GRID.map((y) => [x, y, 1])),
    }));
}

/** Powers with an exponent in plain sight, which some languages write in another way, on the same grid. */
function powerCases(): Case[] {
  return [0, 1, 2, 3, 16, 17, -1, -2, 0.5, -0.5, 1.5].map((exponent) => ({
    tree: call(STANDARD_OPERATORS.get('pow'), variable('x'), constant(exponent)),
    points: GRID.map((x) => [x, 1, 1]),
  }));
}

/** Random trees at random points. */
export function randomCases(count: number, seed: number, without: readonly string[] = []): Case[] {
  const operators = [...STANDARD_OPERATORS].filter(({ name }) => !without.includes(name));
  const coordinate = fc.integer({ min: -770, max: 770 }).map((n) => n / 257);
  const points = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 6, maxLength: 6 });
  return fc
    .sample(fc.tuple(arbitraryExpression({ operators, depth: 5 }), points), { numRuns: count, seed })
    .map(([tree, at]) => ({ tree, points: at }));
}

/** Formulas that have tripped writers of formulas. */
export const AWKWARD: readonly string[] = [
  '-x^2',
  '(-x)^2',
  '-(3)^2 * -x',
  'x - (y - z) - (-3)',
  'x / (y / z) / 2',
  '2^-3 * x - -0.1',
  '(x^2)^3 + x^(2^3)',
  '-2^x',
  'neg(exp2(x)) * neg(y)',
  '1/0 + x',
  'exp(-1/0) + x',
  'sqrt(-1) + y',
  '1.7976931348623157e308 * x / 1e308',
  '5e-324 + x',
  '0.1 + 0.2 * x - 1e-7 * y + 1e21 * z',
  '-0.0 * x + 0.30000000000000004',
  '3',
  '-2.5',
  'x',
  'min(2, 3) + max(x, -1) + mod(-7, 3) + atan2(0, 0)',
  'inv(inv(x)) - inv(2)',
  'sigmoid(-x) ^ 3 + (x + y)^2 + x^16 + x^17',
  'floor(1e15 * x) + ceil(-1e15 * y) + floor(3e9 * z)',
  'log1p(1e-12 * x) + expm1(1e-12 * y) + cbrt(-8)',
];

export function awkwardCases(): Case[] {
  const points = [
    [0.75, -1.25, 2.5],
    [-1.5, 0.25, 1],
    [2, 3, 5],
  ];
  return AWKWARD.map((text) => ({ tree: parse(text), points }));
}

/** The cases that every executable target is run on. */
export function allCases(without: readonly string[] = [], count = 120): Case[] {
  const usable = awkwardCases().filter(({ tree }) => !without.some((name) => print(tree).includes(`${name}(`)));
  return [...operatorCases(without), ...powerCases(), ...usable, ...longCases(), ...randomCases(count, 71, without)];
}

/** A sum of many terms, deep nesting, and a tree that shares its subtrees. */
export function longCases(): Case[] {
  const terms = Array.from({ length: 400 }, (_, i) => `${(i + 1) / 7} * x * y`).join(' + ');
  const nested = `${'tanh(x + '.repeat(150)}y${')'.repeat(150)}`;
  let shared: Expression = parse('x + y');
  const average = parse('(a + b) / 2.5');
  for (let i = 0; i < 12; i++) shared = substitute(average, { a: shared, b: shared });
  const points = [
    [0.5, 0.25, 1],
    [-1.5, 2, 1],
  ];
  return [parse(terms), parse(nested)]
    .map((tree) => ({ tree, points }))
    .concat([{ tree: shared, points: [[0.5, 0.25, 1]] }]);
}

const RECORD = (point: readonly number[]) => ({ x: point[0], y: point[1], z: point[2] });

/** Our values of a tree at points. */
export function evaluateAll(tree: Expression, points: readonly (readonly number[])[]): number[] {
  return points.map((point) => evaluate(tree, RECORD(point)));
}

/** Whether our value says something: another order of rounding would not change it by much. */
function expectation(tree: Expression, point: readonly number[]): { value: number; allowed: number } | undefined {
  const { value, error } = evaluateWithError(tree, RECORD(point));
  if (!Number.isFinite(value)) {
    // At the edge of a domain the last bit decides.
    const nearby = [1e-9, -1e-9].map((step) => evaluate(tree, RECORD(point.map((x) => x * (1 + step) + step))));
    const edge = point.every(Number.isFinite) && nearby.some(Number.isFinite) && error !== 0 && !isLeafCall(tree);
    return edge ? undefined : { value, allowed: 0 };
  }
  if (!(error <= 1e-11 * Math.abs(value))) return undefined;
  return { value, allowed: 100 * error };
}

function isLeafCall(tree: Expression): boolean {
  return tree.kind !== 'call' || tree.arguments.every((argument) => argument.kind !== 'call');
}

/** What `expectAgreement` may be told. */
export interface Agreement {
  readonly tolerance?: number;
  /** False where the language goes on to complex numbers or infinities of its own. */
  readonly checkUndefined?: boolean;
  readonly skip?: (tree: Expression, point: readonly number[]) => boolean;
}

/**
 * Every value that a program found is ours: equal within the tolerance, or non-finite in both.
 *
 * @returns how many finite values were compared
 */
export function expectAgreement(
  cases: readonly Case[],
  values: readonly (readonly number[])[],
  { tolerance = EXPORT_TOLERANCE, checkUndefined = true, skip }: Agreement = {},
): number {
  let compared = 0;
  const faults: string[] = [];
  expect(values.length).toBe(cases.length);
  cases.forEach(({ tree, points }, i) => {
    expect(values[i].length).toBe(points.length);
    points.forEach((point, j) => {
      if (skip?.(tree, point)) return;
      const expected = expectation(tree, point);
      if (!expected) return;
      const other = values[i][j];
      const { value, allowed } = expected;
      if (!Number.isFinite(value)) {
        if (checkUndefined && Number.isFinite(other)) faults.push(describeFault(tree, point, value, other));
        return;
      }
      compared++;
      // Subnormal results have few digits.
      const slack = tolerance * Math.abs(value) + allowed * (tolerance / EXPORT_TOLERANCE) + 1e-300;
      if (!(Math.abs(other - value) <= slack)) faults.push(describeFault(tree, point, value, other));
    });
  });
  expect(faults.slice(0, 20)).toEqual([]);
  return compared;
}

function describeFault(tree: Expression, point: readonly number[], value: number, other: number): string {
  const formula = print(tree);
  return `${formula.length > 300 ? `${formula.slice(0, 300)}...` : formula} at ${point.join(', ')}: ${value}, there ${other}`;
}

/** A number as every program reads it, and back. */
export const asText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

export function asNumber(text: string): number {
  if (/nan/i.test(text)) return Number.NaN;
  if (/inf/i.test(text)) return text.trim().startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(text);
}

export function operatorsNamed(names: string): Operator[] {
  return names.split(' ').map((name) => STANDARD_OPERATORS.get(name));
}
