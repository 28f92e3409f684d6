import * as tf from '@tensorflow/tfjs';
import { OptionError, ShapeError } from '../../core/index.ts';
import { type Derivatives, derivatives, type Field } from './derivatives.ts';

/** A partial differential equation. */
interface Equation {
  /** How many coordinates a point has; undefined for any number. */
  readonly coordinates?: number;
  /** The coordinates along which it takes second derivatives. */
  second(coordinates: number): number[];
  /** What it leaves over, zero for a solution; shape [points]. */
  residual(u: Derivatives, terms: Required<EquationTerms>, points: tf.Tensor): tf.Tensor;
}

/** What an equation may be told. */
export interface EquationTerms {
  /** Of heat and of momentum: kappa of the heat equation, nu of Burgers's, in length^2 / time; 1 without a word. */
  readonly diffusion?: number;
  /** The source f of Poisson's equation and of the heat equation: points to shape [points]; none without a word. */
  readonly source?: Field;
}

/** Equations by name. Points of those in time are (x, t). */
export const EQUATIONS = {
  /** Laplacian of u + f, in any number of dimensions. */
  poisson: {
    second: (coordinates) => Array.from({ length: coordinates }, (_, k) => k),
    residual: ({ second }, { source }, points) =>
      [...second.values()].reduce((sum, part) => tf.add(sum, part), source(points)),
  },
  /** u_t - diffusion u_xx - f. */
  heat: {
    coordinates: 2,
    second: () => [0],
    residual: ({ first, second }, { diffusion, source }, points) =>
      tf.sub(tf.sub(first[1], tf.mul(diffusion, second.get(0)!)), source(points)),
  },
  /** u_t + u u_x - diffusion u_xx. */
  burgers: {
    coordinates: 2,
    second: () => [0],
    residual: ({ value, first, second }, { diffusion }) =>
      tf.sub(tf.add(first[1], tf.mul(value, first[0])), tf.mul(diffusion, second.get(0)!)),
  },
} as const satisfies Readonly<Record<string, Equation>>;

/** The name of an equation. */
export type EquationName = keyof typeof EQUATIONS;

/**
 * What a field leaves over of an equation, at points; its mean square is the loss "residual".
 *
 * @param points shape [points, coordinates]
 * @returns shape [points]
 * @throws OptionError "equation" | "range", ShapeError
 * @see Raissi, Perdikaris, Karniadakis, J. Comput. Phys. 378 (2019) 686
 */
export function equationResidual(
  name: EquationName,
  field: Field,
  points: tf.Tensor,
  { diffusion = 1, source }: EquationTerms = {},
): tf.Tensor {
  if (!Object.hasOwn(EQUATIONS, name)) {
    throw new OptionError('equation', 'name', `"${name}"`, `one of ${Object.keys(EQUATIONS).join(', ')}`);
  }
  if (!(diffusion > 0 && Number.isFinite(diffusion))) {
    throw new OptionError('range', 'diffusion', `${diffusion}`, 'a number above 0');
  }
  const equation: Equation = EQUATIONS[name];
  const coordinates = points.shape[1] ?? 0;
  if (points.rank !== 2 || coordinates !== (equation.coordinates ?? coordinates)) {
    const expected = `shape [points, ${equation.coordinates ?? 'coordinates'}]`;
    throw new ShapeError('points', expected, `[${points.shape.join(', ')}]`);
  }
  return tf.tidy(() => {
    const none: Field = (at) => tf.zeros([at.shape[0]!]);
    const u = derivatives(field, points, equation.second(coordinates));
    return equation.residual(u, { diffusion, source: source ?? none }, points);
  });
}

/**
 * A solution of Burgers's equation on [-1, 1], zero at both ends, by the transform of Cole and Hopf: u = -2 nu phi_x / phi with
 * phi = 1 + amplitude exp(-pi^2 nu t) cos(pi x), which solves the heat equation.
 *
 * @param amplitude between -1 and 1
 * @example burgersSolution(0.5, 0, 0.1, 0.8) // 0.502654824574
 */
export function burgersSolution(x: number, t: number, diffusion: number, amplitude: number): number {
  const part = amplitude * Math.exp(-(Math.PI ** 2) * diffusion * t);
  return (2 * Math.PI * diffusion * part * Math.sin(Math.PI * x)) / (1 + part * Math.cos(Math.PI * x));
}
