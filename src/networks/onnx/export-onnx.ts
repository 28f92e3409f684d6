import * as tf from '@tensorflow/tfjs';
import { BackendError, OptionError } from '../../core/index.ts';
import type { Module } from '../module.ts';
import { ATTENTION_ROWS } from './attention-rows.ts';
import { CONVOLUTION_ROWS } from './convolution-rows.ts';
import { DENSE_ROWS } from './dense-rows.ts';
import { ONNX_ABSENT } from './onnx-absent.ts';
import { OnnxGraph, type WriteLayer } from './onnx-graph.ts';
import type { OnnxRow } from './onnx-row.ts';
import { PARTICLE_ROWS } from './particle-rows.ts';

/** How every layer is written; a new layer is a new row here, or a reason in `ONNX_ABSENT`. */
const ONNX_ROWS: readonly OnnxRow[] = [...DENSE_ROWS, ...ATTENTION_ROWS, ...CONVOLUTION_ROWS, ...PARTICLE_ROWS];

/** What `exportOnnx` has to know. */
export interface OnnxOptions {
  /** The shape of one example: that of what the network is called with, without the axis of the batch. */
  readonly inputs: readonly number[];
  /** Whether the model has a second input "mask", 1 for places that count and 0 for padded ones, shape [batch, places]. */
  readonly mask?: boolean;
}

function rowOf(layer: Module): OnnxRow | undefined {
  return ONNX_ROWS.find((row) => row.layer === layer.constructor);
}

function takesIds(layer: Module): boolean {
  return rowOf(layer)?.takesIds(layer, takesIds) ?? false;
}

/** The names of the classes of layers that `exportOnnx` can write. */
export function onnxLayers(): string[] {
  return ONNX_ROWS.map(({ layer }) => layer.name);
}

/**
 * A network as an ONNX model of opset 17, as it is outside training: input "x", output "y", the first axis of both named
 * "batch" and of any length. Parameters keep their names. The same network gives the same bytes.
 *
 * Input is float32, int32 where the network begins with an `Embedding`.
 *
 * @throws BackendError "no-onnx" that names a layer which cannot be written
 * @throws OptionError "range" for a shape that is none and a mask that nothing looks at, ShapeError for one that does not fit the network
 * @see https://onnx.ai/onnx/operators
 * @example exportOnnx(new Dense(3, 2, new RandomStream(1)), { inputs: [3] }).slice(0, 10) // [8, 8, 18, 6, 97, 110, 115, 97, 116, 122]
 */
export function exportOnnx(network: Module, { inputs, mask = false }: OnnxOptions): Uint8Array<ArrayBuffer> {
  for (const length of inputs) {
    if (Number.isSafeInteger(length) && length > 0) continue;
    throw new OptionError('range', 'inputs', shapeText(inputs), 'the axes of one example, without that of the batch');
  }
  const type = takesIds(network) ? 'int32' : 'float32';
  const graph = new OnnxGraph(network.parameters(), writerOf);
  const shape = outsideTraining(network, () => tf.tidy(() => network.call(tf.zeros([1, ...inputs], type)).shape));
  const x = graph.input('x', inputs, type);
  const result = graph.layer(network, x, mask ? graph.input('mask', inputs.slice(0, 1), 'float32') : undefined);
  if (mask && !graph.uses('mask')) {
    throw new OptionError('range', 'mask', `${network.constructor.name} looks at no mask`, 'leave it out');
  }
  if (!tf.util.arraysEqual([1, ...result.shape], shape)) {
    const message = `the graph gives ${shapeText(result.shape)} where the network gives ${shapeText(shape.slice(1))}`;
    throw new BackendError('no-onnx', 'onnx', network.constructor.name, message, 'give inputs without the batch');
  }
  return graph.finish('y', result);
}

function writerOf(layer: Module): WriteLayer {
  const row = rowOf(layer);
  if (row) return row.write;
  const { name } = layer.constructor;
  const hint = ONNX_ABSENT[name] ?? `these can: ${onnxLayers().join(', ')}`;
  throw new BackendError('no-onnx', 'onnx', name, `the layer ${name} cannot be written as ONNX`, hint);
}

function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}

/** The network itself refuses a shape that does not fit it; what is random in it stays where it is. */
function outsideTraining<T>(network: Module, compute: () => T): T {
  const { training } = network;
  try {
    network.train(false);
    return compute();
  } finally {
    network.train(training);
  }
}
