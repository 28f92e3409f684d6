import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readRoot } from '../../../src/io/formats/root.ts';
import type { JsRoot, RootKey } from '../../../src/io/formats/root-file.ts';
import { type FileTable, parseTableSource, readTable } from '../../../src/io/index.ts';
import { errorOf, fixture, ROWS, SIGNED, UNSIGNED, X, Y } from './fixture.ts';

type Recording = Record<string, { keys: RootKey[]; objects: Record<string, unknown> }>;
const recording: Recording = JSON.parse(readFileSync(fixture('root/jsroot-7.11.2.json'), 'utf8'));

/** What jsroot made of a fixture once; the baskets are read from the file itself. */
function recorded(name: string): JsRoot {
  const { keys, objects } = recording[name];
  return {
    openFile: async () => ({ fKeys: keys, readObject: async (path) => objects[path] }),
    unpack: async () => null,
  };
}

function readRecorded(name: string): Promise<FileTable> {
  const source = parseTableSource(fixture(`root/${name}`));
  const file = source.path.slice(source.path.lastIndexOf('/') + 1);
  return readRoot({ path: source.path, bytes: readFileSync(source.path) }, source, async () => recorded(file));
}

const io: string = 'jsroot/io';
const installed = await import(io).then(
  () => true,
  () => false,
);
if (!installed) console.warn('skipped: the tests that need jsroot, which is not installed');

/** The same promises of a recording and of jsroot itself. */
describe.each([
  ['as jsroot once read it', readRecorded, true],
  [
    'with jsroot',
    (name: string) => {
      const source = parseTableSource(fixture(`root/${name}`));
      return readTable(source.path, source);
    },
    installed,
  ],
])('ROOT, %s', (_title, read, runs) => {
  test.runIf(runs).each(['flat', 'flat-zlib'])('%s branches of every kind, over several baskets', async (name) => {
    const table = await read(`${name}.root`);
    expect(table.faults.size).toBe(0);
    expect(table.numbers('x')).toEqual(X);
    expect(table.numbers('y')).toEqual(Y);
    for (const letter of 'BSIL') {
      expect(table.numbers(`signed_${letter}`)).toEqual(SIGNED);
      expect(table.numbers(`unsigned_${letter}`)).toEqual(UNSIGNED);
    }
    expect(table.numbers('flag')).toEqual(Float64Array.from(ROWS, (i) => (i % 3 === 0 ? 1 : 0)));
  });

  test.runIf(runs)('branches that are not flat are named, the others stay', async () => {
    const table = await read('odd.root');
    expect(table.numbers('x')).toEqual(X);
    expect(() => table.numbers('triple')).toThrow('3 numbers an entry');
    expect(() => table.numbers('jagged')).toThrow('varying length');
    expect(() => table.numbers('label')).toThrow('text');
    expect(() => table.numbers('wide')).toThrow(/row 1: a number of more digits/);
    expect(() => table.numbers('short')).toThrow('5 entries');
  });

  test.runIf(runs)('a tree and branches are chosen by name', async () => {
    const ambiguous = await errorOf(read('two-trees.root'));
    expect([ambiguous.code, ambiguous.message.includes('first, second')]).toEqual(['ambiguous-table', true]);
    expect((await read('two-trees.root#second')).names).toEqual(['x', 'y']);
    expect((await read('two-trees.root#second,y')).names).toEqual(['y']);
    expect((await errorOf(read('two-trees.root#third'))).code).toBe('unknown-part');
    expect((await errorOf(read('two-trees.root#second,z'))).code).toBe('unknown-part');
  });

  test.runIf(runs)('an RNTuple is refused', async () => {
    const error = await errorOf(read('rntuple.root'));
    expect([error.code, error.message.includes('RNTuple')]).toEqual(['unsupported-file', true]);
    expect((await errorOf(read('rntuple.root#Events'))).code).toBe('unsupported-file');
  });
});

describe('a damaged ROOT file', () => {
  const flat = readFileSync(fixture('root/flat.root'));
  const damaged = (bytes: Buffer): Promise<FileTable> =>
    readRoot({ path: 'flat.root', bytes }, {}, async () => recorded('flat.root'));

  test('is refused where it is cut', async () => {
    const error = await errorOf(damaged(flat.subarray(0, 300)));
    expect([error.code, error.message.includes('outside the file')]).toEqual(['damaged-file', true]);
  });

  test('is refused where a key of a basket changed', async () => {
    const bytes = Buffer.from(flat);
    bytes[bytes.indexOf('TBasket') - 20] ^= 1;
    expect((await errorOf(damaged(bytes))).code).toBe('damaged-file');
  });

  test('is refused when jsroot fails', async () => {
    const failing = { ...recorded('flat.root'), openFile: () => Promise.reject(new TypeError('deep inside')) };
    const error = await errorOf(readRoot({ path: 'flat.root', bytes: flat }, {}, async () => failing));
    expect([error.code, error.message.includes('deep inside')]).toEqual(['damaged-file', false]);
  });
});

test('without jsroot the error says what to install', async () => {
  const none = () => Promise.reject(new Error('not found'));
  const error = await errorOf(readRoot({ path: 'a.root', bytes: Buffer.from('root') }, {}, none));
  expect([error.code, error.hint]).toEqual(['missing-package', 'npm install --ignore-scripts jsroot']);
});
