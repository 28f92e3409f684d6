import { DataError, type Table } from '../core/index.ts';
import { indicatorColumn } from './template/template.ts';

/** A column of categories: its labels in order, and the number of the label in every row, from 1. */
export interface Category {
  readonly labels: readonly string[];
  readonly codes: Float64Array;
}

const MOST_CATEGORIES = 500;

/**
 * Reads a column as categories: text, or few distinct numbers, sorted.
 *
 * @throws DataError "unknown-column" | "too-many-categories"
 */
export function readCategory(table: Table, name: string): Category {
  const column = table.column(name);
  const values: (string | number)[] = Array.from(column.values as ArrayLike<string | number>);
  const distinct = [...new Set(values)];
  if (column.kind === 'number') (distinct as number[]).sort((a, b) => a - b);
  else distinct.sort();
  if (distinct.length > MOST_CATEGORIES) {
    const message = `column "${name}" has ${distinct.length} distinct values, which is no list of categories`;
    throw new DataError('too-many-categories', message, `at most ${MOST_CATEGORIES}; take another column, or an input`);
  }
  return encodeCategory(values.map(String), distinct.map(String), name);
}

/** Codes of labels. @throws DataError "unknown-category" */
export function encodeCategory(values: readonly string[], labels: readonly string[], name: string): Category {
  const index = new Map(labels.map((label, i) => [label, i + 1]));
  const codes = Float64Array.from(values, (value, row) => {
    const code = index.get(value);
    if (code !== undefined) return code;
    const hint = `categories: ${labels.slice(0, 12).join(', ')}`;
    throw new DataError('unknown-category', `column "${name}", row ${row + 1}: "${value}" is new`, hint);
  });
  return { labels, codes };
}

/** The columns that are 1 in the rows of one category and 0 elsewhere. */
export function indicatorColumns(name: string, category: Category): { name: string; values: Float64Array }[] {
  return category.labels.map((_, k) => ({
    name: indicatorColumn(name, k + 1),
    values: category.codes.map((code) => (code === k + 1 ? 1 : 0)),
  }));
}
