import { type Activation, type Padding, placesOfWindow } from '../../tensors/index.ts';
import { Conv1d, Conv2d } from '../layers/convolution.ts';
import { GlobalPooling, LOWEST, Pooling } from '../layers/pooling.ts';
import { ONNX_ACTIVATIONS, sumOfPlaces } from './dense-rows.ts';
import type { OnnxGraph, OnnxValue } from './onnx-graph.ts';
import { type OnnxRow, row } from './onnx-row.ts';

/** A node that wants the channels before the places, which are `axes` in number. */
function channelsFirst(graph: OnnxGraph, x: string, axes: number, write: (x: string) => string): string {
  const places = Array.from({ length: axes }, (_, i) => i + 1);
  const turned = graph.node('Transpose', [x], { perm: [0, axes + 1, ...places] });
  return graph.node('Transpose', [write(turned)], { perm: [0, ...places.map((place) => place + 1), 1] });
}

interface Moving {
  readonly size: readonly number[];
  readonly stride: readonly number[];
  readonly padding: Padding;
}

/** Attributes of a window on places of these lengths, and how many places it takes. */
function movingWindow(lengths: readonly number[], { size, stride, padding }: Moving) {
  const axes = lengths.map((length, i) => placesOfWindow(length, size[i], stride[i], padding));
  const pads = [...axes.map(({ before }) => before), ...axes.map(({ after }) => after)];
  return { places: axes.map(({ places }) => places), attributes: { kernel_shape: size, strides: stride, pads } };
}

function convolve(layer: Conv1d | Conv2d, { name, shape }: OnnxValue, graph: OnnxGraph): OnnxValue {
  const { weight, bias, size } = layer;
  const axes = size.length;
  const { places, attributes } = movingWindow(shape.slice(0, -1), layer);
  const perm = [axes + 1, axes, ...size.keys()];
  const kernel = graph.node('Transpose', [graph.parameter(weight)], { perm });
  const inputs = bias ? [kernel, graph.parameter(bias)] : [kernel];
  const y = channelsFirst(graph, name, axes, (x) => graph.node('Conv', [x, ...inputs], attributes));
  const activation: Activation = layer.activation;
  return { name: ONNX_ACTIVATIONS[activation](graph, y), shape: [...places, weight.shape.at(-1)!] };
}

/** Windows that move. */
export const CONVOLUTION_ROWS: readonly OnnxRow[] = [
  row(Conv1d, convolve),
  row(Conv2d, convolve),
  row(Pooling, ({ kind, size, stride }, { name, shape }, graph) => {
    const axes = shape.length - 1;
    const moving = { size: size.slice(-axes), stride: stride.slice(-axes), padding: 'valid' as const };
    const { places, attributes } = movingWindow(shape.slice(0, -1), moving);
    const operator = kind === 'max' ? 'MaxPool' : 'AveragePool';
    const y = channelsFirst(graph, name, axes, (x) => graph.node(operator, [x], attributes));
    return { name: y, shape: [...places, shape.at(-1)!] };
  }),
  row(GlobalPooling, ({ kind }, x, graph, mask) => {
    const axes = [...x.shape.keys()].slice(1);
    const channels = x.shape.slice(-1);
    if (kind === 'mean') return meanOfPlaces(graph, x, mask);
    if (!mask) return { name: graph.node('ReduceMax', [x.name], { axes, keepdims: 0 }), shape: channels };
    const counts = graph.node('Greater', [
      graph.node('Unsqueeze', [mask.name, graph.integers([2])]),
      graph.floats([0]),
    ]);
    const shown = graph.node('Where', [counts, x.name, graph.floats([LOWEST])]);
    const largest = graph.node('ReduceMax', [shown], { axes: [1], keepdims: 0 });
    const some = graph.node('Greater', [largest, graph.floats([LOWEST])]);
    return { name: graph.node('Where', [some, largest, graph.floats([0])]), shape: channels };
  }),
];

/** The mean over the places that count, zeros where none does. */
export function meanOfPlaces(graph: OnnxGraph, x: OnnxValue, mask: OnnxValue | undefined): OnnxValue {
  if (!mask) {
    const axes = [...x.shape.keys()].slice(1);
    return { name: graph.node('ReduceMean', [x.name], { axes, keepdims: 0 }), shape: x.shape.slice(-1) };
  }
  const { name, shape } = sumOfPlaces(graph, x, mask);
  const count = graph.node('ReduceSum', [mask.name, graph.integers([1])], { keepdims: 1 });
  return { name: graph.node('Div', [name, graph.node('Max', [count, graph.floats([1])])]), shape };
}
