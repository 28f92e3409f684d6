import * as tf from '@tensorflow/tfjs';
import type { RandomStream } from '../../../src/core/index.ts';
import {
  Dense,
  GeometricTransformer,
  LorentzNet,
  Module,
  PelicanNetwork,
  Sequential,
} from '../../../src/networks/index.ts';
import type { Sample, Task } from './tasks.ts';

/** A network that learns amplitudes, all of about the same number of parameters. A new one is a new row. */
export interface Learner {
  readonly name: string;
  readonly make: (task: Task, random: RandomStream) => Module;
  /** Unit of its momenta, GeV: products should lie where psi is a logarithm, multivectors about 1. */
  readonly unit: number;
  /** How many times the steps of the others it is given. */
  readonly patience: number;
  /** Whether it is tried only where a mirror changes the amplitude. */
  readonly forChiral?: boolean;
}

/** Dense layers on all momenta of an event, centred and scaled column by column. */
class DenseOnMomenta extends Module {
  readonly layers: Sequential;

  constructor(particles: number, hidden: number, random: RandomStream) {
    super();
    this.layers = new Sequential([
      new Dense(4 * particles, hidden, random, { activation: 'gelu' }),
      new Dense(hidden, hidden, random, { activation: 'gelu' }),
      new Dense(hidden, 1, random),
    ]);
  }

  override call(x: tf.Tensor): tf.Tensor {
    const [batch, particles] = x.shape;
    return this.layers.call(tf.reshape(tf.slice(x, [0, 0, 0], [batch, particles, 4]), [batch, 4 * particles]));
  }
}

const sizes = (task: Task) => ({ scalars: task.labels[0].length, outputs: 1, blocks: 2 });
const mlp = { make: (task: Task, random: RandomStream) => new DenseOnMomenta(task.labels.length, 56, random) };

export const LEARNERS: readonly Learner[] = [
  { ...mlp, name: 'MLP', unit: 0, patience: 1 },
  { ...mlp, name: 'MLP, 4 times the steps', unit: 0, patience: 4 },
  {
    name: 'LorentzNet',
    make: (task, random) => new LorentzNet({ ...sizes(task), width: 16 }, random),
    unit: 10,
    patience: 1,
  },
  {
    name: 'PELICAN',
    make: (task, random) => new PelicanNetwork({ ...sizes(task), width: 11 }, random),
    unit: 10,
    patience: 1,
  },
  {
    name: 'geometric transformer',
    make: (task, random) => new GeometricTransformer({ ...sizes(task), width: 8, heads: 2 }, random),
    unit: 200,
    patience: 1,
  },
  {
    name: 'geometric transformer, no mirrors',
    make: (task, random) => new GeometricTransformer({ ...sizes(task), width: 6, heads: 2, parity: false }, random),
    unit: 200,
    patience: 1,
    forChiral: true,
  },
];

/** What a learner is shown: momenta in its unit and labels, or columns centred and scaled as those of the first sample. */
export function inputs(learner: Learner, task: Task, of: Sample, first: Sample): tf.Tensor3D {
  const particles = task.labels.length;
  const wide = 4 + task.labels[0].length;
  const events = of.logarithms.length;
  const columns = 4 * particles;
  const [mean, deviation] = learner.unit > 0 ? [undefined, undefined] : moments(first.momenta, columns);
  const values = new Float32Array(events * particles * wide);
  for (let i = 0; i < events * particles; i++) {
    for (let k = 0; k < 4; k++) {
      const column = (4 * i + k) % columns;
      const value = of.momenta[4 * i + k];
      values[i * wide + k] = mean ? (value - mean[column]) / deviation![column] : value / learner.unit;
    }
    values.set(task.labels[i % particles], i * wide + 4);
  }
  return tf.tensor3d(values, [events, particles, wide]);
}

function moments(values: Float64Array, columns: number): [Float64Array, Float64Array] {
  const rows = values.length / columns;
  const [mean, square] = [new Float64Array(columns), new Float64Array(columns)];
  values.forEach((value, i) => {
    mean[i % columns] += value / rows;
    square[i % columns] += value ** 2 / rows;
  });
  // Columns that are always the same, such as px of the beams, stay 0.
  return [mean, square.map((value, k) => Math.sqrt(value - mean[k] ** 2) || 1)];
}
