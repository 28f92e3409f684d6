import { DomainError, type RandomStream, ShapeError } from '../core/index.ts';
import { COMPONENTS, eventCount } from './events.ts';

/** A linear map of four-vectors that keeps their products: a matrix of shape [4, 4], row by row. */
export type LorentzTransform = Float64Array;

/** The mirror: (E, p) -> (E, -p). */
export const PARITY: LorentzTransform = diagonal(1, -1, -1, -1);

function diagonal(...values: number[]): Float64Array {
  return Float64Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? values[i / 5] : 0));
}

function unit(argument: string, direction: ArrayLike<number>): number[] {
  if (direction.length !== 3) throw new ShapeError(argument, 'shape [3]', `[${direction.length}]`);
  const length = Math.hypot(direction[0], direction[1], direction[2]);
  if (!(length > 0 && Number.isFinite(length))) {
    throw new DomainError('direction', `${argument} has length ${length}`, 'give a vector of finite length above 0');
  }
  return Array.from(direction, (value) => value / length);
}

/**
 * The boost that gives a particle at rest the Lorentz factor gamma along a direction.
 *
 * It takes gamma, not the velocity: 1 - v^2 has lost its digits where gamma is large.
 *
 * @param direction shape [3], of any length above 0
 * @param gamma from 1
 * @throws DomainError "gamma" | "direction", ShapeError
 * @example transform(boost([0, 0, 1], 1.25), Float64Array.of(4, 0, 0, 0)) // [5, 0, 0, 3]
 */
export function boost(direction: ArrayLike<number>, gamma: number): LorentzTransform {
  const n = unit('direction', direction);
  if (!(gamma >= 1 && Number.isFinite(gamma))) {
    throw new DomainError('gamma', `a Lorentz factor of ${gamma}`, 'give a finite number from 1');
  }
  const drift = Math.sqrt((gamma - 1) * (gamma + 1));
  const matrix = diagonal(gamma, 1, 1, 1);
  for (let i = 0; i < 3; i++) {
    matrix[i + 1] = drift * n[i];
    matrix[4 * (i + 1)] = drift * n[i];
    for (let j = 0; j < 3; j++) matrix[4 * (i + 1) + j + 1] += (gamma - 1) * n[i] * n[j];
  }
  return matrix;
}

/**
 * The rotation about an axis by an angle, by the right hand.
 *
 * @param axis shape [3], of any length above 0
 * @param angle radians
 * @throws DomainError "direction", ShapeError
 */
export function rotation(axis: ArrayLike<number>, angle: number): LorentzTransform {
  const n = unit('axis', axis);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const matrix = diagonal(1, cosine, cosine, cosine);
  for (let i = 0; i < 3; i++) {
    const [next, last] = [(i + 1) % 3, (i + 2) % 3];
    matrix[4 * (last + 1) + next + 1] += sine * n[i];
    matrix[4 * (next + 1) + last + 1] -= sine * n[i];
    for (let j = 0; j < 3; j++) matrix[4 * (i + 1) + j + 1] += (1 - cosine) * n[i] * n[j];
  }
  return matrix;
}

/** First `inner`, then `outer`. */
export function compose(outer: LorentzTransform, inner: LorentzTransform): LorentzTransform {
  return Float64Array.from({ length: 16 }, (_, place) => {
    const [i, j] = [place >> 2, place & 3];
    let sum = 0;
    for (let k = 0; k < 4; k++) sum += outer[4 * i + k] * inner[4 * k + j];
    return sum;
  });
}

/**
 * Takes every four-vector of a batch through a transform.
 *
 * @param momenta shape [..., 4], row by row
 * @returns the same shape
 * @throws ShapeError
 */
export function transform(by: LorentzTransform, momenta: Float64Array): Float64Array {
  const count = eventCount('momenta', momenta, 1);
  const out = new Float64Array(momenta.length);
  for (let v = 0; v < COMPONENTS * count; v += COMPONENTS) {
    for (let i = 0; i < COMPONENTS; i++) {
      for (let k = 0; k < COMPONENTS; k++) out[v + i] += by[4 * i + k] * momenta[v + k];
    }
  }
  return out;
}

/** A direction drawn evenly from the sphere. */
export function randomDirection(random: RandomStream): number[] {
  const cosine = 2 * random.uniform() - 1;
  const sine = Math.sqrt((1 - cosine) * (1 + cosine));
  const phi = 2 * Math.PI * random.uniform();
  return [sine * Math.cos(phi), sine * Math.sin(phi), cosine];
}

/** A rotation drawn evenly from all of them, by a unit quaternion. */
export function randomRotation(random: RandomStream): LorentzTransform {
  const [w, x, y, z] = Array.from({ length: 4 }, () => random.normal());
  return rotation([x, y, z], 2 * Math.atan2(Math.hypot(x, y, z), w));
}

/**
 * A rotation, then a boost of Lorentz factor gamma in a direction drawn evenly. It has determinant 1 and keeps the
 * direction of time.
 *
 * @param gamma the Lorentz factor, from 1
 * @throws DomainError "gamma"
 */
export function randomLorentz(random: RandomStream, gamma: number): LorentzTransform {
  return compose(boost(randomDirection(random), gamma), randomRotation(random));
}

/**
 * Every event as it is seen where its particles are at rest together.
 *
 * What does not depend on the frame stays as it was, and can then be computed in single precision: products of momenta of
 * Lorentz factor gamma lose gamma^2 roundings.
 *
 * @param momenta shape [events, particles, 4], GeV, row by row
 * @returns the same shape
 * @throws ShapeError, DomainError "no-rest-frame" with the event, where its particles are all parallel and without mass
 */
export function inRestFrame(momenta: Float64Array, particles: number): Float64Array {
  const events = eventCount('momenta', momenta, particles);
  const size = COMPONENTS * particles;
  const out = new Float64Array(momenta.length);
  for (let event = 0; event < events; event++) {
    const own = momenta.subarray(event * size, (event + 1) * size);
    const [e, x, y, z] = [0, 1, 2, 3].map((k) => own.reduce((sum, p, i) => (i % COMPONENTS === k ? sum + p : sum), 0));
    const mass2 = e * e - x * x - y * y - z * z;
    if (!(e > 0 && mass2 > 1e-14 * e * e)) {
      const message = `event ${event} has energy ${e} and mass squared ${mass2}`;
      throw new DomainError('no-rest-frame', message, 'give events with a mass', { event });
    }
    const moving = Math.hypot(x, y, z) > 0;
    const back = moving ? boost([-x, -y, -z], Math.max(1, e / Math.sqrt(mass2))) : diagonal(1, 1, 1, 1);
    out.set(transform(back, own), event * size);
  }
  return out;
}
