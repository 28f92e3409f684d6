import { OptionError, Table } from '../core/index.ts';
import { print as printExpression, variable } from '../expressions/index.ts';
import { type FileTable, readTable, writeAtomically } from '../io/index.ts';
import { type FittedFormula, fitFormula, ONE_SIGMA, type ProfileInterval } from '../search/index.ts';
import { EXIT, oneLine } from './exit.ts';
import { shortNumber } from './front-table.ts';
import { print } from './output.ts';
import type { StatisticsArguments } from './statistics.ts';

/** `ansatz statistics`: fits a formula and prints what the data say about its parameters. @throws AnsatzError */
export async function runStatistics(formula: string, path: string, args: StatisticsArguments): Promise<number> {
  if (args.level !== undefined && !args.profile && args.band === undefined) {
    throw new OptionError('contradiction', '--level', 'needs --profile or --band', 'add one of them');
  }
  const table = await readTable(path);
  const covariance = args.covariance === undefined ? undefined : await readTable(args.covariance);
  const { poisson, profile, band, json, level = ONE_SIGMA, ...options } = args;
  const fitted = fitFormula(formula, table, { ...options, covariance, likelihood: poisson ? 'poisson' : 'gaussian' });
  const intervals = profile ? fitted.names.map((name) => fitted.profile(name, level)) : undefined;
  if (band !== undefined) await writeAtomically(band, bandAsCsv(fitted, table, args, level));
  if (json) {
    const record = { ...fitted.toJSON(), ...(intervals ? { level, intervals: named(fitted, intervals) } : {}) };
    await print(`${JSON.stringify(record, null, 2)}\n`);
  } else await print(`${describe(fitted, args.target, level, intervals).join('\n')}\n`);
  return EXIT.done;
}

/** Infinite ends have no number in JSON. */
function named(fitted: FittedFormula, intervals: readonly ProfileInterval[]): Record<string, unknown> {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return Object.fromEntries(
    intervals.map(({ low, high, down, up, atBound }, i) => [
      fitted.names[i],
      { low: finite(low), high: finite(high), down: finite(down), up: finite(up), atBound },
    ]),
  );
}

function describe(
  fitted: FittedFormula,
  target: string,
  level: number,
  intervals: readonly ProfileInterval[] | undefined,
): string[] {
  const percent = `${(100 * level).toFixed(1)}%`;
  const rows = fitted.parameters.map(({ name, value, error, status }, i) => {
    const interval = intervals?.[i];
    const known = status === 'fitted';
    return [
      oneLine(name),
      known ? rounded(value, error) : shortNumber(value),
      known ? rounded(error, error) : status.replace('-', ' '),
      ...(intervals ? [interval ? asInterval(interval, error) : ''] : []),
    ];
  });
  const header = ['parameter', 'value', 'error', ...(intervals ? [`${percent} interval`] : [])];
  const { chi2, ndf, pValue, likelihood, scaledError } = fitted;
  const statistic = likelihood === 'poisson' ? 'deviance' : 'chi2';
  const quality = [
    ndf > 0
      ? `${statistic}/ndf ${shortNumber(chi2)}/${ndf} = ${shortNumber(chi2 / ndf)}`
      : `${statistic} ${shortNumber(chi2)}`,
    ...(pValue === undefined ? [] : [`p-value ${shortNumber(pValue)}`]),
    `AIC ${shortNumber(fitted.aic)}`,
  ];
  return [
    ...aligned([header, ...rows]),
    '',
    ...correlations(fitted),
    ...(scaledError === undefined ? [quality.join(', ')] : [`AIC ${shortNumber(fitted.aic)}`]),
    ...fitted.notes.map(oneLine),
    '',
    oneLine(`${printExpression(variable(target))} = ${printExpression(fitted.tree, { digits: 6 })}`),
  ];
}

/** The lower triangle of the correlation matrix; nothing for a single parameter. */
function correlations({ names, correlations: matrix }: FittedFormula): string[] {
  const n = names.length;
  if (n < 2) return [];
  const rows = names.map((name, i) => [
    oneLine(name),
    ...names.map((_, j) => (j > i ? '' : Number.isNaN(matrix[i * n + j]) ? '-' : matrix[i * n + j].toFixed(3))),
  ]);
  return [...aligned([['correlation', ...names.map(oneLine)], ...rows]), ''];
}

/** Columns padded to equal widths, the first to the left and the others to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}

/** A value to two significant digits of its error. */
function rounded(value: number, error: number): string {
  if (!(error > 0) || !Number.isFinite(value)) return shortNumber(value);
  const decimals = 1 - Math.floor(Math.log10(Number(error.toPrecision(2))));
  const size = Math.abs(value);
  if (decimals > 12 || decimals < -2 || (size > 0 && size < 1e-3) || size >= 1e6) {
    const digits = Math.max(0, Math.floor(Math.log10(size || error)) + decimals);
    return value.toExponential(Math.min(15, digits)).replace('e+', 'e');
  }
  return decimals >= 0 ? value.toFixed(decimals) : String(Math.round(value * 10 ** decimals) / 10 ** decimals);
}

function asInterval({ low, high, down, up, atBound }: ProfileInterval, error: number): string {
  const end = (value: number, distance: number): string =>
    Number.isFinite(value) ? rounded(value, error > 0 ? error : distance) : value < 0 ? '-inf' : 'inf';
  return `[${end(low, down)}, ${end(high, up)}]${atBound ? ' (bound)' : ''}`;
}

/** Inputs, value and band in every row; of a histogram at the centres of the bins. */
function* bandAsCsv(
  fitted: FittedFormula,
  table: FileTable,
  args: StatisticsArguments,
  level: number,
): Generator<string> {
  const { binLow, binHigh, binVariable, target } = args;
  const columns = table.columns.filter((column) => column.kind === 'number' && column.name !== binVariable);
  let places = new Table(columns);
  if (binLow !== undefined && binHigh !== undefined && binVariable !== undefined) {
    const high = table.numbers(binHigh);
    const values = table.numbers(binLow).map((low, i) => 0.5 * (low + high[i]));
    places = new Table([...columns, { name: binVariable, kind: 'number', values }]);
  }
  const { values, low, high } = fitted.band(places, level);
  const inputs = fitted.inputs.map((name) => places.numbers(name));
  yield `${[...fitted.inputs, target, 'low', 'high'].map(cell).join(',')}\n`;
  for (let i = 0; i < values.length; i++) {
    yield `${[...inputs.map((column) => column[i]), values[i], low[i], high[i]].join(',')}\n`;
  }
}

function cell(name: string): string {
  return /[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
