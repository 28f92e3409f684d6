import { toLatex } from '../../../expressions/index.ts';
import { rivalWords } from '../../rival-words.ts';
import { type Html, html } from '../html.ts';
import type { Page } from '../page.ts';
import { targetOf } from './law.ts';

/** The laws that the data cannot tell from the chosen one, each with the measurement that would. */
export function rivalsSection({ run, math }: Page): Html | undefined {
  if (run.rivals.length === 0) return undefined;
  const left = toLatex(targetOf(run));
  const items = run.rivals.map((rival) => {
    const { distance, proposal } = rivalWords(rival);
    return html`<li><div class="formula small" tabindex="0">${math.render(`${left} = ${rival.latex}`)}</div>
<p>${sentence(distance)} ${sentence(proposal)}</p></li>`;
  });
  return html`<section aria-labelledby="rivals-title">
<h2 id="rivals-title">Rivals</h2>
<p class="remark">The data cannot tell ${items.length === 1 ? 'this law' : 'these laws'} from the one that was chosen. Of
two predictions the first is that of the chosen law.</p>
<ul class="rivals">${items}</ul>
</section>`;
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
