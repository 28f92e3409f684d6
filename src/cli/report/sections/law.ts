import { parse, print, toLatex, variable } from '../../../expressions/index.ts';
import { type Html, html } from '../html.ts';
import type { Page } from '../page.ts';
import { counted, shown } from '../page-numbers.ts';
import type { SavedRun } from '../saved-run.ts';

/** The law, what it is in numbers, and how it was chosen. */
export function lawSection({ run, math, comparison }: Page): Html {
  const { best } = run;
  const test = comparison?.goodness.test;
  const facts: [string, string][] = [
    ['complexity', counted(best.complexity)],
    ['loss', shown(best.loss)],
    ...(comparison ? ([['R²', fraction(comparison.goodness.r2)]] as [string, string][]) : []),
    ...(test && test.ndf > 0
      ? ([[`${test.statistic === 'chi2' ? 'χ²' : 'deviance'} / ndf`, `${shown(test.value)} / ${test.ndf}`]] as [
          string,
          string,
        ][])
      : []),
    ...(comparison && !test ? ([['RMS', shown(comparison.goodness.rms)]] as [string, string][]) : []),
  ];
  const left = targetOf(run);
  return html`<section class="law" aria-labelledby="law-title">
<h2 id="law-title">The law</h2>
<div class="formula" tabindex="0">${math.render(`${toLatex(left)} = ${best.latex}`)}</div>
<p class="plain"><code>${print(left)} = ${rounded(best.expression)}</code></p>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<p>${reason(run)}</p>
<details><summary>With all digits</summary><p><code>${print(left)} = ${best.expression}</code></p></details>
${parts(run, math)}
</section>`;
}

export function targetOf(run: SavedRun) {
  return variable(run.target);
}

/** R² with as many nines as tell it from 1. */
export function fraction(value: number): string {
  if (!(value > 0.999 && value < 1)) return shown(value);
  return value.toFixed(Math.min(12, Math.ceil(-Math.log10(1 - value)) + 1));
}

const LONGEST_PLAIN = 400;

/** A formula to six digits, as text that reads back. */
export function rounded(expression: string): string {
  let text = expression;
  try {
    text = print(parse(expression), { digits: 6 });
  } catch {
    // An operator of the user's own: the formula stays as it was saved.
  }
  return text.length > LONGEST_PLAIN ? `${text.slice(0, LONGEST_PLAIN)} …` : text;
}

const REASONS: Readonly<Record<string, string>> = {
  best: 'Chosen from the front because it describes the data most briefly: its own length and what it leaves unexplained, added up.',
  score: 'Chosen from the front by its score: the loss falls most steeply there, among the formulas of low loss.',
  accuracy: 'Chosen from the front because its loss is the lowest.',
};

function reason({ options, front }: SavedRun): string {
  if (front.length === 1) return 'It is the only formula on the front.';
  const rule = options?.['modelSelection'] ?? options?.['select'] ?? (options ? 'best' : undefined);
  if (typeof rule === 'string' && Object.hasOwn(REASONS, rule)) return REASONS[rule];
  return 'Chosen from the front by the rule of the run, which was not saved with it.';
}

/** Of a template: the functions found, and the vectors of parameters with their categories. */
function parts({ best, options, categories }: SavedRun, math: Page['math']): Html | undefined {
  if (!best.functions && !best.parameters) return undefined;
  const template = options?.['template'];
  const form = typeof template === 'string' ? template : (template as { combine?: unknown } | undefined)?.combine;
  const functions = Object.entries(best.functions ?? {});
  const vectors = Object.entries(best.parameters ?? {}).filter(([, values]) => values.length > 0);
  return html`<h3>Its parts</h3>
${typeof form === 'string' ? html`<p>The form is <code>${form}</code>, where x₁, x₂, … stand for the arguments of a function.</p>` : ''}
${functions.map(([name, body]) => html`<p class="part">${functionBody(name, body, math)}</p>`)}
${vectors.map(([name, values]) => vectorTable(name, values, categories))}`;
}

/** A function of a template in its arguments, which are called _1, _2, ... where they are saved. */
export function functionBody(name: string, body: string, math: Page['math']): Html {
  try {
    const latex = toLatex(parse(body), { digits: 6 }).replace(/\\mathrm\{\\_(\d+)\}/g, 'x_{$1}');
    return math.render(`${toLatex(variable(name))} = ${latex}`);
  } catch {
    return html`<code>${name} = ${body}</code>`;
  }
}

function vectorTable(
  name: string,
  values: readonly (number | null)[],
  categories: Readonly<Record<string, readonly string[]>>,
): Html {
  // A vector by category has as many entries as one column has labels; where two do, the entries are numbered.
  const fitting = Object.values(categories).filter((labels) => labels.length === values.length);
  const labels = fitting.length === 1 ? fitting[0] : undefined;
  const rows = values.map(
    (value, i) =>
      html`<tr><th scope="row">${name}[${labels?.[i] ?? i + 1}]</th><td class="number">${shown(value, 6)}</td></tr>`,
  );
  return html`<div class="scroll" tabindex="0"><table class="narrow"><caption>Parameters ${name}</caption>
<thead><tr><th scope="col">entry</th><th scope="col" class="number">value</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
