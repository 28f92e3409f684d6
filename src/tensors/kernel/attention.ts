import { gemm } from './gemm';
import { addRow } from './reductions';
import { softmaxGradientRow, softmaxRow } from './softmax';

/*
 * Scaled dot-product attention on rows as the projections leave them: heads side by side in a row of `width` floats,
 * so that nothing is transposed in memory. q of shape [batch, queries, heads * depth] with `pitchQ` floats from row to row,
 * k and v of shape [batch, keys, heads * depth], weights of shape [batch, heads, queries, keys].
 */

/**
 * @param bias added to the scores, or 0: an array of [batch, heads, queries, keys] whose steps from batch to batch, head to
 *   head and query to query follow in floats, 0 along an axis that is shared
 */
export function attention(
  batch: i32,
  heads: i32,
  queries: i32,
  keys: i32,
  depth: i32,
  q: usize,
  pitchQ: i32,
  k: usize,
  v: usize,
  pitchK: i32,
  bias: usize,
  biasBatch: i32,
  biasHead: i32,
  biasQuery: i32,
  scale: f32,
  weights: usize,
  out: usize,
  scratch: usize,
): void {
  const width = heads * depth;
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      const column = h * depth;
      const qh = q + ((<usize>(b * queries) * pitchQ + column) << 2);
      const kh = k + ((<usize>(b * keys) * pitchK + column) << 2);
      const vh = v + ((<usize>(b * keys) * pitchK + column) << 2);
      gemm(false, true, queries, keys, depth, qh, pitchQ, kh, pitchK, weights, keys, false, 0, 0, scratch);
      const first = bias + (<usize>(b * biasBatch + h * biasHead) << 2);
      for (let i = 0; i < queries; i++) {
        const row = weights + ((<usize>i * keys) << 2);
        scaleRow(keys, row, scale, bias == 0 ? 0 : first + (<usize>(i * biasQuery) << 2));
        softmaxRow(keys, row, row);
      }
      const oh = out + ((<usize>(b * queries) * width + column) << 2);
      gemm(false, false, queries, depth, keys, weights, keys, vh, pitchK, oh, width, false, 0, 0, scratch);
      weights += (<usize>queries * keys) << 2;
    }
  }
}

/** x = x scale + bias, n values. */
// @ts-ignore: decorator
@inline
function scaleRow(n: i32, x: usize, scale: f32, bias: usize): void {
  const whole = n & ~3;
  const s = f32x4.splat(scale);
  for (let j = 0; j < whole; j += 4) {
    const at = <usize>j << 2;
    const value = f32x4.mul(v128.load(x + at), s);
    v128.store(x + at, bias == 0 ? value : f32x4.add(value, v128.load(bias + at)));
  }
  for (let j = whole; j < n; j++) {
    const at = <usize>j << 2;
    store<f32>(x + at, load<f32>(x + at) * scale + (bias == 0 ? 0 : load<f32>(bias + at)));
  }
}

/**
 * The gradients of `attention`; dq, dk, dv lie as q, k, v do, and `dscores` is room for [queries, keys].
 *
 * @param dout shape [batch, queries, heads * depth]
 * @param dbias room for the gradient of the bias, of `biasSize` floats, or 0; its steps as above
 */
export function attentionGradient(
  batch: i32,
  heads: i32,
  queries: i32,
  keys: i32,
  depth: i32,
  q: usize,
  pitchQ: i32,
  k: usize,
  v: usize,
  pitchK: i32,
  scale: f32,
  weights: usize,
  dout: usize,
  dq: usize,
  dk: usize,
  dv: usize,
  dbias: usize,
  biasSize: i32,
  biasBatch: i32,
  biasHead: i32,
  biasQuery: i32,
  dscores: usize,
  scratch: usize,
): void {
  const width = heads * depth;
  const cells = queries * keys;
  if (dbias != 0) memory.fill(dbias, 0, <usize>biasSize << 2);
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      const column = h * depth;
      const atQ = (<usize>(b * queries) * pitchQ + column) << 2;
      const atK = (<usize>(b * keys) * pitchK + column) << 2;
      const go = dout + ((<usize>(b * queries) * width + column) << 2);
      gemm(true, false, keys, depth, queries, weights, keys, go, width, dv + atK, pitchK, false, 0, 0, scratch);
      gemm(false, true, queries, keys, depth, go, width, v + atK, pitchK, dscores, keys, false, 0, 0, scratch);
      const first = dbias + (<usize>(b * biasBatch + h * biasHead) << 2);
      for (let i = 0; i < queries; i++) {
        const at = (<usize>i * keys) << 2;
        softmaxGradientRow(keys, dscores + at, weights + at, dscores + at);
        if (dbias != 0) addRow(keys, dscores + at, first + (<usize>(i * biasQuery) << 2));
        scaleRow(keys, dscores + at, scale, 0);
      }
      gemm(false, false, queries, depth, keys, dscores, keys, k + atK, pitchK, dq + atQ, pitchQ, false, 0, 0, scratch);
      gemm(true, false, keys, depth, queries, dscores, keys, q + atQ, pitchQ, dk + atK, pitchK, false, 0, 0, scratch);
      weights += <usize>cells << 2;
    }
  }
}
