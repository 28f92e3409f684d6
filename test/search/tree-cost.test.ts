import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, STANDARD_OPERATORS } from '../../src/expressions/index.ts';
import { exactCost, NATS_PER_NODE, treeCost } from '../../src/search/tree-cost.ts';
import { UnitRules } from '../../src/search/units/unit-rules.ts';

const cost = (formula: string): number => treeCost(parse(formula));
/** Nats of the nodes alone. */
const nodes = (count: number): number => NATS_PER_NODE * count;

describe('the prior over forms', () => {
  it('counts the nodes of arithmetic', () => {
    expect(cost('2.37 * x^1.5')).toBe(nodes(5));
    expect(cost('2.37 * x / u')).toBe(nodes(5));
    expect(cost('2.37 * x + 1.19')).toBe(nodes(5));
  });

  it('takes a reciprocal for one idea', () => {
    expect(cost('1 / x')).toBe(nodes(2));
    expect(cost('2 / x')).toBe(nodes(3));
  });

  it('asks for a coefficient where units would', () => {
    expect(cost('x - sqrt(u)')).toBeGreaterThan(cost('x - u') + nodes(2));
    expect(cost('x^2 + 1.19')).toBeGreaterThan(cost('2.37 * x^2 + 1.19'));
    expect(cost('x + u')).toBe(nodes(3));
  });

  it('takes a number inside a law for an offset, which has the unit of what it is added to', () => {
    expect(cost('3.41 * x / (x + 1.27)')).toBe(nodes(7));
    expect(cost('3.17 / (x^2 + 1.19)')).toBe(nodes(7));
    expect(cost('2.61 * sqrt(x + 0.83)')).toBe(cost('2.61 * sqrt(x + u)'));
    // Not at the top, not beside terms of several degrees, and not in an exponential, whose argument is a number.
    expect(cost('x + 1.27')).toBeGreaterThan(nodes(3));
    expect(cost('3.41 / (x + x^2 + 1.27)')).toBeGreaterThan(cost('3.41 / (x + u + 1.27)'));
    expect(cost('exp(x + 1.27)')).toBeGreaterThan(cost('exp(1.19 * x)'));
  });

  it('asks the units, where these are known, what is a sum of quantities and what a group', () => {
    const given = new UnitRules(
      {
        xUnits: { m: 'kg', v: 'm/s', c: 'm/s', t: 'rad' },
        unitSystem: 'SI',
        dimensionMode: 'construct',
        dimensionlessConstantsOnly: false,
      },
      ['m', 'v', 'c', 't'],
      ['add', 'sub', 'mul', 'div', 'pow', 'exp', 'cos', 'sqrt'].map((name) => STANDARD_OPERATORS.get(name)),
    );
    const typed = (formula: string): number => treeCost(parse(formula), given.describe(parse(formula)));
    // A speed and a multiple of another go together; two numbers of which one is an angle do so no more than before.
    expect(typed('1.37 * v^2 - c^2')).toBe(typed('v^2 - c^2') + nodes(2));
    expect(cost('1.37 * v^2 - c^2')).toBeGreaterThan(typed('1.37 * v^2 - c^2'));
    expect(typed('t - v / c')).toBe(cost('t - v / c'));
    // v / c is what exp takes by itself, and no angle.
    expect(typed('exp(v / c)')).toBeLessThan(cost('exp(v / c)'));
    expect(typed('exp(t)')).toBe(cost('exp(t)'));
    expect(typed('cos(v / c)')).toBe(cost('cos(v / c)'));
    // What is not consistent is read without units.
    expect(typed('v - sqrt(c)')).toBe(cost('v - sqrt(c)'));
  });

  it('lets exponents become whole one after another', () => {
    const [both, one, none] = ['x^1.9 + u^1.87', 'x^2 + u^1.87', 'x^2 + u^2'].map((sum) => cost(`1.61 * sqrt(${sum})`));
    expect(one).toBeLessThanOrEqual(both);
    expect(none).toBeLessThan(one);
  });

  it('does not take an exponent for the scale that a function needs', () => {
    expect(cost('2.37 * exp(x^-0.56)') - cost('2.37 * exp(1.19 * x)')).toBeGreaterThan(0);
    expect(cost('2.37 * exp((1.19 * x)^0.56)')).toBeLessThan(cost('2.37 * exp(x^0.56)') + nodes(3));
  });

  it('finds functions of functions surprising', () => {
    expect(cost('2.37 * exp(1.19 * exp(3.1 * x))')).toBeGreaterThan(cost('2.37 * exp(1.19 * sqrt(3.1 * x))'));
  });

  it('charges small rationals by a proper code', () => {
    const rational = fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: 1, max: 6 }));
    fc.assert(
      fc.property(rational, ([p, q]) => {
        const nats = exactCost(p / q)!;
        expect(nats).toBeGreaterThanOrEqual(0);
        // A fraction is dearer than its numerator.
        expect(nats).toBeLessThanOrEqual(2 * Math.log(Math.abs(p) + 1) + 3 * Math.log(q));
      }),
    );
    expect(exactCost(Math.PI)).toBeUndefined();
  });
});
