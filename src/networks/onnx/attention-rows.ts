import { SelfAttention } from '../layers/self-attention.ts';
import { Transformer, TransformerBlock } from '../layers/transformer.ts';
import type { OnnxGraph, OnnxValue } from './onnx-graph.ts';
import { type OnnxRow, row } from './onnx-row.ts';

/** x + y of equal shapes. */
function sum(graph: OnnxGraph, x: OnnxValue, y: OnnxValue): OnnxValue {
  return { name: graph.node('Add', [x.name, y.name]), shape: x.shape };
}

/** Attention, and what is built around it. */
export const ATTENTION_ROWS: readonly OnnxRow[] = [
  row(SelfAttention, ({ project, join, heads, causal }, x, graph) => {
    const [steps, width] = x.shape;
    const depth = width / heads;
    const parts = graph.nodes('Split', [graph.layer(project, x).name], 3, { axis: -1 });
    const [q, k, v] = parts.map((part, i) => {
      const apart = graph.node('Reshape', [part, graph.integers([0, 0, heads, depth])]);
      return graph.node('Transpose', [apart], { perm: i === 1 ? [0, 2, 3, 1] : [0, 2, 1, 3] });
    });
    let scores = graph.node('Mul', [graph.node('MatMul', [q, k]), graph.floats([1 / Math.sqrt(depth)])]);
    if (causal) {
      const hidden = (_: unknown, i: number) => (i % steps > Math.floor(i / steps) ? Number.NEGATIVE_INFINITY : 0);
      const bias = Array.from({ length: steps * steps }, hidden);
      scores = graph.node('Add', [scores, graph.floats(bias, [steps, steps])]);
    }
    const weights = graph.node('Softmax', [scores], { axis: -1 });
    const turned = graph.node('Transpose', [graph.node('MatMul', [weights, v])], { perm: [0, 2, 1, 3] });
    const together = graph.node('Reshape', [turned, graph.integers([0, 0, width])]);
    return graph.layer(join, { name: together, shape: x.shape });
  }),
  row(TransformerBlock, ({ first, attention, second, widen, narrow }, x, graph, mask) => {
    const looked = sum(graph, x, graph.layer(attention, graph.layer(first, x), mask));
    const wide = graph.layer(widen, graph.layer(second, looked));
    return sum(graph, looked, graph.layer(narrow, wide));
  }),
  row(Transformer, ({ blocks, last }, x, graph, mask) =>
    graph.layer(
      last,
      blocks.reduce((value, block) => graph.layer(block, value, mask), x),
    ),
  ),
];
