/** Tensors for training: tfjs with a back-end that is chosen and checked, and our kernels where its own are slow. */
export { ACTIVATIONS, type Activation } from './activation.ts';
export { Adam, type AdamOptions } from './adam.ts';
export {
  BACKENDS,
  type BackendName,
  type BackendOptions,
  type BackendReport,
  backendInUse,
  chooseBackend,
} from './choose-backend.ts';
export { type AttentionOptions, attention } from './operations/attention.ts';
export { type ConvolutionOptions, convolution, type Padding, placesOfWindow } from './operations/convolution.ts';
export { crossEntropy } from './operations/cross-entropy.ts';
export { embedding } from './operations/embedding.ts';
export { layerNorm } from './operations/layer-norm.ts';
export { gelu, linear, relu } from './operations/linear.ts';
export { type PoolingKind, type PoolingOptions, pooling } from './operations/pooling.ts';
export {
  rationalQuadraticSpline,
  type SplineOptions,
  type SplineResult,
  splineParameterCount,
} from './operations/spline.ts';
export { decodeSafetensors, encodeSafetensors, type StoredTensor, type StoredTensors } from './safetensors.ts';
export { selfTest } from './self-test.ts';
export { tf } from './tfjs.ts';
export type { RelaxedSimd } from './wasm-memory.ts';
