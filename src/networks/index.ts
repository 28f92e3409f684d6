/** Networks as trees of named parameters. */
export { Dense, type DenseOptions } from './layers/dense.ts';
export { Dropout } from './layers/dropout.ts';
export { Embedding } from './layers/embedding.ts';
export { DeepSets, EnergyFlowNetwork, type SetNetworkOptions } from './layers/energy-flow-network.ts';
export { GatedRecurrentUnit } from './layers/gated-recurrent-unit.ts';
export { LayerNorm } from './layers/layer-norm.ts';
export { PositionalEncoding, type PositionalKind } from './layers/positional-encoding.ts';
export { SelfAttention, type SelfAttentionOptions } from './layers/self-attention.ts';
export { Sequential } from './layers/sequential.ts';
export { Transformer, TransformerBlock, type TransformerOptions } from './layers/transformer.ts';
export { Module, type NamedParameters } from './module.ts';
export type { ParallelOptions, TrainingParts, TrainingProgram } from './training/parallel/parallel-options.ts';
export { describeProgress, type TrainingProgress } from './training/progress.ts';
export type { Batch } from './training/rows.ts';
export { createSchedule, type Schedule, type ScheduleName } from './training/schedules.ts';
export type { Losses, LossTerm } from './training/shard-gradients.ts';
export { train } from './training/train.ts';
export type { EpochRecord, TrainingOptions, TrainingResult } from './training/training-options.ts';
