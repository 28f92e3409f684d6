/** A vega-lite specification. */
export type PlotSpec = Readonly<Record<string, unknown>>;

/** A figure of the page. */
export interface Plot {
  /** Names the specification in the page. */
  readonly id: string;
  readonly title: string;
  /** What the figure shows, in words, for who cannot see it. */
  readonly description: string;
  /** A sentence below the figure. */
  readonly caption?: string;
  readonly spec: PlotSpec;
}

/** Colours of the figures on paper; the page replaces them by name where it is dark. */
export const COLOURS = {
  points: '#1f5fbf',
  law: '#d1480a',
  ink: '#1f2733',
  faint: '#5d6878',
  grid: '#e3e7ed',
} as const;

/** Size of a figure with its axes. */
export const PLOT_WIDTH = 420;
export const PLOT_HEIGHT = 290;

const CONFIG = {
  aria: false,
  background: 'transparent',
  font: 'system-ui, sans-serif',
  view: { stroke: null },
  axis: {
    labelColor: COLOURS.faint,
    titleColor: COLOURS.ink,
    domainColor: COLOURS.faint,
    tickColor: COLOURS.faint,
    gridColor: COLOURS.grid,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 6,
    titleLimit: PLOT_HEIGHT - 60,
    labelLimit: 90,
  },
} as const;

/**
 * Layers over common axes. No text of a user may become a field name or an expression: columns are called x, y and so
 * on, and names appear as titles and as values only.
 */
export function layered(title: string, layers: readonly PlotSpec[]): PlotSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: title,
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
    padding: 4,
    autosize: { type: 'fit', contains: 'padding' },
    config: CONFIG,
    layer: layers,
  };
}

/** Significant digits of the numbers in a specification. */
const DIGITS = 6;

/** A number for a specification: short, and null where there is none. */
export function compact(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null;
}

/** Marks of points, paler where they are many. */
export function pointMark(count: number, colour: string = COLOURS.points): PlotSpec {
  const size = count > 300 ? 14 : count > 60 ? 24 : 36;
  return { type: 'point', filled: true, size, color: colour, opacity: count > 300 ? 0.55 : 0.9, clip: true };
}
