import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { ZodType } from 'zod';
import { OPTION_SCHEMA } from '../../src/search/options.ts';

/** Plain words for a default that the schema leaves open. */
const OPEN_DEFAULTS: Readonly<Record<string, string>> = {
  target: 'required',
  threads: 'number of cores',
};

/** The table of README.md, row by row, from the schema that checks the options. */
function optionsTable(): string {
  const rows = Object.entries(OPTION_SCHEMA.shape as Record<string, ZodType>).map(([name, schema]) => {
    const value = schema.safeParse(undefined).data;
    const shown = value === undefined ? (OPEN_DEFAULTS[name] ?? '') : `\`${JSON.stringify(value)}\``;
    return `| \`${name}\` | ${shown.replaceAll('|', '\\|')} | ${schema.description} |`;
  });
  return ['| Option | Default | Meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

// ANSATZ_UPDATE=1 writes the table instead of checking it.
test('the README lists every option with its default', () => {
  const path = fileURLToPath(new URL('../../README.md', import.meta.url));
  const [before, table, after] = readFileSync(path, 'utf8').split(/(?<=<!-- options -->\n)|(?=\n<!-- \/options -->)/);
  if (process.env['ANSATZ_UPDATE']) writeFileSync(path, before + optionsTable() + after);
  else expect(table).toBe(optionsTable());
});
