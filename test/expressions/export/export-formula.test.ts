import { describe, expect, test } from 'vitest';
import {
  call,
  constant,
  EXPORT_TARGETS,
  type ExportTargetName,
  type Expression,
  exportFormula,
  parse,
  STANDARD_OPERATORS,
  variable,
} from '../../../src/expressions/index.ts';

const TARGETS = EXPORT_TARGETS.map((target) => [target.name, target] as const);

describe.each(TARGETS)('%s', (name, target) => {
  test('has every operator, or says why not', () => {
    for (const operator of STANDARD_OPERATORS) {
      const written = Object.hasOwn(target.operators, operator.name);
      expect(written !== Object.hasOwn(target.absent, operator.name), operator.name).toBe(true);
      const tree = call(operator, ...['x', 'y'].slice(0, operator.arity).map(variable));
      if (written) {
        expect(exportFormula(tree, name).length).toBeGreaterThan(0);
        const { text } = target.operators[operator.name];
        for (let i = 1; i <= operator.arity; i++) expect(text).toContain(`#${i}`);
      } else {
        expect(target.absent[operator.name]).toMatch(/ /);
        expect(() => exportFormula(tree, name)).toThrow(expect.objectContaining({ code: 'operator-absent' }));
      }
    }
    const known = STANDARD_OPERATORS.names;
    for (const row of [target.operators, target.absent])
      expect(Object.keys(row).filter((n) => !known.includes(n))).toEqual([]);
    expect(target.outsideDomain).not.toBe('');
  });

  test('writes out operators defined by a formula', () => {
    const table = STANDARD_OPERATORS.with({ name: 'lorentz', formula: '1 / (1 + x^2)' }).with({
      name: 'both',
      formula: 'x * y + x',
    });
    const inner = table.with({ name: 'deep', formula: 'both(lorentz(x), 2)' });
    const tree = parse('deep(a + 1) - both(b, 3)', { operators: inner });
    const byHand = parse('(1/(1 + (a + 1)^2) * 2 + 1/(1 + (a + 1)^2)) - (b * 3 + b)');
    const strip = (text: string | Uint8Array) =>
      typeof text === 'string' ? text.replace(/^.*f\(a, b\) = .*$/m, '') : text.length;
    if (target.form === 'tree') expect(strip(exportFormula(tree, name))).toBe(strip(exportFormula(byHand, name)));
    else expect(exportFormula(tree, name).length).toBeGreaterThan(0);
  });

  test('refuses what it cannot keep', () => {
    const fails = (tree: Expression, options: object, code: string, hint = true) => {
      try {
        exportFormula(tree, name, options);
      } catch (error) {
        expect(error).toMatchObject({ code });
        if (hint) expect((error as { hint: string }).hint).not.toBe('');
        return;
      }
      throw new Error(`no "${code}"`);
    };
    const x = parse('x + 1');
    fails(constant(Number.NaN), {}, 'non-finite-constant');
    fails(parse('x + y'), { variables: ['x', 'z'] }, 'unknown-variable');
    fails(x, { variables: ['x', 'x'] }, 'name-twice', false);
    for (const bad of ['', '1f', 'a b', 'f"', 'a\nb', '__x', 'x'.repeat(1000)]) fails(x, { name: bad }, 'bad-name');
    fails(x, { assumptions: 'complex' }, 'unknown-choice');
    const own = { ...STANDARD_OPERATORS.get('sin'), name: 'own' };
    fails(call(own, variable('x')), {}, 'operator-absent');
    let deep: Expression = variable('x');
    for (let i = 0; i < 50_000; i++) deep = call(STANDARD_OPERATORS.get('neg'), deep);
    fails(deep, {}, 'too-deep');
    let table = STANDARD_OPERATORS.with({ name: 'g0', formula: 'x + x^2' });
    for (let i = 1; i < 40; i++) table = table.with({ name: `g${i}`, formula: `g${i - 1}(x) + g${i - 1}(x + 1)` });
    fails(parse('g39(x)', { operators: table }), {}, 'too-large');
  });

  test('takes a tree that shares its subtrees', () => {
    let tree = parse('x + y');
    for (let i = 0; i < 60; i++) tree = call(STANDARD_OPERATORS.get('mul'), tree, tree);
    if (target.form === 'tree') {
      expect(() => exportFormula(tree, name)).toThrow(expect.objectContaining({ code: 'too-large' }));
    } else {
      expect(exportFormula(tree, name).length).toBeLessThan(6000);
    }
  });

  test('takes as many variables as there are, and none', () => {
    const names = Array.from({ length: 300 }, (_, i) => `column_${i}`);
    const sum = names
      .map(variable)
      .reduce<Expression>((a, b) => call(STANDARD_OPERATORS.get('add'), a, b), constant(1));
    expect(exportFormula(sum, name).length).toBeGreaterThan(3000);
    expect(exportFormula(constant(2), name).length).toBeGreaterThan(0);
  });
});

test('an unknown target is named with the nearest', () => {
  expect(() => exportFormula(parse('x'), 'numpi' as ExportTargetName)).toThrow(/did you mean "numpy"/);
});

test('a bad name comes with one that works', () => {
  expect(() => exportFormula(parse('x'), 'cpp', { name: 'gamma' })).toThrow(/try "gamma_2"/);
});

/** What each language looks like, in full; the programs are run elsewhere. */
describe('a unit is written', () => {
  const tree = parse('2.5 * `m (kg)` ^ -0.5 + max(x, -1)');

  test('in NumPy', () => {
    expect(exportFormula(tree, 'numpy', { name: 'period' })).toBe(`import numpy as np


def _power(a, b):
    """Real power: NaN at 0^-1, at a negative base with a fractional exponent, and wherever an argument is NaN."""
    whole = np.isfinite(b) & (np.floor(b) == b)
    positive = (a > 0) & ((a != 1) | np.isfinite(b))
    inside = positive | ((a < 0) & whole) | ((a == 0) & (b >= 0))
    return np.where(inside, np.power(a, b), np.nan)


def period(m_kg, x):
    """Formula found by Ansatz; takes numbers or arrays that broadcast."""
    # period(m_kg, x) = 2.5 * m_kg^-0.5 + max(x, -1)
    # m_kg is the column m (kg)
    m_kg = np.asarray(m_kg, dtype=float)
    x = np.asarray(x, dtype=float)
    with np.errstate(all="ignore"):
        return 2.5 * _power(m_kg, -0.5) + np.maximum(x, -1.0)
`);
  });

  test('in C++', () => {
    expect(exportFormula(parse('x^2 - y / (-3)'), 'cpp')).toBe(`// Formula found by Ansatz.
// f(x, y) = x^2 - y / -3
#ifndef ANSATZ_FORMULA_f
#define ANSATZ_FORMULA_f

#include <cmath>
#include <limits>

inline double f(double x, double y) {
  return std::pow(x, 2.0) - y / (-3.0);
}

#endif
`);
  });

  test('in PyTorch, with constants as parameters', () => {
    const text = exportFormula(parse('2.5 * x^2 + x^0.5'), 'pytorch');
    expect(text).toContain('values = [2.5, 0.5]');
    expect(text).toContain('return constants[0] * x ** 2 + _power(x, constants[1])');
  });

  test('in SymPy, with what is known of the symbols', () => {
    expect(exportFormula(parse('x/3 + 1/4'), 'sympy', { assumptions: 'positive' })).toBe(`import sympy as sp


x = sp.Symbol("x", positive=True)

# Formula found by Ansatz.
# f(x) = x / 3 + 1 / 4
f = sp.sympify(x / 3 + sp.Integer(1) / sp.Integer(4))
`);
    expect(exportFormula(parse('x'), 'sympy', { assumptions: 'none' })).toContain('x = sp.Symbol("x")\n');
  });

  test('in JavaScript', () => {
    expect(exportFormula(parse('-2^x'), 'javascript')).toContain('return -power(2, x);');
    expect(exportFormula(parse('-exp2(x)'), 'javascript')).toContain('return -(2 ** x);');
  });
});
