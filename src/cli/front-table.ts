import { print } from '../expressions/index.ts';
import type { FrontEntry } from '../search/index.ts';

interface Column {
  readonly title: string;
  readonly cell: (entry: FrontEntry) => string;
  /** Left out where no entry has what it shows; always there without this. */
  readonly applies?: (entry: FrontEntry) => boolean;
}

/**
 * The Pareto front as lines of an aligned table, the chosen entry marked with a star.
 *
 * Of a finished run it shows in nats what every step buys, `evidence`, and what it costs in all, `description`.
 *
 * @param digits significant digits of the constants
 */
export function frontTable(
  front: readonly FrontEntry[],
  best: FrontEntry | undefined,
  target: string,
  digits = 6,
): string[] {
  const columns: Column[] = [
    {
      title: '',
      cell: (entry) => (entry.complexity === best?.complexity && entry.expression === best.expression ? '*' : ' '),
    },
    { title: 'complexity', cell: (entry) => String(entry.complexity) },
    { title: 'loss', cell: (entry) => shortNumber(entry.loss) },
    { title: 'score', cell: (entry) => (Number.isFinite(entry.score) ? entry.score.toFixed(3) : '-') },
    {
      title: 'evidence',
      cell: ({ evidence }) => nats(evidence),
      applies: ({ evidence }) => evidence !== undefined,
    },
    {
      title: 'description',
      cell: ({ description }) => nats(description),
      applies: ({ description }) => description !== undefined,
    },
    { title: 'equation', cell: (entry) => `${target} = ${print(entry.tree, { digits })}` },
  ];
  const shown = columns.filter(({ applies }) => !applies || front.some(applies));
  const rows = [shown.map(({ title }) => title), ...front.map((entry) => shown.map(({ cell }) => cell(entry)))];
  const widths = shown.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}

/** Nats to a tenth; a dash where they are not known. */
function nats(value: number | undefined): string {
  // Rounding may leave a zero below zero.
  return value === undefined ? '-' : (Math.round(value * 10) / 10 + 0).toFixed(1);
}

/** A number in about four significant digits: 0.1234, 12340, 1.2e-9. */
export function shortNumber(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(4));
  const size = Math.abs(rounded);
  return size >= 1e6 || size < 1e-3 ? rounded.toExponential().replace('e+', 'e') : String(rounded);
}
