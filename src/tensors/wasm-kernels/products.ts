import * as tf from '@tensorflow/tfjs';
import { ACTIVATIONS, type Activation } from '../activation.ts';
import { type KernelCall, type KernelRow, output, rowsAndColumns, sizeOf } from './kernel-row.ts';

/**
 * Where the factor of each product of a batch lies among those of a tensor whose axes of length 1 are shared.
 *
 * @param own the leading axes of the tensor
 * @param outer those of the result
 */
function placesOf(own: readonly number[], outer: readonly number[]): number[] {
  let places = [0];
  const lengths = [...Array<number>(outer.length - own.length).fill(1), ...own];
  outer.forEach((length, axis) => {
    const shared = lengths[axis] === 1;
    places = places.flatMap((place) => Array.from({ length }, (_, i) => (shared ? place : place * length + i)));
  });
  return places;
}

function batchMatMul(call: KernelCall): tf.TensorInfo {
  const { kernels, inputs, attrs } = call;
  const { a, b } = inputs;
  const transposeA = Boolean(attrs['transposeA']);
  const transposeB = Boolean(attrs['transposeB']);
  const [m, k] = transposeA ? [a.shape.at(-1)!, a.shape.at(-2)!] : [a.shape.at(-2)!, a.shape.at(-1)!];
  const n = b.shape.at(transposeB ? -2 : -1)!;
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(outerA, outerB);
  const out = output(call, [...outer, m, n]);
  const [pitchA, pitchB] = [transposeA ? m : k, transposeB ? k : n];
  const multiply = (count: number, stepA: number, stepB: number, from: number, by: number, to: number): void => {
    const { exports, scratch } = kernels;
    exports.batchedGemm(
      count,
      stepA,
      stepB,
      m * n,
      transposeA,
      transposeB,
      m,
      n,
      k,
      from,
      pitchA,
      by,
      pitchB,
      to,
      n,
      scratch,
    );
  };
  const [atA, atB, atOut] = [a, b, out].map(kernels.at);
  const [count, countA, countB] = [outer, outerA, outerB].map(sizeOf);
  const even = [countA, countB].every((own) => own === 1 || own === count);
  if (even) {
    multiply(count, countA === 1 ? 0 : m * k, countB === 1 ? 0 : k * n, atA, atB, atOut);
    return out;
  }
  // Both factors are shared along some axis; tfjs's own kernels take the wrong ones there.
  const [placesA, placesB] = [placesOf(outerA, outer), placesOf(outerB, outer)];
  placesA.forEach((place, i) => {
    multiply(1, 0, 0, atA + 4 * m * k * place, atB + 4 * k * n * placesB[i], atOut + 4 * m * n * i);
  });
  return out;
}

/** activation(x weight + bias): x of shape [..., k], weight [k, n], bias [n] or none. */
function linear(call: KernelCall): tf.TensorInfo {
  const { kernels, inputs, attrs } = call;
  const { x, weight, bias } = inputs;
  const [m, k] = rowsAndColumns(x);
  const n = weight.shape[1];
  const out = output(call, [...x.shape.slice(0, -1), n]);
  const kind = ACTIVATIONS[attrs['activation'] as Activation];
  const at = kernels.at;
  const from = bias ? at(bias) : 0;
  kernels.exports.gemm(false, false, m, n, k, at(x), k, at(weight), n, at(out), n, false, from, kind, kernels.scratch);
  return out;
}

/** dy weight^T, of shape [..., k]; and x^T dy, of shape [k, n]. */
function linearGradients(input: boolean): (call: KernelCall) => tf.TensorInfo {
  return (call) => {
    const { kernels, inputs } = call;
    const { dy, other } = inputs;
    const at = kernels.at;
    const [rows, n] = rowsAndColumns(dy);
    if (input) {
      const k = other.shape[0];
      const out = output(call, [...dy.shape.slice(0, -1), k]);
      kernels.exports.gemm(false, true, rows, k, n, at(dy), n, at(other), n, at(out), k, false, 0, 0, kernels.scratch);
      return out;
    }
    const k = other.shape.at(-1)!;
    const out = output(call, [k, n]);
    kernels.exports.gemm(true, false, k, n, rows, at(other), k, at(dy), n, at(out), n, false, 0, 0, kernels.scratch);
    return out;
  };
}

/** Products of matrices. */
export const PRODUCTS: readonly KernelRow[] = [
  {
    name: 'BatchMatMul',
    accepts: ({ inputs: { a, b } }) => a.dtype === 'float32' && b.dtype === 'float32',
    run: batchMatMul,
  },
  { name: 'AnsatzLinear', run: linear },
  { name: 'AnsatzLinearInputGradient', run: linearGradients(true) },
  { name: 'AnsatzLinearWeightGradient', run: linearGradients(false) },
];
