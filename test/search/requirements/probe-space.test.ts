import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { rangesOf, targetScale } from '../../../src/search/requirements/index.ts';
import { ProbeSpace } from '../../../src/search/requirements/probe-space.ts';

const space = (ranges: readonly (readonly [number, number])[]) =>
  new ProbeSpace(['x', 'y', 'z'].slice(0, ranges.length), ranges, new RandomStream(2));

describe('points', () => {
  const points = space([
    [-2, 3],
    [1e-3, 1e6],
    [5, 5],
  ]).points(20);

  test('lie one in each slice of every range, from end to end', () => {
    const slices = points.map(([x]) => Math.min(19, Math.floor(((x + 2) / 5) * 20)));
    expect([...new Set(slices)]).toHaveLength(20);
    expect(Math.min(...points.map(([x]) => x))).toBe(-2);
    expect(Math.max(...points.map(([x]) => x))).toBe(3);
    expect(points.every(([, , z]) => z === 5)).toBe(true);
  });

  test('cover a range of many decades in the logarithm', () => {
    const decades = points.map(([, y]) => Math.floor(Math.min(Math.log10(y), 5.999)));
    expect(new Set(decades)).toEqual(new Set([-3, -2, -1, 0, 1, 2, 3, 4, 5]));
  });

  test('keep what is held', () => {
    const held = space([
      [0, 1],
      [0, 1],
    ]).points(9, { y: 7 });
    expect(held).toHaveLength(9);
    expect(held.every(([, y]) => y === 7)).toBe(true);
    expect(space([[0, 1]]).points(9, { x: 3 })).toEqual([[3]]);
  });
});

describe('lines', () => {
  test('run up the range, with the other inputs fixed on each', () => {
    for (const ranges of [
      [[-1, 1]],
      [
        [-1, 1],
        [0, 2],
      ],
      [
        [1e-3, 1e3],
        [0, 2],
      ],
    ] as const) {
      const lines = space(ranges).lines('x');
      expect(lines).toHaveLength(ranges.length === 1 ? 1 : 6);
      for (const line of lines) {
        const along = line.map(([x]) => x);
        expect([along[0], along.at(-1)]).toEqual([...ranges[0]]);
        expect(along).toEqual([...new Set(along)].sort((a, b) => a - b));
        expect(new Set(line.map((point) => point[1])).size).toBe(1);
      }
    }
  });
});

test('rangesOf gives least and greatest values', () => {
  expect(rangesOf([Float64Array.of(3, -1, 2), Float64Array.of(4, 4, 4)])).toEqual([
    [-1, 3],
    [4, 4],
  ]);
});

test('targetScale is the standard deviation, or a size where there is none', () => {
  expect(targetScale(Float64Array.of(1, 3))).toBe(1);
  expect(targetScale(Float64Array.of(-7, -7))).toBe(7);
  expect(targetScale(Float64Array.of(0, 0))).toBe(1);
});
