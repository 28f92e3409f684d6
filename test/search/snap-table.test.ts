import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream, Table } from '../../src/core/index.ts';
import { evaluate, parse } from '../../src/expressions/index.ts';
import { closedNumbersNear } from '../../src/search/closed-numbers.ts';
import { snapTable } from '../../src/search/snap-table.ts';

describe('numbers of closed form', () => {
  it.each([
    [3.14, 'pi'],
    [0.7853, 'pi / 4'],
    [-1.41, '-sqrt(2)'],
    [0.5774, 'sqrt(3) / 3'],
    [2.99, '3'],
    [0.3334, '1 / 3'],
    [4.713, '3 * pi / 2'],
  ])('near %d there is %s', (value, text) => {
    expect(closedNumbersNear(value).map((number) => number.text)).toContain(text);
  });

  it('the text is the value, and the families are near', () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (value) => {
        for (const number of closedNumbersNear(value)) {
          expect(evaluate(parse(number.text), {})).toBeCloseTo(number.value, 12);
        }
        expect(Math.abs(closedNumbersNear(value)[0].value - value)).toBeLessThanOrEqual(0.5);
      }),
    );
  });
});

describe('the price of a snap', () => {
  const random = new RandomStream(3);
  const x = Float64Array.from({ length: 80 }, () => 3 * random.uniform());
  const y = x.map((v) => Math.PI * v * v + Math.sqrt(2) + 0.01 * random.normal());
  const table = Table.from({ x, y, s: x.map(() => 0.01) });

  it('is small for the truth and large for its neighbours', () => {
    const { rows, loss } = snapTable(table, '3 * x^2 + 1', { target: 'y', sigma: 's', inputs: ['x'] });
    const price = (text: string): number => rows.find((row) => row.snapped.text === text)!.price;
    expect(loss / 80).toBeLessThan(1.5);
    // One degree of freedom less costs about 1 in chi2.
    expect(price('pi')).toBeLessThan(9);
    expect(price('sqrt(2)')).toBeLessThan(9);
    expect(price('3')).toBeGreaterThan(1000);
    expect(rows.map((row) => row.price)).toEqual(rows.map((row) => row.price).sort((a, b) => a - b));
    for (const row of rows) expect(row.loss - loss).toBeCloseTo(row.price, 6);
  });

  it('refits the others', () => {
    const { rows } = snapTable(table, '3 * x^2 + 1', { target: 'y', inputs: ['x'] });
    const three = rows.find((row) => row.snapped.text === '3')!;
    expect(evaluate(parse(three.expression), { x: 0 })).toBeGreaterThan(1.5);
  });

  it('refuses what has no value', () => {
    expect(() => snapTable(table, 'log(-x)', { target: 'y', inputs: ['x'] })).toThrow(/not finite/);
    expect(() => snapTable(table, 'z', { target: 'y' })).toThrow(/unknown variable/);
  });
});
