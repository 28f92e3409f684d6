import { AnsatzError, DataError, OptionError } from '../../core/index.ts';
import { constant, derive, type Expression, parse, variablesOf } from '../../expressions/index.ts';
import type { LocalEvaluator } from '../contract.ts';
import { RESIDUAL_FLOOR } from '../losses.ts';
import { compile } from '../program.ts';
import { createWasmEvaluator } from '../wasm/create-wasm-evaluator.ts';
import { accumulate, rowsOf } from './accumulate.ts';
import { checkedColumn } from './checked-column.ts';
import type { Likelihood } from './likelihood.ts';

/** The data of a loss that is written as a formula. */
export interface FormulaData {
  /** The variable `target`, shape [rows]. */
  readonly target: Float64Array;
  /** The variable `weight`, shape [rows], >= 0. A formula that does not name it is averaged with these weights. */
  readonly weights?: Float64Array;
  /** More variables by name, shape [rows] each. */
  readonly columns?: Readonly<Record<string, Float64Array>>;
  /** Computes the loss; a WebAssembly one of its own by default. Its data are overwritten. */
  readonly evaluator?: LocalEvaluator;
}

const RESERVED = ['prediction', 'target', 'weight'] as const;
/** Steps from the target, relative to 1 + |target|, at which a loss shows whether its minimum is there. */
const PROBES = [1e-3, 0.1];
/** Curvature of a flat row, relative to the largest of all: it keeps the matrix positive. */
const LEAST_CURVATURE = 1e-12;

/**
 * A loss of one row written as a formula in `prediction`, `target` and `weight`: the value is its mean over rows.
 *
 * Slope and curvature are the derivatives of the formula by `prediction`. Where the loss has its minimum at the target
 * in every row, the curvature is max(L'', L' / (prediction - target)), the parabola that touches the loss and has the
 * same minimum, so that losses with kinks and flat tails converge too; elsewhere it is |L''|.
 *
 * @throws ParseError for a formula that cannot be read or names something else; OptionError "no-prediction" |
 *   "reserved-name"; ShapeError; DataError "no-rows" | "invalid-value" | "no-weight"
 * @example formulaLikelihood('(prediction - target)^2', { target: Float64Array.of(1, 2) }).value(Float64Array.of(1, 4)) // 2
 */
export function formulaLikelihood(formula: string, data: FormulaData): Likelihood {
  const target = checkedColumn(data.target, 'target', 'finite');
  const total = target.length;
  const weights = data.weights && checkedColumn(data.weights, 'weights', 'not negative', total);
  if (weights?.every((weight) => weight === 0)) {
    throw new DataError('no-weight', 'every weight is 0', 'give some rows weight');
  }
  const names = ['prediction', 'target', ...(weights ? ['weight'] : []), ...extraNames(data)];
  const loss = parse(formula, { variables: names });
  const used = variablesOf(loss);
  if (!used.includes('prediction')) {
    const message = `"${formula.slice(0, 60)}" does not depend on prediction`;
    throw new OptionError('no-prediction', 'loss', message, 'write it in prediction, target and weight');
  }
  const averaged = used.includes('weight') ? undefined : weights;

  const evaluator = data.evaluator ?? createWasmEvaluator();
  const extra = extraNames(data).map((name) => checkedColumn(data.columns![name], name, 'finite', total));
  evaluator.setData({ columns: [target, target, ...(weights ? [weights] : []), ...extra] });
  const index = new Map(names.map((name, i) => [name, i] as const));
  const first = derive(loss, 'prediction');
  const programs = [loss, first, secondDerivative(first)].map((tree) => compile(tree, index));
  const slope = new Float64Array(total);
  const curvature = new Float64Array(total);
  /** Residuals below this count as this in the curvature of a kink. */
  const floor = target.map((t) => RESIDUAL_FLOOR * (1 + Math.abs(t)));

  const at = (predictions: Float64Array, count: number): void => {
    evaluator.updateColumn(0, predictions.length === count ? predictions : predictions.subarray(0, count));
  };
  /** Mean of the loss at the predictions that were set. */
  const mean = (count: number): number => {
    const losses = evaluator.values(programs[0], count).values;
    let sum = 0;
    let weight = 0;
    for (let r = 0; r < count; r++) {
      const w = averaged ? averaged[r] : 1;
      sum += w * losses[r];
      weight += w;
    }
    const value = sum / weight;
    return Number.isFinite(value) ? value : Number.NaN;
  };
  const centred = isCentred(target, (predictions) => {
    at(predictions, total);
    const losses = evaluator.values(programs[0], total).values;
    return evaluator.values(programs[1], total).values.map((s, r) => (Number.isFinite(losses[r]) ? s : Number.NaN));
  });

  return {
    name: 'formula',
    scale: 'loss',
    observations: total,
    rows: total,
    separable: true,
    value(predictions, rows) {
      const count = rowsOf(predictions, rows, total);
      at(predictions, count);
      return mean(count);
    },
    normalEquations(predictions, jacobian, parameters, out, rows) {
      const count = rowsOf(predictions, rows, total);
      at(predictions, count);
      const value = mean(count);
      if (Number.isNaN(value)) return value;
      const slopes = evaluator.values(programs[1], count).values;
      const bends = evaluator.values(programs[2], count).values;
      let weight = count;
      if (averaged) {
        weight = 0;
        for (let r = 0; r < count; r++) weight += averaged[r];
      }
      const scale = 1 / weight;
      let largest = 0;
      for (let r = 0; r < count; r++) {
        const residual = predictions[r] - target[r];
        let pull = slopes[r];
        let bend = bends[r];
        if (!(bend - bend === 0)) bend = 0;
        if (centred) {
          // At a cusp on the target neither derivative need exist: the row is content there.
          if (residual === 0) pull = 0;
          else {
            const chord = Math.abs(pull) / Math.max(Math.abs(residual), floor[r]);
            if (chord > bend && chord < Number.POSITIVE_INFINITY) bend = chord;
          }
          if (bend < 0) bend = 0;
        } else if (bend < 0) bend = -bend;
        const share = averaged ? averaged[r] * scale : scale;
        slope[r] = share * pull;
        const bent = share * bend;
        curvature[r] = bent;
        if (bent > largest) largest = bent;
      }
      const least = LEAST_CURVATURE * largest;
      for (let r = 0; r < count; r++) if (curvature[r] < least) curvature[r] = least;
      return accumulate(jacobian, parameters, slope, curvature, out, count) ? value : Number.NaN;
    },
    expectations: (predictions) => predictions.slice(0, total),
  };
}

/**
 * Whether the loss rises away from the target on both sides of it, wherever it is defined.
 *
 * @param slopes slope of the loss at predictions; NaN where the loss is undefined
 */
function isCentred(target: Float64Array, slopes: (predictions: Float64Array) => Float64Array): boolean {
  for (const step of PROBES) {
    for (const side of [-1, 1]) {
      const found = slopes(target.map((t) => t + side * step * (1 + Math.abs(t))));
      if (found.some((slope) => slope * side < 0)) return false;
    }
  }
  return true;
}

/** Zero where an operator has no second derivative: the parabola through the target is left then. */
function secondDerivative(first: Expression): Expression {
  try {
    return derive(first, 'prediction');
  } catch (error) {
    if (error instanceof AnsatzError && error.code === 'no-derivative') return constant(0);
    throw error;
  }
}

function extraNames({ columns = {} }: FormulaData): string[] {
  const names = Object.keys(columns);
  const taken = names.find((name) => RESERVED.some((reserved) => reserved === name));
  if (taken === undefined) return names;
  throw new OptionError(
    'reserved-name',
    'columns',
    `"${taken}" has a meaning of its own in a loss`,
    'rename the column',
  );
}
