import type { Comparison, ResidualKind } from '../comparison.ts';
import type { Input, Observations } from '../observations.ts';
import { many } from '../page-numbers.ts';
import { type Axis, along, axisOver, rangeOf, wantsLog } from './axis.ts';
import { histogram, normalCurve } from './histogram.ts';
import { COLOURS, compact, layered, PLOT_WIDTH, type Plot, type PlotSpec, pointMark } from './plot.ts';

/** The words for a residual, by how it is measured. */
const NAMES: Readonly<Record<ResidualKind, { axis: string; title: string }>> = {
  pull: { axis: 'pull: (observed − law) / error', title: 'Pulls' },
  relative: { axis: '(observed − law) / law', title: 'Relative residuals' },
  difference: { axis: 'observed − law', title: 'Residuals' },
};

/** More labels than this are shown by their numbers. */
const MOST_LABELS = 24;

/** Residuals against the prediction and against every input, and their distribution. */
export function residualPlots(
  data: Observations,
  comparison: Comparison,
  inputs: readonly Input[],
  rows: Int32Array,
): Plot[] {
  const { title } = NAMES[comparison.kind];
  const predicted: Input = { name: `predicted ${data.target}`, values: comparison.expected };
  return [
    scatter('residuals-prediction', `${title} against prediction`, predicted, comparison, rows),
    ...inputs.map((input, i) =>
      scatter(`residuals-input-${i + 1}`, `${title} against ${input.name}`, input, comparison, rows),
    ),
    distribution(comparison),
  ];
}

function residualAxis({ residuals, kind }: Comparison): Axis {
  const [low, high] = rangeOf(residuals);
  const reach = Math.max(Math.abs(low), Math.abs(high), kind === 'pull' ? 2 : 0);
  return axisOver(NAMES[kind].axis, Number.isFinite(reach) ? [-reach, reach] : [-1, 1]);
}

function scatter(id: string, title: string, input: Input, comparison: Comparison, rows: Int32Array): Plot {
  const { residuals, kind } = comparison;
  const y = along(residualAxis(comparison), 'y', true);
  const labels = input.labels && input.labels.length <= MOST_LABELS ? input.labels : undefined;
  const x = labels ? categories(input.name, labels) : numbers(input);
  const values: Record<string, number | string | null>[] = [];
  for (const row of rows) {
    const place = input.values[row];
    if (!Number.isFinite(place) || !Number.isFinite(residuals[row])) continue;
    values.push({ x: labels ? labels[place - 1] : compact(place), y: compact(residuals[row]) });
  }
  return {
    id,
    title,
    description: `${title}: ${many(values.length, 'point')} about zero.`,
    spec: layered(title, [
      ...levels(kind).map(({ level, dash }) => ({
        data: { values: [{ y: level }] },
        mark: { type: 'rule', color: level === 0 ? COLOURS.law : COLOURS.faint, strokeDash: dash, strokeWidth: 1.5 },
        encoding: { y },
      })),
      { data: { values }, mark: pointMark(values.length), encoding: { x, y } },
    ]),
  };
}

/** Lines at zero and, for pulls, at one standard error. */
function levels(kind: ResidualKind): { level: number; dash: number[] }[] {
  const zero = { level: 0, dash: [] };
  return kind === 'pull' ? [zero, { level: 1, dash: [3, 3] }, { level: -1, dash: [3, 3] }] : [zero];
}

function numbers(input: Input): PlotSpec {
  return along(axisOver(input.name, rangeOf(input.values), wantsLog(input.values)), 'x');
}

/** An axis of labels, which are values of the data and never part of an expression. */
function categories(name: string, labels: readonly string[]): PlotSpec {
  const upright = labels.reduce((sum, label) => sum + label.length + 2, 0) < 50;
  return {
    field: 'x',
    type: 'nominal',
    sort: null,
    scale: { domain: labels },
    axis: { title: name, titleLimit: PLOT_WIDTH - 70, labelAngle: upright ? 0 : -40 },
  };
}

function distribution(comparison: Comparison): Plot {
  const { axis, title } = NAMES[comparison.kind];
  const bins = histogram(comparison.residuals);
  const normal = comparison.kind === 'pull' ? normalCurve(bins) : [];
  const xAxis = axisOver(axis, rangeOf(bins.edges, comparison.kind === 'pull' ? [-3, 3] : []));
  const most = Math.max(1, ...bins.counts, ...normal.map((point) => point.y));
  const x = along(xAxis, 'x');
  const y = along({ title: 'rows', log: false, low: 0, high: most * 1.06, whole: true }, 'y', true);
  const values = Array.from(bins.counts, (count, i) => ({
    x: compact(bins.edges[i]),
    right: compact(bins.edges[i + 1]),
    y: count,
    zero: 0,
  }));
  const name = `Distribution of the ${title.toLowerCase()}`;
  return {
    id: 'residuals-histogram',
    title: name,
    description: `${name}: a histogram of ${many(bins.total, 'row')} in ${many(bins.counts.length, 'bin')}.`,
    caption:
      comparison.kind === 'pull' ? 'The line is the standard normal distribution that true errors give.' : undefined,
    spec: layered(name, [
      {
        data: { values },
        mark: { type: 'rect', color: COLOURS.points, opacity: 0.75, strokeWidth: 0, clip: true },
        encoding: { x, x2: { field: 'right' }, y, y2: { field: 'zero' } },
      },
      ...(normal.length === 0
        ? []
        : [
            {
              data: { values: normal },
              mark: { type: 'line', color: COLOURS.law, strokeWidth: 2, clip: true },
              encoding: { x, y },
            },
          ]),
    ]),
  };
}
