import { expect, it } from 'vitest';
import { Table } from '../../src/core/index.ts';
import { parse, print, simplify } from '../../src/expressions/index.ts';
import { signsOf, withoutAbs } from '../../src/search/column-signs.ts';
import { fit } from '../../src/search/index.ts';

const column = (...values: number[]): Float64Array => Float64Array.from(values);
const problem = {
  inputs: ['a', 'b', 'c', 'd'],
  columns: [column(1, 2), column(-1, -3), column(-1, 1), column(0, 1)],
  target: column(1, 2),
  weights: undefined,
  loss: { name: 'L2' } as const,
};

it('knows the inputs that are of one sign in every row', () => {
  expect([...signsOf(problem)]).toEqual([
    ['a', 1],
    ['b', -1],
  ]);
});

it.each([
  ['abs(a) + abs(b) + abs(c) + abs(d)', 'a - b + abs(c) + abs(d)'],
  ['sin(abs(a))', 'sin(a)'],
  ['abs(a + c)', 'abs(a + c)'],
])('writes %s as %s', (before, after) => {
  expect(print(simplify(withoutAbs(parse(before), signsOf(problem))))).toBe(print(simplify(parse(after))));
});

it('the law that is chosen is written for the signs of the data', async () => {
  const x = Array.from({ length: 30 }, (_, i) => 1 + i / 10);
  const z = x.map((v) => 2 + Math.sin(7 * v));
  const y = x.map((v, i) => v * z[i] + Math.sin(z[i]));
  const model = await fit(Table.from({ x, z, y }), {
    target: 'y',
    guesses: ['((x * z)^2)^0.5 + sin(z)'],
    unaryOperators: ['sin'],
    phases: ['evolve'],
    threads: 1,
    maxEvals: 2000,
  });
  expect(model.best.expression).toBe('x * z + sin(z)');
});
