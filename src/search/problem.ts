import { RandomStream } from '../core/index.ts';
import type { Loss } from '../evaluation/index.ts';
import type { Operator } from '../expressions/index.ts';
import type { GrammarRules } from './measure.ts';
import { firstRows, isSeparable, type LikelihoodSpec } from './scoring.ts';
import type { Template } from './template/template.ts';
import type { NamedConstant } from './units/named-constants.ts';
import type { UnitRules } from './units/unit-rules.ts';

/** A fit as the engine sees it: plain arrays, already validated; it can be posted to a worker. */
export interface ProblemData {
  /** Names of the inputs; column i is input i. */
  readonly inputs: readonly string[];
  /** Shape [inputs][rows], rows in a shuffled order that depends on the seed alone. */
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  /** Shape [rows]; undefined when all rows weigh the same. */
  readonly weights: Float64Array | undefined;
  readonly loss: Loss;
  /** Mean square below which a residual of a denoised target says nothing. */
  readonly varianceFloor?: number;
  /** What scores a law where `loss` does not: the columns then hold its rows, and target and weights serve the cheap phases. */
  readonly likelihood?: LikelihoodSpec;
}

/** What may stand in an expression. */
export interface Grammar {
  readonly unary: readonly Operator[];
  readonly binary: readonly Operator[];
  readonly maxSize: number;
  readonly maxDepth: number;
  /** Complexity of nodes and limits on arguments; absent when there are none. */
  readonly rules?: GrammarRules;
  /** The fixed form around the functions that are searched for; absent for a free search. */
  readonly template?: Template;
  /** Dimensions of inputs and target; absent when no unit was given. */
  readonly units?: UnitRules;
  /** Constants that a law may hold by name; they shape no tree and stay on the main thread. */
  readonly constants?: readonly NamedConstant[];
}

/** The first rows of a problem: with rows in shuffled order, a fair sample. */
export function batchOf(problem: ProblemData, rows: number): ProblemData {
  if (problem.target.length <= rows || !isSeparable(problem.likelihood)) return problem;
  return {
    ...problem,
    columns: problem.columns.map((column) => column.subarray(0, rows)),
    target: problem.target.subarray(0, rows),
    weights: problem.weights?.subarray(0, rows),
    likelihood: firstRows(problem.likelihood, rows),
  };
}

/** Rows on which constants of a new structure are first fitted. */
export const PILOT_ROWS = 192;

/** Row order: a permutation drawn from the seed, so that any prefix is a fair sample. */
export function shuffledRows(rows: number, seed: number): Int32Array {
  return new RandomStream(seed).split(0x5f1e).permutation(rows);
}

/** Reorders a column. */
export function gather(values: Float64Array, order: Int32Array): Float64Array {
  const out = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) out[i] = values[order[i]];
  return out;
}

/**
 * Loss of the best constant (for L1, of the weighted mean): the trivial baseline of a run.
 */
export function baselineLoss(problem: ProblemData): number {
  const { target, weights, loss } = problem;
  const rows = target.length;
  let sumWeights = 0;
  let mean = 0;
  for (let i = 0; i < rows; i++) {
    const w = weights ? weights[i] : 1;
    sumWeights += w;
    mean += w * target[i];
  }
  mean /= sumWeights;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const r = Math.abs(target[i] - mean);
    total += (weights ? weights[i] : 1) * (loss.name === 'L1' ? r : r * r);
  }
  return loss.name === 'chi2' ? total : total / sumWeights;
}
