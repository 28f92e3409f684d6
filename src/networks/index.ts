/** Networks as trees of named parameters. */

export { type Derivatives, derivatives, type Field } from './constraints/derivatives.ts';
export {
  burgersSolution,
  EQUATIONS,
  type EquationName,
  type EquationTerms,
  equationResidual,
} from './constraints/equations.ts';
export { GroupSort } from './constraints/group-sort.ts';
export { LipschitzDense, type LipschitzDenseOptions, type WeightNorm } from './constraints/lipschitz-dense.ts';
export { MonotoneNetwork, type MonotoneOptions } from './constraints/monotone-network.ts';
export { type TrackModel, trackModel } from './constraints/track-model.ts';
export { type FittedVertices, fitVertex, type VertexFitOptions } from './constraints/vertex-fit.ts';
export type { ConditionerOptions } from './flows/conditioner.ts';
export { type ContinuousOptions, ContinuousTransform } from './flows/continuous.ts';
export { Coupling, type CouplingOptions } from './flows/coupling.ts';
export {
  createFlow,
  FLOW_LAYER_NAMES,
  type FlowLayerName,
  type FlowLayerOptions,
  type FlowOptions,
} from './flows/create-flow.ts';

export { integrate, type Slope, type SolverOptions } from './flows/dormand-prince.ts';
export type { ElementMapName, ElementMapOptions } from './flows/element-map.ts';
export { type Drawn, Flow, type FlowBase } from './flows/flow.ts';
export { Inverted } from './flows/inverted.ts';
export { LinearLu } from './flows/linear-lu.ts';
export { type AutoregressiveOptions, MaskedAutoregressive } from './flows/masked-autoregressive.ts';
export { Permutation } from './flows/permutation.ts';
export { Standardization } from './flows/standardization.ts';
export {
  TOY_DENSITY_NAMES,
  type ToyDensity,
  type ToyDensityName,
  toyDensity,
  toyPoints,
} from './flows/toy-densities.ts';

export { Transform, type Transformed } from './flows/transform.ts';
export { type BeamOptions, beamSearch, type Scored } from './generation/beam-search.ts';
export { type Generated, type GenerationOptions, generate } from './generation/generate.ts';
export { Conv1d, Conv2d, type ConvolutionLayerOptions } from './layers/convolution.ts';
export { CrossAttention } from './layers/cross-attention.ts';
export { DecoderBlock } from './layers/decoder-block.ts';
export { Dense, type DenseOptions } from './layers/dense.ts';
export { Dropout } from './layers/dropout.ts';
export { EdgeConvolution, type EdgeConvolutionOptions } from './layers/edge-convolution.ts';
export { Embedding } from './layers/embedding.ts';
export { DeepSets, EnergyFlowNetwork, type SetNetworkOptions } from './layers/energy-flow-network.ts';
export { GatedRecurrentUnit } from './layers/gated-recurrent-unit.ts';
export { KeyValueCache } from './layers/key-value-cache.ts';
export { LanguageTransformer, type LanguageTransformerOptions } from './layers/language-transformer.ts';
export { LayerNorm } from './layers/layer-norm.ts';
export { ParticleNet, type ParticleNetOptions } from './layers/particle-net.ts';
export { GlobalPooling, Pooling, type PoolingLayerOptions } from './layers/pooling.ts';
export { PositionalEncoding, type PositionalKind } from './layers/positional-encoding.ts';
export { RecursiveTree, type RecursiveTreeOptions, type TreeCell } from './layers/recursive-tree.ts';
export { SelfAttention, type SelfAttentionOptions } from './layers/self-attention.ts';
export { SequenceTransformer, type SequenceTransformerOptions } from './layers/sequence-transformer.ts';
export { Sequential } from './layers/sequential.ts';
export type { TokenDecoder } from './layers/token-decoder.ts';
export { Transformer, TransformerBlock, type TransformerOptions } from './layers/transformer.ts';
export { VariationalDense, type VariationalDenseOptions } from './layers/variational-dense.ts';
export type { Arithmetic, Pointwise } from './lorentz/arithmetic.ts';
export { multivectorTransform } from './lorentz/clifford.ts';
export { CovariantModule, evaluateInDouble } from './lorentz/covariant-module.ts';
export type { DoubleArray } from './lorentz/double.ts';
export {
  GeometricTransformer,
  GeometricTransformerBlock,
  type GeometricTransformerOptions,
} from './lorentz/geometric-transformer.ts';
export { LorentzGroupBlock, LorentzNet, type ParticleNetworkOptions } from './lorentz/lorentz-net.ts';
export {
  MultivectorAttention,
  MultivectorBilinear,
  MultivectorLinear,
  MultivectorNorm,
  type MultivectorOptions,
  ScalarGate,
} from './lorentz/multivector-layers.ts';
export { PelicanBlock, PelicanNetwork } from './lorentz/pelican.ts';
export { SPURIONS, type SpurionName } from './lorentz/spurions.ts';
export { fDivergence, GENERATORS } from './losses/divergences.ts';
export type { Loss, LossInputs, LossSettings, Setting } from './losses/loss.ts';
export { LOSSES, type LossName, loss } from './losses/losses.ts';
export { planingWeights } from './losses/planing-weights.ts';
export { reverseGradient } from './losses/reverse-gradient.ts';
export { randomDirections } from './losses/transport.ts';
export { Module, type NamedParameters } from './module.ts';
export { exportOnnx, type OnnxOptions, onnxLayers } from './onnx/export-onnx.ts';
export { ONNX_ABSENT } from './onnx/onnx-absent.ts';
export { type LossPlotOptions, lossChart, lossPlot } from './training/loss-plot.ts';
export type { ParallelOptions, TrainingParts, TrainingProgram } from './training/parallel/parallel-options.ts';
export { describeProgress, type TrainingProgress } from './training/progress.ts';
export type { Batch } from './training/rows.ts';
export { createSchedule, type Schedule, type ScheduleName } from './training/schedules.ts';
export type { Losses, LossTerm } from './training/shard-gradients.ts';
export { train } from './training/train.ts';
export type { EpochRecord, TrainingOptions, TrainingResult } from './training/training-options.ts';
