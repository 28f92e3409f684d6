export { fit } from './fit.ts';
export { Model } from './model.ts';
export { MUTATIONS, type Mutation } from './mutations.ts';
export { type FitOptions, OPTION_SCHEMA } from './options/options.ts';
export type { FrontEntry, FrontRecord, Progress, RunRecord, StopReason } from './result.ts';
export * from './statistics/index.ts';
