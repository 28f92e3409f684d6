import { toLatex } from '../../../expressions/index.ts';
import { type Html, html } from '../html.ts';
import type { Page } from '../page.ts';
import { counted, shown } from '../page-numbers.ts';
import { frontPlot } from '../plots/front-plot.ts';
import { lawPlot } from '../plots/law-plot.ts';
import type { SavedEntry } from '../saved-run.ts';
import { thin } from '../thin.ts';
import { pointsPerFigure } from './figure-budget.ts';
import { fraction, functionBody, targetOf } from './law.ts';

/** The front as a figure, beside the data with the law, and as a table. */
export async function frontSection(page: Page): Promise<Html> {
  const { run, data, comparison, comparisons } = page;
  const figures = [await page.figure(frontPlot(run))];
  if (data && comparison) {
    const rows = thin(data.rows, pointsPerFigure(data));
    figures.push(await page.figure(lawPlot('law', data, run.best.expression, comparison, rows)));
  }
  const left = toLatex(targetOf(run));
  const measured = comparisons.some((each) => each !== undefined);
  const weighed = run.front.some((entry) => typeof entry.description === 'number');
  const rows = run.front.map((entry, i) => {
    const chosen = entry.complexity === run.best.complexity && entry.expression === run.best.expression;
    const goodness = comparisons[i]?.goodness;
    return html`<tr class="${chosen ? 'chosen' : 'other'}"${chosen ? html` aria-current="true"` : ''}>
<th scope="row" class="number">${counted(entry.complexity)}${chosen ? html`<span class="mark"> chosen</span>` : ''}</th>
<td class="number">${shown(entry.loss)}</td><td class="number">${i === 0 ? '–' : shown(entry.score, 3)}</td>
${weighed ? html`<td class="number">${nats(entry.evidence)}</td><td class="number">${nats(entry.description)}</td>` : ''}
${measured ? html`<td class="number">${goodness ? fraction(goodness.r2) : '–'}</td><td class="number">${shown(goodness?.rms)}</td>` : ''}
<td class="equation">${formula(entry, left, page.math)}</td></tr>`;
  });
  return html`<section aria-labelledby="front-title">
<h2 id="front-title">The front</h2>
<div class="figures">${figures}</div>
<p class="remark">The best formula found at every complexity. The score is the fall of the logarithm of the loss per unit
of complexity.${weighed ? ' Evidence is what a step buys, the nats by which it explains the data better than the step before; description is what it costs in all, the nats of its residuals, its form and its constants, counted from the residuals of a constant.' : ''}</p>
<div class="scroll" tabindex="0" role="region" aria-label="Formulas of the front"><table class="front">
<caption>Formulas of the front</caption>
<thead><tr><th scope="col" class="number">complexity</th><th scope="col" class="number">loss</th>
<th scope="col" class="number">score</th>${weighed ? html`<th scope="col" class="number">evidence</th><th scope="col" class="number">description</th>` : ''}${measured ? html`<th scope="col" class="number">R²</th><th scope="col" class="number">RMS</th>` : ''}
<th scope="col">formula</th></tr></thead>
<tbody>${rows}</tbody></table></div>
</section>`;
}

function nats(value: number | null | undefined): string {
  return typeof value === 'number' ? value.toFixed(1) : '–';
}

/** The formula; of a template the functions that were found, since its form is the same in every row. */
function formula(entry: SavedEntry, left: string, math: Page['math']): Html {
  const functions = Object.entries(entry.functions ?? {});
  if (functions.length === 0) return math.render(`${left} = ${entry.latex}`);
  return html`${functions.map(([name, body]) => html`<div>${functionBody(name, body, math)}</div>`)}`;
}
