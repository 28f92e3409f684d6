import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FileTable, readTable } from '../../../src/io/index.ts';
import { errorOf, readFixture } from './fixture.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ansatz-hepdata-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string): Promise<FileTable> {
  const path = join(folder, 'table.yaml');
  writeFileSync(path, text);
  return readTable(path);
}

/** A table of y at x = 1, 2 ... with the errors of each value, in flow style. */
function withErrors(...values: readonly string[]): Promise<FileTable> {
  const x = values.map((_, i) => `{value: ${i + 1}}`).join(', ');
  return read(`independent_variables: [{header: {name: x}, values: [${x}]}]
dependent_variables: [{header: {name: y}, values: [${values.join(', ')}]}]`);
}

const CENTRAL = 'D(SIG)/D(PT) [0.0-1.2]';
const FORWARD = 'D(SIG)/D(PT) [1.2-2.4]';

describe('HEPData', () => {
  test('bins are a centre and two limits, with units', async () => {
    const table = await readFixture('hepdata/cross-section.yaml');
    expect(table.numbers('PT')).toEqual(Float64Array.of(5, 20, 65));
    expect(table.numbers('PT_low')).toEqual(Float64Array.of(0, 10, 30));
    expect(table.numbers('PT_high')).toEqual(Float64Array.of(10, 30, 100));
    expect(table.units.get('PT')).toBe('GEV');
    expect(table.units.get(CENTRAL)).toBe('PB/GEV');
  });

  test('symmetric errors by source, and in quadrature; a percentage is of the value', async () => {
    const table = await readFixture('hepdata/cross-section.yaml');
    expect(table.numbers(CENTRAL)).toEqual(Float64Array.of(200, 50, 4));
    expect(table.numbers(`${CENTRAL}_stat`)).toEqual(Float64Array.of(3, 1.5, 0.3));
    expect(table.numbers(`${CENTRAL}_sys`)).toEqual(Float64Array.of(4, 2, 0.4));
    // 3-4-5 triangles.
    expect(Array.from(table.numbers(`${CENTRAL}_error`))).toEqual(
      [5, 2.5, 0.5].map((size) => expect.closeTo(size, 12)),
    );
  });

  test('asymmetric errors, shifts to one side and a value that is missing', async () => {
    const table = await readFixture('hepdata/cross-section.yaml');
    expect(table.column(`${FORWARD}_sys_plus`).values).toEqual(['4', '0', 'NaN']);
    expect(table.column(`${FORWARD}_sys_minus`).values).toEqual(['5', '2', 'NaN']);
    expect(table.column(`${FORWARD}_error_plus`).values).toEqual(['5', '0', 'NaN']);
    expect(() => table.numbers(FORWARD)).toThrow(/row 3: an empty cell/);
  });

  test('a table of several by name or number', async () => {
    const error = await errorOf(readFixture('hepdata/lineshape.yaml'));
    expect([error.code, error.message.includes('Hadronic, Leptonic')]).toEqual(['ambiguous-table', true]);
    const hadronic = await readFixture('hepdata/lineshape.yaml#Hadronic');
    expect(hadronic.names).toEqual(['SQRT(S)', 'SIG', 'SIG_error']);
    expect(hadronic.numbers('SIG_error')).toEqual(Float64Array.of(0.5, 0.25, 0.125));
    const leptonic = await readFixture('hepdata/lineshape.yaml#2');
    expect(leptonic.column('CHANNEL').values).toEqual(['E+ E-', 'MU+ MU-']);
    expect((await errorOf(readFixture('hepdata/lineshape.yaml#3'))).code).toBe('unknown-part');
  });

  test('minus errors without their sign cannot be told from shifts upwards and are refused', async () => {
    const table = await withErrors(
      '{value: 1, errors: [{asymerror: {plus: 0.25, minus: 0.5}}]}',
      '{value: 2, errors: [{asymerror: {plus: 0.25, minus: 0.5}}]}',
    );
    expect(table.numbers('y')).toEqual(Float64Array.of(1, 2));
    expect(() => table.numbers('y_error_minus')).toThrow(/one sign in row 1.*negative numbers/);
  });

  test('sources of one label are numbered, a value without errors has none', async () => {
    const table = await withErrors(
      '{value: 1, errors: [{symerror: 3, label: s}, {symerror: 4, label: s}]}',
      '{value: 2}',
    );
    expect(table.names).toEqual(['x', 'y', 'y_s', 'y_s_2', 'y_error']);
    expect(table.column('y_error').values[0]).toBe('5');
    expect(() => table.numbers('y_error')).toThrow(/row 2: an empty cell/);
  });

  test.each([
    ['no table', 'a: 1', 'unsupported-file'],
    ['a submission', 'name: t\ndata_file: t1.yaml', 'unsupported-file'],
    ['broken YAML', 'a: [1, 2', 'damaged-file'],
    ['values that are no list', 'dependent_variables: [{header: {name: y}, values: 3}]', 'damaged-file'],
    ['a variable without a name', 'dependent_variables: [{values: []}]', 'damaged-file'],
    ['no rows', 'dependent_variables: [{header: {name: y}, values: []}]', 'no-rows'],
    [
      'unequal lengths',
      'dependent_variables: [{header: {name: y}, values: [{value: 1}]}, {header: {name: z}, values: []}]',
      'damaged-file',
    ],
  ])('%s is refused', async (_what, text, code) => {
    expect((await errorOf(read(text))).code).toBe(code);
  });

  test('a bomb of aliases does not go off', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`);
    expect((await errorOf(read(`a0: &a0 [x]\n${rows.join('\n')}`))).code).toBe('damaged-file');
  });

  test('names of the prototype are names', async () => {
    const table = await read('dependent_variables: [{header: {name: __proto__}, values: [{value: 1}, {value: 2}]}]');
    expect(table.numbers('__proto__')).toEqual(Float64Array.of(1, 2));
  });
});
