import type { Column } from '../../../core/index.ts';
import { type Html, html } from '../html.ts';
import type { Page } from '../page.ts';
import { many, shown } from '../page-numbers.ts';
import { rangeOf } from '../plots/axis.ts';

const MOST_COLUMNS = 60;
const FIRST_ROWS = 5;
const MOST_COLUMNS_OF_ROWS = 16;
const LONGEST_CELL = 60;

/** The table: where it came from, its columns with their ranges, its first rows. */
export function dataSection({ table: summary }: Page): Html | undefined {
  if (!summary) return undefined;
  const { table, name, sha256, roles } = summary;
  const columns = [...table.columns].sort((a, b) => rank(roles.get(a.name)) - rank(roles.get(b.name)));
  const listed = columns.slice(0, MOST_COLUMNS);
  const withUnits = table.units.size > 0;
  const previewed = columns.slice(0, MOST_COLUMNS_OF_ROWS);
  const first = Math.min(FIRST_ROWS, table.rows);
  return html`<section aria-labelledby="data-title">
<h2 id="data-title">The data</h2>
<dl class="pairs"><div><dt>table</dt><dd><code>${name}</code></dd></div>
<div><dt>size</dt><dd>${many(table.rows, 'row')}, ${many(table.columns.length, 'column')}</dd></div>
${sha256 === undefined ? '' : html`<div><dt>sha256</dt><dd><code class="digest">${sha256}</code></dd></div>`}</dl>
<div class="scroll" tabindex="0"><table class="columns"><caption>Columns${
    listed.length < columns.length ? `: the first ${listed.length} of ${columns.length}` : ''
  }</caption>
<thead><tr><th scope="col">column</th><th scope="col">role</th>${withUnits ? html`<th scope="col">unit</th>` : ''}
<th scope="col" class="number">least</th><th scope="col" class="number">mean</th><th scope="col" class="number">greatest</th></tr></thead>
<tbody>${listed.map((column) => {
    return html`<tr><th scope="row">${clip(column.name)}</th><td>${roles.get(column.name) ?? '–'}</td>${
      withUnits ? html`<td>${table.units.get(column.name) ?? '–'}</td>` : ''
    }${ranges(column)}</tr>`;
  })}</tbody></table></div>
<div class="scroll" tabindex="0"><table class="rows"><caption>${first === 1 ? 'First row' : `First ${first} rows`}${
    previewed.length < columns.length ? `, ${previewed.length} of ${columns.length} columns` : ''
  }</caption>
<thead><tr>${previewed.map((column) => html`<th scope="col" class="${cellClass(column)}">${clip(column.name)}</th>`)}</tr></thead>
<tbody>${Array.from({ length: first }, (_, row) => {
    return html`<tr>${previewed.map((column) => html`<td class="${cellClass(column)}">${cell(column, row)}</td>`)}</tr>`;
  })}</tbody></table></div>
</section>`;
}

/** The target first, then inputs, then other columns of the run, then the rest. */
function rank(role: string | undefined): number {
  if (role === undefined) return 3;
  return role === 'target' ? 0 : role.startsWith('input') ? 1 : 2;
}

function ranges(column: Column): Html {
  if (column.kind === 'text') {
    const distinct = new Set(column.values).size;
    return html`<td class="number" colspan="3">text, ${many(distinct, 'distinct value')}</td>`;
  }
  const [low, high] = rangeOf(column.values);
  let mean = 0;
  let count = 0;
  for (const value of column.values) if (Number.isFinite(value)) mean += (value - mean) / ++count;
  return html`<td class="number">${shown(low, 6)}</td><td class="number">${shown(count > 0 ? mean : Number.NaN, 6)}</td><td class="number">${shown(high, 6)}</td>`;
}

function cell(column: Column, row: number): string {
  return column.kind === 'number' ? shown(column.values[row], 8) : clip(column.values[row]);
}

function cellClass(column: Column): string {
  return column.kind === 'number' ? 'number' : 'text';
}

function clip(text: string): string {
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text;
}
