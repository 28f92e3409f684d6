import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { parse } from '../../../src/expressions/index.ts';
import { sideOf } from '../../../src/search/rivals/box.ts';
import { widestGap } from '../../../src/search/rivals/widest-gap.ts';

const apart = (a: number, b: number): number => Math.abs(a - b);
const gap = (a: string, b: string, sides = [sideOf('x', [0.5, 1.5])], seed = 1) =>
  widestGap(parse(a), parse(b), apart, sides, new RandomStream(seed));
/** Of the place of a smooth maximum; its height is right to the square of that. */
const PLACE = 0.02;

describe('the widest gap', () => {
  it('lies at the end of the box where that is farthest', () => {
    expect(gap('x^2', 'x')).toMatchObject({ where: { x: 2 }, predictions: [4, 2], separation: 2 });
  });

  it('lies inside where the difference has its maximum there', () => {
    const found = gap('sin(3.14159265358979 * x)', '0', [sideOf('x', [0.25, 0.75])])!;
    expect(Math.abs(found.where['x'] - 0.5)).toBeLessThan(PLACE);
    expect(found.separation).toBeGreaterThan(1 - 10 * PLACE ** 2);
  });

  it('climbs along every input', () => {
    const sides = ['x', 'u', 'v'].map((name) => sideOf(name, [1.25, 2.25]));
    const found = gap('x * u / v', 'x', sides)!;
    expect(found.where).toEqual({ x: 2.75, u: 2.75, v: 0.75 });
    expect(found.separation).toBeCloseTo(2.75 * (2.75 / 0.75 - 1), 12);
  });

  it('keeps to points where both laws have a value', () => {
    const found = gap('sqrt(1 - x)', '0')!;
    expect(found.where['x']).toBeLessThanOrEqual(1);
    expect(found.separation).toBeGreaterThan(0.8);
    expect(gap('sqrt(-x)', 'x')).toBeUndefined();
  });

  it('depends on the seed alone', () => {
    expect(gap('x^3', 'exp(x)')).toEqual(gap('x^3', 'exp(x)'));
  });
});
