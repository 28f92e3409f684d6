import type { Row } from '../../row.ts';
import type { Calibration, Tally } from '../../sequences/tally.ts';

/** Shares in percent that the project holds itself to, by set and number of given terms. */
const MARKS: Readonly<Record<string, number>> = {
  'mix 15: next ten right': 55,
  'mix 25: next ten right': 60,
  'mix 15: found are right': 97,
  'mix 25: found are right': 97,
  'noise 15: found': 1,
  'noise 25: found': 1,
  'corrupted 15: confident and wrong': 0,
  'corrupted 25: confident and wrong': 0,
};
/** Milliseconds, median and 95th percentile. */
const MEDIAN_MARK = 30;
const PERCENTILE_MARK = 500;
/** Largest deviation of stated confidence from what was right, in percent. */
const CALIBRATION_MARK = 3;

function row(name: string, value: number, unit: string, reference: number | null = MARKS[name] ?? null): Row {
  return { name, value, unit, reference, ratio: reference ? value / reference : null };
}

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);

/** The lines of the table for one set at one number of given terms. */
export function rowsOf(tally: Tally): Row[] {
  const label = `${tally.set} ${tally.given}`;
  const share = (name: string, part: number, whole = tally.trials): Row =>
    row(`${label}: ${name}`, percent(part, whole), '%');
  return [
    row(`${label}: sequences`, tally.trials, ''),
    share('next ten right', tally.right),
    share('answered', tally.answered),
    share('found', tally.found),
    ...(tally.found > 0 ? [share('found are right', tally.foundRight, tally.found)] : []),
    ...(tally.placeNamed === null
      ? []
      : [share('confident and wrong', tally.found - tally.foundRight), share('place named', tally.placeNamed)]),
    ...(tally.errors > 0 ? [share('errors', tally.errors)] : []),
    row(`${label}: median time`, tally.medianMilliseconds, 'ms', MEDIAN_MARK),
    row(`${label}: 95th percentile`, tally.percentile95Milliseconds, 'ms', PERCENTILE_MARK),
  ];
}

/** Stated confidence against what was right, bin by bin. */
export function calibrationRows({ bins, largestDeviation }: Calibration): Row[] {
  const rows = bins.map(({ low, high, trials, meanConfidence, shareRight }) =>
    row(`confidence ${low}-${high}, ${trials} trials: right`, 100 * shareRight, '%', 100 * meanConfidence),
  );
  if (largestDeviation === null) return rows;
  return [...rows, row('confidence: largest deviation', 100 * largestDeviation, '%', CALIBRATION_MARK)];
}

/** The table by family, as text. */
export function familyTable(tallies: readonly Tally[]): string {
  const head = ['set', 'given', 'family', 'n', 'right %', 'found %', 'found right %', 'median ms', '95% ms'];
  const lines = tallies.map((tally) => [
    tally.set,
    String(tally.given),
    tally.family,
    String(tally.trials),
    percent(tally.right, tally.trials).toFixed(0),
    percent(tally.found, tally.trials).toFixed(0),
    tally.found === 0 ? '' : percent(tally.foundRight, tally.found).toFixed(0),
    tally.medianMilliseconds.toFixed(1),
    tally.percentile95Milliseconds.toFixed(1),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map((line) => line[i].length)));
  return [head, ...lines]
    .map((line) =>
      line
        .map((text, i) => text.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
