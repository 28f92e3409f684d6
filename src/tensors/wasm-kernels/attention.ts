import type * as tf from '@tensorflow/tfjs';
import { allocate } from '../wasm-memory.ts';
import { type KernelCall, type KernelRow, output, sizeOf } from './kernel-row.ts';

/** Where queries, keys and values lie: in one tensor [batch, steps, 3 width], or in [.., width] and [.., 2 width]. */
function layout({ kernels, inputs, attrs }: KernelCall) {
  const { queries, memory } = inputs;
  const heads = attrs['heads'] as number;
  const [batch, steps, pitchQ] = queries.shape;
  const width = memory ? pitchQ : pitchQ / 3;
  const keys = memory ? memory.shape[1] : steps;
  const pitchK = memory ? 2 * width : pitchQ;
  const places = (q: tf.TensorInfo, kv: tf.TensorInfo | undefined): [number, number, number] => {
    const at = kernels.at(q);
    const k = kv ? kernels.at(kv) : at + 4 * width;
    return [at, k, k + 4 * width];
  };
  const depth = width / heads;
  return { batch, heads, steps, keys, width, depth, pitchQ, pitchK, places, scale: 1 / Math.sqrt(depth) };
}

/** Floats from batch to batch, head to head and query to query of a bias; 0 along axes that are shared. */
function biasSteps(shape: readonly number[]): [batch: number, head: number, query: number] {
  const [batch, heads, queries, keys] = [1, 1, 1, 1, ...shape].slice(-4);
  const step = (length: number, size: number): number => (length === 1 ? 0 : size);
  return [step(batch, heads * queries * keys), step(heads, queries * keys), step(queries, keys)];
}

function attention(call: KernelCall): tf.TensorInfo[] {
  const { kernels, inputs } = call;
  const { queries, memory, bias } = inputs;
  const { batch, heads, steps, keys, width, depth, pitchQ, pitchK, places, scale } = layout(call);
  const out = output(call, [batch, steps, width]);
  const weights = output(call, [batch, heads, steps, keys]);
  const [q, k, v] = places(queries, memory);
  const at = kernels.at;
  const of = bias ? at(bias) : 0;
  const { scratch } = kernels;
  kernels.exports.attention(
    batch,
    heads,
    steps,
    keys,
    depth,
    q,
    pitchQ,
    k,
    v,
    pitchK,
    of,
    ...biasSteps(bias?.shape ?? []),
    scale,
    at(weights),
    at(out),
    scratch,
  );
  return [out, weights];
}

function attentionGradient(call: KernelCall): tf.TensorInfo[] {
  const { kernels, inputs } = call;
  const { queries, memory, weights, dy } = inputs;
  const { batch, heads, steps, keys, depth, pitchQ, pitchK, places, scale } = layout(call);
  const results = [output(call, queries.shape)];
  if (memory) results.push(output(call, memory.shape));
  const biasShape = call.attrs['biasShape'] as number[] | undefined;
  const dbias = biasShape && output(call, biasShape);
  if (dbias) results.push(dbias);
  const room = allocate(kernels.backend, 4 * steps * keys);
  const [q, k, v] = places(queries, memory);
  const [dq, dk, dv] = places(results[0], memory && results[1]);
  const at = kernels.at;
  const into = dbias ? at(dbias) : 0;
  kernels.exports.attentionGradient(
    batch,
    heads,
    steps,
    keys,
    depth,
    q,
    pitchQ,
    k,
    v,
    pitchK,
    scale,
    at(weights),
    at(dy),
    dq,
    dk,
    dv,
    into,
    sizeOf(biasShape ?? []),
    ...biasSteps(biasShape ?? []),
    room,
    kernels.scratch,
  );
  kernels.backend.wasm._free(room);
  return results;
}

/** Attention over heads that lie side by side. */
export const ATTENTION: readonly KernelRow[] = [
  { name: 'AnsatzSelfAttention', run: attention },
  { name: 'AnsatzCrossAttention', run: attention },
  { name: 'AnsatzAttentionGradient', run: attentionGradient },
];
