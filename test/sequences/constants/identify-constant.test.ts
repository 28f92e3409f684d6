import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AnsatzError } from '../../../src/core/index.ts';
import { parse } from '../../../src/expressions/index.ts';
import { FOUND_CHANCE, identifyConstant } from '../../../src/sequences/index.ts';
import { PARI } from '../../numerics/exact/pari-rows.ts';

describe('identifyConstant', () => {
  test.each([
    ['1.644934066848226', 'pi^2 / 6'],
    ['1.2020569', 'zeta3'],
    ['0.9159655941772190', 'catalan'],
    ['0.5772156649015329', 'euler_gamma'],
    ['1.6180339887498949', '(1 + sqrt(5)) / 2'],
    ['2.6651441426902252', '2^sqrt(2)'],
    ['3.8347398341497384', 'pi + log(2)'],
    ['262537412640768743.99999999999925', 'exp(pi * sqrt(163))'],
    ['-1.7724538509055160', '-sqrt(pi)'],
    ['0.8346268416740731862814297', 'gamma(1 / 4)^2 / (2^(3 / 2) * pi^(3 / 2))'],
    ['1.3247179572447460259609088545', 'root(x^3 - x - 1, 1.3247179572447460260)'],
    ['0.142857142857', '1 / 7'],
    ['-2.5000000', '-5 / 2'],
    ['7.38905609893065', 'exp(2)'],
    ['4.810477380965351', 'exp(pi / 2)'],
    ['42.0000000', '42'],
    ['2.71828182845904523536028747135266249776', 'exp(1)'],
  ])('%s is %s', async (digits, formula) => {
    const { status, candidates } = await identifyConstant(digits);
    expect([status, candidates[0].formula]).toEqual(['found', formula]);
    expect(candidates[0].label).toBe('conjecture');
  });

  test.each(['0.739085133215160641655', '1.2345678901', '3.359885666243177553172011302918927'])(
    '%s has no formula of these kinds',
    async (digits) => {
      const { status, candidates } = await identifyConstant(digits);
      expect([status, candidates]).toEqual(['none', []]);
    },
  );

  test.each([...PARI.linear, ...PARI.algebraic])('agrees with PARI: $number', async ({ digits, more }) => {
    const { status, candidates } = await identifyConstant(digits);
    expect(status).toBe('found');
    // Ten digits beyond those that were given.
    const [ours, theirs] = [candidates[0].value.replace(/^-?0\.?0*/, ''), more.replace(/^-?0\.?0*/, '')];
    expect(theirs.slice(0, ours.length - 2)).toBe(ours.slice(0, -2).slice(0, theirs.length));
  });

  test('numbers, lengths and chances agree with each other', async () => {
    const { candidates, digitBits, digits } = await identifyConstant('1.6449', { maxChance: 8, maxCandidates: 50 });
    expect(digits).toBe(5);
    expect(digitBits).toBeCloseTo(Math.log2(16449), 10);
    expect(candidates.length).toBeGreaterThan(3);
    for (const { value, residual, bits, chance, confidence } of candidates) {
      expect(Number(value) - 1.6449).toBeCloseTo(residual, 6);
      expect(chance).toBeCloseTo(2 ** (bits - digitBits), 12);
      expect(confidence).toBeCloseTo(Math.exp(-chance), 12);
    }
    expect(candidates.map(({ bits }) => bits)).toEqual(candidates.map(({ bits }) => bits).sort((a, b) => a - b));
  });

  test('a number and its negative have the same formulas', async () => {
    const [plus, minus] = await Promise.all(['2.356194490', '-2.356194490'].map((text) => identifyConstant(text)));
    expect(plus.candidates[0]).toMatchObject({ formula: '3 * pi / 4', latex: '\\frac{3 \\, \\pi}{4}' });
    expect(minus.candidates[0].formula).toBe('-3 * pi / 4');
    expect(minus.candidates[0].residual).toBe(-plus.candidates[0].residual);
  });

  test('formulas read as formulas of ours', async () => {
    const { candidates } = await identifyConstant('3.1415', { maxChance: 1e4, maxCandidates: 200 });
    expect(candidates.length).toBeGreaterThan(100);
    for (const { formula } of candidates) {
      if (!formula.startsWith('root(')) expect(() => parse(formula)).not.toThrow();
    }
  });

  test("a basis of one's own", async () => {
    // pi^4 / 90
    const digits = '1.0823232337111381915';
    expect((await identifyConstant(digits, { basis: ['pi^4'] })).candidates[0]).toMatchObject({
      kind: 'linear',
      formula: 'pi^4 / 90',
    });
    const weights = ['pi^2', 'log(2)^2', 'zeta(3)'];
    const relation = await identifyConstant('0.58224052646501250590', { basis: weights, factors: [] });
    expect(relation.candidates[0].formula).toBe('(pi^2 - 6 * log(2)^2) / 12');
  });

  test('fewer digits, degrees, coefficients and operators', async () => {
    expect((await identifyConstant('1.64493406999', { digits: 8 })).candidates[0].formula).toBe('pi^2 / 6');
    const root = '1.3247179572447460259609088545';
    const linear = await identifyConstant(root, { maxDegree: 2, operators: ['add', 'mul'] });
    expect(linear.status).toBe('none');
    const large = '0.000123456790123456790123';
    expect((await identifyConstant(large, { maxCoefficient: 10 })).candidates.map(({ kind }) => kind)).toEqual([
      'rational',
    ]);
  });

  test('the error may be given', async () => {
    for (const text of ['3.14159(1)', '3.14159 ± 0.00001', '3.14159+-1e-5', '31.4159(1)e-1']) {
      const report = await identifyConstant(text);
      expect([text, report.candidates[0]?.formula]).toEqual([text, 'pi']);
      expect(report.digitBits).toBeCloseTo(Math.log2(314159 / 2), 8);
    }
  });

  test('stops in time, and when told to', async () => {
    const digits = `1.${'7316093485710293847561029384756'.repeat(120)}`;
    const start = performance.now();
    const late = await identifyConstant(digits, { timeLimit: 0.2 });
    expect(performance.now() - start).toBeLessThan(2000);
    expect(late.tried.length).toBe(6);
    const stopped = await identifyConstant('1.23456789012345', { signal: AbortSignal.abort() });
    expect(stopped.tried.every(({ outcome }) => outcome === 'stopped')).toBe(true);
  });

  test.each(
    [
      ['', 'not-a-number'],
      ['abc', 'not-a-number'],
      ['NaN', 'not-a-number'],
      ['Infinity', 'not-a-number'],
      ['.', 'not-a-number'],
      ['1.2.3', 'not-a-number'],
      ['1 ±', 'not-a-number'],
      ['0x10', 'not-a-number'],
      ['1e999999', 'out-of-range'],
      ['1e-99999999999999999999', 'out-of-range'],
      ['1.5(0)', 'out-of-range'],
      ['1.5 ± 0', 'out-of-range'],
      ['1'.repeat(100_000), 'too-many-digits'],
      [`0.${'3'.repeat(20_000)}`, 'too-many-digits'],
      [5 as unknown as string, 'not-a-number'],
    ].map(([text, code], index) => ({ text, code, index })),
  )('bad input $index: $code', async ({ text, code }) => {
    await expect(identifyConstant(text)).rejects.toMatchObject({ code });
  });

  test.each([
    [{ maxDegree: 99 }, 'out-of-range'],
    [{ maxChance: 0 }, 'out-of-range'],
    [{ timeLimit: Number.NaN }, 'out-of-range'],
    [{ maxCoefficient: 0n }, 'out-of-range'],
    [{ operators: ['besselj'] }, 'unknown-operator'],
    [{ basis: ['x'] }, 'invalid-basis'],
    [{ basis: ['-1'] }, 'invalid-basis'],
    [{ basis: ['pi', '2*pi/2'] }, 'invalid-basis'],
    [{ basis: ['floor(pi)'] }, 'invalid-basis'],
    [{ basis: ['pi +'] }, 'unexpected-end'],
    [{ basis: new Array(50).fill('pi') }, 'too-many'],
    [{ factors: ['1'] }, 'invalid-basis'],
  ])('bad options %#', async (options, code) => {
    await expect(identifyConstant('1.5', options)).rejects.toMatchObject({ code });
  });

  test('long numbers and zeros are answered', async () => {
    const third = await identifyConstant(`0.${'3'.repeat(9000)}`);
    expect(third).toMatchObject({ status: 'found', digits: 9000 });
    expect(third.candidates[0].formula).toBe('1 / 3');
    for (const zero of ['0', '0.000', '-0', '0e5']) {
      expect(await identifyConstant(zero)).toMatchObject({ status: 'none', digits: 0 });
    }
  });

  test('any text is answered or refused with a typed error, in time', async () => {
    const texts = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '-2.7198290525849102e+181',
        '1e-290',
        '9.99e289',
        '1.234567890123456e-60',
        '1.2345678e-200',
        '1.5 ± 1e300',
        '3±4',
      ),
      fc.stringMatching(/^-?\d{0,6}\.?\d{0,8}(\(\d\))?(e-?\d{1,3})?$/),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        try {
          const report = await identifyConstant(text, { timeLimit: 0.5 });
          for (const { chance, value } of report.candidates) expect(chance > 0 && value !== '').toBe(true);
          const [best] = report.candidates;
          const short = best !== undefined && best.bits <= 0.8 * best.digitBits;
          expect(report.status === 'found').toBe(short && best.chance <= FOUND_CHANCE);
        } catch (error) {
          expect(error).toBeInstanceOf(AnsatzError);
        }
      }),
      { seed: 4, numRuns: 25 },
    );
  });
});
