import { LanguageTransformer } from '../layers/language-transformer.ts';
import { SelfAttention } from '../layers/self-attention.ts';
import { Transformer, TransformerBlock } from '../layers/transformer.ts';
import type { OnnxGraph, OnnxValue } from './onnx-graph.ts';
import { type OnnxRow, row } from './onnx-row.ts';

/** So low that exp of the difference to any score is 0, and yet a number. */
const HIDDEN = -1e30;

/** x + y of equal shapes. */
function sum(graph: OnnxGraph, x: OnnxValue, y: OnnxValue): OnnxValue {
  return { name: graph.node('Add', [x.name, y.name]), shape: x.shape };
}

/** softmax over the keys that a mask shows; zeros where it shows none, in place of the NaN that softmax would give. */
function softmaxOfSeen(graph: OnnxGraph, scores: string, mask: OnnxValue): string {
  const counts = graph.node('Unsqueeze', [mask.name, graph.integers([1, 2])]);
  const seen = graph.node('Greater', [counts, graph.floats([0])]);
  const low = graph.node('Where', [seen, scores, graph.floats([HIDDEN])]);
  const weights = graph.node('Softmax', [low], { axis: -1 });
  return graph.node('Where', [seen, weights, graph.floats([0])]);
}

/** Attention, and what is built around it. */
export const ATTENTION_ROWS: readonly OnnxRow[] = [
  row(SelfAttention, ({ project, join, positions, heads, causal }, x, graph, mask) => {
    const [steps, width] = x.shape;
    const depth = width / heads;
    const parts = graph.nodes('Split', [graph.layer(project, x).name], 3, { axis: -1 });
    const [q, k, v] = parts.map((part, i) => {
      const apart = graph.node('Reshape', [part, graph.integers([0, 0, heads, depth])]);
      return graph.node('Transpose', [apart], { perm: i === 1 ? [0, 2, 3, 1] : [0, 2, 1, 3] });
    });
    let scores = graph.node('Mul', [graph.node('MatMul', [q, k]), graph.floats([1 / Math.sqrt(depth)])]);
    if (positions) {
      const rows = graph.integers(positions.rows(steps), [steps, steps]);
      const bias = graph.node('Gather', [graph.parameter(positions.table), rows], { axis: 0 });
      scores = graph.node('Add', [scores, graph.node('Transpose', [bias], { perm: [2, 0, 1] })]);
    }
    if (causal) {
      const hidden = (_: unknown, i: number) => (i % steps > Math.floor(i / steps) ? Number.NEGATIVE_INFINITY : 0);
      const bias = Array.from({ length: steps * steps }, hidden);
      scores = graph.node('Add', [scores, graph.floats(bias, [steps, steps])]);
    }
    const weights = mask ? softmaxOfSeen(graph, scores, mask) : graph.node('Softmax', [scores], { axis: -1 });
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
  row(
    LanguageTransformer,
    ({ embedding, positions, transformer, logits }, ids, graph) =>
      [positions, transformer, logits].reduce<OnnxValue>(
        (x, layer) => graph.layer(layer, x),
        graph.layer(embedding, ids),
      ),
    () => true,
  ),
];
