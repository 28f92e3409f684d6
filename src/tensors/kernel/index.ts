/**
 * Kernels for training in f32, on the memory of tfjs's own WebAssembly module.
 *
 * Addresses are byte offsets in that memory, and all room is the caller's: nothing here has data, a heap or a stack of its
 * own, which would lie on what belongs to tfjs.
 */
export { activationGradient, gelu } from './activation';
export { adam, squareSum } from './adam';
export { attention, attentionGradient } from './attention';
export { windowColumns } from './columns';
export { batchedGemm, gemm, gemmScratchBytes } from './gemm';
export { layerNorm, layerNormGradient } from './layer-norm';
export { columnSum, gatherRows, segmentSum } from './reductions';
export { crossEntropy, softmax, softmaxGradient } from './softmax';
export { spline } from './spline';
export { splineGradient } from './spline-gradient';
