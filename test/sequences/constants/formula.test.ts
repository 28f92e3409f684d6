import { describe, expect, test } from 'vitest';
import { evaluate, parse } from '../../../src/expressions/index.ts';
import { fixedToDecimal } from '../../../src/numerics/index.ts';
import { readBasis } from '../../../src/sequences/constants/constant-basis.ts';
import { coarser, endsOf, readDecimal } from '../../../src/sequences/constants/decimal.ts';
import { evaluateFormula } from '../../../src/sequences/constants/evaluate-formula.ts';
import { apply, combination, type Formula, integer, named, ratio } from '../../../src/sequences/constants/formula.ts';
import { formulaLatex, formulaText } from '../../../src/sequences/index.ts';
import { fixedOf, PARI } from '../../numerics/exact/pari-rows.ts';

const BITS = 360;
/** The fixture has 100 digits after the point. */
const TOLERANCE = 1n << BigInt(BITS - 331);

describe('evaluateFormula', () => {
  test.each(PARI.values.filter(({ number }) => !number.startsWith('-')))(
    'agrees with PARI: $number',
    ({ number, digits }) => {
      const negative = digits.startsWith('-');
      const [{ formula }] = readBasis([negative ? `-(${number})` : number], 'basis');
      const value = evaluateFormula(formula, BITS)!;
      const expected = fixedOf(digits.replace('-', ''), BITS);
      const off = value > expected ? value - expected : expected - value;
      expect(off <= TOLERANCE + (expected >> 340n)).toBe(true);
    },
  );

  test('has no value outside a domain', () => {
    for (const operator of ['log', 'sqrt', 'gamma'] as const) {
      expect(evaluateFormula(apply(operator, integer(-2)), 64)).toBeUndefined();
    }
    expect(evaluateFormula(apply('asin', integer(2)), 64)).toBeUndefined();
    expect(evaluateFormula(apply('exp', apply('exp', integer(100))), 64)).toBeUndefined();
    expect(evaluateFormula(apply('pow', integer(9), apply('pow', integer(9), integer(9))), 64)).toBeUndefined();
    expect(evaluateFormula(named('omega'), 64)).toBeUndefined();
    expect(evaluateFormula(ratio(1n, 0n), 64)).toBeUndefined();
  });

  test('roots of polynomials', () => {
    const root: Formula = { kind: 'root', coefficients: [-1n, -1n, 0n, 1n], near: '1.3247' };
    expect(fixedToDecimal(evaluateFormula(root, 120)!, 120, 20)).toBe('1.3247179572447460260');
  });
});

describe('formulas as text', () => {
  const pi = named('pi');
  const cases: readonly (readonly [Formula, string, string])[] = [
    [ratio(-2n, 3n), '-2 / 3', '\\frac{-2}{3}'],
    [apply('neg', apply('div', pi, integer(2))), '-pi / 2', '-\\frac{\\pi}{2}'],
    [apply('neg', apply('add', pi, integer(2))), '-(pi + 2)', '-\\left(\\pi + 2\\right)'],
    [apply('sub', integer(1), apply('sub', pi, integer(2))), '1 - (pi - 2)', '1 - \\left(\\pi - 2\\right)'],
    [apply('div', pi, apply('mul', integer(2), pi)), 'pi / (2 * pi)', '\\frac{\\pi}{2 \\, \\pi}'],
    [apply('pow', ratio(5n, 7n), ratio(1n, 3n)), '(5 / 7)^(1 / 3)', '\\left(\\frac{5}{7}\\right)^{\\frac{1}{3}}'],
    [apply('pow', apply('pow', integer(2), pi), pi), '(2^pi)^pi', '\\left(2^{\\pi}\\right)^{\\pi}'],
    [apply('inv', apply('exp', integer(6))), 'exp(-6)', 'e^{-6}'],
    [apply('inv', apply('add', pi, integer(1))), '1 / (pi + 1)', '\\frac{1}{\\pi + 1}'],
    [apply('pow', named('e'), pi), 'exp(pi)', 'e^{\\pi}'],
    [apply('square', apply('log', integer(2))), 'log(2)^2', '\\log\\left(2\\right)^{2}'],
    [
      combination(
        [
          [-3n, pi],
          [2n, integer(1)],
        ],
        5n,
      ),
      '(2 - 3 * pi) / 5',
      '\\frac{2 - 3 \\, \\pi}{5}',
    ],
    [apply('atan', named('zeta3')), 'atan(zeta3)', '\\arctan\\left(\\zeta(3)\\right)'],
  ];

  test.each(cases.map(([formula, text, latex]) => ({ formula, text, latex })))('$text', ({ formula, text, latex }) => {
    expect([formulaText(formula), formulaLatex(formula)]).toEqual([text, latex]);
    if (text.includes('zeta')) return;
    const ours = Number(fixedToDecimal(evaluateFormula(formula, 100)!, 100, 17));
    expect(evaluate(parse(text), {})).toBeCloseTo(ours, 12);
  });
});

describe('readDecimal', () => {
  test.each([
    ['0.50', 2, Math.log2(0.5 / 0.01)],
    ['-1.5e3', 2, Math.log2(15)],
    ['.25', 2, Math.log2(25)],
    ['7.', 1, Math.log2(7)],
    ['1 234 567', 7, Math.log2(1234567)],
    ['1.2345(6)', 5, Math.log2(12345 / 12)],
    ['2.0 ± 0.05', 1, Math.log2(20)],
    ['0.000', 0, 0],
  ])('%s has %i digits', (text, digits, bits) => {
    const read = readDecimal(text);
    expect(read.digits).toBe(digits);
    expect(read.bits).toBeCloseTo(bits, 10);
  });

  test('holds what was written, exactly', () => {
    const [low, high] = endsOf(readDecimal('1.25'));
    expect(Number(low.numerator) / Number(low.denominator)).toBe(1.245);
    expect(Number(high.numerator) / Number(high.denominator)).toBe(1.255);
    expect(readDecimal('-1e-200').approximate).toBe(-1e-200);
    expect(readDecimal('6.02e23').approximate).toBe(6.02e23);
  });

  test('a double is known to a unit of its last bit', () => {
    expect(readDecimal('3.1415926535897931').bits).toBeCloseTo(Math.log2(Math.PI / 2 ** -50), 1);
    expect(coarser(readDecimal('3.14159265'), 3).bits).toBeCloseTo(Math.log2(100), 3);
  });
});
