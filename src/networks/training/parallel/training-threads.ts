import type * as tf from '@tensorflow/tfjs';
import { BackendError, OptionError, type Port, startWorker, type WorkerProgram } from '../../../core/index.ts';
import { backendInUse } from '../../../tensors/index.ts';
import type { Module } from '../../module.ts';
import type { Batch } from '../rows.ts';
import type { ShardGradients } from '../shard-gradients.ts';
import type { ParallelOptions } from './parallel-options.ts';
import { readTensors, shareBatch, sharedRoom, writeTensors } from './shared-tensors.ts';
import type { StartRequest, TrainingReply, TrainingRequest } from './wire.ts';

const PROGRAM: WorkerProgram = {
  url: import.meta.url.endsWith('.ts')
    ? new URL('../../../../dist/training-worker.js', import.meta.url)
    : new URL('./training-worker.js', import.meta.url),
  inBrowser: () => new Worker(new URL('./training-worker.js', import.meta.url), { type: 'module' }),
};

/** What the threads begin with. */
export interface ThreadsStart {
  readonly network: Module;
  readonly data: Batch;
  readonly options: ParallelOptions;
  readonly seed: number;
  readonly shards: number;
  readonly threads: number;
}

/** Threads beside the main one, each with a network of its own. Part i of a batch belongs to thread i modulo their number. */
export class TrainingThreads {
  private readonly parameters: Float32Array;
  private readonly gradients: ReadonlyMap<number, Float32Array>;
  private constructor(
    private readonly start: ThreadsStart,
    private readonly workers: readonly TrainingThread[],
  ) {
    const sizes = (variables: readonly tf.Variable[]): number[] => variables.map(({ size }) => size);
    this.parameters = sharedRoom(sizes([...start.network.parameters().values()]));
    const others = Array.from({ length: start.shards }, (_, shard) => shard).filter((shard) => !this.isMain(shard));
    this.gradients = new Map(others.map((shard) => [shard, sharedRoom(sizes(start.network.trainable()))]));
  }

  /** @throws BackendError "thread", OptionError "program" */
  static async open(start: ThreadsStart): Promise<TrainingThreads> {
    const count = start.threads - 1;
    const workers = await Promise.all(
      Array.from({ length: count }, async () => new TrainingThread(await startWorker(withFlags(PROGRAM)))),
    );
    const threads = new TrainingThreads(start, workers);
    try {
      await threads.begin();
    } catch (error) {
      threads.close();
      throw error;
    }
    return threads;
  }

  /** Whether a part of a batch is the main thread's. */
  isMain(shard: number): boolean {
    return shard % this.start.threads === 0;
  }

  /** Sends all parts but those of the main thread; the promise is fulfilled with their slopes, by the number of the part. */
  async gradientsOf(step: number, parts: readonly Int32Array[]): Promise<ReadonlyMap<number, ShardGradients>> {
    const { network } = this.start;
    writeTensors([...network.parameters().values()], this.parameters);
    const shapes = network.trainable().map(({ shape }) => shape);
    const found = new Map<number, ShardGradients>();
    await Promise.all(
      this.workers.map(async (worker, i) => {
        const rows = new Map([...parts.entries()].filter(([shard]) => shard % this.start.threads === i + 1));
        if (rows.size === 0) return;
        const reply = await worker.ask({ kind: 'step', step, parts: parts.length, rows });
        if (reply.kind !== 'stepped') return;
        for (const [shard, loss] of reply.losses) {
          found.set(shard, { ...loss, gradients: readTensors(shapes, this.gradients.get(shard)!) });
        }
      }),
    );
    return found;
  }

  close(): void {
    for (const worker of this.workers) worker.close();
  }

  private async begin(): Promise<void> {
    const { network, data, options, seed, shards, threads } = this.start;
    const named = [...network.parameters()];
    const { backend, relaxedSimd } = backendInUse();
    const request = (i: number): StartRequest => ({
      kind: 'start',
      program: String(options.program),
      settings: options.settings,
      backend: { backend, relaxedSimd: relaxedSimd ? 'enable' : 'off' },
      data: shared,
      seed,
      shards,
      parameters: this.parameters,
      trainable: named.map(([, { trainable }]) => trainable),
      gradients: new Map([...this.gradients].filter(([shard]) => shard % threads === i + 1)),
    });
    const shared = shareBatch(data);
    const replies = await Promise.all(this.workers.map((worker, i) => worker.ask(request(i))));
    const own = named.map(([name, { shape }]) => `${name} [${shape.join(', ')}]`).join('; ');
    for (const reply of replies) {
      if (reply.kind !== 'started') continue;
      const theirs = reply.parameters.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join('; ');
      if (theirs === own) continue;
      const message = `makes parameters ${theirs}, and the network has ${own}`;
      throw new OptionError('program', 'parallel.program', message, 'make both by the same function and settings');
    }
  }
}

/** Flags that load what lets Node read a program's own language. */
function withFlags(program: WorkerProgram): WorkerProgram {
  const given = typeof process === 'undefined' ? [] : (process.execArgv ?? []);
  const nodeFlags = given.flatMap((flag, i) => {
    if (/^--(import|loader|require)=/.test(flag)) return [flag];
    return /^(--import|--loader|--require|-r)$/.test(flag) ? [flag, given[i + 1]] : [];
  });
  return { ...program, nodeFlags };
}

class TrainingThread {
  private settle: { resolve(reply: TrainingReply): void; reject(error: Error): void } | undefined;

  constructor(private readonly port: Port) {
    port.listen(
      (message) => this.answer(message as TrainingReply),
      (error) => this.fail(error.message),
    );
  }

  /** @throws BackendError "thread", or the code that the thread gives */
  ask(request: TrainingRequest): Promise<TrainingReply> {
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      this.port.post(request);
    });
  }

  close(): void {
    this.port.close();
  }

  private answer(reply: TrainingReply): void {
    if (reply.kind === 'failed') this.fail(reply.message, reply.code, reply.hint);
    else this.settle?.resolve(reply);
  }

  private fail(message: string, code = 'thread', hint = 'see whether the program of `parallel` runs by itself'): void {
    this.settle?.reject(new BackendError(code, 'cpu', 'threads', `a thread of training ended: ${message}`, hint));
  }
}
