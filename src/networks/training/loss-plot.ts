import type { EpochRecord } from './training-options.ts';

/** Size of a plot in characters, without its axes. */
export interface LossPlotOptions {
  /** 60 without a word. */
  readonly width?: number;
  /** 12 without a word. */
  readonly height?: number;
}

const MARKS = { training: '·', validation: 'o', both: '*' } as const;

/**
 * The loss of each epoch as a plot for a terminal: a logarithmic axis where all losses are above 0, else a linear one.
 *
 * @returns lines of text; a history without finite losses gives one line that says so
 */
export function lossPlot(history: readonly EpochRecord[], { width = 60, height = 12 }: LossPlotOptions = {}): string {
  const series = {
    training: history.map(({ loss }) => loss),
    validation: history.map(({ validationLoss }) => validationLoss ?? Number.NaN),
  };
  const values = [...series.training, ...series.validation].filter(Number.isFinite);
  if (values.length === 0) return 'no epoch with a loss yet';
  const isLogarithmic = Math.min(...values) > 0;
  const scale = isLogarithmic ? Math.log : (value: number): number => value;
  const [low, high] = [scale(Math.min(...values)), scale(Math.max(...values))];
  const rows = Array.from({ length: height }, () => Array<string>(width).fill(' '));
  const rowOf = (value: number): number =>
    high > low ? Math.round(((high - scale(value)) / (high - low)) * (height - 1)) : height >> 1;
  const columnOf = (epoch: number): number =>
    history.length > 1 ? Math.round((epoch / (history.length - 1)) * (width - 1)) : 0;
  for (const [name, losses] of Object.entries(series) as ['training' | 'validation', number[]][]) {
    for (const [epoch, loss] of losses.entries()) {
      if (!Number.isFinite(loss)) continue;
      const row = rows[rowOf(loss)];
      const at = columnOf(epoch);
      row[at] = row[at] === ' ' || row[at] === MARKS[name] ? MARKS[name] : MARKS.both;
    }
  }
  const [top, bottom] = [Math.max(...values), Math.min(...values)].map((value) => value.toPrecision(3));
  const margin = Math.max(top.length, bottom.length);
  const label = (i: number): string => (i === 0 ? top : i === height - 1 ? bottom : '').padStart(margin);
  const lines = rows.map((row, i) => `${label(i)} |${row.join('')}`.trimEnd());
  const last = `${history.length}`;
  const axis = `${' '.repeat(margin)} +${'-'.repeat(width)}`;
  const epochs = `${' '.repeat(margin)}  1${last.padStart(width - 1)}  epoch`;
  const hasValidation = series.validation.some(Number.isFinite);
  const key = `${MARKS.training} loss${hasValidation ? `   ${MARKS.validation} validation   ${MARKS.both} both` : ''}`;
  return [...lines, axis, epochs, `${' '.repeat(margin)}  ${key}${isLogarithmic ? '   (logarithmic)' : ''}`].join('\n');
}

/** The loss of each epoch, its terms and that of validation as a Vega-Lite chart. */
export function lossChart(history: readonly EpochRecord[]): Record<string, unknown> {
  const values = history.flatMap(({ epoch, loss, terms, validationLoss }) => {
    const named = Object.entries(terms);
    const series = [
      ['loss', loss],
      ...(named.length > 1 ? named : []),
      ...(validationLoss === undefined ? [] : [['validation', validationLoss]]),
    ] as [string, number][];
    return series.map(([name, value]) => ({ epoch, name, value }));
  });
  const isLogarithmic = values.length > 0 && values.every(({ value }) => value > 0);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 480,
    height: 280,
    data: { values },
    mark: { type: 'line', point: history.length < 50 },
    encoding: {
      x: { field: 'epoch', type: 'quantitative', title: 'epoch', axis: { tickMinStep: 1 } },
      y: { field: 'value', type: 'quantitative', title: 'loss', scale: { type: isLogarithmic ? 'log' : 'linear' } },
      color: { field: 'name', type: 'nominal', title: null },
    },
  };
}
