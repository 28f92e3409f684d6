import { OptionError, ShapeError } from '../core/index.ts';

/** Bodies that attract one another. */
export interface Bodies {
  /** Shape [bodies], > 0. */
  readonly masses: Float64Array;
  /** Shape [bodies, 3], row by row. */
  readonly positions: Float64Array;
  /** Shape [bodies, 3]. */
  readonly velocities: Float64Array;
}

/** How bodies are followed. */
export interface SimulationOptions {
  /** Newton's constant in the units of masses, positions and velocities. */
  readonly gravity: number;
  /** Length of a step in time. */
  readonly step: number;
  /** Steps between two frames. */
  readonly every: number;
  readonly frames: number;
}

/** Where bodies are and how they are accelerated, at times `every * step` apart, the start first. */
export interface Trajectory {
  /** Shape [frames, bodies, 3]. */
  readonly positions: Float64Array;
  /** Shape [frames, bodies, 3]. */
  readonly velocities: Float64Array;
  /** Shape [frames, bodies, 3]. */
  readonly accelerations: Float64Array;
}

/**
 * Follows bodies under Newton's gravity by leapfrog steps, which keep momentum and, over long times, energy.
 *
 * @throws ShapeError, OptionError "range"
 * @see Hairer, Lubich, Wanner, Geometric Numerical Integration (2006), section I.1.4
 */
export function simulate(bodies: Bodies, { gravity, step, every, frames }: SimulationOptions): Trajectory {
  const { masses } = bodies;
  for (const name of ['positions', 'velocities'] as const) {
    if (bodies[name].length === 3 * masses.length) continue;
    throw new ShapeError(name, `[${masses.length}, 3]`, `${bodies[name].length} numbers`);
  }
  for (const [name, value] of Object.entries({ every, frames })) {
    if (!(Number.isSafeInteger(value) && value >= 1)) {
      throw new OptionError('range', name, `${value}`, 'a whole number from 1');
    }
  }
  if (!(step > 0 && Number.isFinite(step))) throw new OptionError('range', 'step', `${step}`, 'a time above 0');
  const size = 3 * masses.length;
  const [x, v] = [bodies.positions.slice(), bodies.velocities.slice()];
  const a = new Float64Array(size);
  const [positions, velocities, accelerations] = [0, 1, 2].map(() => new Float64Array(frames * size));
  attract(masses, x, gravity, a);
  for (let frame = 0; frame < frames; frame++) {
    positions.set(x, frame * size);
    velocities.set(v, frame * size);
    accelerations.set(a, frame * size);
    if (frame === frames - 1) break;
    for (let i = 0; i < every; i++) {
      for (let j = 0; j < size; j++) {
        v[j] += 0.5 * step * a[j];
        x[j] += step * v[j];
      }
      attract(masses, x, gravity, a);
      for (let j = 0; j < size; j++) v[j] += 0.5 * step * a[j];
    }
  }
  return { positions, velocities, accelerations };
}

/** Writes the accelerations of bodies at x. */
function attract(masses: Float64Array, x: Float64Array, gravity: number, out: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < masses.length; i++) {
    for (let j = i + 1; j < masses.length; j++) {
      const [p, q] = [3 * i, 3 * j];
      const dx = x[q] - x[p];
      const dy = x[q + 1] - x[p + 1];
      const dz = x[q + 2] - x[p + 2];
      const squared = dx * dx + dy * dy + dz * dz;
      const pull = gravity / (squared * Math.sqrt(squared));
      const [toJ, toI] = [pull * masses[j], -pull * masses[i]];
      out[p] += toJ * dx;
      out[p + 1] += toJ * dy;
      out[p + 2] += toJ * dz;
      out[q] += toI * dx;
      out[q + 1] += toI * dy;
      out[q + 2] += toI * dz;
    }
  }
}
