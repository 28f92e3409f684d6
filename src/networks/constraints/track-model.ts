/** Numbers that describe a track: d0, z0, phi, theta and rho, the signed curvature. */
export const TRACK_PARAMETERS = 5;
/** What they depend on: the vertex x, y, z, and phi, theta, rho of the track at the vertex. */
export const MODEL_VARIABLES = 6;

const FIRST = [MODEL_VARIABLES, MODEL_VARIABLES] as const;

/** The track that leaves a vertex, with its derivatives. */
export interface TrackModel {
  /** (d0, z0, phi, theta, rho). */
  readonly values: Float64Array;
  /** Along (x, y, z, phi, theta, rho); row by row, 5 x 6. */
  readonly jacobian: Float64Array;
  /** Second derivatives of d0, z0 and phi, 6 x 6 each; those of theta and rho are zero. */
  readonly curvatures: readonly [Float64Array, Float64Array, Float64Array];
}

function symmetric(entries: readonly (readonly [number, number, number])[]): Float64Array {
  const matrix = new Float64Array(FIRST[0] * FIRST[1]);
  for (const [i, j, value] of entries) {
    matrix[MODEL_VARIABLES * i + j] = value;
    matrix[MODEL_VARIABLES * j + i] = value;
  }
  return matrix;
}

/**
 * Perigee parameters of a track through a vertex, to second order in the vertex's distance from the axis.
 *
 * With Q = x cos phi + y sin phi and R = y cos phi - x sin phi: d0 = -R - Q^2 rho / 2, z0 = z - Q (1 - R rho) cot theta,
 * phi0 = phi - Q rho; theta and rho stay.
 *
 * @param x of the vertex, in the unit of d0 and z0, as y and z
 * @param phi azimuth of the track at the vertex
 * @param theta its polar angle, inside (0, pi)
 * @param rho signed curvature, one over that unit
 * @see Billoir, Qian, Nucl. Instrum. Meth. A 311 (1992) 139; Smith et al., arXiv:2310.12804
 */
export function trackModel(x: number, y: number, z: number, phi: number, theta: number, rho: number): TrackModel {
  const [c, s] = [Math.cos(phi), Math.sin(phi)];
  const [q, r] = [x * c + y * s, y * c - x * s];
  const cot = Math.cos(theta) / Math.sin(theta);
  const cotSlope = -1 - cot * cot;
  // a = Q (1 - R rho), which z0 takes times cot theta.
  const a = q * (1 - r * rho);
  const ax = c * (1 - r * rho) + q * rho * s;
  const ay = s * (1 - r * rho) - q * rho * c;
  const aphi = r * (1 - r * rho) + q * q * rho;
  const arho = -q * r;
  const values = Float64Array.of(-r - 0.5 * q * q * rho, z - a * cot, phi - q * rho, theta, rho);
  const jacobian = Float64Array.from([
    ...[s - q * rho * c, -c - q * rho * s, 0, q - q * r * rho, 0, -0.5 * q * q],
    ...[-ax * cot, -ay * cot, 1, -aphi * cot, -a * cotSlope, -arho * cot],
    ...[-c * rho, -s * rho, 0, 1 - r * rho, 0, -q],
    ...[0, 0, 0, 0, 1, 0],
    ...[0, 0, 0, 0, 0, 1],
  ]);
  const [X, Y, PHI, THETA, RHO] = [0, 1, 3, 4, 5];
  const ofD0 = symmetric([
    [X, X, -rho * c * c],
    [X, Y, -rho * s * c],
    [Y, Y, -rho * s * s],
    [X, PHI, c - rho * (r * c - q * s)],
    [Y, PHI, s - rho * (r * s + q * c)],
    [PHI, PHI, r - rho * (r * r - q * q)],
    [X, RHO, -q * c],
    [Y, RHO, -q * s],
    [PHI, RHO, -q * r],
  ]);
  const ofZ0 = symmetric([
    [X, X, -cot * 2 * rho * s * c],
    [X, Y, -cot * rho * (s * s - c * c)],
    [Y, Y, cot * 2 * rho * s * c],
    [X, PHI, -cot * (-s + 2 * rho * (r * s + q * c))],
    [Y, PHI, -cot * (c - 2 * rho * (r * c - q * s))],
    [PHI, PHI, -cot * (-q + 4 * rho * q * r)],
    [X, RHO, -cot * (q * s - c * r)],
    [Y, RHO, -cot * (-s * r - q * c)],
    [PHI, RHO, -cot * (q * q - r * r)],
    [X, THETA, -cotSlope * ax],
    [Y, THETA, -cotSlope * ay],
    [PHI, THETA, -cotSlope * aphi],
    [RHO, THETA, -cotSlope * arho],
    [THETA, THETA, 2 * a * cot * cotSlope],
  ]);
  const ofPhi = symmetric([
    [X, PHI, s * rho],
    [Y, PHI, -c * rho],
    [PHI, PHI, q * rho],
    [X, RHO, -c],
    [Y, RHO, -s],
    [PHI, RHO, -r],
  ]);
  return { values, jacobian, curvatures: [ofD0, ofZ0, ofPhi] };
}
