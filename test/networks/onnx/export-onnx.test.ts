import * as tf from '@tensorflow/tfjs';
import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, test } from 'vitest';
import * as networks from '../../../src/networks/index.ts';
import {
  Dense,
  Embedding,
  exportOnnx,
  Module,
  ONNX_ABSENT,
  onnxLayers,
  PositionalEncoding,
  Sequential,
  Transformer,
} from '../../../src/networks/index.ts';
import { ACTIVATIONS, type Activation, chooseBackend } from '../../../src/tensors/index.ts';
import { distance } from '../../tensors/fixture.ts';
import { apply, LAYERS, type LayerRow, normal, random } from '../layer-table.ts';
import { messages, numbers, texts } from './protobuf-reader.ts';

const SINGLE_PRECISION = 1e-5;

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
  ort.env.wasm.numThreads = 1;
});

/** What ONNX Runtime makes of the rows of an input. */
async function runModel(model: Uint8Array, inputs: Readonly<Record<string, tf.Tensor>>): Promise<ort.Tensor> {
  const session = await ort.InferenceSession.create(model);
  expect([session.inputNames, session.outputNames]).toEqual([Object.keys(inputs), ['y']]);
  const feeds = Object.entries(inputs).map(([name, x]) => {
    const data = x.dataSync();
    return [name, new ort.Tensor(x.dtype as 'float32', data as Float32Array, x.shape)];
  });
  const { y } = await session.run(Object.fromEntries(feeds));
  await session.release();
  return y;
}

async function expectParity(network: Module, x: tf.Tensor, mask?: tf.Tensor): Promise<void> {
  const model = exportOnnx(network, { inputs: x.shape.slice(1), mask: mask !== undefined });
  const expected = tf.tidy(() => {
    const y = apply(network, x, mask && { mask: () => mask });
    return { shape: y.shape, values: [...y.dataSync()] };
  });
  const found = await runModel(model, mask ? { x, mask } : { x });
  expect(found.dims).toEqual(expected.shape);
  expect(distance([...(found.data as Float32Array)], expected.values)).toBeLessThan(SINGLE_PRECISION);
}

const written = LAYERS.filter(({ make }) => !Object.hasOwn(ONNX_ABSENT, classOf(make)));

function classOf(make: LayerRow['make']): string {
  const layer = make();
  layer.dispose();
  return layer.constructor.name;
}

describe('every layer', () => {
  test('that is exported is written as ONNX, or it is said why not', () => {
    const layers = Object.entries(networks).filter(
      ([, value]) => typeof value === 'function' && value.prototype instanceof Module,
    );
    expect(layers.length).toBeGreaterThan(11);
    const known = [...onnxLayers(), ...Object.keys(ONNX_ABSENT)].sort();
    expect(layers.map(([name]) => name).sort()).toEqual(known);
    for (const reason of Object.values(ONNX_ABSENT)) expect(reason).not.toBe('');
  });

  test('that is written is tried below', () => {
    const tried = new Set(LAYERS.map(({ make }) => classOf(make)));
    expect(onnxLayers().filter((name) => !tried.has(name))).toEqual([]);
  });

  test.each(written)(
    '$name: ONNX Runtime finds our values, for any batch, also after saving and loading',
    async (row) => {
      const [layer, loaded] = [row.make(), row.make()];
      const x = row.input();
      for (const [i, variable] of [...layer.parameters().values()].entries()) {
        const moved = tf.tidy(() => tf.add(variable, tf.mul(normal(variable.shape, 40 + i), 0.3)));
        variable.assign(moved);
        moved.dispose();
      }
      const mask = row.beside && Object.values(row.beside)[0]();
      await expectParity(layer, x, mask);
      const one = tf.slice(x, 0, 1);
      const maskOfOne = mask && tf.slice(mask, 0, 1);
      await expectParity(layer, one, maskOfOne);
      loaded.load(layer.save());
      const shape = { inputs: x.shape.slice(1), mask: mask !== undefined };
      expect(exportOnnx(loaded, shape)).toEqual(exportOnnx(layer, shape));
      tf.dispose([x, one, ...(mask ? [mask, maskOfOne!] : [])]);
      layer.dispose();
      loaded.dispose();
    },
  );
});

test.each(Object.keys(ACTIVATIONS) as Activation[])('activation %s, with and without bias', async (activation) => {
  for (const bias of [true, false]) {
    const layer = new Dense(5, 7, random(), { activation, bias });
    const x = tf.tidy(() => tf.mul(normal([3, 5], 2), 3));
    await expectParity(layer, x);
    layer.dispose();
    x.dispose();
  }
});

describe('a model', () => {
  const make = () =>
    new Sequential([
      new Embedding(7, 8, random()),
      new PositionalEncoding(6, 8, 'learned', random()),
      new Transformer({ layers: 1, width: 8, heads: 2, causal: true, dropout: 0.5 }, random()),
      new Dense(8, 7, random()),
    ]);

  test('of tokens agrees, in training and outside', async () => {
    const network = make().train();
    const ids = tf.tensor2d([0, 6, 3, 2, 1, 4, 5, 5], [2, 4], 'int32');
    const model = exportOnnx(network, { inputs: [4] });
    expect(network.training).toBe(true);
    network.train(false);
    expect(exportOnnx(network, { inputs: [4] })).toEqual(model);
    await expectParity(network, ids);
    ids.dispose();
    network.dispose();
  });

  test('says its format, its set of operators, its shapes, and keeps the names of parameters', () => {
    const network = make();
    const model = exportOnnx(network, { inputs: [4] });
    expect(numbers(model, 1)).toEqual([8]);
    expect(texts(model, 2)).toEqual(['ansatz']);
    expect(messages(model, 8).flatMap((opset) => [texts(opset, 1), numbers(opset, 2)])).toEqual([[''], [17]]);
    const [graph] = messages(model, 7);
    const describeValue = (value: Uint8Array) => {
      const [tensor] = messages(messages(value, 2)[0], 1);
      const axes = messages(messages(tensor, 2)[0], 1).map((axis) => texts(axis, 2)[0] ?? numbers(axis, 1)[0]);
      return [texts(value, 1)[0], numbers(tensor, 1)[0], axes];
    };
    expect(messages(graph, 11).map(describeValue)).toEqual([['x', 6, ['batch', 4]]]);
    expect(messages(graph, 12).map(describeValue)).toEqual([['y', 1, ['batch', 4, 7]]]);
    const initializers = new Map(messages(graph, 5).map((tensor) => [texts(tensor, 8)[0], tensor]));
    for (const [name, { shape, size }] of network.parameters()) {
      expect(numbers(initializers.get(name)!, 1)).toEqual(shape);
      expect(messages(initializers.get(name)!, 9)[0].length).toBe(4 * size);
    }
    const nodes = messages(graph, 1).map((node) => texts(node, 4)[0]);
    expect(nodes.filter((name) => name === 'LayerNormalization')).toHaveLength(3);
    network.dispose();
  });

  test('leaves no tensors behind', () => {
    const network = make();
    const before = tf.memory().numTensors;
    exportOnnx(network, { inputs: [4] });
    expect(tf.memory().numTensors).toBe(before);
    network.dispose();
  });

  test('is refused for shapes that do not fit, and for layers of others, by name', () => {
    const network = new Dense(3, 2, random());
    class Doubled extends Module {
      override call(x: tf.Tensor): tf.Tensor {
        return tf.mul(x, 2);
      }
    }
    expect(() => exportOnnx(network, { inputs: [4] })).toThrow(expect.objectContaining({ code: 'shape' }));
    expect(() => exportOnnx(network, { inputs: [1.5] })).toThrow(expect.objectContaining({ code: 'range' }));
    expect(() => exportOnnx(network, { inputs: [5, 3], mask: true })).toThrow('Dense looks at no mask');
    const mixed = new Sequential([network, new Doubled()]);
    expect(() => exportOnnx(mixed, { inputs: [3] })).toThrow(
      expect.objectContaining({ code: 'no-onnx', message: expect.stringContaining('Doubled') }),
    );
    network.dispose();
  });
});
