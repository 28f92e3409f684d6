import { ShapeError } from '../core/index.ts';
import { COMPONENTS, eventCount } from './events.ts';

/** The Minkowski product of the four-vectors at two places of arrays, metric (+, -, -, -). */
export function dotAt(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number): number {
  return a[i] * b[j] - a[i + 1] * b[j + 1] - a[i + 2] * b[j + 2] - a[i + 3] * b[j + 3];
}

/**
 * Minkowski products, four-vector by four-vector, metric (+, -, -, -).
 *
 * @param a shape [..., 4], GeV, row by row
 * @param b the same shape
 * @returns shape [...], GeV^2
 * @throws ShapeError
 * @example dot(Float64Array.of(5, 0, 0, 3), Float64Array.of(5, 0, 0, 3)) // [16]
 */
export function dot(a: Float64Array, b: Float64Array): Float64Array {
  const count = eventCount('a', a, 1);
  if (b.length !== a.length) throw new ShapeError('b', `${a.length} numbers, as a has`, `${b.length}`);
  return Float64Array.from({ length: count }, (_, i) => dotAt(a, COMPONENTS * i, b, COMPONENTS * i));
}

/**
 * The products of every two particles of an event.
 *
 * @param momenta shape [events, particles, 4], GeV, row by row
 * @returns shape [events, particles, particles], GeV^2
 * @throws ShapeError
 */
export function pairwiseDot(momenta: Float64Array, particles: number): Float64Array {
  const events = eventCount('momenta', momenta, particles);
  const products = new Float64Array(events * particles * particles);
  let place = 0;
  for (let event = 0; event < events; event++) {
    const first = event * particles * COMPONENTS;
    for (let i = 0; i < particles; i++) {
      for (let j = 0; j < particles; j++) {
        products[place++] = dotAt(momenta, first + COMPONENTS * i, momenta, first + COMPONENTS * j);
      }
    }
  }
  return products;
}
