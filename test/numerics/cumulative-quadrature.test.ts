import { describe, expect, test } from 'vitest';
import { cumulativeQuadrature, gaussLegendre, PROBE_POINTS } from '../../src/numerics/index.ts';

describe('a cumulative quadrature', () => {
  test('integrates powers up to every node', () => {
    for (const n of [1, 2, 5, 24]) {
      const { nodes, cumulative } = cumulativeQuadrature(n);
      for (let power = 0; power < n; power++) {
        for (let i = 0; i < n; i++) {
          let sum = 0;
          for (let j = 0; j < n; j++) sum += cumulative[i * n + j] * nodes[j] ** power;
          expect(sum).toBeCloseTo((nodes[i] ** (power + 1) - (-1) ** (power + 1)) / (power + 1), 13);
        }
      }
    }
  });

  test('evaluates between the nodes', () => {
    const { nodes, probes } = cumulativeQuadrature(24);
    PROBE_POINTS.forEach((x, probe) => {
      let sum = 0;
      for (let j = 0; j < 24; j++) sum += probes[probe * 24 + j] * Math.exp(nodes[j]);
      expect(sum).toBeCloseTo(Math.exp(x), 13);
    });
  });

  test('has the nodes and weights of Gauss and Legendre', () => {
    expect(cumulativeQuadrature(7)).toMatchObject(gaussLegendre(7));
    expect(() => cumulativeQuadrature(0)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });
});
