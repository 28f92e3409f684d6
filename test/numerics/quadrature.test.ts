import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { OptionError } from '../../src/core/index.ts';
import { gaussLegendre } from '../../src/numerics/index.ts';

const path = fileURLToPath(new URL('../fixtures/scipy/distributions.json', import.meta.url));
const { legendre }: { legendre: Record<string, [number[], number[]]> } = JSON.parse(readFileSync(path, 'utf8'));

const TOLERANCE = 1e-14;

describe('gaussLegendre', () => {
  it.each(Object.entries(legendre))('is that of numpy for n = %s', (n, [nodes, weights]) => {
    const rule = gaussLegendre(Number(n));
    nodes.forEach((x, i) => {
      expect(Math.abs(rule.nodes[i] - x)).toBeLessThan(TOLERANCE);
      expect(Math.abs(rule.weights[i] - weights[i])).toBeLessThan(TOLERANCE);
    });
  });

  it.each([1, 2, 3, 4, 7, 20, 200, 1000])('integrates even powers up to 2n - 1 with n = %i', (n) => {
    const { nodes, weights } = gaussLegendre(n);
    for (let power = 0; power < 2 * n; power += Math.max(1, Math.floor(n / 3))) {
      const sum = nodes.reduce((total, x, i) => total + weights[i] * x ** power, 0);
      expect(Math.abs(sum - (power % 2 === 0 ? 2 / (power + 1) : 0))).toBeLessThan(10 * TOLERANCE);
    }
  });

  it.each([0, -1, 1.5, Number.NaN, 1001])('refuses %d nodes', (n) => {
    expect(() => gaussLegendre(n)).toThrow(OptionError);
  });
});
