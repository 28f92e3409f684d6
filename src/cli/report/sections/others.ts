import { toLatex } from '../../../expressions/index.ts';
import { type Html, html } from '../html.ts';
import type { Page } from '../page.ts';
import { counted, shown } from '../page-numbers.ts';
import { lawPlot } from '../plots/law-plot.ts';
import { thin } from '../thin.ts';
import { targetOf } from './law.ts';

const MOST_FORMULAS = 12;
const MARKS = 2400;
const MOST_POINTS = 250;

/** The other formulas of the front against the data, each behind a line that opens it. */
export async function othersSection(page: Page): Promise<Html | undefined> {
  const { run, data, comparisons, math } = page;
  if (!data) return undefined;
  // Those next to the chosen one in complexity say most about the choice.
  const distance = (i: number): number => Math.abs(run.front[i].complexity - run.best.complexity);
  const others = run.front
    .map((_, i) => i)
    .filter((i) => comparisons[i] && run.front[i].complexity !== run.best.complexity)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, MOST_FORMULAS)
    .sort((a, b) => a - b);
  if (others.length === 0) return undefined;
  const rows = thin(data.rows, Math.min(MOST_POINTS, Math.floor(MARKS / others.length)));
  const left = toLatex(targetOf(run));
  const items: Html[] = [];
  for (const i of others) {
    const entry = run.front[i];
    const plot = lawPlot(`law-${entry.complexity}`, data, entry.expression, comparisons[i]!, rows);
    const figure = await page.figure({ ...plot, title: `Complexity ${entry.complexity}` });
    items.push(html`<details class="other"><summary>complexity ${counted(entry.complexity)}, loss ${shown(entry.loss)}</summary>
<div class="formula small" tabindex="0">${math.render(`${left} = ${entry.latex}`)}</div>
<div class="figures">${figure}</div>
<p><code>${entry.expression}</code></p></details>`);
  }
  return html`<section aria-labelledby="others-title">
<h2 id="others-title">Other formulas</h2>
<p class="remark">The data with the ${others.length === 1 ? 'other formula' : 'formulas'} of the front next to the chosen one.</p>
${items}
</section>`;
}
