import * as tf from '@tensorflow/tfjs';
import { type RandomStream, ShapeError } from '../../core/index.ts';
import { sumOfPlaces } from '../mask.ts';
import { Module } from '../module.ts';
import { checkSize } from '../parameter.ts';
import { Dense } from './dense.ts';
import { Sequential } from './sequential.ts';

/** Widths of a network on sets. */
export interface SetNetworkOptions {
  /** Numbers that describe an element; for `EnergyFlowNetwork` without its energy. */
  readonly inputs: number;
  /** Width between the dense layers. */
  readonly hidden: number;
  /** Numbers that elements are summed in. */
  readonly latent: number;
  readonly outputs: number;
}

/**
 * f(sum over elements of phi(element)): does not depend on the order of the elements of a set.
 *
 * @see Zaheer et al., arXiv:1703.06114
 */
export class DeepSets extends Module {
  readonly element: Sequential;
  readonly whole: Sequential;

  /** @throws OptionError "size" */
  constructor(options: SetNetworkOptions, random: RandomStream) {
    super();
    [this.element, this.whole] = parts(options, random);
  }

  /**
   * @param x shape [batch, elements, inputs]
   * @param mask 1 for elements that count and 0 for padded ones, shape [batch, elements]; all count without it
   * @returns shape [batch, outputs]
   * @throws ShapeError
   */
  override call(x: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
    const seen = this.element.call(x);
    if (x.rank !== 3) throw new ShapeError('x', '[batch, elements, inputs]', `[${x.shape.join(', ')}]`);
    return this.whole.call(sumOfPlaces(seen, mask));
  }
}

/**
 * f(sum over particles of z phi(angles)), z the energy of a particle: safe against soft and collinear emissions, since
 * particles without energy add nothing and parallel ones add up.
 *
 * @see Komiske, Metodiev, Thaler, "Energy flow networks", JHEP 01 (2019) 121, arXiv:1810.05165
 */
export class EnergyFlowNetwork extends Module {
  readonly element: Sequential;
  readonly whole: Sequential;

  /** @throws OptionError "size" */
  constructor(
    private readonly options: SetNetworkOptions,
    random: RandomStream,
  ) {
    super();
    [this.element, this.whole] = parts(options, random);
  }

  /**
   * @param x shape [batch, particles, 1 + inputs]: first the energy, or its share, then the angles
   * @returns shape [batch, outputs]
   * @throws ShapeError
   */
  override call(x: tf.Tensor): tf.Tensor {
    const { inputs } = this.options;
    if (x.rank !== 3 || x.shape[2] !== 1 + inputs) {
      throw new ShapeError('x', `[batch, particles, ${1 + inputs}]`, `[${x.shape.join(', ')}]`);
    }
    const [energy, angles] = tf.split(x, [1, inputs], -1);
    const seen = this.element.call(angles);
    return this.whole.call(tf.sum(tf.mul(energy, seen), 1));
  }
}

function parts({ inputs, hidden, latent, outputs }: SetNetworkOptions, random: RandomStream): [Sequential, Sequential] {
  for (const [name, size] of Object.entries({ inputs, hidden, latent, outputs })) checkSize(name, size);
  const element = [
    new Dense(inputs, hidden, random, { activation: 'gelu' }),
    new Dense(hidden, latent, random, { activation: 'gelu' }),
  ];
  const whole = [new Dense(latent, hidden, random, { activation: 'gelu' }), new Dense(hidden, outputs, random)];
  return [new Sequential(element), new Sequential(whole)];
}
