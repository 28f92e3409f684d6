import { expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { eliminationOrder } from '../../../src/search/sums/elimination-order.ts';

const random = new RandomStream(2);
const column = () => Float64Array.from({ length: 50 }, () => random.normal());
const [a, b, c, d] = [column(), column(), column(), column()];

it('leaves out what is worth least beside the others first', () => {
  const target = a.map((value, i) => value + 0.1 * b[i] + 3 * c[i] + 0.5 * d[i]);
  expect(eliminationOrder([a, b, c, d], target)).toEqual([1, 3, 2]);
});

it('judges anew when a column is gone: of two that are nearly alike only the first to go is worth little', () => {
  const twin = b.map((value, i) => value + 0.01 * d[i]);
  const target = a.map((value, i) => value + b[i] + 0.5 * c[i]);
  const order = eliminationOrder([a, b, twin, c], target);
  expect(order).toEqual([2, 3, 1]);
});

it('bears a column that is a multiple of another', () => {
  const order = eliminationOrder([a, b, b.map((value) => 2 * value)], b);
  expect([...order].sort()).toEqual([1, 2]);
});
