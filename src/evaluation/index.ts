import type { LocalEvaluator } from './contract.ts';
import { createReferenceEvaluator } from './reference/create-reference-evaluator.ts';
import { createWasmEvaluator } from './wasm/create-wasm-evaluator.ts';

export * from './contract.ts';
export { type FrozenProgram, freeze } from './freeze.ts';
export { type Calibration, type CalibrationLimits, calibrate } from './gpu/calibrate.ts';
export {
  type AsyncGpuEvaluator,
  createAsyncGpuEvaluator,
  createGpuEvaluator,
  type GpuEvaluator,
} from './gpu/create-gpu-evaluator.ts';
export type { GpuCounts } from './gpu/device-work.ts';
export { type DeviceRow, listDevices } from './gpu/list-devices.ts';
export { GPU_MODES, type GpuMode } from './gpu/modes.ts';
export { type GpuDevice, type GpuOptions, openGpu } from './gpu/open-gpu.ts';
export { type DevicePlan, splitLosses } from './gpu/split.ts';
export { type AsymmetricData, asymmetricLikelihood } from './likelihoods/asymmetric-likelihood.ts';
export { type BinNodes, binNodes } from './likelihoods/bin-nodes.ts';
export { type CorrelatedData, correlatedLikelihood } from './likelihoods/correlated-likelihood.ts';
export { type FormulaData, formulaLikelihood } from './likelihoods/formula-likelihood.ts';
export { type GaussianData, gaussianLikelihood } from './likelihoods/gaussian-likelihood.ts';
export type { Likelihood } from './likelihoods/likelihood.ts';
export { LIKELIHOODS, type LikelihoodName } from './likelihoods/likelihoods.ts';
export { type PoissonData, poissonLikelihood } from './likelihoods/poisson-likelihood.ts';
export { LOSS_NAMES } from './losses.ts';
export { OPCODES } from './opcodes.ts';
export { compile, type NamedParameters, type Program } from './program.ts';
export { createReferenceEvaluator } from './reference/create-reference-evaluator.ts';
export { createWasmEvaluator, type WasmEvaluatorOptions } from './wasm/create-wasm-evaluator.ts';
export { loadWasmKernel } from './wasm/kernel-module.ts';
export { MatrixProducts } from './wasm/matrix-products.ts';

/** The back-ends of this thread by name. */
export const backends: Readonly<Record<string, () => LocalEvaluator>> = {
  wasm: () => createWasmEvaluator(),
  'wasm-f32': () => createWasmEvaluator({ precision: 32 }),
  reference: createReferenceEvaluator,
};
