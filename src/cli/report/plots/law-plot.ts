import type { Comparison } from '../comparison.ts';
import type { Input, Observations } from '../observations.ts';
import { many } from '../page-numbers.ts';
import { type Axis, along, axisOver, rangeOf, wantsLog } from './axis.ts';
import { COLOURS, compact, layered, type Plot, type PlotSpec, pointMark } from './plot.ts';

const CURVE_POINTS = 400;

/** The data with the law: a curve over a single input, else observed against predicted. */
export function lawPlot(
  id: string,
  data: Observations,
  formula: string,
  comparison: Comparison,
  rows: Int32Array,
): Plot {
  const [input, second] = data.inputs;
  const single = input !== undefined && second === undefined && input.labels === undefined;
  return single ? curvePlot(id, data, formula, input, rows) : agreementPlot(id, data, comparison, rows);
}

/** Values that are drawn: contents of bins as densities over a single input. */
function heights(data: Observations, asDensity: boolean): Float64Array {
  const { widths } = data;
  return asDensity && widths ? data.observed.map((value, i) => value / widths[i]) : data.observed;
}

function curvePlot(id: string, data: Observations, formula: string, input: Input, rows: Int32Array): Plot {
  const observed = heights(data, true);
  const logX = wantsLog(input.values);
  const logY = wantsLog(observed);
  const range = rangeOf(input.values);
  const xAxis = axisOver(input.name, range, logX);
  const yAxis = axisOver(
    data.widths ? `${data.target} per unit of ${input.name}` : data.target,
    reach(observed, data, logY),
    logY,
  );
  const at = Float64Array.from({ length: CURVE_POINTS }, (_, i) => {
    const part = i / (CURVE_POINTS - 1);
    return logX ? range[0] * (range[1] / range[0]) ** part : range[0] + (range[1] - range[0]) * part;
  });
  const curve = data.curve(formula, input.name, at);
  const line = Array.from(at, (x, i) => ({ x: compact(x), y: within(curve[i], yAxis) }));
  const x = along(xAxis, 'x');
  const y = along(yAxis, 'y', true);
  const title = `${data.target} against ${input.name} with the law`;
  return {
    id,
    title: 'Data and law',
    description: `${title}: ${many(rows.length, 'point')} and a curve.`,
    caption: captionOf(data, rows, 'The line is the law'),
    spec: layered(title, [
      ...pointLayers(input.values, observed, data, rows, x, y, yAxis),
      {
        data: { values: line },
        mark: {
          type: 'line',
          color: COLOURS.law,
          strokeWidth: 2,
          clip: true,
          invalid: 'break-paths-show-path-domains',
        },
        encoding: { x, y },
      },
    ]),
  };
}

function agreementPlot(id: string, data: Observations, comparison: Comparison, rows: Int32Array): Plot {
  const { expected } = comparison;
  const observed = data.observed;
  const log = wantsLog(observed) && rangeOf(expected)[0] > 0;
  const [low, high] = reach(observed, data, log);
  // Far predictions leave the picture rather than squeeze the data into a corner.
  const [left, right] = rangeOf(expected);
  const span = log ? high / low : high - low;
  const clamp: [number, number] = log
    ? [Math.max(Math.min(low, left), low / span), Math.min(Math.max(high, right), high * span)]
    : [Math.max(Math.min(low, left), low - span), Math.min(Math.max(high, right), high + span)];
  const range: [number, number] = Number.isFinite(left) ? clamp : [low, high];
  const xAxis = axisOver(`predicted ${data.target}`, range, log);
  const yAxis = axisOver(`observed ${data.target}`, range, log);
  const x = along(xAxis, 'x');
  const y = along(yAxis, 'y', true);
  const ends = [xAxis.low, xAxis.high].map((value) => ({ x: value, y: value }));
  const title = `Observed against predicted ${data.target}`;
  return {
    id,
    title: 'Observed against predicted',
    description: `${title}: ${many(rows.length, 'point')} and the diagonal.`,
    caption: captionOf(data, rows, 'On the line the two agree'),
    spec: layered(title, [
      ...pointLayers(expected, observed, data, rows, x, y, yAxis),
      {
        data: { values: ends },
        mark: { type: 'line', color: COLOURS.law, strokeWidth: 1.5, clip: true },
        encoding: { x, y },
      },
    ]),
  };
}

/** Range of the data with their error bars; on a logarithmic axis the bars may leave it. */
function reach(observed: Float64Array, data: Observations, log: boolean): [number, number] {
  if (!data.errors || log) return rangeOf(observed);
  const [down, up] = data.errors.bars;
  return rangeOf(
    observed.map((value, i) => value - down[i]),
    observed.map((value, i) => value + up[i]),
  );
}

/** A value of the curve, null where it is far outside of the axis or undefined. */
function within(value: number, { log, low, high }: Axis): number | null {
  if (log) return value > low / 100 && value < high * 100 ? compact(value) : null;
  const span = high - low;
  return value > low - 5 * span && value < high + 5 * span ? compact(value) : null;
}

function pointLayers(
  across: Float64Array,
  observed: Float64Array,
  data: Observations,
  rows: Int32Array,
  x: PlotSpec,
  y: PlotSpec,
  yAxis: Axis,
): PlotSpec[] {
  const bars = data.errors?.bars;
  const values: Record<string, number | null>[] = [];
  for (const row of rows) {
    if (!Number.isFinite(across[row])) continue;
    const value = observed[row];
    const ends: Record<string, number | null> = bars
      ? {
          low: compact(Math.max(value - bars[0][row], yAxis.low)),
          high: compact(Math.min(value + bars[1][row], yAxis.high)),
        }
      : {};
    values.push({ x: compact(across[row]), y: compact(value), ...ends });
  }
  const points = { data: { values }, mark: pointMark(values.length), encoding: { x, y } };
  if (!bars) return [points];
  const rule = {
    type: 'rule',
    color: COLOURS.points,
    strokeWidth: 1,
    opacity: values.length > 300 ? 0.4 : 0.8,
    clip: true,
  };
  return [{ data: { values }, mark: rule, encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } } }, points];
}

function captionOf(data: Observations, rows: Int32Array, lead: string): string {
  const sampled =
    rows.length < data.rows
      ? ` A random sample of ${many(rows.length, 'row')} of ${many(data.rows, 'row')} is shown.`
      : '';
  const bars = data.errors ? '; bars are one standard error' : '';
  return `${lead}${bars}.${sampled}`;
}
