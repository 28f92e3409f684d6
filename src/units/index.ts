export * from './convert.ts';
export * from './dimension.ts';
export * from './dimension-table.ts';
export * from './known-constants.ts';
export * from './parse-unit.ts';
export * from './rational.ts';
export * from './unit.ts';
