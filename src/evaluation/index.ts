import type { LocalEvaluator } from './contract.ts';
import { createReferenceEvaluator } from './reference/create-reference-evaluator.ts';
import { createWasmEvaluator } from './wasm/create-wasm-evaluator.ts';

export * from './contract.ts';
export { type FrozenProgram, freeze } from './freeze.ts';
export { type GaussianData, gaussianLikelihood } from './likelihoods/gaussian-likelihood.ts';
export type { Likelihood } from './likelihoods/likelihood.ts';
export { OPCODES } from './opcodes.ts';
export { compile, type Program } from './program.ts';
export { createReferenceEvaluator } from './reference/create-reference-evaluator.ts';
export { createWasmEvaluator, type WasmEvaluatorOptions } from './wasm/create-wasm-evaluator.ts';
export { loadWasmKernel } from './wasm/kernel-module.ts';

/** The back-ends of this thread by name. */
export const backends: Readonly<Record<string, () => LocalEvaluator>> = {
  wasm: () => createWasmEvaluator(),
  'wasm-f32': () => createWasmEvaluator({ precision: 32 }),
  reference: createReferenceEvaluator,
};
