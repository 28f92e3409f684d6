import * as tf from '@tensorflow/tfjs';
import type { Activation } from './activation.ts';
import { SECOND_GRADIENTS } from './second-gradients.ts';

type Gradients = Record<string, () => tf.Tensor>;

function run(name: string, inputs: tf.NamedTensorMap, attributes: object = {}): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;
}

function runMany(name: string, inputs: tf.NamedTensorMap, attributes: object = {}): tf.Tensor[] {
  return run(name, inputs, attributes) as unknown as tf.Tensor[];
}

/** A comparison has slope 0 wherever it has one; tfjs has no rule and would stop. */
function flat(kernelName: string): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: ['a', 'b'],
    gradFunc: (_dy, [a, b]): Gradients => ({ a: () => tf.zerosLike(a), b: () => tf.zerosLike(b) }),
  };
}

/** Adds up the axes along which a factor was shared. */
function unshared(slope: tf.Tensor, { shape }: tf.Tensor): tf.Tensor {
  const lead = slope.rank - shape.length;
  const axes = slope.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < lead || shape[axis - lead] < slope.shape[axis]);
  return tf.reshape(axes.length > 0 ? tf.sum(slope, axes, true) : slope, shape);
}

/** A product of matrices. The rule of tfjs stops where batches are shared. */
const PRODUCT: tf.GradConfig = {
  kernelName: 'BatchMatMul',
  inputsToSave: ['a', 'b'],
  gradFunc: (given, [a, b], attributes): Gradients => {
    const dy = given as tf.Tensor;
    const { transposeA, transposeB } = attributes as unknown as { transposeA: boolean; transposeB: boolean };
    return {
      a: () => unshared(transposeA ? tf.matMul(b, dy, transposeB, true) : tf.matMul(dy, b, false, !transposeB), a),
      b: () => unshared(transposeB ? tf.matMul(dy, a, true, transposeA) : tf.matMul(a, dy, !transposeA, false), b),
    };
  },
};

function attentionGradient(kernelName: string, inputsToSave: string[]): tf.GradConfig {
  return {
    kernelName,
    inputsToSave,
    outputsToSave: [false, true],
    gradFunc: (dys, saved, attributes): Gradients => {
      const [queries, memory] = saved;
      const dy = (dys as tf.Tensor[])[0];
      const inputs: tf.NamedTensorMap = { queries, weights: saved.at(-1)!, dy };
      if (inputsToSave.length > 1) inputs['memory'] = memory;
      const results = runMany('AnsatzAttentionGradient', inputs, attributes);
      return { queries: () => results[0], memory: () => results[1], bias: () => results.at(-1)! };
    },
  };
}

/** How tfjs differentiates our kernels. What no input asks for is not computed, hence the functions. */
export const GRADIENTS: readonly tf.GradConfig[] = [
  PRODUCT,
  {
    kernelName: 'AnsatzLinear',
    inputsToSave: ['x', 'weight'],
    outputsToSave: [true],
    gradFunc: (given, [x, weight, y], attributes): Gradients => {
      const activation = attributes['activation'] as unknown as Activation;
      let dy = given as tf.Tensor;
      if (activation !== 'linear') dy = run('AnsatzActivationGradient', { dy, from: y }, { activation });
      return {
        x: () => run('AnsatzLinearInputGradient', { dy, other: weight }),
        weight: () => run('AnsatzLinearWeightGradient', { dy, other: x }),
        bias: () => run('AnsatzColumnSum', { x: dy }),
      };
    },
  },
  {
    kernelName: 'AnsatzGelu',
    inputsToSave: ['x'],
    gradFunc: (dy, [x]): Gradients => ({
      x: () => run('AnsatzActivationGradient', { dy: dy as tf.Tensor, from: x }, { activation: 'gelu' }),
    }),
  },
  {
    kernelName: 'AnsatzLayerNorm',
    inputsToSave: ['x', 'gain'],
    outputsToSave: [false, true],
    gradFunc: (dys, [x, gain, statistics]): Gradients => {
      const inputs = { dy: (dys as tf.Tensor[])[0], x, gain, statistics };
      const [dx, dgain, dshift] = runMany('AnsatzLayerNormGradient', inputs);
      return { x: () => dx, gain: () => dgain, shift: () => dshift };
    },
  },
  {
    kernelName: 'AnsatzCrossEntropy',
    outputsToSave: [false, true],
    gradFunc: (dys, [slopes]): Gradients => {
      const dy = (dys as tf.Tensor[])[0];
      return {
        logits: () => tf.mul(slopes, tf.expandDims(dy, -1)),
        labels: () => tf.zerosLike(dy),
      };
    },
  },
  ...SECOND_GRADIENTS,
  {
    kernelName: 'AnsatzSpline',
    inputsToSave: ['x', 'parameters'],
    outputsToSave: [true, false],
    gradFunc: (dys, [x, parameters, values], attributes): Gradients => {
      const [dvalues, dlogs] = dys as tf.Tensor[];
      const inputs = { x, parameters, values, dvalues, dlogs };
      const [dx, dparameters] = runMany('AnsatzSplineGradient', inputs, attributes);
      return { x: () => dx, parameters: () => dparameters };
    },
  },
  {
    kernelName: 'AnsatzColumns',
    gradFunc: (dy, _saved, attributes): Gradients => ({
      x: () => run('AnsatzColumnsGradient', { dy: dy as tf.Tensor }, attributes),
    }),
  },
  attentionGradient('AnsatzSelfAttention', ['queries']),
  attentionGradient('AnsatzCrossAttention', ['queries', 'memory']),
  ...['Equal', 'NotEqual', 'Less', 'LessEqual', 'Greater', 'GreaterEqual'].map(flat),
];
