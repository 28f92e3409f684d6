import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bodies, type OrbitalElements, orbitalState, simulate } from '../../src/physics/index.ts';

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i], 0);
const cross = ([a, b, c]: readonly number[], [x, y, z]: readonly number[]): number[] => [
  b * z - c * y,
  c * x - a * z,
  a * y - b * x,
];

const angle = fc.double({ min: -7, max: 7, noNaN: true });
const orbit: fc.Arbitrary<OrbitalElements> = fc.record({
  semiMajorAxis: fc.double({ min: 0.1, max: 10, noNaN: true }),
  eccentricity: fc.double({ min: 0, max: 0.97, noNaN: true }),
  inclination: angle,
  node: angle,
  argumentOfPericentre: angle,
  meanAnomaly: angle,
});

describe('a Kepler orbit', () => {
  test('has the energy of its axis and the angular momentum of its eccentricity, tilted as it says', () => {
    fc.assert(
      fc.property(orbit, fc.double({ min: 0.1, max: 50, noNaN: true }), (elements, gravity) => {
        const { position, velocity } = orbitalState(elements, gravity);
        const { semiMajorAxis: a, eccentricity: e, inclination } = elements;
        const energy = dot(velocity, velocity) / 2 - gravity / Math.hypot(...position);
        expect(energy / (-gravity / (2 * a))).toBeCloseTo(1, 8);
        const momentum = cross(position, velocity);
        const size = Math.sqrt(gravity * a * (1 - e * e));
        expect(Math.hypot(...momentum) / size).toBeCloseTo(1, 8);
        expect(momentum[2] / size).toBeCloseTo(Math.cos(inclination), 8);
      }),
      { seed: 5 },
    );
  });

  test.each([
    [{ semiMajorAxis: 0 }, 1],
    [{ eccentricity: 1 }, 1],
    [{ eccentricity: Number.NaN }, 1],
    [{}, -1],
  ])('refuses %j around %d', (spoilt, gravity) => {
    const circle = {
      semiMajorAxis: 1,
      eccentricity: 0,
      inclination: 0,
      node: 0,
      argumentOfPericentre: 0,
      meanAnomaly: 0,
    };
    expect(() => orbitalState({ ...circle, ...spoilt }, gravity)).toThrow(expect.objectContaining({ code: 'orbit' }));
  });
});

/** A light body around a heavy one, seen from their centre of mass. */
function pair(elements: OrbitalElements, masses: [number, number]): Bodies {
  const { position, velocity } = orbitalState(elements, masses[0] + masses[1]);
  const shares = [-masses[1], masses[0]].map((mass) => mass / (masses[0] + masses[1]));
  const of = (vector: readonly number[]) => Float64Array.from(shares.flatMap((share) => vector.map((x) => share * x)));
  return { masses: Float64Array.from(masses), positions: of(position), velocities: of(velocity) };
}

const ELLIPSE: OrbitalElements = {
  semiMajorAxis: 1,
  eccentricity: 0.3,
  inclination: 0.2,
  node: 1,
  argumentOfPericentre: 2,
  meanAnomaly: 0.5,
};

describe('simulated bodies', () => {
  test('follow the Kepler orbit, closer by four for steps half as long', () => {
    const masses: [number, number] = [0.9, 0.1];
    const bodies = pair(ELLIPSE, masses);
    const error = (steps: number): number => {
      const step = 1 / steps;
      const { positions } = simulate(bodies, { gravity: 1, step, every: steps, frames: 6 });
      // Five units of time at mean motion 1.
      const expected = pair({ ...ELLIPSE, meanAnomaly: 5.5 }, masses).positions;
      return Math.hypot(...expected.map((x, i) => x - positions[5 * 6 + i]));
    };
    expect(error(400)).toBeLessThan(1e-4);
    expect(error(200) / error(400)).toBeGreaterThan(3.8);
    expect(error(200) / error(400)).toBeLessThan(4.2);
  });

  test('keep momentum to rounding, and energy over a thousand orbits', () => {
    const bodies = pair(ELLIPSE, [0.7, 0.3]);
    const { positions, velocities, accelerations } = simulate(bodies, {
      gravity: 1,
      step: 0.02,
      every: 37,
      frames: 8000,
    });
    const energies = Array.from({ length: 8000 }, (_, frame) => {
      const [v, x] = [velocities, positions].map((all) => all.subarray(6 * frame, 6 * frame + 6));
      const distance = Math.hypot(x[0] - x[3], x[1] - x[4], x[2] - x[5]);
      for (let k = 0; k < 3; k++) expect(Math.abs(0.7 * v[k] + 0.3 * v[k + 3])).toBeLessThan(1e-11);
      for (let k = 0; k < 3; k++) {
        const force = 0.7 * accelerations[6 * frame + k] + 0.3 * accelerations[6 * frame + 3 + k];
        expect(Math.abs(force)).toBeLessThan(1e-12);
      }
      const kinetic = 0.35 * dot([...v.subarray(0, 3)], [...v.subarray(0, 3)]);
      return kinetic + 0.15 * dot([...v.subarray(3)], [...v.subarray(3)]) - 0.21 / distance;
    });
    // The energy of a symplectic step swings with the orbit and does not drift.
    const spread = Math.max(...energies) - Math.min(...energies);
    expect(spread).toBeLessThan(1e-3 * 0.105);
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(energies.slice(0, 4000)) - mean(energies.slice(4000)))).toBeLessThan(0.05 * spread);
  });

  test.each([
    [{ step: 0 }, 'range'],
    [{ every: 1.5 }, 'range'],
    [{ frames: 0 }, 'range'],
  ])('refuse %j', (spoilt, code) => {
    const options = { gravity: 1, step: 0.1, every: 1, frames: 2, ...spoilt };
    expect(() => simulate(pair(ELLIPSE, [1, 1]), options)).toThrow(expect.objectContaining({ code }));
  });

  test('refuse positions of other bodies than masses', () => {
    const bodies = { ...pair(ELLIPSE, [1, 1]), positions: new Float64Array(5) };
    expect(() => simulate(bodies, { gravity: 1, step: 0.1, every: 1, frames: 2 })).toThrow(
      expect.objectContaining({ code: 'shape' }),
    );
  });
});
