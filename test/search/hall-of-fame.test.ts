import { describe, expect, it } from 'vitest';
import { complexity, parse, print, structureKey } from '../../src/expressions/index.ts';
import { HallOfFame } from '../../src/search/hall-of-fame.ts';

const hallOf = (...entries: [string, number][]): HallOfFame => {
  const hall = new HallOfFame(
    9,
    { complexity, key: structureKey },
    (tree, loss) => loss + (print(tree).includes('exp') ? 10 : 0),
  );
  for (const [formula, loss] of entries) hall.offer(parse(formula), loss);
  return hall;
};
const shown = (hall: HallOfFame): string[] => hall.front().map((entry) => print(entry.tree));

describe('HallOfFame', () => {
  it('keeps the best of each complexity and ties the older one', () => {
    const hall = hallOf(['x', 3], ['y', 2], ['z', 2], ['x + y', 1]);
    expect(shown(hall)).toEqual(['y', 'x + y']);
    expect(hall.lowest()).toBe(1);
  });

  it('shows only what beats every simpler one', () => {
    expect(shown(hallOf(['x', 1], ['exp(x)', 1], ['x + y', 0.5], ['exp(x + y)', 0.7]))).toEqual(['x', 'x + y']);
  });

  it('refuses NaN, infinities and what is too large', () => {
    const hall = hallOf(['x', Number.NaN], ['y', Number.POSITIVE_INFINITY]);
    expect(hall.offer(parse('x + x + x + x + x + x'), 0)).toBe(false);
    expect(hall.all()).toEqual([]);
    expect(hall.lowest()).toBe(Number.POSITIVE_INFINITY);
  });

  it('remembers runners-up of another structure by rank, not by loss', () => {
    const hall = hallOf(['exp(x) + y', 1], ['log(x) + y', 2], ['3 * x', 9], ['4 * x', 8]);
    expect(hall.candidates().map((entry) => print(entry.tree))).toEqual(['4 * x', 'exp(x) + y', 'log(x) + y']);
    expect(hall.improves(parse('sin(x) + y'), 1.5)).toBe(false);
    expect(hall.improves(parse('sin(x) + y'), 0.5)).toBe(true);
  });

  it('lets a chosen tree stand on the front', () => {
    const hall = hallOf(['exp(x)', 1], ['x + y', 2]);
    expect(shown(hall)).toEqual(['exp(x)']);
    hall.clearBelow(parse('x + y'), 2);
    expect(shown(hall)).toEqual(['x + y']);
  });
});
