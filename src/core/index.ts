export * from './cancellation.ts';
export * from './errors.ts';
export * from './nearest.ts';
export * from './protobuf.ts';
export * from './random.ts';
export * from './table.ts';
export * from './worker-threads.ts';
