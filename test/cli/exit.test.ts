import { expect, test } from 'vitest';
import { explain, oneLine } from '../../src/cli/exit.ts';
import { FormatError } from '../../src/core/index.ts';

test('bad input is a line and code 2', () => {
  const error = new FormatError('empty-file', 'the file is empty', 'a\nb\x1b[31m.csv');
  expect(explain(error)).toEqual({ line: 'ansatz: a b [31m.csv: the file is empty', code: 2 });
});

test('anything else is an internal error, code 70 and a request to report it', () => {
  const { line, code } = explain(new TypeError('x is not\na function'));
  expect(line).toMatch(/^ansatz: internal error: x is not a function \(please report it/);
  expect(code).toBe(70);
  expect(explain('odd').code).toBe(70);
});

test('a message is one line of bounded length', () => {
  expect(oneLine('a\r\n\tb\u2028c')).toBe('a b c');
  expect(oneLine('x'.repeat(5000)).length).toBe(1000);
});
