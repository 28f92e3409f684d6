import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../src/io/formats/crc32.ts';
import { parsePythonLiteral } from '../../../src/io/formats/python-literal.ts';
import { readTable } from '../../../src/io/index.ts';
import { hasTool, PYTHON } from '../../tools.ts';
import { errorOf, fixture, ROWS, readFixture, SIGNED, UNSIGNED, X, Y } from './fixture.ts';

describe('numbers of numpy', () => {
  const kinds = [
    ...['f2', 'f4', 'f8'].map((kind) => [kind, X] as const),
    ...['i2', 'i4', 'i8'].map((kind) => [kind, SIGNED] as const),
    ...['u2', 'u4', 'u8'].map((kind) => [kind, UNSIGNED] as const),
  ].flatMap(([kind, expected]) => ['big', 'little'].map((order) => [`${order}-${kind}`, expected] as const));

  test.each([...kinds, ['little-i1', SIGNED] as const, ['little-u1', UNSIGNED] as const])(
    '%s',
    async (name, expected) => {
      const table = await readFixture(`numpy/${name}.npy`);
      expect(table.names).toEqual([name]);
      expect(table.numbers(name)).toEqual(expected);
    },
  );

  test('truth values are 0 and 1', async () => {
    const table = await readFixture('numpy/bool.npy');
    expect(table.numbers('bool')).toEqual(Float64Array.from(ROWS, (i) => (i % 3 === 0 ? 1 : 0)));
  });

  test.each(['version-1', 'version-2', 'version-3'])('%s of the format', async (name) => {
    expect((await readFixture(`numpy/${name}.npy`)).numbers(name)).toEqual(X);
  });

  test.each(['c-order', 'fortran-order', 'transposed'])(
    'a matrix in %s has a column for each of its columns',
    async (name) => {
      const table = await readFixture(`numpy/${name}.npy`);
      expect(table.names).toEqual([`${name}_0`, `${name}_1`]);
      expect(table.numbers(`${name}_0`)).toEqual(X);
      expect(table.numbers(`${name}_1`)).toEqual(Y);
    },
  );

  test('the fields of a record are columns', async () => {
    const table = await readFixture('numpy/structured.npy');
    expect(table.names).toEqual(['x', 'n', 'flag', 'label', 'pair']);
    expect(table.numbers('x')).toEqual(X);
    expect(table.numbers('n')).toEqual(Float64Array.from(ROWS));
    expect(table.column('label').values).toEqual(ROWS.map(() => 'ab'));
    expect(() => table.numbers('pair')).toThrow(/"pair".*arrays of shape \(2\)/);
  });

  test('the gaps of an aligned record are no columns', async () => {
    const table = await readFixture('numpy/padded.npy');
    expect(table.names).toEqual(['flag', 'x', 'n']);
    expect(table.numbers('x')).toEqual(X);
    expect(table.numbers('n')).toEqual(Float64Array.from(ROWS));
  });

  test('whole numbers that f64 does not hold are named', async () => {
    const table = await readFixture('numpy/large-integers.npy');
    expect(() => table.numbers('large-integers')).toThrow(/row 2.*2\^53/);
  });

  test('a value that is not finite is named, the other columns stay', async () => {
    const table = await readFixture('numpy/not-finite.npy');
    expect(table.numbers('not-finite_0')).toEqual(Float64Array.of(1, 3, 5));
    expect(() => table.numbers('not-finite_1')).toThrow(/row 2: NaN/);
    expect(table.faults.get('not-finite_1')?.code).toBe('damaged-column');
  });

  test.each([
    ['object', 'unsupported-file', 'Python objects'],
    ['complex', 'unsupported-file', 'complex'],
    ['text', 'unsupported-file', 'text'],
    ['times', 'unsupported-file', 'dates'],
    ['scalar', 'unsupported-file', 'a single value'],
    ['cube', 'unsupported-file', '(2, 3, 4)'],
    ['no-rows', 'no-rows', 'no rows'],
  ])('%s is refused', async (name, code, word) => {
    const error = await errorOf(readFixture(`numpy/${name}.npy`));
    expect(error.code).toBe(code);
    expect(error.message).toContain(word);
  });
});

describe('npz', () => {
  test.each(['stored', 'deflated'])('%s arrays', async (name) => {
    const table = await readFixture(`numpy/${name}.npz`);
    expect(table.names).toEqual(['x', 'y']);
    expect(table.numbers('y')).toEqual(Y);
  });

  test('arrays of different lengths have to be chosen', async () => {
    const error = await errorOf(readFixture('numpy/mixed.npz'));
    expect(error.code).toBe('ambiguous-table');
    expect(error.message).toContain('x (10), table (10 x 2), other (3)');
    const table = await readFixture('numpy/mixed.npz#x,table');
    expect(table.names).toEqual(['x', 'table_0', 'table_1']);
    expect((await errorOf(readFixture('numpy/mixed.npz#x,other'))).message).toContain('3 rows');
    const unknown = await errorOf(readFixture('numpy/mixed.npz#X'));
    expect([unknown.code, unknown.hint]).toEqual(['unknown-part', 'did you mean "x"?']);
  });

  test('other packings and other contents are refused', async () => {
    expect((await errorOf(readFixture('numpy/bzip2.npz'))).message).toContain('method 12');
    expect((await errorOf(readFixture('numpy/no-arrays.npz'))).code).toBe('unsupported-file');
  });

  test('an entry unpacks to the size that is stated and no further', async () => {
    const bytes = readFileSync(fixture('numpy/bomb.npz'));
    const entry = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes.writeUInt32LE(1000, entry + 24);
    const { zipEntries } = await import('../../../src/io/formats/zip.ts');
    expect(() => zipEntries(bytes, 'bomb.npz')[0].read()).toThrow(/does not unpack/);
  });

  test('a byte that changed on the way is noticed', async () => {
    const bytes = readFileSync(fixture('numpy/stored.npz'));
    bytes[bytes.indexOf('NUMPY') + 150] ^= 1;
    const { zipEntries } = await import('../../../src/io/formats/zip.ts');
    expect(() => zipEntries(bytes, 'stored.npz').map((entry) => entry.read())).toThrow(/does not unpack/);
  });
});

describe.skipIf(zlibCrc32 === undefined)('crc32', () => {
  test('agrees with zlib', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(crc32(bytes)).toBe(zlibCrc32(bytes));
      }),
    );
  });
});

describe('literals of Python', () => {
  test('of every kind', () => {
    const literal = parsePythonLiteral(`{'a': (1, -2,), "b": [True, False, None], 'c': {'d\\'e': ()}, 'f': 3L, }`);
    expect(literal?.get('a')).toEqual([1, -2]);
    expect(literal?.get('b')).toEqual([true, false, null]);
    expect(literal?.get('c')).toEqual(new Map([["d'e", []]]));
    expect(literal?.get('f')).toBe(3);
  });

  test.each(['', '{', '{1: 2}', "{'a'}", "{'a': b}", "{'a': 1} x", "__import__('os')", `{'a': ${'['.repeat(1000)}`])(
    '%j is none',
    (text) => expect(parsePythonLiteral(text)).toBeUndefined(),
  );

  test('any text ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...`{}[](),:'"\\aT1- `) }), (text) => {
        const found = parsePythonLiteral(text);
        expect(found === undefined || found instanceof Map).toBe(true);
      }),
    );
  });
});

test.skipIf(!hasTool('numpy'))('what numpy writes now comes back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ansatz-npy-'));
  try {
    const code = 'import sys, numpy as n; n.save(sys.argv[1], n.random.default_rng(1).normal(size=(1000, 3)))';
    execFileSync(PYTHON, ['-c', code, join(folder, 'r.npy')]);
    const printed = execFileSync(PYTHON, [
      '-c',
      'import sys, json, numpy as n; print(json.dumps(n.load(sys.argv[1]).T.tolist()))',
      join(folder, 'r.npy'),
    ]);
    const table = await readTable(join(folder, 'r.npy'));
    expect(table.columns.map((column) => Array.from<number | string>(column.values))).toEqual(
      JSON.parse(String(printed)),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
