/** Text that is HTML already. Anything else is escaped when it is put into a page. */
export class Html {
  constructor(readonly text: string) {}
}

export type HtmlValue = string | number | undefined | Html | readonly HtmlValue[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters and the marks that turn the direction of text: a name has no use for them. */
export const INVISIBLE = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu;

/** Text for the content of an element or for an attribute in quotes. */
export function escapeHtml(text: string): string {
  return text.replace(INVISIBLE, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/**
 * HTML from a template: what stands in braces is escaped unless it is HTML itself; lists are joined.
 *
 * @example html`<b>${'a < b'}</b>`.text // '<b>a &lt; b</b>'
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = strings[0];
  values.forEach((value, i) => {
    text += show(value) + strings[i + 1];
  });
  return new Html(text);
}

function show(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map(show).join('');
}

/** A value as JSON inside a script element, which no content of it can close. */
export function dataScript(id: string, value: unknown): Html {
  const json = JSON.stringify(value).replace(/[<\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return html`<script type="application/json" id="${id}">${new Html(json)}</script>`;
}
