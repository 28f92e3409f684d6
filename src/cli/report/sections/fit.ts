import type { Comparison } from '../comparison.ts';
import { type Html, html } from '../html.ts';
import type { Observations } from '../observations.ts';
import type { Page } from '../page.ts';
import { counted, many, shown } from '../page-numbers.ts';
import { residualPlots } from '../plots/residual-plots.ts';
import { SAMPLE_SEED, thin } from '../thin.ts';
import { drawnInputs, pointsPerFigure } from './figure-budget.ts';
import { fraction } from './law.ts';

/** How well the law fits: numbers and residuals. Nothing without the table. */
export async function fitSection(page: Page): Promise<Html | undefined> {
  const { data, comparison } = page;
  if (!data || !comparison) return undefined;
  const inputs = drawnInputs(data);
  const rows = thin(data.rows, pointsPerFigure(data));
  const figures: Html[] = [];
  for (const plot of residualPlots(data, comparison, inputs, rows)) figures.push(await page.figure(plot));
  const remarks = [
    ...(rows.length < data.rows
      ? [
          `Points are a random sample of ${many(rows.length, 'row')} of ${counted(data.rows)} (seed ${SAMPLE_SEED}); numbers and histogram take all rows.`,
        ]
      : []),
    ...(inputs.length < data.inputs.length
      ? [`Residuals are drawn against the first ${inputs.length} of ${many(data.inputs.length, 'input')}.`]
      : []),
  ];
  const lines = measures(data, comparison, page.run.best.constants.length);
  return html`<section aria-labelledby="fit-title">
<h2 id="fit-title">The fit</h2>
<div class="scroll" tabindex="0"><table class="measures"><caption>How well the law describes the data</caption>
<tbody>${lines.map(([name, value, remark]) => {
    return html`<tr><th scope="row">${name}</th><td class="number">${value}</td><td>${remark}</td></tr>`;
  })}</tbody></table></div>
${remarks.map((remark) => html`<p class="remark">${remark}</p>`)}
<div class="figures">${figures}</div>
</section>`;
}

type Line = readonly [name: string, value: string, remark: string];

function measures({ errors, target }: Observations, { goodness }: Comparison, constants: number): Line[] {
  const { rows, undefinedRows, r2, rms, relativeRms, largest, test } = goodness;
  const gaps: Line[] =
    undefinedRows > 0
      ? [['undefined', counted(undefinedRows), 'rows where the law has no finite value, left out']]
      : [];
  const lines: Line[] = [
    ['rows', counted(rows), 'compared'],
    ...gaps,
    ['R²', fraction(r2), 'share of the variance that the law explains'],
    ['RMS', shown(rms), `root mean square of observed − law, in the unit of ${target}`],
    ['relative RMS', shown(relativeRms), 'the same of (observed − law) / law'],
    ['largest residual', shown(largest), 'its absolute value'],
  ];
  if (!test || !errors) return lines;
  const freedom = `${counted(test.ndf)} = rows less ${many(constants, 'number')} in the formula`;
  return [
    ...lines,
    [test.statistic === 'chi2' ? 'χ²' : 'deviance', shown(test.value), errors.source],
    ['degrees of freedom', counted(test.ndf), freedom],
    ...(test.ndf > 0
      ? ([
          [
            `${test.statistic === 'chi2' ? 'χ²' : 'deviance'} / ndf`,
            shown(test.value / test.ndf),
            'near 1 when law and errors are right',
          ],
          [
            'p-value',
            shown(test.pValue),
            'chance of a worse fit if the law is right; too high, since the law was chosen on these data',
          ],
        ] as Line[])
      : []),
  ];
}
