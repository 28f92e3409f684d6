import type { FileTable } from '../../io/index.ts';
import { type Comparison, compare, lossOf } from './comparison.ts';
import { dataScript, Html, html } from './html.ts';
import { createMathRenderer, type MathRenderer } from './math.ts';
import type { Observations } from './observations.ts';
import type { ReportPackages } from './packages.ts';
import { many } from './page-numbers.ts';
import { PAGE_STYLE } from './page-style.ts';
import type { Plot } from './plots/plot.ts';
import { renderPlot } from './plots/render-plot.ts';
import type { SavedEntry, SavedRun } from './saved-run.ts';
import { dataSection } from './sections/data.ts';
import { fitSection } from './sections/fit.ts';
import { frontSection } from './sections/front.ts';
import { lawSection } from './sections/law.ts';
import { optionsSection } from './sections/options.ts';
import { othersSection } from './sections/others.ts';
import { rivalsSection } from './sections/rivals.ts';
import { runSection } from './sections/run.ts';

/** The table as the page describes it. */
export interface TableSummary {
  readonly table: FileTable;
  /** As the user gave it. */
  readonly name: string;
  readonly sha256: string | undefined;
  /** What the run took a column for, by name. */
  readonly roles: ReadonlyMap<string, string>;
}

export interface PageInput {
  readonly run: SavedRun;
  readonly packages: ReportPackages;
  readonly warnings: readonly string[];
  readonly table?: TableSummary;
  readonly data?: Observations;
}

/** What the sections are made from. */
export interface Page {
  readonly run: SavedRun;
  readonly math: MathRenderer;
  readonly table: TableSummary | undefined;
  readonly data: Observations | undefined;
  /** The law against the data; undefined without a table, or when the law cannot be read. */
  readonly comparison: Comparison | undefined;
  /** Of every entry of the front, in its order. */
  readonly comparisons: readonly (Comparison | undefined)[];
  /** A figure with its caption; its specification goes into the page too. */
  figure(plot: Plot): Promise<Html>;
}

/** The whole page as HTML. */
export async function buildPage({ run, packages, warnings, table, data }: PageInput): Promise<string> {
  const specs: Html[] = [];
  const math = createMathRenderer(packages);
  const relative = run.notes.some((note) => note.startsWith('noise: relative'));
  const against = (entry: SavedEntry): Comparison | undefined => data && attempt(data, entry, relative);
  const page: Page = {
    run,
    math,
    table,
    data,
    comparison: against(run.best),
    comparisons: run.front.map(against),
    async figure(plot) {
      const svg = new Html(await renderPlot(packages, plot.id, plot.spec));
      specs.push(dataScript(`spec-${plot.id}`, plot.spec));
      return html`<figure id="${plot.id}"><div class="plot" role="img" aria-label="${plot.description}">${svg}</div>
<figcaption><strong>${plot.title}</strong>${plot.caption === undefined ? '' : html` ${plot.caption}`}</figcaption></figure>`;
    },
  };
  const said = [...warnings, ...doubts(page, relative)];
  const sections = [
    lawSection(page),
    await frontSection(page),
    rivalsSection(page),
    await fitSection(page),
    await othersSection(page),
    dataSection(page),
    runSection(page),
    optionsSection(page),
  ];
  const title = `${run.target}: report of a fit`;
  const styles = new Html(`${await math.styles()}${PAGE_STYLE}`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${styles}</style>
</head>
<body>
<main>
<header><p class="kind">Ansatz report</p>
<h1>${heading(run)}</h1></header>
${said.map((warning) => html`<p class="warning" role="note">${warning}</p>`)}
${sections}
<footer>Figures are drawn with vega-lite; the specification of each is in the source of this page, in the script element of
type application/json named spec- and the id of the figure.</footer>
</main>
${specs}
</body>
</html>
`.text;
}

function heading({ target, inputs }: SavedRun): Html {
  const names = inputs ?? [];
  const shown = names.slice(0, 6).map((name, i) => html`${i === 0 ? '' : ', '}<em>${name}</em>`);
  const more = names.length > 6 ? html` and ${many(names.length - 6, 'more input')}` : '';
  return names.length === 0
    ? html`A law for <em>${target}</em>`
    : html`A law for <em>${target}</em> in ${shown}${more}`;
}

/** A law that cannot be read, such as one in operators of the user's own, goes without figures. */
function attempt(data: Observations, entry: SavedEntry, relative: boolean): Comparison | undefined {
  try {
    return compare(data, entry.expression, entry.constants.length, relative);
  } catch {
    return undefined;
  }
}

/** Two losses are the same when they differ by no more than this share: what the rounding of a sum may bring. */
const SAME_LOSS = 1e-6;
/** Losses below this share of the variance are rounding. */
const ROUNDING = 1e-14;

function doubts({ run, data, comparison, table }: Page, relative: boolean): string[] {
  if (!data) return [];
  if (!comparison) {
    return ['The figures of the fit are left out: the law holds an operator or a column that is not known here.'];
  }
  const { options } = run;
  const unusual = ['denoise', 'lossFunction', 'huberDelta', 'xResampled'].some((name) => options?.[name]);
  const loss = options?.['loss'];
  const plain = loss === undefined || loss === 'L2' || loss === 'chi2';
  if (relative || unusual || !plain || !options) return [];
  const weights = typeof options['weights'] === 'string' ? table?.table.numbers(options['weights']) : undefined;
  const found = lossOf(data, comparison.expected, weights);
  const scale = Math.max(Math.abs(found), Math.abs(run.best.loss));
  const mean = data.observed.reduce((sum, value) => sum + value / data.rows, 0);
  const variance = data.observed.reduce((sum, value) => sum + (value - mean) ** 2 / data.rows, 0);
  if (scale < ROUNDING * variance || Math.abs(found - run.best.loss) <= SAME_LOSS * scale) return [];
  return [
    `On this table the law has a loss of ${found.toPrecision(6)}, but the run saved ${run.best.loss.toPrecision(6)}: ` +
      'the table, or a column of errors, is not the one that was fitted.',
  ];
}
