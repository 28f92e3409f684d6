import { describe, expect, test } from 'vitest';
import { evaluate, parse } from '../../src/expressions/index.ts';
import { simpson } from '../simpson.ts';

/**
 * Rows of the published table of functions outside the vocabulary: formula in n and u1 = u(n-1), and how true it is.
 *
 * Identities hold to rounding; the others are leading terms for large n, and the bound says how far off they are at n = 20.
 */
const ROWS: readonly [name: string, at: (n: number) => number, formula: string, error: number][] = [
  ['arcsinh n', Math.asinh, 'log(n + sqrt(n^2 + 1))', 1e-14],
  ['arccosh n', Math.acosh, 'log(n + sqrt(n^2 - 1))', 1e-14],
  // True of 1/(n + 1): the published row counts n from 0.
  ['arctanh 1/(n+1)', (n) => Math.atanh(1 / (n + 1)), 'log(1 + 2/n)/2', 1e-14],
  ['Catalan numbers, n from 1', catalan, 'u1*(4 - 6/n)', 1e-14],
  ['Dawson', dawson, 'n/(2*n^2 - u1 - 1)', 1e-4],
  ['J_0', (n) => mean((t) => Math.cos(n * Math.sin(t))), '(sin(n) + cos(n))/sqrt(pi*n)', 0.01],
  ['I_0', (n) => mean((t) => Math.exp(n * Math.cos(t))), 'exp(n)/sqrt(2*pi*n)', 0.01],
];

function catalan(n: number): number {
  let value = 1;
  for (let k = 2; k <= n; k++) value = (value * (4 * k - 6)) / k;
  return value;
}

/** exp(-x^2) times the integral of exp(t^2) from 0 to x. */
function dawson(x: number): number {
  return simpson((t) => Math.exp(t * t - x * x), 0, x);
}

/** Mean over 0..pi. */
function mean(f: (t: number) => number): number {
  return simpson(f, 0, Math.PI) / Math.PI;
}

describe('the published table of functions outside the vocabulary', () => {
  test.each(ROWS)('%s', (_name, at, formula, error) => {
    const tree = parse(formula);
    const n = 20;
    const value = evaluate(tree, { n, u1: at(n - 1) });
    const difference = Math.abs(value - at(n));
    expect(difference).toBeLessThan(error * Math.max(1, Math.abs(at(n))));
    // The leading terms are no identities: a guess that took them for such would be wrong.
    if (error > 1e-10) expect(difference).toBeGreaterThan(1e-12);
  });
});
