import { describe, expect, test } from 'vitest';
import { AnsatzError } from '../../src/core/index.ts';
import { evaluate, fromJson, parse, print, substitute, toJson, toLatex } from '../../src/expressions/index.ts';

test.each([
  ['x+(y * z)', 'x + y * z'],
  ['(x+y) * z', '(x + y) * z'],
  ['x-(y-z)', 'x - (y - z)'],
  ['(x-y)-z', 'x - y - z'],
  ['x / (y / z)', 'x / (y / z)'],
  ['(x^y)^z', '(x^y)^z'],
  ['x^(y^z)', 'x^y^z'],
  ['(-x)^2', '(-x)^2'],
  ['-(x^2)', '-x^2'],
  ['2^(-x)', '2^-x'],
  ['x^(y / 2)', 'x^(y / 2)'],
  ['-(-x)', '-(-x)'],
  ['`a b` + `pi`', '`a b` + `pi`'],
  ['1e300 * x', '1e+300 * x'],
])('%s prints as %s', (text, printed) => {
  expect(print(parse(text))).toBe(printed);
});

test('digits are significant digits', () => {
  expect(print(parse('3.14159265 * x + 0.000123456 - 123456789'), { digits: 3 })).toBe(
    '3.14 * x + 0.000123 - 123000000',
  );
});

describe('LaTeX', () => {
  test.each([
    ['x / y', '\\frac{x}{y}'],
    ['sqrt(x)', '\\sqrt{x}'],
    ['x_1', 'x_{1}'],
    ['x12', 'x_{12}'],
    ['semi_major_axis', '\\mathrm{semi\\_major\\_axis}'],
    ['omega', '\\omega'],
    ['`a % b`', '\\mathrm{a\\ \\%\\ b}'],
    ['1.5e-7 * x', '1.5 \\cdot 10^{-7} \\cdot x'],
    ['(x + y) * z', '\\left(x + y\\right) \\cdot z'],
    ['(x / y)^2', '\\left(\\frac{x}{y}\\right)^{2}'],
    ['x^(y + 1)', 'x^{y + 1}'],
    ['-(x + y)', '-\\left(x + y\\right)'],
    ['-(-x)', '-\\left(-x\\right)'],
    ['x * (-3)', 'x \\cdot \\left(-3\\right)'],
    ['-3 * x', '-3 \\cdot x'],
    ['(-3)^2', '\\left(-3\\right)^{2}'],
    ['x - (y - z)', 'x - \\left(y - z\\right)'],
    ['x - y - z', 'x - y - z'],
    ['square(x + y)', '\\left(x + y\\right)^{2}'],
    ['exp(x)^2', '\\left(e^{x}\\right)^{2}'],
    ['abs(x)', '\\left|x\\right|'],
    ['floor(x / 2)', '\\left\\lfloor \\frac{x}{2}\\right\\rfloor'],
    ['x / 2 * y', '\\frac{x}{2} \\cdot y'],
    ['log1p(x - 1)', '\\log\\left(1 + \\left(x - 1\\right)\\right)'],
    ['atan2(y, x)', '\\operatorname{atan2}\\left(y, x\\right)'],
  ])('%s', (text, latex) => {
    expect(toLatex(parse(text))).toBe(latex);
  });
});

describe('JSON', () => {
  const variable = { variable: 'x' };
  let deep: unknown = variable;
  for (let i = 0; i < 5000; i++) deep = { operator: 'sin', arguments: [deep] };
  test.each([
    [null, '$'],
    [[], '$'],
    ['x', '$'],
    [{}, '$'],
    [{ constant: '1' }, '$.constant'],
    [{ constant: Number.NaN }, '$.constant'],
    [{ variable: 3 }, '$.variable'],
    [{ variable: 'x', constant: 1 }, '$'],
    [{ operator: 'sin', arguments: [] }, '$.arguments'],
    [{ operator: 'sin', arguments: variable }, '$.arguments'],
    [{ operator: 3, arguments: [] }, '$.operator'],
    [{ operator: 'add', arguments: [variable, { constant: null }] }, '$.arguments[1].constant'],
  ])('%j is refused at %s', (json, path) => {
    expect(failure(json)).toMatchObject({ code: 'invalid-json', data: { path } });
  });
  test('unknown operators and endless trees are refused', () => {
    expect(failure({ operator: 'sine', arguments: [variable] })).toMatchObject({ code: 'unknown-operator' });
    expect(failure(deep)).toMatchObject({ code: 'invalid-json' });
  });
  test('-0 survives', () => {
    expect(toJson(parse('-0'))).toEqual({ constant: '-0' });
    expect(fromJson({ constant: '-0' })).toEqual(parse('-0'));
  });
});

test('evaluate and substitute', () => {
  expect(evaluate(parse('2 * x^2 + y'), { x: 3, y: 1 })).toBe(19);
  expect(() => evaluate(parse('temperature'), { temperatur: 1 })).toThrow(/did you mean "temperatur"/);
  expect(() => evaluate(parse('toString'), {})).toThrow(AnsatzError);
  expect(print(substitute(parse('x + y'), { x: parse('y'), y: parse('x') }))).toBe('y + x');
});

function failure(json: unknown): unknown {
  try {
    return fromJson(json);
  } catch (error) {
    return error;
  }
}
