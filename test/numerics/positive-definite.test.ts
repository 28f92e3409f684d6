import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { choleskyFactor, inverseFromFactor, solveLower, solveUpper } from '../../src/numerics/index.ts';

const TOLERANCE = 1e-9;

/** B B^T + 1 with B normal. */
function positiveDefinite(seed: number, n: number): Float64Array {
  const random = new RandomStream(seed);
  const b = Float64Array.from({ length: n * n }, () => random.normal());
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = i === j ? 1 : 0;
    for (let k = 0; k < n; k++) sum += b[i * n + k] * b[j * n + k];
    return sum;
  });
}

describe('Cholesky factors', () => {
  it('invert and solve positive definite systems', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 8 }), (seed, n) => {
        const matrix = positiveDefinite(seed, n);
        const factor = matrix.slice();
        expect(choleskyFactor(factor, n)).toBe(-1);
        const inverse = inverseFromFactor(factor, n);
        const random = new RandomStream(seed + 1);
        const x = Float64Array.from({ length: n + 1 }, () => random.normal());
        const rhs = new Float64Array(n + 1);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            rhs[i + 1] += matrix[i * n + j] * x[j + 1];
            let unit = 0;
            for (let k = 0; k < n; k++) unit += matrix[i * n + k] * inverse[k * n + j];
            expect(Math.abs(unit - (i === j ? 1 : 0))).toBeLessThan(TOLERANCE);
          }
        }
        solveLower(factor, n, rhs, 1);
        solveUpper(factor, n, rhs, 1);
        for (let i = 1; i <= n; i++) expect(Math.abs(rhs[i] - x[i])).toBeLessThan(TOLERANCE);
      }),
    );
  });

  it('name the first index that fails', () => {
    expect(choleskyFactor(Float64Array.of(1, 1, 1, 1), 2)).toBe(1);
    expect(choleskyFactor(Float64Array.of(-1), 1)).toBe(0);
    expect(choleskyFactor(Float64Array.of(1, 0, 0, Number.NaN), 2)).toBe(1);
    expect(choleskyFactor(Float64Array.of(1, 0, 2, 1), 2)).toBe(1);
  });
});
