import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { MatrixProducts } from '../../src/evaluation/index.ts';

/** Rounding of sums in another order, relative to the sum of sizes. */
const ROUNDING = 1e-15;

function matrixOf(rows: number, length: number, seed: number): Float64Array {
  const random = new RandomStream(seed);
  return Float64Array.from({ length: rows * length }, () => random.normal());
}

/** a_i . b_j one after another, with the sum of the sizes of what is summed. */
function product(a: Float64Array, i: number, b: Float64Array, j: number, length: number): [number, number] {
  let sum = 0;
  let sizes = 0;
  for (let k = 0; k < length; k++) {
    const term = a[i * length + k] * b[j * length + k];
    sum += term;
    sizes += Math.abs(term);
  }
  return [sum, sizes];
}

describe('MatrixProducts', () => {
  test.each([
    [1, 1, 1],
    [3, 5, 7],
    [4, 2, 8],
    [130, 65, 31],
    [257, 130, 128],
  ])('of %i rows with %i others of length %i', (rows, others, length) => {
    const b = matrixOf(rows, length, 1);
    const a = matrixOf(others, length, 2);
    const products = new MatrixProducts(b, rows, length);
    const out = new Float64Array(others * rows).fill(NaN);
    products.with(a, others, out);
    for (let i = 0; i < others; i++) {
      for (let j = 0; j < rows; j++) {
        const [sum, sizes] = product(a, i, b, j, length);
        expect(Math.abs(out[i * rows + j] - sum)).toBeLessThanOrEqual(ROUNDING * sizes);
      }
    }
  });

  test('with itself, below the diagonal', () => {
    const [rows, length] = [131, 37];
    const b = matrixOf(rows, length, 3);
    const out = new Float64Array(rows * rows).fill(NaN);
    new MatrixProducts(b, rows, length).gram(out);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j <= i; j++) {
        const [sum, sizes] = product(b, i, b, j, length);
        expect(Math.abs(out[i * rows + j] - sum)).toBeLessThanOrEqual(ROUNDING * sizes);
      }
    }
  });

  test('two matrices in turn', () => {
    const length = 9;
    const [a, b] = [matrixOf(6, length, 4), matrixOf(50, length, 5)];
    const [first, second] = [new MatrixProducts(a, 6, length), new MatrixProducts(b, 50, length)];
    const other = matrixOf(3, length, 6);
    const once = new Float64Array(18);
    first.with(other, 3, once);
    second.with(other, 3, new Float64Array(150));
    const again = new Float64Array(18);
    first.with(other, 3, again);
    expect(again).toEqual(once);
  });
});
