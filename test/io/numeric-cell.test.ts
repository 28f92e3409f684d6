import { describe, expect, test } from 'vitest';
import { classifyCell, quoted, readNumber } from '../../src/io/numeric-cell.ts';

describe('readNumber', () => {
  test.each([
    ['1', 1],
    ['+3', 3],
    [' -2.5 ', -2.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e5', 1e5],
    ['1E-3', 1e-3],
    ['0', 0],
    ['0.0', 0],
    ['0e0', 0],
    ['007', 7],
    ['1.0D+05', 1e5],
    ['-.5d-2', -0.005],
    ['\u22123.5', -3.5],
    ['1.7976931348623157e308', Number.MAX_VALUE],
    ['4.9e-324', Number.MIN_VALUE],
    ['0.1000000000000000055511151231257827', 0.1],
  ])('reads %j', (cell, value) => {
    expect(readNumber(cell)).toBe(value);
  });

  test.each([
    '',
    ' ',
    '\t',
    'x',
    'NaN',
    'nan',
    'Infinity',
    '-inf',
    '1e999',
    '0x10',
    '0b11',
    '0o7',
    ' 0x10',
    '-0x10',
    '1,5',
    '1 2',
    '1_000',
    '5%',
    '3d5',
    '1e',
    '--1',
    '1.2.3',
    'true',
    'null',
    '\u22120x10',
  ])('reads no number in %j', (cell) => {
    expect(readNumber(cell)).toBeNaN();
  });
});

test.each([
  ['', 'missing'],
  ['NaN', 'missing'],
  ['-Inf', 'missing'],
  ['N/A', 'missing'],
  ['1,5', 'decimal-comma'],
  ['-12,25e3', 'decimal-comma'],
  ['1e999', 'overflow'],
  ['Mercury', 'text'],
  ['1,5,2', 'text'],
])('a cell %j is %s', (cell, kind) => {
  expect(classifyCell(cell)).toBe(kind);
});

test('a quoted cell is short and without control characters', () => {
  expect(quoted('a\x1b[31m\nb\u202e')).toBe('"a\ufffd[31m\ufffdb\ufffd"');
  expect(quoted('x'.repeat(1000)).length).toBeLessThan(50);
});
