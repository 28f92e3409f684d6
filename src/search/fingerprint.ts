import { type Operator, print } from '../expressions/index.ts';
import type { ResolvedOptions } from './options/options.ts';
import type { ProblemData } from './problem.ts';

/** Options that may change when a run is taken up again: they end or watch it and do not shape it. */
const FREE: readonly string[] = [
  'threads',
  'timeLimit',
  'maxEvals',
  'niterations',
  'patience',
  'stopAtLoss',
  'earlyStopCondition',
  'signal',
  'resume',
  'warmStart',
  // Its values are in the problem already.
  'xResampled',
];

/** A short hash of the data and of the options that shape a run: states of other runs are refused. */
export function fingerprintOf(problem: ProblemData, options: ResolvedOptions): string {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  const add = (word: number): void => {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul(b ^ (word + (a >>> 11)), 0x85ebca6b) ^ (b >>> 13);
  };
  const text = JSON.stringify(options, (key, value: unknown) => {
    if (FREE.includes(key)) return undefined;
    // The state itself says where broods are scored.
    if (key === 'device' && value !== 'reference') return 'wasm';
    if (typeof value === 'object' && value !== null && 'apply' in value) {
      const row = value as unknown as Operator;
      return [row.name, row.definition && print(row.definition)];
    }
    return value;
  });
  for (let i = 0; i < text.length; i++) add(text.charCodeAt(i));
  for (const column of [...problem.columns, problem.target, ...(problem.weights ? [problem.weights] : [])]) {
    const words = new Int32Array(column.buffer, column.byteOffset, 2 * column.length);
    for (let i = 0; i < words.length; i++) add(words[i]);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}
