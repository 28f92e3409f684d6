import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvParse } from 'd3-dsv';
import { FormatError } from '../../src/core/index.ts';
import { constant, type Expression, parse, substitute } from '../../src/expressions/index.ts';
import { type Condition, holds, parseCondition } from './condition.ts';
import { PROBLEMS, type Problem } from './problem.ts';

/** Values of names that stand for numbers. */
export type Constants = Readonly<Record<string, number>>;

/** A formula with names of constants replaced by their values. */
export function withValues(tree: Expression, constants: Constants): Expression {
  return substitute(
    tree,
    Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, constant(value)])),
  );
}

/** The true law of a problem in its inputs alone. */
export function lawOf(problem: Problem): Expression {
  const constants = problem.constants ?? {};
  const variables = [...problem.inputs.map(({ name }) => name), ...Object.keys(constants)];
  return withValues(parse(problem.law, { variables }), constants);
}

/** Whether a point obeys the conditions of a problem. */
export function admits(problem: Problem): (point: Readonly<Record<string, number>>) => boolean {
  const constants = problem.constants ?? {};
  const variables = [...problem.inputs.map(({ name }) => name), ...Object.keys(constants)];
  const conditions: Condition[] = (problem.where ?? []).map((text) => parseCondition(text, variables));
  if (conditions.length === 0) return () => true;
  return (point) => conditions.every((condition) => holds(condition, { ...constants, ...point }));
}

/**
 * The measured rows of a problem: columns of the inputs and of the target.
 *
 * @throws FormatError "no-data" | "bad-data"
 */
export function measuredColumns(problem: Problem): Record<string, Float64Array> {
  const file = problem.data ?? '';
  let text: string;
  try {
    text = readFileSync(join(PROBLEMS, file), 'utf8');
  } catch {
    throw new FormatError('no-data', `problem "${problem.name}": no such table`, file, 0, 'give it from the suite');
  }
  const rows = csvParse(text);
  const names = [...problem.inputs.map(({ name }) => name), problem.target.name];
  return Object.fromEntries(
    names.map((name) => {
      const values = Float64Array.from(rows, (row) => Number(row[name] ?? Number.NaN));
      if (values.length > 0 && values.every(Number.isFinite)) return [name, values];
      throw new FormatError('bad-data', `problem "${problem.name}": column "${name}"`, file, 0, 'numbers, no gaps');
    }),
  );
}
