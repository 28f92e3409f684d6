import { OPTION_SCHEMA } from '../../../search/index.ts';
import { type Html, html } from '../html.ts';
import type { Page } from '../page.ts';

interface Row {
  readonly name: string;
  readonly value: unknown;
  readonly standard: unknown;
  readonly description: string;
}

type Shape = Readonly<Record<string, { safeParse(value: unknown): { data?: unknown }; description?: string }>>;

/** The options: those that were set, then all of them. */
export function optionsSection({ run }: Page): Html {
  if (!run.options) {
    return html`<section aria-labelledby="options-title"><h2 id="options-title">The options</h2>
<p>The options were not saved with this run.</p></section>`;
  }
  const rows = rowsOf(run.options);
  const set = rows.filter(({ value, standard }) => value !== undefined && text(value) !== text(standard));
  return html`<section aria-labelledby="options-title"><h2 id="options-title">The options</h2>
${set.length === 0 ? html`<p>Every option has its default.</p>` : list('Options that differ from their defaults', set)}
<details><summary>All ${rows.length} options</summary>${list('All options', rows)}</details></section>`;
}

function rowsOf(options: Readonly<Record<string, unknown>>): Row[] {
  const shape = OPTION_SCHEMA.shape as unknown as Shape;
  const known = Object.entries(shape).map(([name, schema]): Row => {
    const standard = schema.safeParse(undefined).data;
    const given = Object.hasOwn(options, name) ? (options[name] ?? undefined) : undefined;
    return { name, value: given ?? standard, standard, description: schema.description ?? '' };
  });
  const others = Object.entries(options)
    .filter(([name, value]) => !Object.hasOwn(shape, name) && value !== undefined && value !== null)
    .map(([name, value]): Row => ({ name, value, standard: undefined, description: '' }));
  return [...known, ...others];
}

function list(caption: string, rows: readonly Row[]): Html {
  return html`<div class="scroll" tabindex="0"><table class="options"><caption>${caption}</caption>
<thead><tr><th scope="col">option</th><th scope="col">value</th><th scope="col">meaning</th></tr></thead>
<tbody>${rows.map(({ name, value, description }) => {
    return html`<tr><th scope="row"><code>${name}</code></th><td>${
      value === undefined ? '–' : html`<code>${text(value)}</code>`
    }</td><td>${description}</td></tr>`;
  })}</tbody></table></div>`;
}

const LONGEST_VALUE = 300;

/** A value as short text. */
function text(value: unknown): string {
  const long = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return long.length > LONGEST_VALUE ? `${long.slice(0, LONGEST_VALUE)}…` : long;
}
