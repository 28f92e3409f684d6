import { superscript } from '../page-numbers.ts';
import { PLOT_HEIGHT, PLOT_WIDTH, type PlotSpec } from './plot.ts';

/** An axis of numbers with its range. */
export interface Axis {
  readonly title: string;
  readonly log: boolean;
  readonly low: number;
  readonly high: number;
  /** Ticks at whole numbers alone. */
  readonly whole?: boolean;
}

/** Values that span more than this factor get a logarithmic axis. */
const LOG_FACTOR = 200;
/** ... when half of them lie below this share of the largest. */
const SKEWED = 0.25;
const MARGIN = 0.04;

/** Whether values are best seen on a logarithmic axis: all positive and over decades. */
export function wantsLog(...lists: readonly ArrayLike<number>[]): boolean {
  const [low, high] = rangeOf(...lists);
  if (!(low > 0 && high / low > LOG_FACTOR)) return false;
  // A few small values among even ones are no reason to stretch them.
  const sorted = lists.map((list) => Float64Array.from(list).filter(Number.isFinite).sort());
  return sorted.every((list) => list[list.length >> 1] < SKEWED * high);
}

/** Least and greatest finite value; [NaN, NaN] when there is none. */
export function rangeOf(...lists: readonly ArrayLike<number>[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      const value = list[i];
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : [Number.NaN, Number.NaN];
}

/** An axis around a range, with a margin. */
export function axisOver(title: string, range: readonly [number, number], log = false): Axis {
  let [low, high] = range;
  if (!(Number.isFinite(low) && Number.isFinite(high))) [low, high] = log ? [1, 10] : [0, 1];
  if (log) {
    const margin = low === high ? 1.5 : (high / low) ** MARGIN;
    return { title, log, low: low / margin, high: high * margin };
  }
  const margin = low === high ? Math.abs(low) * 0.1 || 1 : (high - low) * MARGIN;
  return { title, log, low: low - margin, high: high + margin };
}

/** The encoding of a channel along an axis. */
export function along(axis: Axis, field: string, vertical = false): PlotSpec {
  const { title, log, low, high, whole } = axis;
  return {
    field,
    type: 'quantitative',
    scale: log ? { type: 'log', domain: [low, high], nice: false } : { domain: [low, high], nice: false, zero: false },
    axis: {
      title: title.slice(0, LONGEST_TITLE),
      titleLimit: (vertical ? PLOT_HEIGHT : PLOT_WIDTH) - 70,
      ...(log ? logTicks(low, high) : linearTicks(low, high)),
      ...(whole ? { tickMinStep: 1 } : {}),
    },
  };
}

function linearTicks(low: number, high: number): PlotSpec {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const plain = size < 1e6 && size >= 1e-2;
  return { tickCount: 6, ...(plain ? {} : { format: '~g' }) };
}

/** Characters of a title that vega has to measure. */
const LONGEST_TITLE = 200;

const MOST_DECADES = 8;

/** Powers of ten, every few of them where they are many; 1, 2, 5 where the axis covers few. */
function logTicks(low: number, high: number): PlotSpec {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const step = Math.max(1, Math.ceil((last - first + 1) / MOST_DECADES));
  const ticks: { value: number; label: string }[] = [];
  for (let power = first - 1; power <= last; power++) {
    for (const digit of last - first < 2 ? [1, 2, 5] : [1]) {
      const value = Number(`${digit}e${power}`);
      const skipped = digit === 1 && (((power - first) % step) + step) % step !== 0;
      if (value >= low && value <= high && !skipped) ticks.push({ value, label: label(digit, power) });
    }
  }
  // A lookup of constants: an expression of vega that holds no text of the run.
  const cases = ticks.map(({ value, label }) => `abs(datum.value / ${value} - 1) < 1e-6 ? '${label}' : `);
  return { values: ticks.map(({ value }) => value), labelExpr: `${cases.join('')}''` };
}

function label(digit: number, power: number): string {
  if (power >= -3 && power <= 3) return String(Number(`${digit}e${power}`));
  return `${digit === 1 ? '' : `${digit}·`}10${superscript(power)}`;
}
