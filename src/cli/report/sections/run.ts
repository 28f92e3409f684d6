import { version } from '../../../../package.json';
import { type Html, html } from '../html.ts';
import type { Page } from '../page.ts';
import { counted, shown } from '../page-numbers.ts';

const ENDS: Readonly<Record<string, string>> = {
  floor: 'the loss reached the rounding of the data',
  'target-loss': 'the loss that was asked for was reached',
  'early-stop': 'the condition to stop early was met',
  iterations: 'the number of epochs was used up',
  'max-evals': 'the budget of evaluations was used up',
  'time-limit': 'the time was up',
  patience: 'the front stopped getting better',
  cancelled: 'it was cancelled',
  exhausted: 'every phase had ended',
};

/** How the search went: its notes, its size, what would repeat it. */
export function runSection({ run }: Page): Html {
  const { seed, threads, evaluations, seconds, stoppedBy, notes } = run;
  const end =
    stoppedBy === undefined ? `still going, in the phase ${run.phase ?? 'unknown'}` : (ENDS[stoppedBy] ?? stoppedBy);
  const pairs: [string, string | undefined][] = [
    ['ended because', end],
    ['seed', seed === undefined ? undefined : String(seed)],
    ['threads', threads === undefined ? undefined : String(threads)],
    ['evaluations', counted(evaluations)],
    ['seconds', shown(seconds)],
    ['Ansatz', run.version === undefined ? 'version not saved' : run.version],
    ['this page', `Ansatz ${version}, Node ${process.versions.node}`],
  ];
  return html`<section aria-labelledby="run-title">
<h2 id="run-title">The run</h2>
<dl class="pairs">${pairs.map(([name, value]) => {
    return value === undefined ? '' : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  })}</dl>
${notes.length === 0 ? '' : html`<h3>Notes of the search</h3><ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>`}
</section>`;
}
