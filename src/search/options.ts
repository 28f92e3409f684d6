import type { LossName } from '../evaluation/index.ts';
import type { Operator } from '../expressions/index.ts';
import type { Progress } from './result.ts';

/** Options of `fit`; PySR's names in camelCase where PySR has them. */
export interface FitOptions {
  /** Column to explain. */
  readonly target: string;
  /** Columns to explain it with; by default every other numeric column that is not an error column. */
  readonly inputs?: readonly string[];
  /** Column of row weights, >= 0. Excludes `sigma`. */
  readonly weights?: string;
  /** Column of standard errors of the target, > 0: weights 1/sigma^2. Excludes `weights`. */
  readonly sigma?: string;
  /** Names or rows of binary operators. Default + - * / ^. */
  readonly binaryOperators?: readonly (string | Operator)[];
  /** Names or rows of unary operators. Default sqrt, exp, log. */
  readonly unaryOperators?: readonly (string | Operator)[];
  readonly loss?: LossName;
  readonly huberDelta?: number;
  /** Largest complexity; default 30. */
  readonly maxSize?: number;
  readonly maxDepth?: number;
  readonly seed?: number;
  /** Worker threads; the front does not depend on it. Default: the number of cores. */
  readonly threads?: number;
  /** Seconds; default 60. */
  readonly timeLimit?: number;
  /** Budget of evaluations of a program on the data. */
  readonly maxEvals?: number;
  readonly stopAtLoss?: number;
  readonly modelSelection?: 'best' | 'score' | 'accuracy';
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}
