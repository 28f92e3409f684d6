import { ShapeError } from '../core/index.ts';

/** The numbers of a four-vector: (E, px, py, pz), GeV. */
export const COMPONENTS = 4;

/**
 * How many events a batch of momenta holds.
 *
 * @param momenta shape [events, particles, 4], row by row
 * @throws ShapeError where the numbers do not fill whole events
 */
export function eventCount(argument: string, momenta: Float64Array, particles: number): number {
  const count = momenta.length / (COMPONENTS * particles);
  if (Number.isInteger(particles) && particles > 0 && Number.isInteger(count)) return count;
  const hint = 'momenta are [events, particles, 4], row by row';
  throw new ShapeError(argument, `a multiple of ${COMPONENTS * particles} numbers`, `${momenta.length}`, hint);
}
