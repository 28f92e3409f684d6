import { BackendError } from '../core/index.ts';
import { type OperatorTable, STANDARD_OPERATORS } from '../expressions/index.ts';
import type { SearchContext } from './context.ts';
import type { IslandExecutor } from './executor.ts';
import type { IslandReport } from './island.ts';
import type { Fitted } from './objective.ts';
import { packFitted, packOperator, unpackFitted, type WorkerReply, type WorkerRequest } from './wire.ts';
import { type Port, startWorker, threadsAvailable } from './worker-threads.ts';

const STOP_POLL_MILLISECONDS = 20;

/** Islands spread over worker threads; undefined when one thread is asked for or threads cannot share memory. */
export async function startWorkerExecutor(context: SearchContext): Promise<IslandExecutor | undefined> {
  const count = Math.min(context.threads, context.evolution.populations);
  if (count < 2 || !threadsAvailable()) return undefined;
  const workers = await Promise.all(Array.from({ length: count }, async () => new WorkerHandle(await startWorker())));
  const executor = new WorkerExecutor(context, workers);
  try {
    await executor.start();
  } catch (error) {
    executor.dispose();
    throw error;
  }
  return executor;
}

/** A worker with one request under way at a time. */
class WorkerHandle {
  private settle: { resolve: (reply: WorkerReply) => void; reject: (error: Error) => void } | undefined;
  private readonly port: Port;

  constructor(port: Port) {
    this.port = port;
    port.listen(
      (message) => {
        const reply = message as WorkerReply;
        if (reply.kind === 'error') this.fail(reply.message);
        else this.settle?.resolve(reply);
      },
      (error) => this.fail(error.message),
    );
  }

  private fail(message: string): void {
    const hint = 'run again with threads: 1';
    this.settle?.reject(
      new BackendError('worker-failed', 'worker', 'threads', `a worker thread failed: ${message}`, hint),
    );
  }

  ask(request: WorkerRequest): Promise<WorkerReply> {
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      this.port.post(request);
    });
  }

  close(): void {
    this.port.close();
  }
}

class WorkerExecutor implements IslandExecutor {
  readonly remote = true;
  private readonly stopFlag = new Int32Array(new SharedArrayBuffer(4));
  private readonly context: SearchContext;
  private readonly workers: readonly WorkerHandle[];
  private readonly table: OperatorTable;

  constructor(context: SearchContext, workers: readonly WorkerHandle[]) {
    this.context = context;
    this.workers = workers;
    // Trees that come back must use the very rows of the grammar, a user's own included.
    let table: OperatorTable = STANDARD_OPERATORS;
    for (const row of [...context.grammar.unary, ...context.grammar.binary])
      if (!table.has(row.name)) table = table.with(row);
    this.table = table;
  }

  /** Islands of worker w: w, w + count, ... */
  private indices(worker: number): number[] {
    const list: number[] = [];
    for (let i = worker; i < this.context.evolution.populations; i += this.workers.length) list.push(i);
    return list;
  }

  async start(): Promise<void> {
    const { grammar, objective, evolution } = this.context;
    const share = (values: Float64Array): Float64Array => {
      const shared = new Float64Array(new SharedArrayBuffer(values.length * 8));
      shared.set(values);
      return shared;
    };
    const { problem } = objective;
    const shared = {
      ...problem,
      columns: problem.columns.map((column) => share(column)),
      target: share(problem.target),
      weights: problem.weights && share(problem.weights),
    };
    await Promise.all(
      this.workers.map((worker, w) =>
        worker.ask({
          kind: 'start',
          problem: shared,
          unary: grammar.unary.map(packOperator),
          binary: grammar.binary.map(packOperator),
          maxSize: grammar.maxSize,
          maxDepth: grammar.maxDepth,
          evolution,
          seed: this.context.seed,
          islands: this.indices(w),
          stopFlag: this.stopFlag,
        }),
      ),
    );
  }

  async seed(trees: readonly (readonly Fitted[])[]): Promise<number> {
    const replies = await Promise.all(
      this.workers.map((worker, w) =>
        worker.ask({ kind: 'seed', trees: this.indices(w).map((i) => trees[i].map(packFitted)) }),
      ),
    );
    return replies.reduce((sum, reply) => sum + (reply.kind === 'seeded' ? reply.usedRows : 0), 0);
  }

  async epoch(migrants: readonly (readonly Fitted[])[], maxRows: number): Promise<IslandReport[]> {
    const { budget } = this.context;
    const poll = setInterval(() => {
      if (budget.exhausted(0)) Atomics.store(this.stopFlag, 0, 1);
      // An epoch on many rows takes seconds; progress and saved runs follow the clock, not the epochs.
      this.context.report();
    }, STOP_POLL_MILLISECONDS);
    try {
      const replies = await Promise.all(
        this.workers.map((worker, w) =>
          worker.ask({ kind: 'epoch', migrants: this.indices(w).map((i) => migrants[i].map(packFitted)), maxRows }),
        ),
      );
      const reports = replies.flatMap((reply) => (reply.kind === 'reports' ? reply.reports : []));
      return reports
        .map((report) => ({
          ...report,
          best: report.best.map((wire) => unpackFitted(wire, this.table)),
          emigrants: report.emigrants.map((wire) => unpackFitted(wire, this.table)),
        }))
        .sort((a, b) => a.island - b.island);
    } finally {
      clearInterval(poll);
    }
  }

  dispose(): void {
    Atomics.store(this.stopFlag, 0, 1);
    for (const worker of this.workers) worker.close();
  }
}
