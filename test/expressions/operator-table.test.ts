import { describe, expect, test } from 'vitest';
import { AnsatzError } from '../../src/core/index.ts';
import {
  derive,
  evaluate,
  fromJson,
  parse,
  print,
  STANDARD_OPERATORS,
  simplify,
  toJson,
} from '../../src/expressions/index.ts';

const code = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof AnsatzError) return error.code;
    throw error;
  }
  return 'no error';
};

test('operators by name and by sign', () => {
  for (const [sign, name] of [
    ['+', 'add'],
    ['-', 'sub'],
    ['*', 'mul'],
    ['/', 'div'],
    ['^', 'pow'],
    ['**', 'pow'],
    ['sin', 'sin'],
  ]) {
    expect(STANDARD_OPERATORS.get(sign).name).toBe(name);
    expect(STANDARD_OPERATORS.has(sign)).toBe(true);
  }
  expect(STANDARD_OPERATORS.has('sine')).toBe(false);
  expect(STANDARD_OPERATORS.has('constructor')).toBe(false);
});

test('an unknown operator suggests the nearest', () => {
  expect(() => STANDARD_OPERATORS.get('sine')).toThrow(/unknown operator "sine" \(did you mean "sin"\?\)/);
  expect(code(() => STANDARD_OPERATORS.get('sine'))).toBe('unknown-operator');
});

describe('an operator by a formula', () => {
  const table = STANDARD_OPERATORS.with({ name: 'softplus', formula: 'log(1 + exp(x))', complexity: 3 }).with({
    name: 'mean',
    formula: 'sqrt(x * y)',
  });
  const read = (text: string) => parse(text, { operators: table });

  test('leaves the table as it was', () => {
    expect(STANDARD_OPERATORS.has('softplus')).toBe(false);
    expect(table.names).toHaveLength(STANDARD_OPERATORS.names.length + 2);
  });

  test('is a full row', () => {
    const row = table.get('softplus');
    expect(row.arity).toBe(1);
    expect(row.complexity).toBe(3);
    expect(print(row.definition!)).toBe('log(1 + exp(x))');
    expect(row.apply(0, Number.NaN)).toBeCloseTo(Math.LN2, 15);
    expect(row.apply(Number.NaN, 0)).toBeNaN();
    expect(table.get('mean').arity).toBe(2);
    expect(table.get('mean').domain.contains(2, 8)).toBe(true);
    expect(table.get('mean').domain.contains(-2, 8)).toBe(false);
  });

  test('parses, prints, evaluates, goes through JSON', () => {
    const tree = read('2 * softplus(x) - mean(x, y)');
    expect(print(tree)).toBe('2 * softplus(x) - mean(x, y)');
    expect(evaluate(tree, { x: 2, y: 8 })).toBeCloseTo(2 * Math.log(1 + Math.exp(2)) - 4, 13);
    expect(print(fromJson(toJson(tree), table))).toBe(print(tree));
    expect(code(() => fromJson(toJson(tree)))).toBe('unknown-operator');
  });

  test('derives by the chain rule', () => {
    const slope = derive(read('softplus(3 * x)'), 'x');
    expect(evaluate(slope, { x: 0.2 })).toBeCloseTo(3 / (1 + Math.exp(-0.6)), 13);
    // The arguments are swapped in at once, not one after the other.
    expect(evaluate(derive(read('mean(y, x^2)'), 'x'), { x: 2, y: 5 })).toBeCloseTo(Math.sqrt(5), 13);
  });

  test('simplifies around and inside', () => {
    expect(print(simplify(read('softplus(x + x) + softplus(2 * x)')))).toBe('2 * softplus(2 * x)');
  });

  test('builds on another', () => {
    const more = table.with({ name: 'mish', formula: 'x * tanh(softplus(x))' });
    expect(more.get('mish').apply(1, Number.NaN)).toBeCloseTo(0.8650983882673103, 14);
  });

  test.each([
    ['duplicate-operator', { name: 'sin', formula: 'x' }],
    ['recursive-definition', { name: 'f', formula: '1 + f(x)' }],
    ['unknown-variable', { name: 'f', formula: 'x + t' }],
    ['unknown-function', { name: 'f', formula: 'g(x)' }],
    ['bad-operator-name', { name: '2f', formula: 'x' }],
    ['bad-operator-name', { name: 'f g', formula: 'x' }],
    ['bad-operator-name', { name: '', formula: 'x' }],
    ['bad-arity', { name: 'f', formula: 'x + y', arity: 1 as const }],
    ['bad-complexity', { name: 'f', formula: 'x', complexity: Number.NaN }],
    ['unexpected-end', { name: 'f', formula: 'x +' }],
  ])('%s', (expected, definition) => {
    expect(code(() => STANDARD_OPERATORS.with(definition))).toBe(expected);
  });
});
