import type { Module } from '../module.ts';
import type { OnnxGraph, OnnxValue, WriteLayer } from './onnx-graph.ts';

/** How one class of layers is written as nodes of ONNX. */
export interface OnnxRow {
  readonly layer: abstract new (...args: never[]) => Module;
  readonly write: WriteLayer;
  /** Whether the input of this layer is whole numbers; `takesIds` asks a part. */
  readonly takesIds: (layer: Module, takesIds: (part: Module) => boolean) => boolean;
}

/** A row with the type of its layer known. */
export function row<L extends Module>(
  layer: abstract new (...args: never[]) => L,
  write: (layer: L, x: OnnxValue, graph: OnnxGraph, mask: OnnxValue | undefined) => OnnxValue,
  takesIds: (layer: L, takesIds: (part: Module) => boolean) => boolean = () => false,
): OnnxRow {
  return {
    layer,
    write: (one, x, graph, mask) => write(one as L, x, graph, mask),
    takesIds: (one, ask) => takesIds(one as L, ask),
  };
}
