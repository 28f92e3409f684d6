import { FormatError } from '../../core/index.ts';
import type { BoostedTreesRecord } from './boosted-trees.ts';
import type { Tree } from './grow-tree.ts';
import { BOOSTING_LOSSES } from './losses.ts';

/**
 * Boosted trees from JSON that anyone may have written. Children stand behind their parents, so that every walk ends.
 *
 * @throws FormatError "boosted-trees" that says what is wrong
 */
export function readRecord(value: unknown): BoostedTreesRecord {
  const record = entriesOf(value, 'the record');
  const { loss, columns, start, trees, gains } = record;
  if (typeof loss !== 'string' || !Object.hasOwn(BOOSTING_LOSSES, loss)) refuse(`the loss is ${String(loss)}`);
  if (!(Number.isSafeInteger(columns) && (columns as number) >= 1)) refuse(`columns are ${String(columns)}`);
  if (!Number.isFinite(start)) refuse(`the start is ${String(start)}`);
  const count = columns as number;
  const sums = numbersOf(gains, 'gains', Number.isFinite);
  if (sums.length !== count) refuse(`${sums.length} gains for ${count} columns`);
  if (!Array.isArray(trees)) refuse('there is no list of trees');
  return {
    loss: loss as BoostedTreesRecord['loss'],
    columns: count,
    start: start as number,
    trees: (trees as unknown[]).map((tree, i) => readTree(tree, `tree ${i + 1}`, count)),
    gains: sums,
  };
}

function readTree(value: unknown, name: string, count: number): Tree {
  const given = entriesOf(value, name);
  const columns = numbersOf(
    given['columns'],
    `${name}, columns`,
    (at) => Number.isInteger(at) && at >= -1 && at < count,
  );
  const thresholds = numbersOf(given['thresholds'], `${name}, thresholds`, Number.isFinite);
  const left = numbersOf(given['left'], `${name}, left`, Number.isInteger);
  const values = numbersOf(given['values'], `${name}, values`, Number.isFinite);
  const nodes = columns.length;
  if (nodes === 0) refuse(`${name} has no node`);
  for (const list of [thresholds, left, values])
    if (list.length !== nodes) refuse(`${name} has lists of unequal length`);
  const bad = columns.findIndex((column, node) => column >= 0 && !(left[node] > node && left[node] + 1 < nodes));
  if (bad >= 0) refuse(`${name}, node ${bad}: its children are not behind it`);
  return { columns, thresholds, left, values };
}

function entriesOf(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) refuse(`${name} is ${value === null ? 'null' : typeof value}`);
  return value as Record<string, unknown>;
}

function numbersOf(value: unknown, name: string, holds: (entry: number) => boolean): number[] {
  if (!Array.isArray(value)) refuse(`${name}: no list`);
  const list = value as unknown[];
  const bad = list.findIndex((entry) => typeof entry !== 'number' || !holds(entry));
  if (bad >= 0) refuse(`${name}: ${String(list[bad])} at place ${bad + 1}`);
  return list as number[];
}

function refuse(what: string): never {
  throw new FormatError('boosted-trees', what, 'boosted trees', 0, 'give what JSON.stringify made of a model');
}
