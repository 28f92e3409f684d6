import * as tf from '@tensorflow/tfjs';
import { breathe, DomainError, OptionError, RandomStream } from '../../core/index.ts';
import { Adam } from '../../tensors/index.ts';
import type { Module } from '../module.ts';
import { MovingAverage } from './average.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { countThreads } from './parallel/parallel-options.ts';
import { TrainingThreads } from './parallel/training-threads.ts';
import { ProgressClock } from './progress.ts';
import { type Batch, rowsOf, shardsOf, shuffled } from './rows.ts';
import { randomOfShard, type ShardGradients, shardGradients } from './shard-gradients.ts';
import type { EpochRecord, TrainingOptions, TrainingResult } from './training-options.ts';

/** A run of `train`. */
export class Training<N extends Module> {
  history: EpochRecord[] = [];
  private readonly rows: number;
  private readonly batches: number;
  private readonly random: RandomStream;
  private readonly optimiser: Adam;
  private readonly rate: number;
  private readonly average: MovingAverage | undefined;
  private step = 0;
  private shards = 1;
  private threads: TrainingThreads | undefined;
  private clock: ProgressClock | undefined;

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
  }

  /** Goes to where a checkpoint stands, and starts the threads, where there are to be several. */
  async open(): Promise<void> {
    const { network, data, options } = this;
    if (options.resume) this.resume(options.resume);
    this.clock = new ProgressClock(options.onProgress, options.epochs, this.batches, this.step);
    const { shards, threads } = await countThreads(options.parallel);
    this.shards = shards;
    if (threads === 1 || !options.parallel) return;
    const { parallel, seed = 1 } = options;
    this.threads = await TrainingThreads.open({ network, data, options: parallel, seed, shards, threads });
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
    this.threads?.close();
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
      const done = await this.oneStep(rows);
      for (const [name, value] of Object.entries(done.terms)) sums[name] += share * value;
      loss += share * done.loss;
      gradient += done.gradient / this.batches;
      this.clock?.step(this.step, done.loss);
      await breathe();
      if (signal?.aborted && first + batchSize < this.rows) return undefined;
    }
    const record = { epoch: epoch + 1, loss, terms: sums, gradient };
    if (!validation) return record;
    const validationLoss = this.validate(validation);
    if (Number.isFinite(validationLoss)) return { ...record, validationLoss };
    const message = `the validation loss of epoch ${epoch + 1} is not finite: it is ${validationLoss}`;
    throw new DomainError('not-finite', message, 'look at the rows kept aside', { epoch: epoch + 1 });
  }

  private async oneStep(rows: Int32Array): Promise<Omit<ShardGradients, 'gradients'> & { gradient: number }> {
    const { network, optimiser, options } = this;
    const { schedule, epochs } = options;
    const parts = await this.slopes(shardsOf(rows, this.shards));
    try {
      optimiser.learningRate = this.rate * (schedule?.(this.step, epochs * this.batches) ?? 1);
      const { loss, terms } = mean(parts);
      for (const { loss, terms, rows } of parts) {
        if (!Number.isFinite(loss)) throw notFinite(this.step + 1, loss, terms, rows);
      }
      const gradient = tf.tidy(() => {
        const mean = meanGradients(parts);
        try {
          return optimiser.step(network.trainable().map((variable, i) => [variable, mean[i]]));
        } catch (reason) {
          // The optimiser does not know of rows.
          throw reason instanceof DomainError ? noGradient(this.step + 1, rows) : reason;
        }
      });
      this.step++;
      this.average?.update();
      return { loss, terms, gradient };
    } finally {
      tf.dispose(parts.map(({ gradients }) => gradients));
    }
  }

  /** Slopes of the parts of a batch, in their order, by whatever thread. */
  private async slopes(parts: readonly Int32Array[]): Promise<Part[]> {
    const { network, options, data, random, step, threads } = this;
    const others = threads?.gradientsOf(step, parts);
    // It is awaited below; until then its failure is nobody's.
    others?.catch(() => {});
    const found = new Map<number, ShardGradients>();
    for (const [shard, rows] of parts.entries()) {
      if (threads && !threads.isMain(shard)) continue;
      const own = randomOfShard(random, step, shard, parts.length);
      found.set(shard, shardGradients(network, options.losses, data, rows, own));
    }
    for (const [shard, theirs] of (await others) ?? []) found.set(shard, theirs);
    return parts.map((rows, shard) => ({ ...found.get(shard)!, rows }));
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
    const { step, history } = readCheckpoint(bytes, this.tensors(), String(this.options.seed ?? 1));
    this.step = step;
    this.optimiser.resume(step);
    this.history = JSON.parse(history) as EpochRecord[];
  }
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

function noGradient(step: number, rows: Int32Array): DomainError {
  const data = { step, rows: Array.from(rows) };
  return new DomainError('not-finite', `the gradient of step ${step} is not finite`, 'lower the rate, or clip', data);
}

/** A part of a batch with its slopes. */
type Part = ShardGradients & { readonly rows: Int32Array };

/** Loss and terms of a batch: each part counts by its rows. */
function mean(parts: readonly Part[]): Omit<ShardGradients, 'gradients'> {
  if (parts.length === 1) return parts[0];
  const rows = parts.reduce((sum, part) => sum + part.rows.length, 0);
  const over = (value: (part: Part) => number): number =>
    parts.reduce((sum, part) => sum + (part.rows.length / rows) * value(part), 0);
  const names = Object.keys(parts[0].terms);
  return {
    loss: over(({ loss }) => loss),
    terms: Object.fromEntries(names.map((name) => [name, over(({ terms }) => terms[name])])),
  };
}

/** The sum is taken in the order of the parts, whichever thread was first. */
function meanGradients(parts: readonly Part[]): tf.Tensor[] {
  if (parts.length === 1) return parts[0].gradients;
  const rows = parts.reduce((sum, part) => sum + part.rows.length, 0);
  return parts[0].gradients.map((_, i) =>
    parts
      .map(({ gradients, rows: own }) => tf.mul(gradients[i], own.length / rows))
      .reduce((sum, gradient) => tf.add(sum, gradient)),
  );
}
