import * as tf from '@tensorflow/tfjs';
import { DomainError, OptionError, ShapeError } from '../core/index.ts';
import { shapeText } from './operations/shape-checks.ts';
import { ownKernels } from './register-kernels.ts';
import type { WasmKernels } from './wasm-memory.ts';

/** The settings of Adam; each has the default of the paper. */
export interface AdamOptions {
  readonly learningRate?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Decoupled weight decay, as AdamW has it. */
  readonly weightDecay?: number;
  /** The gradient, as one vector, is shortened to this length where it is longer. */
  readonly clipNorm?: number;
}

interface Moments {
  readonly first: tf.Variable;
  readonly second: tf.Variable;
}

/**
 * Adam, with weight decay and clipping, over all variables at once.
 *
 * @see Kingma, Ba, arXiv:1412.6980; Loshchilov, Hutter, arXiv:1711.05101
 */
export class Adam {
  /** May be changed between steps, by a schedule. */
  learningRate: number;
  private steps = 0;
  private readonly settings: Required<Omit<AdamOptions, 'learningRate' | 'clipNorm'>>;
  private readonly clipNorm: number;
  private readonly known = new Map<tf.Variable, Moments>();

  /** @throws OptionError "range" */
  constructor(options: AdamOptions = {}) {
    const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
    const { clipNorm = Number.POSITIVE_INFINITY } = options;
    checkRange('learningRate', learningRate, learningRate >= 0 && Number.isFinite(learningRate), '>= 0');
    checkRange('beta1', beta1, beta1 >= 0 && beta1 < 1, 'in [0, 1)');
    checkRange('beta2', beta2, beta2 >= 0 && beta2 < 1, 'in [0, 1)');
    checkRange('epsilon', epsilon, epsilon > 0, '> 0');
    checkRange('weightDecay', weightDecay, weightDecay >= 0, '>= 0');
    checkRange('clipNorm', clipNorm, clipNorm > 0, '> 0');
    this.learningRate = learningRate;
    this.clipNorm = clipNorm;
    this.settings = { beta1, beta2, epsilon, weightDecay };
  }

  /** Steps taken so far. */
  get stepCount(): number {
    return this.steps;
  }

  /**
   * Moves each variable against its gradient. Nothing moves when a gradient is not finite.
   *
   * @returns the length of the gradient as one vector, before clipping
   * @throws ShapeError, DomainError "not-finite" with the number of the step
   */
  step(pairs: Iterable<readonly [variable: tf.Variable, gradient: tf.Tensor]>): number {
    const list = [...pairs];
    list.forEach(([variable, gradient], i) => {
      if (tf.util.arraysEqual(variable.shape, gradient.shape)) return;
      throw new ShapeError(`gradient ${i}`, shapeText(variable.shape), shapeText(gradient.shape), variable.name);
    });
    const kernels = ownKernels();
    const norm = Math.sqrt(list.reduce((sum, [, gradient]) => sum + squareSum(gradient, kernels), 0));
    if (!Number.isFinite(norm)) {
      const data = { step: this.steps + 1 };
      throw new DomainError(
        'not-finite',
        `the gradient of step ${data.step} is not finite`,
        'lower the rate, or clip',
        data,
      );
    }
    this.steps++;
    const scale = norm > this.clipNorm ? this.clipNorm / norm : 1;
    for (const [variable, gradient] of list) {
      if (kernels) this.moveInPlace(variable, gradient, scale, kernels);
      else this.move(variable, gradient, scale);
    }
    return norm;
  }

  /** Both moments of variables, by names that are given, for a checkpoint; zeros before the first step. */
  moments(named: ReadonlyMap<string, tf.Variable>): Map<string, tf.Variable> {
    const found = new Map<string, tf.Variable>();
    for (const [name, variable] of named) {
      const { first, second } = this.momentsOf(variable);
      found.set(`${name}.first`, first).set(`${name}.second`, second);
    }
    return found;
  }

  /** Goes on from a number of steps; the moments are set through `moments`. */
  resume(steps: number): void {
    this.steps = steps;
  }

  /** Frees the moments. */
  dispose(): void {
    for (const { first, second } of this.known.values()) tf.dispose([first, second]);
    this.known.clear();
  }

  private momentsOf(variable: tf.Variable): Moments {
    const known = this.known.get(variable);
    if (known) return known;
    const zeros = (): tf.Variable => tf.tidy(() => tf.variable(tf.zeros(variable.shape), false));
    const moments = { first: zeros(), second: zeros() };
    this.known.set(variable, moments);
    return moments;
  }

  /** The rate with the correction of the first moment in it, and the factor on the root of the second. */
  private corrections(): { rate: number; root: number; shrink: number } {
    const { beta1, beta2, weightDecay } = this.settings;
    return {
      rate: this.learningRate / (1 - beta1 ** this.steps),
      root: 1 / Math.sqrt(1 - beta2 ** this.steps),
      shrink: 1 - this.learningRate * weightDecay,
    };
  }

  private moveInPlace(variable: tf.Variable, gradient: tf.Tensor, scale: number, kernels: WasmKernels): void {
    const { first, second } = this.momentsOf(variable);
    // A clone shares the values of its variable, and keeps those that it was made from.
    for (const target of [variable, first, second]) {
      if (kernels.backend.refCount(target.dataId) > 1) tf.tidy(() => target.assign(tf.add(target, 0)));
    }
    const { rate, root, shrink } = this.corrections();
    const { beta1, beta2, epsilon } = this.settings;
    const [p, g, m, v] = [variable, gradient, first, second].map(kernels.at);
    kernels.exports.adam(variable.size, p, g, m, v, rate, beta1, beta2, root, epsilon, shrink, scale);
  }

  private move(variable: tf.Variable, gradient: tf.Tensor, scale: number): void {
    const { first, second } = this.momentsOf(variable);
    const { rate, root, shrink } = this.corrections();
    const { beta1, beta2, epsilon } = this.settings;
    tf.tidy(() => {
      const g = tf.mul(gradient, scale);
      first.assign(tf.add(tf.mul(first, beta1), tf.mul(g, 1 - beta1)));
      second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(g), 1 - beta2)));
      const move = tf.div(tf.mul(first, rate), tf.add(tf.mul(tf.sqrt(second), root), epsilon));
      variable.assign(tf.sub(tf.mul(variable, shrink), move));
    });
  }
}

function squareSum(gradient: tf.Tensor, kernels: WasmKernels | undefined): number {
  if (kernels) return kernels.exports.squareSum(gradient.size, kernels.at(gradient));
  return tf.tidy(() => tf.sum(tf.square(gradient)).dataSync()[0]);
}

function checkRange(name: string, value: number, holds: boolean, range: string): void {
  if (!holds) throw new OptionError('range', name, `${value} is out of range`, `a number ${range}`);
}
