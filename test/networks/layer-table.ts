import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../src/core/index.ts';
import {
  Conv1d,
  Conv2d,
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
  type Module,
  ParticleNet,
  Pooling,
  PositionalEncoding,
  RecursiveTree,
  SelfAttention,
  Sequential,
  Transformer,
  TransformerBlock,
} from '../../src/networks/index.ts';

export const random = () => new RandomStream(11);
export const normal = (shape: readonly number[], seed: number): tf.Tensor => {
  const stream = new RandomStream(seed);
  return tf.tensor(
    Float32Array.from({ length: shape.reduce((product, length) => product * length, 1) }, () => stream.normal()),
    [...shape],
  );
};

/** A layer to be tested. */
export interface LayerRow {
  readonly name: string;
  readonly make: () => Module;
  readonly input: () => tf.Tensor;
  /** What the layer is called with beside its input. */
  readonly beside?: { readonly mask: () => tf.Tensor } | { readonly children: () => tf.Tensor };
  /** Length of the steps of difference quotients; short where relu or a choice of neighbours makes kinks. */
  readonly step?: number;
  /** A shape to be refused. */
  readonly wrong: readonly number[] | undefined;
}

/** What a layer makes of a tensor, with what stands beside. */
export function apply(layer: Module, x: tf.Tensor, beside: LayerRow['beside']): tf.Tensor {
  return layer.call(x, beside && Object.values(beside)[0]());
}

/** For networks with many kinks; rounding costs a tenth of the tolerance here. */
const SHORT_STEP = 2e-3;

/** A mask that leaves out the end of one row, and a place in the midst of another; a third is all padding. */
const mask =
  (places: number, rows = 3) =>
  (): tf.Tensor => {
    const counts = (i: number) => i !== places - 1 && i !== places + 1 && i < 2 * places;
    return tf.tensor2d(
      Array.from({ length: rows * places }, (_, i) => Number(counts(i))),
      [rows, places],
    );
  };

/** A chain of three joins, a balanced tree of as many, and a leaf with padding behind it. */
const children = (): tf.Tensor => {
  const leaf = [-1, -1];
  const chain = [[1, 2], [3, 4], leaf, [5, 6], leaf, leaf, leaf];
  const balanced = [[2, 1], [3, 5], [4, 6], leaf, leaf, leaf, leaf];
  return tf.tensor3d([chain, balanced, [leaf, ...chain.slice(1)]], undefined, 'int32');
};

/** Every layer with an input; ids where the layer takes some. A new layer is a new row. */
export const LAYERS: readonly LayerRow[] = [
  { name: 'dense', make: () => new Dense(5, 3, random()), input: () => normal([4, 5], 1), wrong: [4, 6] },
  {
    name: 'dense, gelu',
    make: () => new Dense(5, 3, random(), { activation: 'gelu' }),
    input: () => normal([2, 4, 5], 1),
    wrong: [4, 6],
  },
  { name: 'layer normalisation', make: () => new LayerNorm(6), input: () => normal([3, 6], 1), wrong: [3, 5] },
  {
    name: 'embedding',
    make: () => new Embedding(7, 4, random()),
    input: () => tf.tensor2d([0, 6, 6, 2, 1, 0], [2, 3], 'int32'),
    wrong: undefined,
  },
  {
    name: 'learned positions',
    make: () => new PositionalEncoding(6, 4, 'learned', random()),
    input: () => normal([2, 5, 4], 1),
    wrong: [2, 7, 4],
  },
  {
    name: 'sines for positions',
    make: () => new PositionalEncoding(6, 4, 'sinusoidal', random()),
    input: () => normal([2, 5, 4], 1),
    wrong: [2, 5, 3],
  },
  {
    name: 'attention',
    make: () => new SelfAttention(8, 2, random()),
    input: () => normal([2, 5, 8], 1),
    wrong: [2, 5, 6],
  },
  {
    name: 'causal attention',
    make: () => new SelfAttention(8, 4, random(), { causal: true }),
    input: () => normal([2, 5, 8], 1),
    wrong: [2, 5, 6],
  },
  {
    name: 'attention with relative positions and a mask',
    make: () => new SelfAttention(8, 2, random(), { relativePositions: 2 }),
    input: () => normal([3, 5, 8], 1),
    beside: { mask: mask(5) },
    wrong: [3, 6, 8],
  },
  {
    name: 'transformer with relative positions, causal, with a mask',
    make: () => new Transformer({ layers: 2, width: 8, heads: 2, causal: true, relativePositions: 3 }, random()),
    input: () => normal([3, 5, 8], 1),
    beside: { mask: mask(5) },
    wrong: [2, 5, 8],
  },
  {
    name: 'deep sets with a mask',
    make: () => new DeepSets({ inputs: 3, hidden: 8, latent: 6, outputs: 2 }, random()),
    input: () => normal([3, 5, 3], 1),
    beside: { mask: mask(5) },
    wrong: [3, 4, 3],
  },
  {
    name: 'transformer block',
    make: () => new TransformerBlock({ width: 8, heads: 2 }, random()),
    input: () => normal([2, 5, 8], 1),
    wrong: [2, 5, 6],
  },
  {
    name: 'transformer',
    make: () => new Transformer({ layers: 2, width: 8, heads: 2, hidden: 12, causal: true }, random()),
    input: () => normal([2, 5, 8], 1),
    wrong: [2, 5, 6],
  },
  {
    name: 'deep sets',
    make: () => new DeepSets({ inputs: 3, hidden: 8, latent: 6, outputs: 2 }, random()),
    input: () => normal([4, 5, 3], 1),
    wrong: [4, 5, 4],
  },
  {
    name: 'energy flow network',
    make: () => new EnergyFlowNetwork({ inputs: 2, hidden: 8, latent: 6, outputs: 2 }, random()),
    input: () => normal([4, 5, 3], 1),
    wrong: [4, 5, 2],
  },
  {
    name: 'convolution of sequences',
    make: () => new Conv1d({ inputs: 3, outputs: 4, size: 3, stride: 2, activation: 'tanh' }, random()),
    input: () => normal([2, 8, 3], 1),
    wrong: [2, 8, 4],
  },
  {
    name: 'convolution of sequences, padded',
    make: () => new Conv1d({ inputs: 3, outputs: 2, size: 4, padding: 'same', bias: false }, random()),
    input: () => normal([2, 5, 3], 1),
    wrong: [2, 5],
  },
  {
    name: 'convolution of images',
    make: () => new Conv2d({ inputs: 2, outputs: 3, size: [3, 2], stride: [1, 2], activation: 'gelu' }, random()),
    input: () => normal([2, 5, 6, 2], 1),
    wrong: [2, 2, 6, 2],
  },
  {
    name: 'convolution of images, padded',
    make: () => new Conv2d({ inputs: 2, outputs: 3, size: 3, stride: 2, padding: 'same' }, random()),
    input: () => normal([2, 6, 5, 2], 1),
    wrong: [2, 6, 5, 3],
  },
  {
    name: 'pooling of sequences, max',
    make: () => new Pooling({ kind: 'max', size: 3, stride: 2 }),
    input: () => normal([2, 7, 3], 4),
    wrong: [2, 2, 3],
  },
  {
    name: 'pooling of images, mean',
    make: () => new Pooling({ kind: 'mean', size: [2, 3] }),
    input: () => normal([2, 5, 6, 3], 1),
    wrong: [2, 5, 2, 3],
  },
  {
    name: 'global pooling, mean',
    make: () => new GlobalPooling('mean'),
    input: () => normal([2, 4, 3, 5], 1),
    wrong: [2, 5],
  },
  {
    name: 'global pooling, max',
    make: () => new GlobalPooling('max'),
    input: () => normal([2, 4, 5], 1),
    wrong: [2, 5],
  },
  ...(['mean', 'max'] as const).map(
    (kind): LayerRow => ({
      name: `global pooling, ${kind}, with a mask`,
      make: () => new GlobalPooling(kind),
      input: () => normal([3, 5, 4], 1),
      beside: { mask: mask(5) },
      wrong: [3, 6, 4],
    }),
  ),
  {
    name: 'convolution over neighbours',
    step: SHORT_STEP,
    make: () => new EdgeConvolution({ inputs: 3, widths: [6, 5], neighbours: 2 }, random()),
    input: () => normal([2, 6, 3], 1),
    wrong: [2, 2, 3],
  },
  {
    name: 'convolution over neighbours with a mask',
    step: SHORT_STEP,
    make: () => new EdgeConvolution({ inputs: 3, widths: [6], neighbours: 3 }, random()),
    input: () => normal([3, 5, 3], 1),
    beside: { mask: mask(5) },
    wrong: [3, 6, 3],
  },
  {
    name: 'ParticleNet',
    step: SHORT_STEP,
    make: () => new ParticleNet({ inputs: 4, outputs: 2, blocks: [[6, 6], [8]], neighbours: 2, hidden: 7 }, random()),
    input: () => normal([2, 6, 4], 2),
    wrong: [2, 6, 3],
  },
  {
    name: 'ParticleNet with a mask',
    step: SHORT_STEP,
    make: () => new ParticleNet({ inputs: 4, outputs: 2, blocks: [[6, 6], [8]], neighbours: 2, hidden: 7 }, random()),
    input: () => normal([2, 5, 4], 3),
    // Of no particles at all, the hidden layer stands on the kink of relu.
    beside: { mask: mask(5, 2) },
    wrong: [2, 6, 4],
  },
  ...(['simple', 'gated'] as const).map(
    (cell): LayerRow => ({
      name: `recursive tree, ${cell}`,
      make: () => new RecursiveTree({ inputs: 3, hidden: 5, cell }, random()),
      input: () => normal([3, 7, 3], 1),
      beside: { children },
      step: SHORT_STEP,
      wrong: [3, 6, 3],
    }),
  ),
  {
    name: 'layers in a row',
    make: () => new Sequential([new Dense(3, 6, random(), { activation: 'tanh' }), new Dense(6, 2, random())]),
    input: () => normal([4, 3], 1),
    wrong: [4, 2],
  },
  {
    name: 'layers in a row with a mask',
    make: () =>
      new Sequential([
        new EdgeConvolution({ inputs: 3, widths: [6], neighbours: 2 }, random()),
        new SelfAttention(6, 2, random()),
        new GlobalPooling('mean'),
        new Dense(6, 2, random()),
      ]),
    input: () => normal([3, 5, 3], 1),
    beside: { mask: mask(5) },
    step: SHORT_STEP,
    wrong: [3, 6, 3],
  },
  {
    name: 'gated recurrent unit',
    make: () => new GatedRecurrentUnit(3, 6, random()),
    input: () => normal([2, 4, 3], 1),
    wrong: [2, 4, 5],
  },
  {
    name: 'dropout, not in training',
    make: () => new Dropout(0.5, random()),
    input: () => normal([3, 4], 1),
    wrong: undefined,
  },
  {
    name: 'language transformer',
    make: () => new LanguageTransformer({ layers: 1, width: 8, heads: 2, vocabulary: 7, length: 6 }, random()),
    input: () => tf.tensor2d([0, 6, 6, 2, 1, 0], [2, 3], 'int32'),
    wrong: undefined,
  },
];
