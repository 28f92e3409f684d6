import { print } from '../expressions/index.ts';
import type { FrontEntry } from '../search/index.ts';

const HEADER = ['', 'complexity', 'loss', 'score', 'equation'] as const;

/**
 * The Pareto front as lines of an aligned table, the chosen entry marked with a star.
 *
 * @param digits significant digits of the constants
 */
export function frontTable(
  front: readonly FrontEntry[],
  best: FrontEntry | undefined,
  target: string,
  digits = 6,
): string[] {
  const cells = front.map((entry) => [
    entry.complexity === best?.complexity ? '*' : ' ',
    String(entry.complexity),
    shortNumber(entry.loss),
    Number.isFinite(entry.score) ? entry.score.toFixed(3) : '-',
    `${target} = ${print(entry.tree, { digits })}`,
  ]);
  const rows = [[...HEADER], ...cells];
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}

/** A number in about four significant digits: 0.1234, 12340, 1.2e-9. */
export function shortNumber(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(4));
  const size = Math.abs(rounded);
  return size >= 1e6 || size < 1e-3 ? rounded.toExponential().replace('e+', 'e') : String(rounded);
}
