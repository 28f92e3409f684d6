import type { TopLevelSpec } from 'vega-lite';
import { INVISIBLE } from '../html.ts';
import type { ReportPackages } from '../packages.ts';
import type { PlotSpec } from './plot.ts';
import { textWidth } from './text-width.ts';

/** What vega has to say about a specification, such as a channel that it drops. */
export type Complaints = (message: string) => void;

/**
 * A specification as SVG, drawn without a page.
 *
 * @param id stands before the ids inside, which must differ between the figures of a page
 * @param complain hears of what vega found odd
 */
export async function renderPlot(
  { vega, vegaLite }: Pick<ReportPackages, 'vega' | 'vegaLite'>,
  id: string,
  spec: PlotSpec,
  complain: Complaints = () => {},
): Promise<string> {
  const logger = loggerTo(complain);
  const compiled = vegaLite.compile(spec as unknown as TopLevelSpec, { logger });
  const view = new vega.View(vega.parse(compiled.spec), { renderer: 'none', logger });
  // Without a canvas vega takes every character for equally wide, which cuts titles and leaves gaps.
  const { textMetrics } = vega as unknown as { textMetrics: { width: typeof textWidth } };
  const standard = textMetrics.width;
  textMetrics.width = textWidth;
  try {
    return tidy(id, await view.toSVG());
  } finally {
    textMetrics.width = standard;
    view.finalize();
  }
}

interface Logger {
  level(value: number): this;
  level(): number;
  error(...words: readonly unknown[]): this;
  warn(...words: readonly unknown[]): this;
  info(...words: readonly unknown[]): this;
  debug(...words: readonly unknown[]): this;
}

/** The logger that both packages ask for: errors are thrown, warnings handed on. */
function loggerTo(complain: Complaints): Logger {
  const logger: Logger = {
    level: ((value?: number) => (value === undefined ? 0 : logger)) as Logger['level'],
    error: (...words) => {
      throw new Error(words.map(String).join(' '));
    },
    warn: (...words) => {
      complain(words.map(String).join(' '));
      return logger;
    },
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}

/** A filled point as vega writes it: two half circles around the origin. */
const POINT =
  /<path transform="translate\(([^,"]+),([^)"]+)\)" d="M([\d.]+),0A\3,\3,0,1,1,-\3,0A\3,\3,0,1,1,\3,0" (fill="#[^"]*")(?: stroke-width="[^"]*")?( opacity="[^"]*")\/>/g;

/** Points as circles and shorter numbers, ids of the figure's own, no invisible characters. */
function tidy(id: string, svg: string): string {
  let clips = 0;
  const names = new Map<string, string>();
  const own = (clip: string): string => {
    if (!names.has(clip)) names.set(clip, `${id}-clip-${++clips}`);
    return names.get(clip)!;
  };
  return svg
    .replace(/ (?:d|transform)="[^"]*"/g, (attribute) => attribute.replace(/(\.\d\d)\d+/g, '$1'))
    .replace(POINT, '<circle cx="$1" cy="$2" r="$3" $4$5/>')
    .replace(/(<clipPath id="|clip-path="url\(#)(clip\d+)/g, (_, before: string, clip: string) => before + own(clip))
    .replace(INVISIBLE, '\ufffd');
}
