import { EdgeConvolution, FAR } from '../layers/edge-convolution.ts';
import { ParticleNet } from '../layers/particle-net.ts';
import { meanOfPlaces } from './convolution-rows.ts';
import type { OnnxGraph, OnnxValue } from './onnx-graph.ts';
import { type OnnxRow, row } from './onnx-row.ts';

/** Numbers of the nearest other places of the same event, shape [places, neighbours]. */
function nearestNeighbours(graph: OnnxGraph, points: OnnxValue, count: number, mask: OnnxValue | undefined): OnnxValue {
  const [places] = points.shape;
  const square = graph.node('Mul', [points.name, points.name]);
  const squares = graph.node('ReduceSum', [square, graph.integers([-1])], { keepdims: 1 });
  const turned = graph.node('Transpose', [points.name], { perm: [0, 2, 1] });
  const twice = graph.node('Mul', [graph.node('MatMul', [points.name, turned]), graph.floats([2])]);
  let distance = graph.node('Sub', [graph.node('Transpose', [squares], { perm: [0, 2, 1] }), twice]);
  if (mask) {
    const missing = graph.node('Sub', [graph.floats([1]), graph.node('Unsqueeze', [mask.name, graph.integers([1])])]);
    distance = graph.node('Add', [distance, graph.node('Mul', [missing, graph.floats([FAR])])]);
  }
  const self = Array.from({ length: places * places }, (_, i) => (i % (places + 1) === 0 ? 2 * FAR : 0));
  const apart = graph.node('Add', [distance, graph.floats(self, [places, places])]);
  const [, indices] = graph.nodes('TopK', [apart, graph.integers([count])], 2, { axis: -1, largest: 0 });
  return { name: indices, shape: [places, count] };
}

/** Rows of the places of the same event, shape [places, neighbours, features]. */
function rowsAt(graph: OnnxGraph, { name }: OnnxValue, at: OnnxValue): string {
  const index = graph.node('Unsqueeze', [at.name, graph.integers([-1])]);
  return graph.node('GatherND', [name, index], { batch_dims: 1 });
}

function edgeConvolution(
  layer: EdgeConvolution,
  x: OnnxValue,
  graph: OnnxGraph,
  mask: OnnxValue | undefined,
  points: OnnxValue = x,
): OnnxValue {
  const { fromSelf, fromOther, deeper, norms, shortcut, shortcutNorm, neighbours } = layer;
  const [places] = x.shape;
  const nearest = nearestNeighbours(graph, points, neighbours, mask);
  const others = rowsAt(graph, graph.layer(fromOther, x), nearest);
  const self = graph.layer(fromSelf, x);
  const pair = graph.node('Add', [graph.node('Unsqueeze', [self.name, graph.integers([2])]), others]);
  let edge: OnnxValue = { name: pair, shape: [places, neighbours, self.shape[1]] };
  for (const [i, norm] of norms.entries()) {
    if (i > 0) edge = graph.layer(deeper[i - 1], edge);
    const { name, shape } = graph.layer(norm, edge);
    edge = { name: graph.node('Relu', [name]), shape };
  }
  let seen: string;
  if (mask) {
    const column = { name: graph.node('Unsqueeze', [mask.name, graph.integers([2])]), shape: [places, 1] };
    const counts = rowsAt(graph, column, nearest);
    const weighed = graph.node('Mul', [edge.name, counts]);
    const [sum, count] = [weighed, counts].map((of) =>
      graph.node('ReduceSum', [of, graph.integers([2])], { keepdims: 0 }),
    );
    seen = graph.node('Div', [sum, graph.node('Max', [count, graph.floats([1])])]);
  } else seen = graph.node('ReduceMean', [edge.name], { axes: [2], keepdims: 0 });
  const direct = graph.layer(shortcutNorm, graph.layer(shortcut, x));
  return { name: graph.node('Relu', [graph.node('Add', [seen, direct.name])]), shape: direct.shape };
}

/** Networks on neighbours. */
export const PARTICLE_ROWS: readonly OnnxRow[] = [
  row(EdgeConvolution, (layer, x, graph, mask) => edgeConvolution(layer, x, graph, mask)),
  row(ParticleNet, ({ norm, blocks, hidden, dropout, output, coordinates }, x, graph, mask) => {
    const range = [[0], [coordinates], [-1]].map((list) => graph.integers(list));
    const points = { name: graph.node('Slice', [x.name, ...range]), shape: [x.shape[0], coordinates] };
    const seen = blocks.reduce(
      (value, block, i) => edgeConvolution(block, value, graph, mask, i === 0 ? points : value),
      graph.layer(norm, x),
    );
    const event = graph.layer(hidden, meanOfPlaces(graph, seen, mask));
    return graph.layer(output, graph.layer(dropout, event));
  }),
];
