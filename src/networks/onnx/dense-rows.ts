import type { Activation } from '../../tensors/index.ts';
import { Dense } from '../layers/dense.ts';
import { Dropout } from '../layers/dropout.ts';
import { Embedding } from '../layers/embedding.ts';
import { DeepSets, EnergyFlowNetwork } from '../layers/energy-flow-network.ts';
import { GatedRecurrentUnit } from '../layers/gated-recurrent-unit.ts';
import { LayerNorm } from '../layers/layer-norm.ts';
import { PositionalEncoding } from '../layers/positional-encoding.ts';
import { Sequential } from '../layers/sequential.ts';
import type { OnnxGraph, OnnxValue } from './onnx-graph.ts';
import { type OnnxRow, row } from './onnx-row.ts';

/** Activations in nodes of the standard; gelu is a node of its own only from opset 20 on. */
export const ONNX_ACTIVATIONS: Readonly<Record<Activation, (graph: OnnxGraph, x: string) => string>> = {
  linear: (_, x) => x,
  relu: (graph, x) => graph.node('Relu', [x]),
  sigmoid: (graph, x) => graph.node('Sigmoid', [x]),
  tanh: (graph, x) => graph.node('Tanh', [x]),
  gelu: (graph, x) => {
    const tail = graph.node('Erf', [graph.node('Mul', [x, graph.floats([Math.SQRT1_2])])]);
    const half = graph.node('Mul', [x, graph.floats([0.5])]);
    return graph.node('Mul', [half, graph.node('Add', [tail, graph.floats([1])])]);
  },
};

/** The sum over the places that count, shape [places, features]. */
export function sumOfPlaces(graph: OnnxGraph, { name, shape }: OnnxValue, mask?: OnnxValue): OnnxValue {
  let x = name;
  if (mask) x = graph.node('Mul', [x, graph.node('Unsqueeze', [mask.name, graph.integers([2])])]);
  return { name: graph.node('ReduceSum', [x, graph.integers([1])], { keepdims: 0 }), shape: shape.slice(1) };
}

/** Dense layers and what is made of them alone. */
export const DENSE_ROWS: readonly OnnxRow[] = [
  row(Dense, ({ weight, bias, activation }, { name, shape }, graph) => {
    let y = graph.node('MatMul', [name, graph.parameter(weight)]);
    if (bias) y = graph.node('Add', [y, graph.parameter(bias)]);
    return { name: ONNX_ACTIVATIONS[activation](graph, y), shape: [...shape.slice(0, -1), weight.shape[1]!] };
  }),
  row(LayerNorm, ({ gain, shift, epsilon }, { name, shape }, graph) => {
    const inputs = [name, graph.parameter(gain), graph.parameter(shift)];
    return { name: graph.node('LayerNormalization', inputs, { axis: -1, epsilon: { float: epsilon } }), shape };
  }),
  row(Dropout, (_layer, x) => x),
  row(
    Embedding,
    ({ table }, { name, shape }, graph) => ({
      name: graph.node('Gather', [graph.parameter(table), name], { axis: 0 }),
      shape: [...shape, table.shape[1]!],
    }),
    () => true,
  ),
  row(PositionalEncoding, ({ table }, { name, shape }, graph) => {
    const [length] = table.shape;
    const steps = shape.at(-2)!;
    let rows = graph.parameter(table);
    if (steps < length!) rows = graph.node('Slice', [rows, graph.integers([0]), graph.integers([steps])]);
    return { name: graph.node('Add', [name, rows]), shape };
  }),
  row(
    Sequential,
    ({ layers }, x, graph, mask) => layers.reduce((value, layer) => graph.layer(layer, value, mask), x),
    ({ layers }, takesIds) => layers.length > 0 && takesIds(layers[0]),
  ),
  row(DeepSets, ({ element, whole }, x, graph, mask) =>
    graph.layer(whole, sumOfPlaces(graph, graph.layer(element, x), mask)),
  ),
  row(EnergyFlowNetwork, ({ element, whole }, { name, shape }, graph) => {
    const [particles, numbers] = shape;
    const sizes = graph.integers([1, numbers - 1]);
    const [energy, angles] = graph.nodes('Split', [name, sizes], 2, { axis: -1 });
    const seen = graph.layer(element, { name: angles, shape: [particles, numbers - 1] });
    const weighed = { name: graph.node('Mul', [energy, seen.name]), shape: seen.shape };
    return graph.layer(whole, sumOfPlaces(graph, weighed));
  }),
  row(GatedRecurrentUnit, ({ fromInput, fromState, hidden }, { name, shape }, graph) => {
    // The node wants the gates in the order z, r, n, each matrix transposed, and time before the batch.
    const gates = (of: string, axis: number): string => {
      const [r, z, n] = graph.nodes('Split', [of], 3, { axis });
      return graph.node('Concat', [z, r, n], { axis });
    };
    const matrix = ({ weight }: Dense): string => {
      const turned = graph.node('Transpose', [gates(graph.parameter(weight), 1)], { perm: [1, 0] });
      return graph.node('Unsqueeze', [turned, graph.integers([0])]);
    };
    const biases = [fromInput, fromState].map(({ bias }) => gates(graph.parameter(bias!), 0));
    const bias = graph.node('Unsqueeze', [graph.node('Concat', biases, { axis: 0 }), graph.integers([0])]);
    const steps = graph.node('Transpose', [name], { perm: [1, 0, 2] });
    const inputs = [steps, matrix(fromInput), matrix(fromState), bias];
    const [states] = graph.nodes('GRU', inputs, 1, { hidden_size: hidden, linear_before_reset: 1 });
    const one = graph.node('Squeeze', [states, graph.integers([1])]);
    return { name: graph.node('Transpose', [one], { perm: [1, 0, 2] }), shape: [shape[0], hidden] };
  }),
];
