import { RandomStream } from '../core/index.ts';
import { featureImportances } from '../numerics/index.ts';
import type { ProblemData } from './problem.ts';

const SELECTION_STREAM = 0x5e1ec7;
/** Rows that the forest sees. */
const MOST_ROWS = 4000;

/** The problem in its k most important inputs, in their old order. */
export function selectFeatures(problem: ProblemData, k: number, seed: number, notes: string[]): ProblemData {
  const { inputs, columns, target } = problem;
  if (inputs.length <= k) return problem;
  const rows = Math.min(target.length, MOST_ROWS);
  const head = columns.map((column) => column.subarray(0, rows));
  const random = new RandomStream(seed).split(SELECTION_STREAM);
  const importances = featureImportances(head, target.subarray(0, rows), random);
  const kept = inputs
    .map((_, i) => i)
    .sort((a, b) => importances[b] - importances[a])
    .slice(0, k)
    .sort((a, b) => a - b);
  notes.push(`selected inputs: ${kept.map((i) => inputs[i]).join(', ')}`);
  return { ...problem, inputs: kept.map((i) => inputs[i]), columns: kept.map((i) => columns[i]) };
}
