import { describe, expect, test } from 'vitest';
import { errorOf, ROWS, readFixture, SIGNED, UNSIGNED, X, Y } from './fixture.ts';

describe('HDF5', () => {
  test.each(['plain', 'latest'])('%s datasets', async (name) => {
    const table = await readFixture(`h5py/${name}.h5`);
    expect(table.names).toEqual(['x', 'y']);
    expect(table.numbers('x')).toEqual(X);
    expect(table.numbers('y')).toEqual(Y);
  });

  test('every numeric type in both byte orders', async () => {
    const table = await readFixture('h5py/types.h5');
    expect(table.columns.length).toBe(21);
    expect(table.faults.size).toBe(0);
    for (const name of table.names.filter((one) => one !== 'bool')) {
      const expected = name.includes('_f') ? X : name.includes('_i') ? SIGNED : UNSIGNED;
      expect([name, ...table.numbers(name)]).toEqual([name, ...expected]);
    }
    expect(table.numbers('bool')).toEqual(Float64Array.from(ROWS, (i) => (i % 3 === 0 ? 1 : 0)));
  });

  test('floats of 16 bits, which h5wasm does not decode', async () => {
    expect((await readFixture('h5py/half.h5')).numbers('half')).toEqual(X);
  });

  test('gzip, shuffle, fletcher32 and scale-offset', async () => {
    const table = await readFixture('h5py/filters.h5');
    for (const name of ['gzip', 'shuffle', 'fletcher32', 'big_gzip']) expect(table.numbers(name)).toEqual(X);
    expect(table.numbers('scaleoffset')).toEqual(Float64Array.from(ROWS));
  });

  test('LZF, which h5wasm reads as whatever lies in memory, is refused by name with the mend', async () => {
    const table = await readFixture('h5py/lzf.h5');
    expect(table.numbers('x')).toEqual(X);
    expect(() => table.numbers('y')).toThrow(/"y".*lzf.*h5repack/);
  });

  test.each([
    ['compound', 'compound'],
    ['complex', 'compound'],
    ['ragged', 'lists of varying length'],
    ['color', 'enumeration'],
    ['array', 'arrays'],
    ['extended', '128 bits'],
    ['times', 'raw bytes'],
  ])('a column that holds %s says so, and x stays', async (name, word) => {
    const table = await readFixture('h5py/unreadable.h5');
    expect(table.numbers('x')).toEqual(X);
    expect(() => table.numbers(name)).toThrow(word);
    expect(table.faults.get(name)?.code).toBe('unsupported-column');
  });

  test('text of fixed length is text; text of varying length is passed over, and refused by name', async () => {
    const table = await readFixture('h5py/unreadable.h5');
    expect(table.column('fixed_text').values).toEqual(ROWS.map(() => 'ab'));
    expect(table.names).not.toContain('text');
    const named = await readFixture('h5py/unreadable.h5#x,text');
    expect(() => named.numbers('text')).toThrow('text of varying length');
  });

  test('whole numbers beyond 2^53 and values that are not finite are named with their row', async () => {
    const large = await readFixture('h5py/large-integers.h5');
    expect(() => large.numbers('signed')).toThrow(/"signed", row 2/);
    expect(() => large.numbers('unsigned')).toThrow(/"unsigned", row 3/);
    await expect(readFixture('h5py/not-finite.h5').then((table) => table.numbers('y'))).rejects.toThrow(/row 2: NaN/);
  });

  test('values that lie in other files are not fetched', async () => {
    const table = await readFixture('h5py/virtual.h5');
    expect(table.numbers('y')).toEqual(Y);
    expect(() => table.numbers('x')).toThrow('other files');
    expect((await errorOf(readFixture('h5py/external.h5'))).code).toBe('damaged-file');
    expect((await errorOf(readFixture('h5py/groups.h5#outside'))).code).toBe('unknown-part');
  });

  test('groups and datasets are chosen by path', async () => {
    const ambiguous = await errorOf(readFixture('h5py/groups.h5'));
    expect([ambiguous.code, ambiguous.hint]).toEqual([
      'ambiguous-table',
      'choose one: other, run; on the command line, behind the path: "#run"',
    ]);
    expect((await readFixture('h5py/groups.h5#other')).numbers('a')).toEqual(Float64Array.of(0, 1, 2, 3));
    expect((await readFixture('h5py/groups.h5#run/x,run/y')).names).toEqual(['x', 'y']);
    expect((await readFixture('h5py/groups.h5#/run/x/')).numbers('x')).toEqual(X);
    expect((await readFixture('h5py/groups.h5#link')).numbers('link')).toEqual(X);
    const matrix = await readFixture('h5py/groups.h5#run/table');
    expect([matrix.numbers('table_0'), matrix.numbers('table_1')]).toEqual([X, Y]);
  });

  test.each([
    ['groups.h5#run', 'unsupported-file', '3'],
    ['groups.h5#run/cube', 'unsupported-file', '10 x 2 x 2'],
    ['groups.h5#run/scalar', 'unsupported-file', 'a single value'],
    ['groups.h5#empty', 'unsupported-file', 'no vector'],
    ['groups.h5#broken', 'unknown-part', 'broken'],
    ['groups.h5#run/x,other/a', 'unsupported-file', '4 rows'],
    ['groups.h5#runn', 'unknown-part', 'runn'],
    ['nothing.h5', 'unsupported-file', 'no vector'],
  ])('%s is refused', async (name, code, word) => {
    const error = await errorOf(readFixture(`h5py/${name}`));
    expect(error.code).toBe(code);
    expect(error.message).toContain(word);
  });

  test('many files one after another leave nothing behind', async () => {
    for (let i = 0; i < 50; i++) expect((await readFixture('h5py/plain.h5')).rows).toBe(10);
  });
});
