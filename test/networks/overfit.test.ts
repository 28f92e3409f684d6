import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import * as networks from '../../src/networks/index.ts';
import { Adam, chooseBackend, crossEntropy } from '../../src/tensors/index.ts';
import { type LayerRow, normal } from './layer-table.ts';

const {
  Conv1d,
  Conv2d,
  CrossAttention,
  DecoderBlock,
  DeepSets,
  Dense,
  Dropout,
  EdgeConvolution,
  Embedding,
  EnergyFlowNetwork,
  GatedRecurrentUnit,
  GlobalPooling,
  LanguageTransformer,
  LayerNorm,
  Module,
  ParticleNet,
  Pooling,
  PositionalEncoding,
  RecursiveTree,
  SelfAttention,
  SequenceTransformer,
  Sequential,
  Transformer,
  TransformerBlock,
  VariationalDense,
} = networks;

const EXAMPLES = 64;
const CLASSES = 3;
/** In nats; guessing costs log 3 = 1.1. */
const BOUND = 0.05;
const STEPS = 400;

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

const stream = (label: number) => new RandomStream(17).split(label);

function integers(shape: number[], below: number, label: number): tf.Tensor {
  const draws = stream(label);
  const values = Int32Array.from({ length: tf.util.sizeFromShape(shape) }, () => Math.floor(below * draws.uniform()));
  return tf.tensor(values, shape, 'int32');
}

interface Tiny {
  readonly name: string;
  /** Layers one after the other; what comes out has the shape [examples, features], or is averaged over its places. */
  readonly parts: (random: RandomStream) => networks.Module[];
  readonly features: number;
  readonly input: () => tf.Tensor;
  readonly beside?: LayerRow['beside'];
}

const particles = () => normal([EXAMPLES, 6, 4], 3);
const ids = () => integers([EXAMPLES, 5], 9, 4);
const mask = () => tf.tidy(() => tf.cast(tf.greater(normal([EXAMPLES, 6], 8), -0.8), 'float32'));

/** Five nodes: a root with two children, and two below one of them. */
const children = (): tf.Tensor => {
  const [left, right] = [
    [
      [1, 2],
      [3, 4],
      [-1, -1],
      [-1, -1],
      [-1, -1],
    ],
    [
      [1, 2],
      [-1, -1],
      [3, 4],
      [-1, -1],
      [-1, -1],
    ],
  ];
  return tf.tensor3d(
    Array.from({ length: EXAMPLES }, (_, i) => (i % 2 === 0 ? left : right)),
    undefined,
    'int32',
  );
};

/** Every kind of layer in a small network; a new one is a new row, or a part of one. */
const TINY: readonly Tiny[] = [
  {
    name: 'dense layers with normalisation',
    parts: (random) => [new Sequential([new Dense(8, 48, random, { activation: 'gelu' }), new LayerNorm(48)])],
    features: 48,
    input: () => normal([EXAMPLES, 8], 2),
  },
  {
    name: 'embedding, learned positions and attention with relative positions',
    parts: (random) => [
      new Embedding(9, 32, random),
      new PositionalEncoding(5, 32, 'learned', random),
      new SelfAttention(32, 4, random, { relativePositions: 3 }),
    ],
    features: 32,
    input: ids,
  },
  {
    name: 'a dense layer with a posterior',
    parts: (random) => [new VariationalDense(8, 48, random)],
    features: 48,
    input: () => normal([EXAMPLES, 8], 2),
  },
  {
    name: 'language transformer',
    parts: (random) => [new LanguageTransformer({ layers: 1, width: 32, heads: 4, vocabulary: 9, length: 5 }, random)],
    features: 9,
    input: ids,
  },
  {
    name: 'transformer block on sines',
    parts: (random) => [
      new Embedding(9, 32, random),
      new PositionalEncoding(5, 32, 'sinusoidal', random),
      new TransformerBlock({ width: 32, heads: 4 }, random),
    ],
    features: 32,
    input: ids,
  },
  {
    name: 'causal transformer with a mask',
    parts: (random) => [new Transformer({ layers: 1, width: 4, heads: 2, hidden: 48, causal: true }, random)],
    features: 4,
    input: particles,
    beside: { mask },
  },
  {
    name: 'deep sets',
    parts: (random) => [new DeepSets({ inputs: 4, hidden: 32, latent: 24, outputs: 8 }, random)],
    features: 8,
    input: particles,
  },
  {
    name: 'energy flow network',
    parts: (random) => [new EnergyFlowNetwork({ inputs: 3, hidden: 32, latent: 24, outputs: 8 }, random)],
    features: 8,
    input: particles,
  },
  {
    name: 'convolution over neighbours with a mask',
    parts: (random) => [new EdgeConvolution({ inputs: 4, widths: [32, 32], neighbours: 3 }, random)],
    features: 32,
    input: particles,
    beside: { mask },
  },
  {
    name: 'ParticleNet with a mask',
    parts: (random) => [
      new ParticleNet(
        { inputs: 4, outputs: 16, blocks: [[16, 16], [32]], neighbours: 3, hidden: 32, dropout: 0 },
        random,
      ),
    ],
    features: 16,
    input: particles,
    beside: { mask },
  },
  {
    name: 'convolution and pooling of sequences',
    parts: (random) => [
      new Conv1d({ inputs: 3, outputs: 32, size: 3, padding: 'same', activation: 'gelu' }, random),
      new Pooling({ kind: 'max', size: 2 }),
      new Conv1d({ inputs: 32, outputs: 32, size: 2, activation: 'gelu' }, random),
      new GlobalPooling('max'),
    ],
    features: 32,
    input: () => normal([EXAMPLES, 8, 3], 5),
  },
  {
    name: 'convolution and pooling of images',
    parts: (random) => [
      new Conv2d({ inputs: 2, outputs: 24, size: 3, padding: 'same', activation: 'relu' }, random),
      new Pooling({ kind: 'mean', size: 2 }),
      new Conv2d({ inputs: 24, outputs: 32, size: 2, activation: 'relu' }, random),
    ],
    features: 32,
    input: () => normal([EXAMPLES, 6, 6, 2], 6),
  },
  {
    name: 'gated recurrent unit',
    parts: (random) => [new GatedRecurrentUnit(4, 32, random)],
    features: 32,
    input: particles,
  },
  ...(['simple', 'gated'] as const).map(
    (cell): Tiny => ({
      name: `recursive tree, ${cell}`,
      parts: (random) => [new RecursiveTree({ inputs: 4, hidden: 32, cell }, random)],
      features: 32,
      input: () => normal([EXAMPLES, 5, 4], 7),
      beside: { children },
    }),
  ),
];

/** Nothing is learned by a layer that drops at random; what looks at two sequences learns in generation/reversal.test.ts. */
const EXEMPT: readonly unknown[] = [Dropout, CrossAttention, DecoderBlock, SequenceTransformer];

/** The classes of a network and of all its parts. */
function classesOf(module: networks.Module): unknown[] {
  const parts = Object.values(module)
    .flat()
    .filter((value) => value instanceof Module);
  return [module.constructor, ...parts.flatMap(classesOf)];
}

const exported: Readonly<Record<string, unknown>> = { ...networks };

/** The classes of src/networks/layers, by what the index says of them; flows and others are tried in their own tests. */
function layerNames(): string[] {
  const index = readFileSync(new URL('../../src/networks/index.ts', import.meta.url), 'utf8');
  const lists = [...index.matchAll(/export \{([^}]*)\} from '\.\/layers\//g)].map(([, list]) => list);
  const names = lists.flatMap((list) => list.split(',').map((name) => name.trim()));
  const layers = names.filter(
    (name) => (exported[name] as { prototype?: unknown } | undefined)?.prototype instanceof Module,
  );
  expect(layers.length).toBeGreaterThan(20);
  return layers;
}

describe('a tiny network', () => {
  test.each(TINY)('with $name learns 64 examples by heart and leaks nothing', ({ parts, features, input, beside }) => {
    const before = tf.memory().numTensors;
    const random = stream(1);
    const layers = parts(random);
    const head = new Sequential([
      new Dense(features, 32, random, { activation: 'gelu' }),
      new Dense(32, CLASSES, random),
    ]);
    const whole = new Sequential([...layers, head]).train();
    const [x, labels, second] = [input(), integers([EXAMPLES], CLASSES, 9), beside && Object.values(beside)[0]()];
    const optimiser = new Adam({ learningRate: 0.01 });
    const forward = (): tf.Tensor => {
      const seen = layers.reduce((value, layer) => layer.call(value, second), x);
      const axes = seen.shape.map((_, axis) => axis).slice(1, -1);
      return head.call(axes.length > 0 ? tf.mean(seen, axes) : seen);
    };
    let loss = Infinity;
    for (let step = 0; step < STEPS && loss > BOUND; step++) {
      loss = tf.tidy(() => {
        const variables = whole.trainable();
        const { value, grads } = tf.variableGrads(
          () => tf.mean(crossEntropy(forward(), labels)) as tf.Scalar,
          variables,
        );
        optimiser.step(variables.map((variable) => [variable, grads[variable.name]]));
        return value.dataSync()[0];
      });
    }
    expect(loss).toBeLessThan(BOUND);
    tf.dispose([x, labels, ...(second ? [second] : [])]);
    whole.dispose();
    optimiser.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('holds every kind of layer somewhere', () => {
    const tried = new Set<unknown>([Module, ...EXEMPT]);
    for (const { parts } of TINY) {
      for (const part of parts(stream(1))) {
        for (const kind of classesOf(part)) tried.add(kind);
        part.dispose();
      }
    }
    const missing = layerNames().filter((name) => !tried.has(exported[name]));
    expect(missing).toEqual([]);
  });
});
