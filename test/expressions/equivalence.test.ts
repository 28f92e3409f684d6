import { describe, expect, test } from 'vitest';
import { equivalent, parse } from '../../src/expressions/index.ts';

const decide = (a: string, b: string, options = {}) => equivalent(parse(a), parse(b), options);

test.each([
  ['(x + 1)^2', 'x^2 + 2*x + 1', 'canonical-form'],
  ['x*(y + z)', 'x*z + x*y', 'canonical-form'],
  ['sin(x)^2 + cos(x)^2', '1', 'numeric-identity'],
  ['sin(x)^2 + cos(x)^2 - 1', '0', 'numeric-identity'],
  ['sin(2*x)', '2*sin(x)*cos(x)', 'numeric-identity'],
  ['log(x*y)', 'log(x) + log(y)', 'numeric-identity'],
  ['tanh(x)', '(exp(2*x) - 1)/(exp(2*x) + 1)', 'numeric-identity'],
  ['0.1*x + 0.2*x', '0.3*x', 'numeric-identity'],
])('%s = %s by %s', (a, b, decidedBy) => {
  expect(decide(a, b)).toMatchObject({ equivalent: true, decidedBy });
  expect(decide(b, a)).toMatchObject({ equivalent: true, decidedBy });
});

test.each([
  ['x', 'x + 1e-8'],
  ['sin(x)', 'x'],
  ['x^2', 'abs(x)'],
  ['x*y', 'x + y'],
  ['exp(-100 - x)', 'exp(-100 - 2*x)'],
  ['1e-30*x', '1e-30*y'],
  ['x', '-x'],
  ['sqrt(x^2)', 'x'],
  ['1e6 + x', '1e6 + y'],
])('%s is not %s', (a, b) => {
  const result = decide(a, b);
  expect(result).toMatchObject({ equivalent: false, decidedBy: 'numeric-identity', points: 64 });
  expect(result.worst).toBeGreaterThan(1e-10);
});

describe('up to', () => {
  test('a constant', () => {
    expect(decide('sin(x)^2', '-cos(x)^2').equivalent).toBe(false);
    expect(decide('sin(x)^2', '-cos(x)^2', { upTo: 'constant' })).toMatchObject({
      equivalent: true,
      decidedBy: 'numeric-identity',
    });
    expect(decide('x + 2', 'x - 7.5', { upTo: 'constant' }).decidedBy).toBe('canonical-form');
    expect(decide('2*x', 'x', { upTo: 'constant' }).equivalent).toBe(false);
  });
  test('a factor', () => {
    expect(decide('sin(2*x)', 'sin(x)*cos(x)', { upTo: 'factor' })).toMatchObject({
      equivalent: true,
      decidedBy: 'numeric-identity',
    });
    expect(decide('3*x*y', '-7*y*x', { upTo: 'factor' }).decidedBy).toBe('canonical-form');
    expect(decide('x + 1', 'x', { upTo: 'factor' }).equivalent).toBe(false);
    expect(decide('0*x', 'x', { upTo: 'factor' }).equivalent).toBe(false);
  });
});

test('the domain decides', () => {
  expect(decide('sqrt(x^2)', 'x', { domain: { x: [0, 5] } }).equivalent).toBe(true);
  expect(decide('abs(x)', '-x', { domain: { x: [-5, 0] } }).equivalent).toBe(true);
});

test('a domain without values decides nothing', () => {
  expect(decide('log(x)', 'log(x) + 0*sqrt(-y^2 - 1)', { domain: { x: [-2, -1] } })).toMatchObject({
    equivalent: true,
  });
  const none = decide('log(x)', 'sin(log(x))', { domain: { x: [-2, -1] } });
  expect(none).toMatchObject({ equivalent: false, decidedBy: 'undetermined', points: 0 });
});

test('options are checked, and the answer repeats', () => {
  expect(() => decide('x', 'y', { points: 0 })).toThrow(/points/);
  expect(() => decide('x', 'y', { domain: { x: [1, 0] } })).toThrow(/lower first/);
  expect(decide('sin(x)', 'x', { seed: 3 })).toEqual(decide('sin(x)', 'x', { seed: 3 }));
});
