import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  COMMON_OPTIONS,
  defaultOf,
  FIT_FLAGS,
  flagOf,
  jsonSchemaOf,
  type OptionName,
  schemaOf,
} from '../../src/cli/fit-flags.ts';
import { ALIASES, OPTION_GROUPS, OPTION_SCHEMA } from '../../src/search/index.ts';

const update = process.env['ANSATZ_UPDATE'] !== undefined;
const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (text: string): string => `\`${text}\``;

/** Plain words for a default that the schema leaves open. */
const OPEN_DEFAULTS: Partial<Record<OptionName, string>> = {
  target: 'required',
  threads: 'number of cores, at most 8',
  brood: '1, or 256 with `device` `"gpu"`',
  loss: '`"L2"`, or `"chi2"` with `sigma`',
};

function shownDefault(name: OptionName): string {
  const value = defaultOf(name);
  return value === undefined ? (OPEN_DEFAULTS[name] ?? '') : code(JSON.stringify(value));
}

function shownFlag(name: OptionName): string {
  const row = FIT_FLAGS[name];
  return 'library' in row ? `none: ${row.library}` : code(flagOf(name) ?? '');
}

/** PySR's name, where it is not ours in snake_case. */
function pysrName(name: OptionName): string {
  const others = Object.keys(ALIASES).filter((alias) => ALIASES[alias] === name);
  return others.map((alias) => code(snake(alias))).join(', ');
}

/** Xresampled and XUnits start with PySR's capital. */
function snake(name: string): string {
  return name.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Type and range in words, from the schema. */
function shownRange(name: OptionName): string {
  const row = FIT_FLAGS[name];
  const types: Partial<Record<OptionName, string>> = {
    xResampled: '`Table`',
    warmStart: '`RunRecord` or `Model`',
    resume: '`Uint8Array`',
    signal: '`AbortSignal`',
    operators: 'lists of names or `Operator` by arity, 1 and 2',
    requirements: 'list of text or `RequirementSpec`',
  };
  const own = types[name];
  if (own) return own;
  if ('library' in row) return 'function';
  return inWords(jsonSchemaOf(name));
}

type Json = ReturnType<typeof jsonSchemaOf>;

function inWords(schema: Json | boolean | undefined): string {
  if (typeof schema !== 'object' || Object.keys(schema).length === 0) return '`Operator`';
  const { type, enum: choices, anyOf, items, prefixItems, additionalProperties, properties } = schema as Json;
  if (schema.const === null) return 'infinite';
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (choices) return choices.map((choice) => code(JSON.stringify(choice))).join(', ');
  if (anyOf)
    return [...new Set(anyOf.map(inWords))]
      .map((word) => (word === '`Operator`' && !wantsOperator(schema) ? 'function' : word))
      .join(' or ');
  if (prefixItems) return `[${(prefixItems as Json[]).map(inWords).join(', ')}]`;
  if (type === 'array') return `list of ${inWords(items as Json)}`;
  if (type === 'object' && properties) return `\`{ ${Object.keys(properties).join(', ')} }\``;
  if (type === 'object') return `by name: ${inWords(additionalProperties as Json)}`;
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'string') return 'text';
  return range(schema);
}

/** An unknown member beside text is an operator, beside a number a function. */
function wantsOperator(schema: Json): boolean {
  return (schema.anyOf ?? []).some((member) => typeof member === 'object' && member.type === 'string');
}

function range(schema: Json): string {
  const kind = schema.type === 'integer' ? 'whole number' : 'number';
  const { minimum, exclusiveMinimum, maximum } = schema;
  const most = maximum === undefined ? '' : maximum === Number.MAX_SAFE_INTEGER ? '2^53 - 1' : String(maximum);
  if (exclusiveMinimum !== undefined) return `${kind} > ${exclusiveMinimum}${most && `, up to ${most}`}`;
  if (minimum === undefined) return kind;
  return most === '' ? `${kind} >= ${minimum}` : `${kind}, ${minimum} to ${most}`;
}

function reference(): string {
  const groups = Object.entries(OPTION_GROUPS).map(([group, rows]) => {
    const lines = (Object.keys(rows) as OptionName[]).map((name) =>
      [
        code(name),
        shownFlag(name),
        pysrName(name),
        shownDefault(name),
        shownRange(name),
        schemaOf(name).description ?? '',
      ]
        .map(cell)
        .join(' | '),
    );
    const header = ['| Option | Flag | PySR | Default | Values | Meaning |', '| --- | --- | --- | --- | --- | --- |'];
    return [`## ${group}`, '', ...header, ...lines.map((line) => `| ${line} |`)].join('\n');
  });
  return `${[INTRODUCTION, ...groups].join('\n\n')}\n`;
}

const INTRODUCTION = `# The options of \`fit\`

\`fit(table, options)\` takes these; \`ansatz fit\` has a flag for each, or the table says why not. Names are PySR's in
camelCase, and flags are the names in kebab-case; where PySR's word is another it is understood too, also as a flag.
PySR's \`weight_add_node\` and its like are entries of \`mutationWeights\`. This page is written by
\`ANSATZ_UPDATE=1 npx vitest run test/docs/options.test.ts\`, and a test compares it with the schema that checks the options.`;

/** The table of README.md: the options that most runs need. */
function commonTable(): string {
  const rows = COMMON_OPTIONS.map(
    (name) =>
      `| ${code(name)} | ${code(flagOf(name) ?? '')} | ${cell(shownDefault(name))} | ${cell(schemaOf(name).description ?? '')} |`,
  );
  return ['| Option | Flag | Default | Meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

describe('the reference of options', () => {
  test('names every option once, with its flag or the reason why it has none', () => {
    const names = Object.keys(OPTION_SCHEMA.shape);
    expect(Object.keys(FIT_FLAGS)).toEqual(names);
    expect(
      Object.values(OPTION_GROUPS)
        .flatMap((rows) => Object.keys(rows))
        .sort(),
    ).toEqual([...names].sort());
    const text = reference();
    for (const name of names) expect(text.split(`| \`${name}\` |`).length, name).toBe(2);
    for (const row of Object.values(FIT_FLAGS)) if ('library' in row) expect(row.library).not.toBe('');
  });

  test('has a flag of its own for every option', () => {
    const flags = (Object.keys(FIT_FLAGS) as OptionName[]).flatMap((name) => flagOf(name) ?? []);
    expect(new Set(flags).size).toBe(flags.length);
    for (const flag of flags) expect(flag).toMatch(/^--[a-z]+(-[a-z]+)*$/);
  });

  // ANSATZ_UPDATE=1 writes the tables instead of checking them.
  test('OPTIONS.md is up to date', () => {
    const file = path('src/search/options/OPTIONS.md');
    if (update) writeFileSync(file, reference());
    expect(readFileSync(file, 'utf8')).toBe(reference());
  });

  test('the table of the README is up to date', () => {
    const [before, table, after] = readFileSync(path('README.md'), 'utf8').split(
      /(?<=<!-- options -->\n)|(?=\n<!-- \/options -->)/,
    );
    if (update) writeFileSync(path('README.md'), before + commonTable() + after);
    else expect(table).toBe(commonTable());
  });
});
