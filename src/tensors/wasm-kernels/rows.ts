import type * as tf from '@tensorflow/tfjs';
import { ACTIVATIONS, type Activation } from '../activation.ts';
import { type KernelCall, type KernelRow, output, rowsAndColumns, sizeOf } from './kernel-row.ts';

function softmax(call: KernelCall): tf.TensorInfo {
  const { kernels, inputs } = call;
  const x = inputs['logits'];
  const out = output(call, x.shape);
  kernels.exports.softmax(...rowsAndColumns(x), kernels.at(x), kernels.at(out));
  return out;
}

function softmaxGradient(call: KernelCall): tf.TensorInfo {
  const { kernels, inputs } = call;
  const { dy, y } = inputs;
  const out = output(call, y.shape);
  kernels.exports.softmaxGradient(...rowsAndColumns(y), kernels.at(dy), kernels.at(y), kernels.at(out));
  return out;
}

function crossEntropy(call: KernelCall): tf.TensorInfo[] {
  const { kernels, inputs } = call;
  const { logits, labels } = inputs;
  const [rows, classes] = rowsAndColumns(logits);
  const losses = output(call, labels.shape);
  const slopes = output(call, logits.shape);
  const [x, of, to, into] = [logits, labels, losses, slopes].map(kernels.at);
  kernels.exports.crossEntropy(rows, classes, x, of, to, into);
  return [losses, slopes];
}

function gelu(call: KernelCall): tf.TensorInfo {
  const { kernels, inputs } = call;
  const { x } = inputs;
  const out = output(call, x.shape);
  kernels.exports.gelu(sizeOf(x.shape), kernels.at(x), kernels.at(out));
  return out;
}

function activationGradient(call: KernelCall): tf.TensorInfo {
  const { kernels, inputs, attrs } = call;
  const { dy, from } = inputs;
  const out = output(call, dy.shape);
  const kind = ACTIVATIONS[attrs['activation'] as Activation];
  kernels.exports.activationGradient(sizeOf(dy.shape), kernels.at(dy), kernels.at(from), kernels.at(out), kind);
  return out;
}

function layerNorm(call: KernelCall): tf.TensorInfo[] {
  const { kernels, inputs, attrs } = call;
  const { x, gain, shift } = inputs;
  const [rows, columns] = rowsAndColumns(x);
  const y = output(call, x.shape);
  const statistics = output(call, [rows, 2]);
  const at = kernels.at;
  const epsilon = attrs['epsilon'] as number;
  kernels.exports.layerNorm(rows, columns, at(x), at(gain), at(shift), epsilon, at(y), at(statistics));
  return [y, statistics];
}

function layerNormGradient(call: KernelCall): tf.TensorInfo[] {
  const { kernels, inputs } = call;
  const { dy, x, gain, statistics } = inputs;
  const [rows, columns] = rowsAndColumns(x);
  const results = [output(call, x.shape), output(call, [columns]), output(call, [columns])];
  const [ofY, ofX, ofGain, ofRows] = [dy, x, gain, statistics].map(kernels.at);
  const [dx, dgain, dshift] = results.map(kernels.at);
  kernels.exports.layerNormGradient(rows, columns, ofY, ofX, ofGain, ofRows, dx, dgain, dshift);
  return results;
}

/** What works on one row at a time. */
export const ROW_KERNELS: readonly KernelRow[] = [
  {
    name: 'Softmax',
    accepts: ({ inputs: { logits }, attrs }) =>
      logits.dtype === 'float32' && [-1, logits.shape.length - 1].includes(attrs['dim'] as number),
    run: softmax,
  },
  { name: 'AnsatzSoftmaxGradient', run: softmaxGradient },
  { name: 'AnsatzCrossEntropy', run: crossEntropy },
  { name: 'AnsatzGelu', run: gelu },
  { name: 'AnsatzActivationGradient', run: activationGradient },
  { name: 'AnsatzLayerNorm', run: layerNorm },
  { name: 'AnsatzLayerNormGradient', run: layerNormGradient },
];
