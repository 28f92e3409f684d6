/** Networks as trees of named parameters. */
export { Dense, type DenseOptions } from './layers/dense.ts';
export { LayerNorm } from './layers/layer-norm.ts';
export { Sequential } from './layers/sequential.ts';
export { Module, type NamedParameters } from './module.ts';
