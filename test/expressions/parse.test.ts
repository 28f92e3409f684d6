import { describe, expect, test } from 'vitest';
import { ParseError } from '../../src/core/index.ts';
import {
  call,
  constant,
  depth,
  equals,
  parse,
  print,
  STANDARD_OPERATORS,
  variable,
} from '../../src/expressions/index.ts';

const op = (name: string) => STANDARD_OPERATORS.get(name);
const [x, y, z] = ['x', 'y', 'z'].map(variable);

describe('precedence', () => {
  test.each([
    ['-x^2', call(op('neg'), call(op('pow'), x, constant(2)))],
    ['-3^2', call(op('neg'), call(op('pow'), constant(3), constant(2)))],
    ['(-3)^2', call(op('pow'), constant(-3), constant(2))],
    ['2^-3', call(op('pow'), constant(2), constant(-3))],
    ['2^-x^y', call(op('pow'), constant(2), call(op('neg'), call(op('pow'), x, y)))],
    ['x^y^z', call(op('pow'), x, call(op('pow'), y, z))],
    ['x**y**z', call(op('pow'), x, call(op('pow'), y, z))],
    ['x - y - z', call(op('sub'), call(op('sub'), x, y), z)],
    ['x/y*z', call(op('mul'), call(op('div'), x, y), z)],
    ['x + y*z', call(op('add'), x, call(op('mul'), y, z))],
    ['-x*y', call(op('mul'), call(op('neg'), x), y)],
    ['x - -3', call(op('sub'), x, constant(-3))],
    ['- 3', constant(-3)],
    ['-(3)', call(op('neg'), constant(3))],
    ['--3', call(op('neg'), constant(-3))],
    ['+x', x],
    ['-0', constant(-0)],
    ['atan2(y, x)', call(op('atan2'), y, x)],
    ['mul(x, y)', call(op('mul'), x, y)],
  ])('%s', (text, tree) => {
    expect(equals(parse(text), tree), print(parse(text))).toBe(true);
  });
});

test.each([
  ['1', 1],
  ['.5', 0.5],
  ['5.', 5],
  ['1e-3', 1e-3],
  ['2.5E+10', 2.5e10],
  ['5e-324', 5e-324],
  ['pi', Math.PI],
])('number %s', (text, value) => {
  expect(parse(text)).toEqual(constant(value));
});

test('pi is a variable where one is called so, and in back-quotes', () => {
  expect(parse('pi', { variables: ['pi'] })).toEqual(variable('pi'));
  expect(parse('`pi`')).toEqual(variable('pi'));
});

test('other names for functions', () => {
  expect(print(parse('ln(x) + arcsin(y) + sgn(z)'))).toBe('log(x) + asin(y) + sign(z)');
});

test('names: unicode, underscores, back-quotes', () => {
  expect(parse('ω_1')).toEqual(variable('ω_1'));
  expect(parse('`p_T [GeV]`')).toEqual(variable('p_T [GeV]'));
  expect(parse('`a``b`')).toEqual(variable('a`b'));
});

describe('errors', () => {
  test.each([
    ['', 'unexpected-end', 0],
    ['x +', 'unexpected-end', 3],
    ['(x', 'unexpected-end', 2],
    ['x + )', 'unexpected-token', 4],
    ['x y', 'unexpected-token', 2],
    ['2x', 'unexpected-token', 1],
    ['x + $', 'unexpected-token', 4],
    ['x)', 'unexpected-token', 1],
    ['sin()', 'wrong-arity', 0],
    ['1 + sin(x, y)', 'wrong-arity', 4],
    ['atan2(x)', 'wrong-arity', 0],
    ['1 + sine(x)', 'unknown-function', 4],
    ['constructor(x)', 'unknown-function', 0],
    ['__proto__(x)', 'unknown-function', 0],
    ['1e999', 'number-out-of-range', 0],
    ['x - 1e-999', 'number-out-of-range', 4],
    ['`x', 'unexpected-end', 0],
    ['sin(x,)', 'unexpected-token', 6],
    [`${'('.repeat(300)}x${')'.repeat(300)}`, 'too-deep', 200],
    ['x', 'unknown-variable', 0],
  ])('%.20s: %s', (text, code, position) => {
    const error = failure(() => parse(text, text === 'x' ? { variables: ['y'] } : {}));
    expect(error.code).toBe(code);
    expect(error.position).toBe(position);
  });

  test('suggest the nearest name', () => {
    expect(failure(() => parse('sine(x)')).hint).toBe('did you mean "sin"?');
    expect(failure(() => parse('2*temprature', { variables: ['time', 'temperature'] })).hint).toBe(
      'did you mean "temperature"?',
    );
  });

  test('signs, powers, sums and calls nested without end stay within the stack', () => {
    for (const text of [
      '-'.repeat(99_000),
      'x^'.repeat(49_000),
      'x+'.repeat(49_000),
      'sin('.repeat(24_000),
      '('.repeat(99_000),
    ]) {
      expect(['too-deep', 'unexpected-end']).toContain(failure(() => parse(`${text}x`)).code);
    }
    expect(failure(() => parse('x'.repeat(100_001))).code).toBe('too-long');
  });

  test('a sum of a thousand terms is read', () => {
    expect(depth(parse(Array(1000).fill('x').join('+')))).toBe(1000);
  });
});

function failure(action: () => unknown): ParseError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(ParseError);
    return error as ParseError;
  }
  throw new Error('no error was thrown');
}
