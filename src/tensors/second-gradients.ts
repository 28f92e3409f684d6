import * as tf from '@tensorflow/tfjs';

type Gradients = Record<string, () => tf.Tensor>;

function run(name: string, inputs: tf.NamedTensorMap, attributes: object = {}): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;
}

/** The second derivative of gelu: phi(x) (2 - x^2), phi the normal density. */
function geluCurvature(x: tf.Tensor): tf.Tensor {
  const square = tf.square(x);
  return tf.mul(tf.sub(2, square), tf.div(tf.exp(tf.mul(-0.5, square)), Math.sqrt(2 * Math.PI)));
}

/** How the kernels that compute gradients of dense layers are differentiated in turn, to any order. */
export const SECOND_GRADIENTS: readonly tf.GradConfig[] = [
  {
    // dy weight^T
    kernelName: 'AnsatzLinearInputGradient',
    inputsToSave: ['dy', 'other'],
    gradFunc: (given, [dy, weight]): Gradients => {
      const slope = given as tf.Tensor;
      return {
        dy: () => run('AnsatzLinear', { x: slope, weight }, { activation: 'linear' }),
        other: () => run('AnsatzLinearWeightGradient', { dy, other: slope }),
      };
    },
  },
  {
    // x^T dy
    kernelName: 'AnsatzLinearWeightGradient',
    inputsToSave: ['dy', 'other'],
    gradFunc: (given, [dy, x]): Gradients => {
      const slope = given as tf.Tensor;
      return {
        dy: () => run('AnsatzLinear', { x, weight: slope }, { activation: 'linear' }),
        other: () => run('AnsatzLinearInputGradient', { dy, other: slope }),
      };
    },
  },
  {
    kernelName: 'AnsatzColumnSum',
    inputsToSave: ['x'],
    gradFunc: (slope, [x]): Gradients => ({ x: () => tf.add(tf.zerosLike(x), slope as tf.Tensor) }),
  },
  {
    // Of gelu alone: `linear` leaves the other activations to tfjs where its gradient is differentiated.
    kernelName: 'AnsatzActivationGradient',
    inputsToSave: ['dy', 'from'],
    gradFunc: (given, [dy, x]): Gradients => {
      const slope = given as tf.Tensor;
      return {
        dy: () => run('AnsatzActivationGradient', { dy: slope, from: x }, { activation: 'gelu' }),
        from: () => tf.mul(tf.mul(slope, dy), geluCurvature(x)),
      };
    },
  },
];
