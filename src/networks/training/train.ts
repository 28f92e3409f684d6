import * as tf from '@tensorflow/tfjs';
import { breathe, DomainError, now, OptionError, RandomStream, ShapeError } from '../../core/index.ts';
import { Adam, type AdamOptions } from '../../tensors/index.ts';
import type { Module } from '../module.ts';
import { MovingAverage } from './average.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import type { Schedule } from './schedules.ts';

/** Rows of several tensors that belong together: the first axis of each counts the rows. */
export type Batch = Readonly<Record<string, tf.Tensor>>;

/** A term of the loss: its value on a batch, a scalar, and how much it counts. */
export interface LossTerm<N extends Module> {
  readonly value: (network: N, batch: Batch) => tf.Scalar;
  /** 1 without a word. */
  readonly weight?: number;
}

/** Options of `train`. */
export interface TrainingOptions<N extends Module> extends AdamOptions {
  readonly epochs: number;
  readonly batchSize: number;
  /** The terms of the loss by name. */
  readonly losses: Readonly<Record<string, LossTerm<N>>>;
  /** Of the order of rows and of what is random in the network; 1 without a word. */
  readonly seed?: number;
  /** Multiplies the learning rate; see `createSchedule`. */
  readonly schedule?: Schedule;
  /** Rows that are not trained on: their loss decides about the end. */
  readonly validation?: Batch;
  /** Epochs without a lower validation loss before the end. */
  readonly patience?: number;
  /** Decay of a moving average of the parameters, which validation uses and which remains at the end. */
  readonly average?: number;
  /** Bytes of a checkpoint to go on from. */
  readonly resume?: Uint8Array;
  /** Called after every epoch; `checkpoint` makes the bytes to go on from. */
  readonly onEpoch?: (epoch: EpochRecord, checkpoint: () => Uint8Array<ArrayBuffer>) => void;
  /** Ends training after the step of the moment. */
  readonly signal?: AbortSignal;
}

/** One epoch: mean values of the terms and of their sum, on the rows trained on and on those kept aside. */
export interface EpochRecord {
  readonly epoch: number;
  readonly loss: number;
  readonly terms: Readonly<Record<string, number>>;
  readonly validationLoss?: number;
  /** Mean length of the gradient before clipping. */
  readonly gradient: number;
}

/** What training did. */
export interface TrainingResult {
  readonly history: readonly EpochRecord[];
  readonly stoppedBy: 'epochs' | 'patience' | 'signal';
  readonly seconds: number;
}

/**
 * Trains a network by Adam on batches in an order drawn anew for every epoch.
 *
 * The same seed gives the same bits on one machine, also when training was cut off and goes on from a checkpoint.
 *
 * @param data tensors of equal first axis
 * @throws OptionError "range", ShapeError for data of unequal rows
 * @throws DomainError "not-finite" with step and rows of the batch when the loss or a gradient is not finite
 * @throws FormatError for a damaged checkpoint, or that of another training
 */
export async function train<N extends Module>(
  network: N,
  data: Batch,
  options: TrainingOptions<N>,
): Promise<TrainingResult> {
  const started = now();
  const run = new Training(network, data, options);
  try {
    const stoppedBy = await run.epochs();
    return { history: run.history, stoppedBy, seconds: now() - started };
  } finally {
    run.dispose();
    network.train(false);
  }
}

class Training<N extends Module> {
  history: EpochRecord[] = [];
  private readonly rows: number;
  private readonly batches: number;
  private readonly random: RandomStream;
  private readonly optimiser: Adam;
  private readonly rate: number;
  private readonly average: MovingAverage | undefined;
  private step = 0;

  constructor(
    private readonly network: N,
    private readonly data: Batch,
    private readonly options: TrainingOptions<N>,
  ) {
    this.rows = rowsOf(data);
    if (options.validation) rowsOf(options.validation);
    for (const name of ['epochs', 'batchSize'] as const) {
      if (!(Number.isSafeInteger(options[name]) && options[name] >= 1)) {
        throw new OptionError('range', name, `${options[name]}`, 'a whole number from 1');
      }
    }
    if (Object.keys(options.losses).length === 0)
      throw new OptionError('range', 'losses', 'none', 'give one term at least');
    this.batches = Math.ceil(this.rows / options.batchSize);
    this.random = new RandomStream(options.seed ?? 1);
    this.optimiser = new Adam(options);
    this.rate = this.optimiser.learningRate;
    this.average = options.average === undefined ? undefined : new MovingAverage(network.parameters(), options.average);
    if (options.resume) this.resume(options.resume);
  }

  async epochs(): Promise<TrainingResult['stoppedBy']> {
    const { epochs, patience = Infinity, signal, onEpoch } = this.options;
    for (let epoch = this.history.length; epoch < epochs; epoch++) {
      if (this.waited() >= patience) return this.finished('patience');
      const record = await this.epoch(epoch);
      if (!record) return this.finished('signal');
      this.history.push(record);
      onEpoch?.(record, () => this.checkpoint());
      await breathe();
      if (signal?.aborted) return this.finished('signal');
    }
    return this.finished(this.waited() >= patience ? 'patience' : 'epochs');
  }

  dispose(): void {
    this.optimiser.dispose();
    this.average?.dispose();
  }

  /** The averages remain, where there are some. */
  private finished(stoppedBy: TrainingResult['stoppedBy']): TrainingResult['stoppedBy'] {
    if (this.average) {
      const averages = this.average.values;
      tf.tidy(() => {
        for (const [name, variable] of this.network.parameters()) variable.assign(tf.add(averages.get(name)!, 0));
      });
    }
    return stoppedBy;
  }

  /** Epochs since the lowest validation loss. */
  private waited(): number {
    const losses = this.history.map(({ validationLoss }) => validationLoss ?? Infinity);
    return losses.length === 0 ? 0 : losses.length - 1 - losses.indexOf(Math.min(...losses));
  }

  /** @returns undefined when the signal came */
  private async epoch(epoch: number): Promise<EpochRecord | undefined> {
    const { batchSize, signal, losses, validation } = this.options;
    const order = shuffled(this.rows, this.random.split(1).split(epoch));
    const sums: Record<string, number> = Object.fromEntries(Object.keys(losses).map((name) => [name, 0]));
    let [loss, gradient] = [0, 0];
    for (let first = 0; first < this.rows; first += batchSize) {
      const rows = order.subarray(first, first + batchSize);
      const share = rows.length / this.rows;
      const done = this.oneStep(rows);
      for (const [name, value] of Object.entries(done.terms)) sums[name] += share * value;
      loss += share * done.loss;
      gradient += done.gradient / this.batches;
      await breathe();
      if (signal?.aborted && first + batchSize < this.rows) return undefined;
    }
    const record = { epoch: epoch + 1, loss, terms: sums, gradient };
    return validation ? { ...record, validationLoss: this.validate(validation) } : record;
  }

  private oneStep(rows: Int32Array): { loss: number; terms: Record<string, number>; gradient: number } {
    const { network, optimiser, options, random } = this;
    const { schedule, epochs } = options;
    network.train();
    network.seed(random.split(2).split(this.step));
    optimiser.learningRate = this.rate * (schedule?.(this.step, epochs * this.batches) ?? 1);
    const result = tf.tidy(() => {
      const batch = batchOf(this.data, rows);
      const terms: Record<string, number> = {};
      const trainable = [...network.parameters()].filter(([, variable]) => variable.trainable);
      const parts: tf.Scalar[] = [];
      const { value, grads } = tf.variableGrads(
        () => {
          for (const { value, weight = 1 } of Object.values(options.losses)) {
            parts.push(tf.keep(tf.mul(value(network, batch), weight) as tf.Scalar));
          }
          return parts.reduce((sum, part) => tf.add(sum, part) as tf.Scalar);
        },
        trainable.map(([, variable]) => variable),
      );
      const loss = value.dataSync()[0];
      Object.keys(options.losses).forEach((name, i) => {
        terms[name] = parts[i].dataSync()[0];
      });
      tf.dispose(parts);
      if (!Number.isFinite(loss)) throw notFinite(this.step + 1, loss, terms, rows);
      const gradient = optimiser.step(trainable.map(([, variable]) => [variable, grads[variable.name]]));
      return { loss, terms, gradient };
    });
    this.step++;
    this.average?.update();
    return result;
  }

  private validate(validation: Batch): number {
    const { network, options, average } = this;
    network.train(false);
    const value = (): number =>
      tf.tidy(() =>
        Object.values(options.losses).reduce(
          (sum, { value, weight = 1 }) => sum + weight * value(network, validation).dataSync()[0],
          0,
        ),
      );
    return average ? average.during(value) : value();
  }

  private tensors(): Map<string, tf.Variable> {
    const parameters = this.network.parameters();
    const all = new Map<string, tf.Variable>();
    for (const [name, variable] of parameters) all.set(`network.${name}`, variable);
    for (const [name, variable] of this.optimiser.moments(parameters)) all.set(`adam.${name}`, variable);
    for (const [name, variable] of this.average?.values ?? []) all.set(`average.${name}`, variable);
    return all;
  }

  private checkpoint(): Uint8Array<ArrayBuffer> {
    return writeCheckpoint(this.tensors(), {
      epoch: this.history.length,
      step: this.step,
      seed: String(this.options.seed ?? 1),
      history: JSON.stringify(this.history),
    });
  }

  private resume(bytes: Uint8Array): void {
    const { step, history, seed } = readCheckpoint(bytes, this.tensors());
    const own = String(this.options.seed ?? 1);
    if (seed !== own)
      throw new OptionError('range', 'seed', `${own}, but the checkpoint began with ${seed}`, 'give that');
    this.step = step;
    this.optimiser.resume(step);
    this.history = JSON.parse(history) as EpochRecord[];
  }
}

function rowsOf(data: Batch): number {
  const entries = Object.entries(data);
  if (entries.length === 0) throw new ShapeError('data', 'one tensor at least', 'none');
  const rows = entries[0][1].shape[0] ?? 0;
  if (rows === 0) throw new ShapeError(entries[0][0], 'one row at least', 'none');
  for (const [name, { shape }] of entries) {
    if (shape[0] !== rows) throw new ShapeError(name, `${rows} rows`, `${shape[0] ?? 'none'}`);
  }
  return rows;
}

function batchOf(data: Batch, rows: Int32Array): Batch {
  const which = tf.tensor1d(rows, 'int32');
  return Object.fromEntries(Object.entries(data).map(([name, tensor]) => [name, tf.gather(tensor, which)]));
}

function shuffled(count: number, random: RandomStream): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

function notFinite(step: number, loss: number, terms: Readonly<Record<string, number>>, rows: Int32Array): DomainError {
  const named = Object.entries(terms).filter(([, value]) => !Number.isFinite(value));
  const what = named.map(([name, value]) => `${name} is ${value}`).join(', ') || `the sum is ${loss}`;
  return new DomainError(
    'not-finite',
    `the loss of step ${step} is not finite: ${what}`,
    'look at the rows of the batch',
    {
      step,
      rows: Array.from(rows),
    },
  );
}
