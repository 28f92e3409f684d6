import * as tf from '@tensorflow/tfjs';
import { type Activation, PLAIN_ACTIVATIONS } from '../activation.ts';
import { isNested } from '../nested-gradients.ts';
import { hasKernel } from '../register-kernels.ts';
import { checkLastAxis, checkShape } from './shape-checks.ts';

/**
 * activation(x weight + bias), the step of every dense layer, in one kernel where the back-end has it.
 *
 * @param x shape [..., inputs]
 * @param weight shape [inputs, outputs]
 * @param bias shape [outputs]
 * @returns shape [..., outputs]
 * @throws ShapeError
 */
export function linear(
  x: tf.Tensor,
  weight: tf.Tensor,
  bias?: tf.Tensor,
  activation: Activation = 'linear',
): tf.Tensor {
  checkShape('weight', weight, ['inputs', 'outputs']);
  const [inputs, outputs] = weight.shape as [number, number];
  checkLastAxis('x', x, inputs);
  if (bias) checkShape('bias', bias, [outputs]);
  if (!hasKernel('AnsatzLinear')) {
    const rows = tf.reshape(x, [-1, inputs]);
    const product = tf.reshape(tf.matMul(rows, weight), [...x.shape.slice(0, -1), outputs]);
    return PLAIN_ACTIVATIONS[activation](bias ? tf.add(product, bias) : product);
  }
  // The gradient of gelu asks for its argument, those of the others for the value alone.
  if (activation === 'gelu') return gelu(linear(x, weight, bias));
  if (activation !== 'linear' && isNested()) return PLAIN_ACTIVATIONS[activation](linear(x, weight, bias));
  const given: tf.NamedTensorMap = bias ? { x, weight, bias } : { x, weight };
  return tf.engine().runKernel('AnsatzLinear', given, { activation }) as tf.Tensor;
}

/** x Phi(x), Phi the normal cumulative distribution; not the approximation by tanh. */
export function gelu(x: tf.Tensor): tf.Tensor {
  if (!hasKernel('AnsatzGelu')) return PLAIN_ACTIVATIONS.gelu(x);
  return tf.engine().runKernel('AnsatzGelu', { x }) as tf.Tensor;
}

/** The larger of x and 0; tfjs's own gradient of it takes three passes over the values. */
export function relu(x: tf.Tensor): tf.Tensor {
  if (!hasKernel('AnsatzActivationGradient')) return tf.relu(x);
  const rectify = tf.customGrad((given, save) => {
    const y = tf.relu(given as tf.Tensor);
    (save as tf.GradSaveFunc)([y]);
    const gradFunc = (dy: tf.Tensor, [from]: tf.Tensor[]): tf.Tensor =>
      tf.engine().runKernel('AnsatzActivationGradient', { dy, from }, { activation: 'relu' }) as tf.Tensor;
    return { value: y, gradFunc };
  });
  return rectify(x);
}
