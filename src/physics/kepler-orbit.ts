import { DomainError } from '../core/index.ts';

/** An ellipse around a mass, and where on it a body is. Angles in radians. */
export interface OrbitalElements {
  /** Semi-major axis, in any unit of length. */
  readonly semiMajorAxis: number;
  /** From 0 to below 1. */
  readonly eccentricity: number;
  readonly inclination: number;
  /** Longitude of the ascending node. */
  readonly node: number;
  /** From the node to the nearest point. */
  readonly argumentOfPericentre: number;
  /** 2 pi times the share of the period since the nearest point. */
  readonly meanAnomaly: number;
}

/** Place and velocity, [x, y, z] each. */
export interface OrbitalState {
  readonly position: readonly [number, number, number];
  readonly velocity: readonly [number, number, number];
}

/**
 * Place and velocity on a Kepler orbit, relative to the mass in its focus.
 *
 * @param gravity G (M + m), in the unit of length cubed over that of time squared
 * @throws DomainError "orbit" unless the orbit is an ellipse of a size, around a mass
 * @see Murray, Dermott, Solar System Dynamics (1999), sections 2.4 and 2.8
 */
export function orbitalState(elements: OrbitalElements, gravity: number): OrbitalState {
  const { semiMajorAxis: a, eccentricity: e, inclination, node, argumentOfPericentre, meanAnomaly } = elements;
  if (!(a > 0 && e >= 0 && e < 1 && gravity > 0 && Number.isFinite(a * gravity))) {
    const message = `semi-major axis ${a}, eccentricity ${e}, gravity ${gravity} make no ellipse`;
    throw new DomainError('orbit', message, 'give an axis and a mass above 0, and an eccentricity from 0 to below 1');
  }
  const E = eccentricAnomaly(meanAnomaly, e);
  const root = Math.sqrt(1 - e * e);
  const speed = Math.sqrt(gravity * a) / (a * (1 - e * Math.cos(E)));
  const inPlane = [a * (Math.cos(E) - e), a * root * Math.sin(E)];
  const moving = [-speed * Math.sin(E), speed * root * Math.cos(E)];
  const [cosNode, sinNode] = [Math.cos(node), Math.sin(node)];
  const [cosArgument, sinArgument] = [Math.cos(argumentOfPericentre), Math.sin(argumentOfPericentre)];
  const [cosTilt, sinTilt] = [Math.cos(inclination), Math.sin(inclination)];
  const turn = ([x, y]: readonly number[]): [number, number, number] => {
    const [u, v] = [cosArgument * x - sinArgument * y, sinArgument * x + cosArgument * y];
    return [cosNode * u - sinNode * cosTilt * v, sinNode * u + cosNode * cosTilt * v, sinTilt * v];
  };
  return { position: turn(inPlane), velocity: turn(moving) };
}

/** Solves E - e sin E = M by Newton's method, from a start that converges for every ellipse. */
function eccentricAnomaly(meanAnomaly: number, e: number): number {
  const M = meanAnomaly - 2 * Math.PI * Math.round(meanAnomaly / (2 * Math.PI));
  let E = e < 0.8 ? M : Math.PI * Math.sign(M);
  for (let i = 0; i < 50; i++) {
    const change = (E - e * Math.sin(E) - M) / (1 - e * Math.cos(E));
    E -= change;
    if (Math.abs(change) < 1e-15) break;
  }
  return E;
}
