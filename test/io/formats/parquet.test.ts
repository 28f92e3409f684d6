import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../src/io/formats/crc32.ts';
import { readParquetColumn } from '../../../src/io/formats/parquet-column.ts';
import { decodeDelta, decodeHybrid, ParquetDamage } from '../../../src/io/formats/parquet-encodings.ts';
import { readThrift } from '../../../src/io/formats/thrift.ts';
import { errorOf, fixture, ROWS, readFixture, X, Y } from './fixture.ts';

const PACKINGS = ['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4_raw', 'version-2'];

describe('Parquet', () => {
  test.each(PACKINGS)('%s pages', async (name) => {
    const table = await readFixture(`parquet/${name}.parquet`);
    expect(table.names).toEqual(['x', 'y']);
    expect(table.numbers('x')).toEqual(X);
    expect(table.numbers('y')).toEqual(Y);
  });

  test('every flat type', async () => {
    const table = await readFixture('parquet/types.parquet');
    for (const name of ['tiny', 'small', 'int', 'big', 'utiny', 'usmall', 'ubig']) {
      expect(table.numbers(name)).toEqual(Float64Array.from(ROWS));
    }
    expect(table.numbers('float')).toEqual(X);
    expect(table.numbers('uint')).toEqual(Float64Array.from(ROWS, (i) => 4294967286 + i));
    expect(table.numbers('flag')).toEqual(Float64Array.from(ROWS, (i) => (i % 2 === 0 ? 1 : 0)));
    // A decimal is the double nearest to it.
    for (const name of ['cents', 'wide']) expect(table.numbers(name)).toEqual(Float64Array.from(ROWS, (i) => i / 100));
    expect(table.column('label').values[7]).toBe('row 7');
    expect(table.column('day').values.slice(0, 2)).toEqual(['2020-01-31', '2020-02-01']);
    expect(table.column('moment').values[1]).toBe('2020-01-31T12:00:01.000Z');
    expect(table.faults.size).toBe(0);
  });

  test.each(['encodings', 'types', 'row-groups', 'nulls', ...PACKINGS])(
    'every value of %s is what hyparquet makes of it',
    async (name) => {
      const table = await readFixture(`parquet/${name}.parquet`);
      const bytes = readFileSync(fixture(`parquet/${name}.parquet`));
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
      const rows = await parquetReadObjects({ file, compressors });
      expect(table.rows).toBe(rows.length);
      for (const { name: column, kind, values } of table.columns) {
        const expected = rows.map((row) => {
          const value: unknown = row[column];
          if (value instanceof Date) return value.toISOString().slice(0, column === 'day' ? 10 : 24);
          if (kind === 'number') return Number(value);
          return value === null || value === undefined ? 'NaN' : String(value);
        });
        expect([column, ...values]).toEqual([column, ...expected]);
      }
    },
  );

  test('a missing value is an empty cell with its row', async () => {
    const table = await readFixture('parquet/nulls.parquet');
    expect(table.numbers('x')).toEqual(X);
    expect(() => table.numbers('y')).toThrow(/"y", row 4: an empty cell/);
    expect(() => table.numbers('z')).toThrow(/"z", row 1: an empty cell/);
  });

  test('nested columns are named, the others stay; columns can be chosen', async () => {
    const table = await readFixture('parquet/nested.parquet');
    expect(table.numbers('x')).toEqual(X);
    for (const name of ['list', 'struct', 'map']) expect(() => table.numbers(name)).toThrow(/lists or records/);
    const chosen = await readFixture('parquet/nested.parquet#y,x');
    expect([chosen.names, chosen.faults.size]).toEqual([['x', 'y'], 0]);
    expect((await errorOf(readFixture('parquet/nested.parquet#z'))).code).toBe('unknown-part');
  });

  test.each([
    ['odd', 'clock', 'times of day'],
    ['odd', 'id', 'identifiers'],
    ['odd', 'span', 'time intervals'],
    ['odd', 'wide', 'row 1: a number of more digits'],
    ['large-integers', 'n', 'row 2: a number of more digits'],
    ['not-finite', 'y', 'row 2: NaN'],
  ])('%s: %s is refused', async (file, name, word) => {
    const table = await readFixture(`parquet/${file}.parquet`);
    expect(table.numbers('x').length).toBeGreaterThan(0);
    expect(() => table.numbers(name)).toThrow(word);
  });

  test('a table without rows is refused', async () => {
    expect((await errorOf(readFixture('parquet/no-rows.parquet'))).code).toBe('no-rows');
  });
});

describe('pages', () => {
  /** A column of one uncompressed page of doubles behind a header with a checksum. */
  function column(values: readonly number[], checksum: (page: Uint8Array) => number, count = values.length) {
    const page = new Uint8Array(Float64Array.from(values).buffer);
    const zigzag = (value: number): number[] => {
      const bytes: number[] = [];
      let rest = (BigInt(value) << 1n) ^ (BigInt(value) >> 63n);
      for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
      return [...bytes, Number(rest)];
    };
    const numbers = [0, page.length, page.length, checksum(page) | 0];
    const head = [...numbers.flatMap((value) => [0x15, ...zigzag(value)]), 0x1c];
    const inner = [count, 0, 3, 3].flatMap((value) => [0x15, ...zigzag(value)]);
    const bytes = Uint8Array.from([0x50, 0x41, 0x52, 0x31, ...head, ...inner, 0, 0, ...page]);
    const meta = {
      type: 'DOUBLE',
      codec: 'UNCOMPRESSED',
      data_page_offset: 4n,
      total_compressed_size: bytes.length - 4,
    };
    const chunks = [{ chunk: { meta_data: meta } as never, rows: values.length }];
    return readParquetColumn(
      { name: 'x', leaf: { as: 'number', code: 'f8', decimals: 0 }, optional: false, chunks },
      bytes,
      {},
    );
  }

  test('with a right checksum are read', () => {
    expect(column([1, 2, 3], crc32)).toMatchObject({ values: Float64Array.of(1, 2, 3) });
  });

  test('with a wrong checksum or count are refused', () => {
    expect(() => column([1, 2, 3], (page) => crc32(page) ^ 1)).toThrow(/checksum/);
    expect(() => column([1, 2, 3], crc32, 2)).toThrow(/fewer values than rows/);
    expect(() => column([1, 2, 3], crc32, 4)).toThrow(/more values than rows/);
    expect(() => column([1, 2, 3], crc32, 2 ** 31)).toThrow(/more values than rows/);
  });
});

describe('decoders on any bytes', () => {
  const law = (decode: (view: DataView) => unknown): void => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          decode(new DataView(bytes.buffer));
        } catch (error) {
          expect(error).toBeInstanceOf(ParquetDamage);
        }
      }),
      { numRuns: 2000 },
    );
  };

  test('runs', () => law((view) => decodeHybrid(view, 0, view.byteLength % 40, 50)));
  test('differences', () => law((view) => decodeDelta(view, 0, 50, view.byteLength % 2 ? 32 : 64, true)));
  test('structs', () => law((view) => readThrift(view, 0)));
});
