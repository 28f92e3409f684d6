import { DataError, RandomStream, type Table } from '../core/index.ts';
import { createWasmEvaluator } from '../evaluation/index.ts';
import { constantsOf, type Expression, parse, print, withConstants } from '../expressions/index.ts';
import { Role } from '../numerics/index.ts';
import { type ClosedNumber, closedNumbersNear } from './closed-numbers.ts';
import { FREE_CONSTANTS } from './constant-rules.ts';
import { createObjectiveRules } from './create-objective-rules.ts';
import { Objective } from './objective.ts';
import { type FitOptions, resolveOptions } from './options/options.ts';
import { prepare } from './prepare.ts';
import { createSyntax } from './syntax.ts';

/** What it costs to replace one fitted constant by a number of simple form. */
export interface SnapRow {
  /** Which constant of the formula, in pre-order from 0, and its fitted value. */
  readonly constant: number;
  readonly value: number;
  /** What it would become. */
  readonly snapped: ClosedNumber;
  /** Loss with that constant fixed and the others fitted again, and by how much it is larger. */
  readonly loss: number;
  readonly price: number;
  /** The price as a fraction of the loss; of a chi2, price itself is the difference that errors are judged by. */
  readonly relativePrice: number;
  /** The formula with the constant replaced and the others fitted again. */
  readonly expression: string;
}

/** The table of prices, and the fit that they are measured against. */
export interface SnapTable {
  readonly expression: string;
  readonly loss: number;
  /** Cheapest first. */
  readonly rows: readonly SnapRow[];
}

/**
 * Integers, rationals, multiples of pi and roots near every fitted constant of a formula, with what each costs.
 *
 * The constants are fitted first. Data, weights, errors and loss come from the options, as in `fit`.
 *
 * @throws OptionError | DataError as `fit`; ParseError for the formula; DataError "no-value" when it is not finite
 * @example snapTable(Table.from({ x: [1, 2, 3], y: [3.14, 6.28, 9.43] }), '3 * x', { target: 'y' }).rows[0].snapped.text // 'pi'
 */
export function snapTable(table: Table, formula: string | Expression, options: FitOptions): SnapTable {
  const resolved = resolveOptions(options);
  const { problem, grammar, requirements } = prepare(table, resolved);
  const tree = typeof formula === 'string' ? parse(formula, { variables: problem.inputs }) : formula;
  const evaluator = createWasmEvaluator();
  try {
    evaluator.setData(problem);
    const syntax = createSyntax({ ...grammar, template: undefined });
    const wire = { constants: FREE_CONSTANTS, requirements, precision: 64 as const, dimensionalConstraintPenalty: 0 };
    const rules = createObjectiveRules(wire, syntax, problem, new RandomStream(resolved.seed));
    const objective = new Objective(problem, evaluator, { ...rules, lossFunction: resolved.lossFunction });
    const fitted = objective.full(tree, 100);
    if (!Number.isFinite(fitted.loss)) {
      throw new DataError(
        'no-value',
        `"${print(tree)}" is not finite on every row`,
        'check its domain against the data',
      );
    }
    const rows = snapRows(fitted.tree, fitted.loss, objective);
    return { expression: print(fitted.tree), loss: fitted.loss, rows };
  } finally {
    evaluator.dispose();
  }
}

function snapRows(tree: Expression, loss: number, objective: Objective): SnapRow[] {
  const values = constantsOf(tree);
  const rows = values.flatMap((value, constant) =>
    closedNumbersNear(value).flatMap((snapped): SnapRow | [] => {
      const trial = values.slice();
      trial[constant] = snapped.value;
      const roles = new Uint8Array(values.length);
      roles[constant] = Role.fixed;
      const fitted = objective.full(withConstants(tree, trial), 60, roles);
      if (!Number.isFinite(fitted.loss)) return [];
      const price = Math.max(0, fitted.loss - loss);
      const relativePrice = loss === 0 ? (price === 0 ? 0 : Infinity) : price / Math.abs(loss);
      return { constant, value, snapped, loss: fitted.loss, price, relativePrice, expression: print(fitted.tree) };
    }),
  );
  return rows.sort((a, b) => a.price - b.price);
}
