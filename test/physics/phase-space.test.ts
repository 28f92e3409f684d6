import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { dotAt, masslessVolume, rambo } from '../../src/physics/index.ts';

/** Volumes at s = 1 as another program has them. */
const VOLUMES: readonly (readonly [particles: number, volume: number])[] = [
  [2, 0.0397887358],
  [3, 1.25982556e-4],
  [4, 1.32965643e-7],
  [5, 7.01678976e-11],
  [6, 2.22171701e-14],
];

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the volume of massless phase space', () => {
  test.each(VOLUMES)('of %i particles', (particles, volume) => {
    expect(Math.abs(masslessVolume(particles, 1) / volume - 1)).toBeLessThan(5e-9);
    expect(masslessVolume(particles, 3) / masslessVolume(particles, 1)).toBeCloseTo(9 ** (particles - 2), 8);
  });
});

describe('RAMBO', () => {
  test.each([[[0, 0]], [[0, 0, 0, 0, 0]], [[173, 125, 0]], [[1, 0.5, 0.2, 0]]])(
    'conserves momentum and masses, %j',
    (masses) => {
      const energy = 500;
      const { momenta } = rambo(50, energy, masses, new RandomStream(1));
      for (let event = 0; event < 50; event++) {
        const total = [0, 0, 0, 0];
        masses.forEach((mass, i) => {
          const v = 4 * (event * masses.length + i);
          for (let k = 0; k < 4; k++) total[k] += momenta[v + k];
          expect(Math.abs(dotAt(momenta, v, momenta, v) - mass * mass)).toBeLessThan(1e-12 * energy ** 2);
          expect(momenta[v]).toBeGreaterThan(0);
        });
        [energy, 0, 0, 0].forEach((value, k) => {
          expect(Math.abs(total[k] - value)).toBeLessThan(1e-12 * energy);
        });
      }
    },
  );

  test('weighs two massive particles by the closed form', () => {
    const [energy, a, b] = [500, 173, 125];
    const kallen = (energy ** 2 - a * a - b * b) ** 2 - 4 * a * a * b * b;
    const volume = Math.sqrt(kallen) / (8 * Math.PI * energy ** 2);
    for (const weight of rambo(5, energy, [a, b], new RandomStream(1)).weights) {
      expect(Math.abs(weight / volume - 1)).toBeLessThan(1e-12);
    }
  });

  // Integrated elsewhere; 20,000 points give .0006 and .002 of the volume.
  test.each([
    [1000, 84.1382491],
    [600, 16.2987264],
  ])('has the volume of top, Higgs boson and jet at %i GeV', (energy, volume) => {
    const { weights } = rambo(20_000, energy, [173, 125, 0], new RandomStream(2));
    expect(Math.abs(mean(weights) / volume - 1)).toBeLessThan(0.01);
  });

  test('is isotropic, and shares energy as phase space does', () => {
    const { momenta } = rambo(20_000, 1, [0, 0, 0], new RandomStream(3));
    let [along, square] = [0, 0];
    for (let event = 0; event < 20_000; event++) {
      const e = momenta[12 * event];
      along += (momenta[12 * event + 3] / e) ** 2 / 20_000;
      square += (e * e) / 20_000;
    }
    expect(Math.abs(along - 1 / 3)).toBeLessThan(0.011);
    // d Gamma / dx is x for x = 2 E / sqrt(s) from 0 to 1, so that <E^2> is 1/8.
    expect(Math.abs(square - 1 / 8)).toBeLessThan(0.003);
  });

  test.each([
    [[0], 1, 'particles'],
    [[1, 1], 2, 'below-threshold'],
    [[0, 0], Number.NaN, 'below-threshold'],
    [[-1, 1], 5, 'mass'],
  ])('refuses masses %j at %d', (masses, energy, code) => {
    expect(() => rambo(1, energy, masses, new RandomStream(1))).toThrow(expect.objectContaining({ code }));
  });
});
