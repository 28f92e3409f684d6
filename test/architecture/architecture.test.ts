import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ARROWS } from './arrows.ts';
import { inspect, type Rule, roomsOf, type SourceTree } from './inspect.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const packages = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });

function readTree(folder: string): SourceTree {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')];
    }),
  );
}

describe('the source', () => {
  const tree = readTree(join(root, 'src'));
  const { violations, arrows } = inspect(tree, packages);

  test('keeps the rules of the house', () => {
    expect(violations.map(({ rule, where, detail }) => `${rule}: ${where}: ${detail}`)).toEqual([]);
  });

  test('has the rooms of the table and uses its arrows', () => {
    const rooms = roomsOf(tree);
    const unused = Object.entries(ARROWS).flatMap(([from, to]) =>
      to.map((room) => `${from} -> ${room}`).filter((arrow) => !arrows.has(arrow)),
    );
    const absent = Object.keys(ARROWS).filter((room) => !rooms.includes(room));
    if (unused.length > 0) console.warn(`arrows that nothing uses: ${unused.join(', ')}`);
    if (absent.length > 0) console.warn(`rooms of the table that do not exist: ${absent.join(', ')}`);
    expect(rooms.length).toBeGreaterThan(0);
  });
});

/** A small sound tree; each case below spoils one thing. */
const SOUND: Readonly<Record<string, string>> = {
  'README.md': '`core/` `expressions/` `search/` `io/`, and `search/fit.ts`',
  'index.ts': "export { fit } from './search/index.ts'; export * from './core/index.ts';",
  'core/index.ts': "export * from './errors.ts';",
  'core/errors.ts': 'export class AnsatzError extends Error {}',
  'expressions/index.ts': "export * from './parse.ts';",
  'expressions/parse.ts': "import { AnsatzError } from '../core/index.ts'; export const parse = AnsatzError;",
  'search/index.ts': "export * from './fit.ts';",
  'search/fit.ts': "import { parse } from '../expressions/index.ts'; export const fit = parse;",
  'core/worker-threads.ts': "export const open = () => import('node:worker_threads');",
  'io/index.ts': "import { readFile } from 'node:fs/promises'; import { z } from 'zod'; export { readFile, z };",
};

const spoilt: [Rule, string, Record<string, string>][] = [
  ['forbidden-arrow', 'expressions reads search', { 'expressions/a.ts': "import { fit } from '../search/index.ts';" }],
  ['forbidden-arrow', 'a type import counts', { 'core/a.ts': "import type { fit } from '../search/index.ts';" }],
  ['forbidden-arrow', 'an import in a type counts', { 'core/a.ts': "type F = import('../search/index.ts').F;" }],
  ['forbidden-arrow', 'a dynamic import counts', { 'core/a.ts': "await import('../search/index.ts');" }],
  ['forbidden-arrow', 'a re-export counts', { 'core/a.ts': "export * from '../search/index.ts';" }],
  ['forbidden-arrow', 'the main entry reads io', { 'index.ts': "export * from './io/index.ts';" }],
  ['past-the-index', 'a file of another room', { 'search/a.ts': "import { parse } from '../expressions/parse.ts';" }],
  ['past-the-index', 'the main entry too', { 'index.ts': "export { fit } from './search/fit.ts';" }],
  ['room-cycle', 'two rooms read each other', { 'expressions/a.ts': "import type { F } from '../search/index.ts';" }],
  [
    'file-cycle',
    'two files read each other',
    { 'core/a.ts': "import { b } from './b.ts';", 'core/b.ts': "import { a } from './a.ts';" },
  ],
  ['node-import', 'a static import', { 'search/a.ts': "import { readFileSync } from 'node:fs';" }],
  ['node-import', 'without the prefix', { 'search/a.ts': "import { readFileSync } from 'fs';" }],
  [
    'node-import',
    'static in the adapter',
    { 'core/worker-threads.ts': "import { Worker } from 'node:worker_threads';" },
  ],
  ['node-import', 'dynamic outside the adapter', { 'search/a.ts': "await import('node:fs');" }],
  ['undeclared-package', 'a package nobody declared', { 'search/a.ts': "import _ from 'lodash/fp';" }],
  ['empty-name', 'a folder', { 'search/utils/clamp.ts': '' }],
  ['empty-name', 'a file', { 'search/helpers.ts': '' }],
  ['not-kebab-case', 'a file', { 'search/hallOfFame.ts': '' }],
  ['not-kebab-case', 'a folder', { 'search/Islands/a.ts': '' }],
  ['unknown-room', 'a room without a row', { 'plots/index.ts': '', 'README.md': `${SOUND['README.md']} \`plots/\`` }],
  ['map-lacks-room', 'a room the map forgot', { 'README.md': '`core/` `expressions/` `search/`' }],
  ['map-lacks-room', 'no map', { 'README.md': '' }],
  ['map-names-missing', 'a file that is gone', { 'README.md': `${SOUND['README.md']} \`search/gone.ts\`` }],
  ['map-names-missing', 'a room that is gone', { 'README.md': `${SOUND['README.md']} \`gpu/\`` }],
];

describe('the inspection', () => {
  const inspectWith = (change: Record<string, string>) =>
    inspect(new Map(Object.entries({ ...SOUND, ...change })), ['zod']).violations;

  test('finds nothing in a sound tree', () => {
    expect(inspectWith({})).toEqual([]);
  });

  test('does not take a cycle of types for a cycle', () => {
    const change = { 'core/a.ts': "import type { B } from './b.ts';", 'core/b.ts': "import type { A } from './a.ts';" };
    expect(inspectWith(change)).toEqual([]);
  });

  test.each(spoilt)('finds %s: %s', (rule, _name, change) => {
    expect(inspectWith(change).map((violation) => violation.rule)).toContain(rule);
  });
});
