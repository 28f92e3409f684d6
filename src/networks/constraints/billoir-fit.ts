import { ConvergenceError, DomainError } from '../../core/index.ts';
import { MODEL_VARIABLES, TRACK_PARAMETERS, trackModel } from './track-model.ts';

const N = MODEL_VARIABLES;
const M = TRACK_PARAMETERS;

/** When a fit ends. */
export interface VertexFitSettings {
  readonly iterations: number;
  /** Of the expected decrease of chi^2 in a step. */
  readonly tolerance: number;
}

/** The inverse of a 3 x 3 matrix; undefined where it has none. */
export function inverse3(m: ArrayLike<number>): Float64Array | undefined {
  const cofactor = (i: number, j: number): number => {
    const [a, b, c, d] = [(i + 1) % 3, (i + 2) % 3, (j + 1) % 3, (j + 2) % 3];
    return m[3 * a + c] * m[3 * b + d] - m[3 * a + d] * m[3 * b + c];
  };
  const determinant = m[0] * cofactor(0, 0) + m[1] * cofactor(0, 1) + m[2] * cofactor(0, 2);
  const scale = Math.abs(m[0] * m[4] * m[8]);
  if (!(Math.abs(determinant) > 1e-14 * scale) || !Number.isFinite(determinant)) return undefined;
  return Float64Array.from({ length: 9 }, (_, k) => cofactor(k % 3, Math.floor(k / 3)) / determinant);
}

/** A point of the fit for one track: the residual, and half the derivatives of its chi^2, without its weight. */
export interface TrackState {
  readonly jacobian: Float64Array;
  /** q - h; shape [5]. */
  readonly residual: Float64Array;
  /** V^-1 (q - h); shape [5]. */
  readonly pull: Float64Array;
  readonly chi2: number;
  /** Minus half the gradient of chi^2, shape [6], vertex first. */
  readonly force: Float64Array;
  /** Half its second derivatives, 6 x 6; with or without those of the model. */
  readonly hessian: Float64Array;
}

/** The angle within half a turn of zero. */
function wrapped(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

/** @param exact whether the second derivatives of the model are in the Hessian, as implicit gradients want them */
export function trackState(
  vertex: ArrayLike<number>,
  inner: ArrayLike<number>,
  measured: ArrayLike<number>,
  precision: ArrayLike<number>,
  exact: boolean,
): TrackState {
  const model = trackModel(vertex[0], vertex[1], vertex[2], inner[0], inner[1], inner[2]);
  const { values, jacobian, curvatures } = model;
  const residual = Float64Array.from({ length: M }, (_, k) => measured[k] - values[k]);
  residual[2] = wrapped(residual[2]);
  const pull = new Float64Array(M);
  // V^-1 J, whose products with J are the Hessian of a linear model.
  const weighted = new Float64Array(M * N);
  let chi2 = 0;
  for (let i = 0; i < M; i++) {
    for (let k = 0; k < M; k++) {
      // Only the symmetric part of what is given acts on chi^2.
      const v = 0.5 * (precision[M * i + k] + precision[M * k + i]);
      pull[i] += v * residual[k];
      for (let j = 0; j < N; j++) weighted[N * i + j] += v * jacobian[N * k + j];
    }
    chi2 += residual[i] * pull[i];
  }
  const force = new Float64Array(N);
  const hessian = new Float64Array(N * N);
  for (let a = 0; a < N; a++) {
    for (let k = 0; k < M; k++) force[a] += jacobian[N * k + a] * pull[k];
    for (let b = 0; b < N; b++) {
      let sum = 0;
      for (let k = 0; k < M; k++) sum += jacobian[N * k + a] * weighted[N * k + b];
      if (exact) for (let k = 0; k < 3; k++) sum -= pull[k] * curvatures[k][N * a + b];
      hessian[N * a + b] = sum;
    }
  }
  return { jacobian, residual, pull, chi2, force, hessian };
}

/** The vertex of a track's Hessian and force once its own three variables follow the vertex. */
export interface Eliminated {
  /** 3 x 3: A - B C^-1 B^T. */
  readonly hessian: Float64Array;
  readonly force: Float64Array;
  /** C^-1 B^T, 3 x 3: by how much the own variables move back for a move of the vertex. */
  readonly follow: Float64Array;
  /** C^-1 of the own force. */
  readonly own: Float64Array;
}

/** @throws DomainError "singular" for a track whose own variables its measurement does not fix */
export function eliminate({ hessian, force }: TrackState, track: number): Eliminated {
  const block = (row: number, column: number): Float64Array =>
    Float64Array.from({ length: 9 }, (_, k) => hessian[N * (row + Math.floor(k / 3)) + column + (k % 3)]);
  const inverse = inverse3(block(3, 3));
  if (!inverse) {
    throw new DomainError(
      'singular',
      `the precision of track ${track} leaves it open`,
      'it must be positive definite',
      {
        track,
      },
    );
  }
  const [a, b] = [block(0, 0), block(0, 3)];
  const follow = new Float64Array(9);
  const own = new Float64Array(3);
  for (let i = 0; i < 3; i++) {
    for (let k = 0; k < 3; k++) {
      own[i] += inverse[3 * i + k] * force[3 + k];
      for (let j = 0; j < 3; j++) follow[3 * i + j] += inverse[3 * i + k] * b[3 * j + k];
    }
  }
  const reduced = Float64Array.from(force.subarray(0, 3));
  for (let i = 0; i < 3; i++) {
    for (let k = 0; k < 3; k++) {
      reduced[i] -= b[3 * i + k] * own[k];
      for (let j = 0; j < 3; j++) a[3 * i + j] -= b[3 * i + k] * follow[3 * k + j];
    }
  }
  return { hessian: a, force: reduced, follow, own };
}

/** A fitted vertex. */
export interface VertexFit {
  readonly vertex: Float64Array;
  /** phi, theta, rho of each track at the vertex. */
  readonly inner: Float64Array[];
  /** The inverse of half the second derivatives of S along the vertex; 3 x 3. */
  readonly covariance: Float64Array;
  readonly chi2: number;
}

/**
 * The least S = sum_i w_i (q_i - h(v, p_i))^T V_i^-1 (q_i - h(v, p_i)) over the vertex v and the tracks p_i at it, by Gauss and
 * Newton, each track's own variables eliminated.
 *
 * @param tracks (d0, z0, phi, theta, rho) of each
 * @param precisions V^-1 of each, 5 x 5
 * @throws DomainError "singular" where fewer than two tracks count, or are parallel; ConvergenceError
 */
export function billoirFit(
  tracks: readonly ArrayLike<number>[],
  precisions: readonly ArrayLike<number>[],
  weights: ArrayLike<number>,
  { iterations, tolerance }: VertexFitSettings,
): VertexFit {
  const total = tracks.reduce((sum, _, i) => sum + weights[i], 0);
  const vertex = Float64Array.of(0, 0, tracks.reduce((sum, track, i) => sum + weights[i] * track[1], 0) / total);
  const inner = tracks.map((track) => Float64Array.of(track[2], track[3], track[4]));
  let decrease = Number.POSITIVE_INFINITY;
  for (let step = 0; step <= iterations; step++) {
    const states = tracks.map((track, i) => trackState(vertex, inner[i], track, precisions[i], false));
    const parts = states.map(eliminate);
    const hessian = new Float64Array(9);
    const force = new Float64Array(3);
    parts.forEach((part, i) => {
      for (let k = 0; k < 9; k++) hessian[k] += weights[i] * part.hessian[k];
      for (let k = 0; k < 3; k++) force[k] += weights[i] * part.force[k];
    });
    const covariance = inverse3(hessian);
    if (!covariance)
      throw new DomainError('singular', 'the tracks fix no vertex', 'two that are not parallel must count');
    const chi2 = states.reduce((sum, state, i) => sum + weights[i] * state.chi2, 0);
    if (decrease <= tolerance) return { vertex, inner, covariance, chi2 };
    const move = Float64Array.from({ length: 3 }, (_, i) =>
      [0, 1, 2].reduce((sum, k) => sum + covariance[3 * i + k] * force[k], 0),
    );
    decrease = move.reduce((sum, value, k) => sum + value * force[k], 0);
    parts.forEach(({ own, follow }, i) => {
      let along = 0;
      for (let k = 0; k < 3; k++) {
        const by = own[k] - [0, 1, 2].reduce((sum, j) => sum + follow[3 * k + j] * move[j], 0);
        along += by * states[i].force[3 + k];
        inner[i][k] += by;
      }
      decrease += weights[i] * Math.abs(along);
    });
    for (let k = 0; k < 3; k++) vertex[k] += move[k];
  }
  throw new ConvergenceError('the vertex still moves', iterations, decrease, 'look at the tracks, or raise iterations');
}
