import * as tf from '@tensorflow/tfjs';
import { OptionError, ShapeError } from '../../core/index.ts';
import { billoirFit, eliminate, inverse3, trackState, type VertexFit } from './billoir-fit.ts';
import { MODEL_VARIABLES, TRACK_PARAMETERS } from './track-model.ts';

/** What a vertex fit may be told. */
export interface VertexFitOptions {
  /** Steps of Gauss and Newton at most; 50 without a word. */
  readonly iterations?: number;
  /** Of chi^2, by the decrease that is still expected; 1e-12 without a word. */
  readonly tolerance?: number;
}

/** Fitted vertices. */
export interface FittedVertices {
  /** x, y, z; shape [events, 3]. Gradients go to the tracks, their precisions and their weights. */
  readonly vertex: tf.Tensor2D;
  /** Inverse of half the second derivatives of S, for weights of 0 and 1 the covariance; shape [events, 3, 3]; no gradient. */
  readonly covariance: tf.Tensor3D;
  /** The least S; shape [events]; no gradient. */
  readonly chi2: tf.Tensor1D;
}

const [N, M] = [MODEL_VARIABLES, TRACK_PARAMETERS];

interface Event {
  readonly tracks: ArrayLike<number>[];
  readonly precisions: ArrayLike<number>[];
  readonly weights: ArrayLike<number>;
}

/**
 * Vertices of tracks by a least-squares fit that a network can be trained through.
 *
 * The fit itself runs in double precision. Its gradient is implicit: what keeps the derivatives of S at zero when an input moves,
 * with the second derivatives of the track model, so that it is that of the fitted vertex and not of some number of steps.
 *
 * @param tracks (d0, z0, phi, theta, rho); shape [events, tracks, 5]
 * @param precisions V^-1; shape [events, tracks, 5, 5]
 * @param weights how much each track counts, >= 0, two of them above 0; shape [events, tracks]
 * @throws ShapeError, OptionError "range", DomainError "singular", ConvergenceError
 * @see Billoir, Qian, Nucl. Instrum. Meth. A 311 (1992) 139; Smith et al., arXiv:2310.12804
 */
export function fitVertex(
  tracks: tf.Tensor,
  precisions: tf.Tensor,
  weights: tf.Tensor,
  { iterations = 50, tolerance = 1e-12 }: VertexFitOptions = {},
): FittedVertices {
  const [events, count] = tracks.shape;
  const check = (name: string, tensor: tf.Tensor, shape: number[]): void => {
    if (tf.util.arraysEqual(tensor.shape, shape)) return;
    throw new ShapeError(name, `shape [${shape.join(', ')}]`, `[${tensor.shape.join(', ')}]`);
  };
  check('tracks', tracks, [events ?? 0, count ?? 0, M]);
  check('precisions', precisions, [events, count!, M, M]);
  check('weights', weights, [events, count!]);
  if (!(Number.isSafeInteger(iterations) && iterations >= 1)) {
    throw new OptionError('range', 'iterations', `${iterations}`, 'a whole number from 1');
  }
  if (!(tolerance > 0)) throw new OptionError('range', 'tolerance', `${tolerance}`, 'a number above 0');
  const list = eventsOf(tracks, precisions, weights);
  const fits = list.map((event) =>
    billoirFit(event.tracks, event.precisions, event.weights, { iterations, tolerance }),
  );
  const flat = (values: ArrayLike<number>[], size: number): Float32Array => {
    const all = new Float32Array(events * size);
    values.forEach((own, i) => {
      all.set(own, i * size);
    });
    return all;
  };
  const attach = tf.customGrad(() => ({
    value: tf.tensor2d(
      flat(
        fits.map(({ vertex }) => vertex),
        3,
      ),
      [events, 3],
    ),
    gradFunc: (dy: tf.Tensor) => {
      const slopes = dy.dataSync();
      const found = list.map((event, i) => implicitGradient(event, fits[i], slopes.subarray(3 * i, 3 * i + 3)));
      const tensor = (part: keyof Gradient, shape: number[]): tf.Tensor =>
        tf.tensor(
          flat(
            found.map((one) => one[part]),
            tf.util.sizeFromShape(shape.slice(1)),
          ),
          shape,
        );
      return [tensor('tracks', tracks.shape), tensor('precisions', precisions.shape), tensor('weights', weights.shape)];
    },
  }));
  return {
    vertex: attach(tracks, precisions, weights) as tf.Tensor2D,
    covariance: tf.tensor3d(
      flat(
        fits.map(({ covariance }) => covariance),
        9,
      ),
      [events, 3, 3],
    ),
    chi2: tf.tensor1d(fits.map(({ chi2 }) => chi2)),
  };
}

function eventsOf(tracks: tf.Tensor, precisions: tf.Tensor, weights: tf.Tensor): Event[] {
  const [events, count] = tracks.shape;
  const [q, v, w] = [tracks, precisions, weights].map((tensor) => tensor.dataSync());
  const parts = (all: typeof q, event: number, size: number): ArrayLike<number>[] =>
    Array.from({ length: count! }, (_, i) => {
      const start = (event * count! + i) * size;
      return all.subarray(start, start + size);
    });
  return Array.from({ length: events }, (_, event) => ({
    tracks: parts(q, event, M),
    precisions: parts(v, event, M * M),
    weights: w.subarray(event * count!, (event + 1) * count!),
  }));
}

interface Gradient {
  readonly tracks: Float64Array;
  readonly precisions: Float64Array;
  readonly weights: Float64Array;
}

/** From dv = -F_z^-1 dF, F the derivatives of S / 2 along (v, p), which are zero at the fit. */
function implicitGradient({ tracks, precisions, weights }: Event, fit: VertexFit, dy: ArrayLike<number>): Gradient {
  const states = tracks.map((track, i) => trackState(fit.vertex, fit.inner[i], track, precisions[i], true));
  const parts = states.map(eliminate);
  const hessian = new Float64Array(9);
  parts.forEach((part, i) => {
    for (let k = 0; k < 9; k++) hessian[k] += weights[i] * part.hessian[k];
  });
  // A minimum that billoirFit has found has an inverse; at a saddle of the full model Gauss and Newton's stands in.
  const inverse = inverse3(hessian) ?? fit.covariance;
  const adjoint = [0, 1, 2].map((i) => [0, 1, 2].reduce((sum, k) => sum + inverse[3 * i + k] * dy[k], 0));
  const found = {
    tracks: new Float64Array(tracks.length * M),
    precisions: new Float64Array(tracks.length * M * M),
    weights: new Float64Array(tracks.length),
  };
  states.forEach(({ jacobian, residual, force }, i) => {
    const { follow } = parts[i];
    const all = [...adjoint];
    for (let k = 0; k < 3; k++) all.push(-[0, 1, 2].reduce((sum, j) => sum + follow[3 * k + j] * adjoint[j], 0));
    const moved = Float64Array.from({ length: M }, (_, k) =>
      all.reduce((sum, value, a) => sum + jacobian[N * k + a] * value, 0),
    );
    all.forEach((value, a) => {
      found.weights[i] += value * force[a];
    });
    for (let k = 0; k < M; k++) {
      for (let l = 0; l < M; l++) {
        const v = 0.5 * (precisions[i][M * k + l] + precisions[i][M * l + k]);
        found.tracks[M * i + k] += weights[i] * v * moved[l];
        const outer = 0.5 * weights[i] * (moved[k] * residual[l] + residual[k] * moved[l]);
        found.precisions[M * M * i + M * k + l] = outer;
      }
    }
  });
  return found;
}
