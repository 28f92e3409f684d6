import { DomainError, type RandomStream } from '../core/index.ts';
import { COMPONENTS } from './events.ts';

/** Events of a number of particles, in the frame where they are at rest together. */
export interface PhaseSpacePoints {
  /** Shape [events, particles, 4], GeV. */
  readonly momenta: Float64Array;
  /** Shape [events]: their mean is the volume of phase space, GeV^(2 particles - 4). */
  readonly weights: Float64Array;
}

function checkParticles(particles: number): void {
  if (Number.isSafeInteger(particles) && particles >= 2) return;
  throw new DomainError('particles', `${particles} particles`, 'phase space begins with 2');
}

/**
 * The volume of phase space of massless particles, with all factors of 2 pi.
 *
 * Phi_n = (2 pi)^(4 - 3n) (pi / 2)^(n - 1) s^(n - 2) / ((n - 1)! (n - 2)!)
 *
 * @param energy sqrt(s), GeV
 * @returns GeV^(2n - 4)
 * @throws DomainError "particles"
 * @see Kleiss, Stirling, Ellis, Comput. Phys. Commun. 40 (1986) 359
 * @example masslessVolume(2, 1) // 0.0397887358
 */
export function masslessVolume(particles: number, energy: number): number {
  checkParticles(particles);
  let volume = (2 * Math.PI) ** (4 - 3 * particles) * (Math.PI / 2) ** (particles - 1) * energy ** (2 * particles - 4);
  for (let k = 2; k < particles; k++) volume /= k;
  for (let k = 2; k < particles - 1; k++) volume /= k;
  return volume;
}

/**
 * Phase space by RAMBO: massless momenta drawn evenly; masses are put in by one common scale of all momenta, which the
 * weights account for.
 *
 * @param energy total energy in the common rest frame, GeV
 * @param masses one a particle, GeV; those of all particles 0 give equal weights
 * @throws DomainError "particles" | "below-threshold" | "mass"
 * @see Kleiss, Stirling, Ellis, Comput. Phys. Commun. 40 (1986) 359
 */
export function rambo(
  events: number,
  energy: number,
  masses: readonly number[],
  random: RandomStream,
): PhaseSpacePoints {
  const particles = masses.length;
  checkParticles(particles);
  const bad = masses.find((mass) => !(mass >= 0 && Number.isFinite(mass)));
  if (bad !== undefined) throw new DomainError('mass', `a mass of ${bad}`, 'masses are finite and at least 0');
  const threshold = masses.reduce((sum, mass) => sum + mass, 0);
  if (!(energy > threshold && Number.isFinite(energy))) {
    const hint = `give a finite energy above ${threshold} GeV`;
    throw new DomainError('below-threshold', `an energy of ${energy} GeV`, hint);
  }
  const volume = masslessVolume(particles, energy);
  const momenta = new Float64Array(events * particles * COMPONENTS);
  const weights = new Float64Array(events).fill(volume);
  for (let event = 0; event < events; event++) {
    const own = momenta.subarray(event * particles * COMPONENTS, (event + 1) * particles * COMPONENTS);
    drawMassless(own, energy, random);
    if (threshold > 0) weights[event] *= putMassesIn(own, energy, masses);
  }
  return { momenta, weights };
}

/** Isotropic momenta, then the boost and the scale that bring their sum to (energy, 0, 0, 0). */
function drawMassless(own: Float64Array, energy: number, random: RandomStream): void {
  const total = [0, 0, 0, 0];
  for (let v = 0; v < own.length; v += COMPONENTS) {
    const cosine = 2 * random.uniform() - 1;
    const phi = 2 * Math.PI * random.uniform();
    // 1 - uniform() is never 0.
    const size = -Math.log((1 - random.uniform()) * (1 - random.uniform()));
    const across = size * Math.sqrt((1 - cosine) * (1 + cosine));
    own.set([size, across * Math.cos(phi), across * Math.sin(phi), size * cosine], v);
    for (let i = 0; i < COMPONENTS; i++) total[i] += own[v + i];
  }
  const [e, x, y, z] = total;
  const mass = Math.sqrt(e * e - x * x - y * y - z * z);
  const [gamma, a, scale] = [e / mass, 1 / (1 + e / mass), energy / mass];
  const b = [-x / mass, -y / mass, -z / mass];
  for (let v = 0; v < own.length; v += COMPONENTS) {
    const along = b[0] * own[v + 1] + b[1] * own[v + 2] + b[2] * own[v + 3];
    const size = own[v];
    own[v] = scale * (gamma * size + along);
    for (let i = 0; i < 3; i++) own[v + i + 1] = scale * (own[v + i + 1] + b[i] * (size + a * along));
  }
}

/** Scales three-momenta by xi with sum sqrt(m^2 + xi^2 E^2) = energy. @returns the factor of the weight */
function putMassesIn(own: Float64Array, energy: number, masses: readonly number[]): number {
  let xi = Math.sqrt(1 - (masses.reduce((sum, mass) => sum + mass, 0) / energy) ** 2);
  // Newton on a convex function from where it is positive converges without leaving its side.
  for (let step = 0; step < 50; step++) {
    let [value, slope] = [-energy, 0];
    masses.forEach((mass, i) => {
      const size = own[COMPONENTS * i];
      const root = Math.hypot(mass, xi * size);
      value += root;
      slope += (xi * size * size) / root;
    });
    const next = xi - value / slope;
    if (Math.abs(next - xi) <= 1e-15 * xi) break;
    xi = next;
  }
  let [lengths, ratios, inverse] = [0, 1, 0];
  masses.forEach((mass, i) => {
    const v = COMPONENTS * i;
    const length = xi * own[v];
    own[v] = Math.hypot(mass, length);
    for (let k = 1; k < COMPONENTS; k++) own[v + k] *= xi;
    lengths += length;
    ratios *= length / own[v];
    inverse += (length * length) / own[v];
  });
  return ((lengths / energy) ** (2 * masses.length - 3) * ratios * energy) / inverse;
}
