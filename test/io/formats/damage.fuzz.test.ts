import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AnsatzError } from '../../../src/core/index.ts';
import { readRoot } from '../../../src/io/formats/root.ts';
import { readTable } from '../../../src/io/index.ts';
import { fixture } from './fixture.ts';

const RUNS = { numRuns: 400 };
/** Far above what any of these small files takes, and far below what a runaway count would. */
const MILLISECONDS = 10_000;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ansatz-damage-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Damage = { readonly cut: number } | { readonly changes: readonly (readonly [where: number, what: number])[] };

/** Cuts a file, or changes some bytes: one bit, or to a value that lengths do not like. */
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ cut: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({
    changes: fc.array(
      fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.constantFrom(1, 2, 4, 8, 16, 32, 64, 128, 0, 255),
      ),
      { minLength: 1, maxLength: 4 },
    ),
  }),
);

function damaged(bytes: Buffer, how: Damage): Buffer {
  if ('cut' in how) return bytes.subarray(0, Math.floor(how.cut * bytes.length));
  const copy = Buffer.from(bytes);
  for (const [where, what] of how.changes) {
    const at = Math.floor(where * copy.length);
    copy[at] = what === 0 || what === 255 ? what : copy[at] ^ what;
  }
  return copy;
}

/** The law: a table of sound columns, or an AnsatzError of one line; soon. */
async function readsOrRefuses(read: () => ReturnType<typeof readTable>): Promise<void> {
  const start = performance.now();
  try {
    const table = await read();
    expect(table.rows).toBeGreaterThan(0);
    for (const column of table.columns) {
      expect(column.values.length).toBe(table.rows);
      if (column.kind === 'number') expect(column.values.every(Number.isFinite)).toBe(true);
    }
  } catch (error) {
    if (!(error instanceof AnsatzError)) throw error;
    expect(error.message).not.toMatch(/[\n\r]/);
  }
  expect(performance.now() - start).toBeLessThan(MILLISECONDS);
}

// A damaged mapping of a virtual dataset sends HDF5 itself in circles.
const SKIPPED = new Set(['virtual.h5']);

test.each([
  ['numpy', /\.np[yz]$/],
  ['parquet', /\.parquet$/],
  ['h5py', /\.h5$/],
  ['hepdata', /\.yaml$/],
  ['lhe', /\.lhe$/],
])('damaged files of %s', async (source, pattern) => {
  const names = readdirSync(fixture(source)).filter((name) => pattern.test(name) && !SKIPPED.has(name));
  const files = names.map((name) => ({ name, bytes: readFileSync(fixture(`${source}/${name}`)) }));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), damage, async ({ name, bytes }, how) => {
      const path = join(folder, `damaged${extname(name)}`);
      writeFileSync(path, damaged(bytes, how));
      await readsOrRefuses(() => readTable(path));
    }),
    RUNS,
  );
});

test('damaged baskets of ROOT', async () => {
  const recording = JSON.parse(readFileSync(fixture('root/jsroot-7.11.2.json'), 'utf8'));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('flat.root', 'flat-zlib.root', 'odd.root'), damage, async (name, how) => {
      const bytes = damaged(readFileSync(fixture(`root/${name}`)), how);
      const { keys, objects } = recording[name];
      const openFile = async () => ({ fKeys: keys, readObject: async (path: string) => objects[path] });
      await readsOrRefuses(() =>
        readRoot({ path: name, bytes }, {}, async () => ({ openFile, unpack: async () => null })),
      );
    }),
    RUNS,
  );
});
