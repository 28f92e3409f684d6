import { createWasmEvaluator, type LocalEvaluator } from '../../evaluation/index.ts';

/** Cells from which on the memory is given back. */
const LARGE = 2 ** 20;

/** An evaluator to be used again: each has a WebAssembly memory of its own, and a process can hold only so many. */
let idle: LocalEvaluator | undefined;

/**
 * Lends an evaluator that holds the columns, for as long as the function runs.
 *
 * @param columns shape [inputs][rows]
 * @param rows for a formula without inputs
 */
export function withColumns<T>(
  columns: readonly Float64Array[],
  rows: number,
  use: (evaluator: LocalEvaluator) => T,
): T {
  const evaluator = idle ?? createWasmEvaluator();
  idle = undefined;
  try {
    evaluator.setData({ columns: columns.length > 0 ? columns : [new Float64Array(rows)] });
    return use(evaluator);
  } finally {
    if (columns.length * rows > LARGE) evaluator.dispose();
    idle = evaluator;
  }
}
