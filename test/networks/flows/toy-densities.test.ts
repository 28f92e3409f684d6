import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { TOY_DENSITY_NAMES, toyDensity, toyPoints } from '../../../src/networks/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

/** The box that holds a density, but for less than 1e-6 of it. */
const BOX = {
  eightGaussians: [-4, 4, -4, 4],
  checkerboard: [-4, 4, -4, 4],
  crescent: [0.25, 0.42, -0.17, 0.17],
} as const;

describe.each(TOY_DENSITY_NAMES)('%s', (name) => {
  const density = toyDensity(name);

  test('has integral 1 and the entropy that it states', () => {
    const [left, right, low, high] = BOX[name];
    const cells = 800;
    const [dx, dy] = [(right - left) / cells, (high - low) / cells];
    let [total, entropy] = [0, 0];
    for (let i = 0; i < cells; i++) {
      for (let j = 0; j < cells; j++) {
        const log = density.logDensity(left + (i + 0.5) * dx, low + (j + 0.5) * dy);
        if (log === Number.NEGATIVE_INFINITY) continue;
        total += Math.exp(log) * dx * dy;
        entropy -= Math.exp(log) * log * dx * dy;
      }
    }
    expect(Math.abs(total - 1)).toBeLessThan(1e-4);
    expect(Math.abs(entropy - density.entropy)).toBeLessThan(3e-4);
  });

  test('draws its points, and the same from the same stream', () => {
    const count = 20_000;
    const random = new RandomStream(4);
    const logs = Array.from({ length: count }, () => density.logDensity(...density.point(random)));
    const mean = logs.reduce((sum, log) => sum + log, 0) / count;
    const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / count);
    expect(Math.abs(-mean - density.entropy)).toBeLessThan((4 * deviation) / Math.sqrt(count) + 1e-6);
    tf.tidy(() => {
      const points = (seed: number): number[] => [...toyPoints(density, 5, new RandomStream(seed)).dataSync()];
      expect(points(4)).toEqual(points(4));
      expect(points(5)).not.toEqual(points(4));
    });
  });
});

test('refuses a density that it does not know, and no points', () => {
  expect(() => toyDensity('pinwheel' as never)).toThrow(expect.objectContaining({ code: 'density' }));
  const none = (): unknown => toyPoints(toyDensity('crescent'), 0, new RandomStream(1));
  expect(none).toThrow(expect.objectContaining({ code: 'size' }));
});
