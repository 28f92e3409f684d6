import { BackendError, type Port, startWorker, threadsAvailable } from '../core/index.ts';
import type { SearchContext } from './context.ts';
import type { EpochPlan, IslandExecutor } from './executor.ts';
import type { IslandReport, IslandState } from './island.ts';
import { ISLAND_PROGRAM } from './island-program.ts';
import type { Fitted } from './objective.ts';
import type { ProblemData } from './problem.ts';
import type { Reduction } from './reduced/reduction.ts';
import { TreePacker } from './tree-packer.ts';
import { operatorsOf, packGrammar, variablesOfSearch, type WorkerReply, type WorkerRequest } from './wire.ts';

const STOP_POLL_MILLISECONDS = 20;

/** Islands spread over worker threads; undefined when one thread is asked for or threads cannot share memory. */
export async function startWorkerExecutor(
  context: SearchContext,
  reductions: readonly Reduction[],
): Promise<IslandExecutor | undefined> {
  const count = Math.min(context.threads, context.evolution.populations);
  if (count < 2 || !threadsAvailable()) return undefined;
  const workers = await Promise.all(
    Array.from({ length: count }, async () => new WorkerHandle(await startWorker(ISLAND_PROGRAM))),
  );
  const executor = new WorkerExecutor(context, workers);
  try {
    await executor.start(reductions);
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
  /** States of its islands in the midst of the epoch that runs; undefined before the first of it. */
  saved: readonly IslandState[] | undefined;

  constructor(port: Port) {
    this.port = port;
    port.listen(
      (message) => {
        const reply = message as WorkerReply;
        if (reply.kind === 'error') this.fail(reply.message);
        else if (reply.kind === 'saved') this.saved = reply.states;
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
  private readonly packer: TreePacker;

  constructor(context: SearchContext, workers: readonly WorkerHandle[]) {
    this.context = context;
    this.workers = workers;
    const { grammar } = context.syntax;
    // Trees that come back must use the very rows of the grammar, a user's own included.
    this.packer = new TreePacker(operatorsOf(grammar), variablesOfSearch(grammar, context.objective.problem.inputs));
  }

  /** Islands of worker w: w, w + count, ... */
  private indices(worker: number): number[] {
    const list: number[] = [];
    for (let i = worker; i < this.context.evolution.populations; i += this.workers.length) list.push(i);
    return list;
  }

  async start(reductions: readonly Reduction[]): Promise<void> {
    const { syntax, objective, evolution } = this.context;
    const share = (values: Float64Array): Float64Array => {
      const shared = new Float64Array(new SharedArrayBuffer(values.length * 8));
      shared.set(values);
      return shared;
    };
    const shareAll = (problem: ProblemData): ProblemData => ({
      ...problem,
      columns: problem.columns.map((column) => share(column)),
      target: share(problem.target),
      weights: problem.weights && share(problem.weights),
    });
    const shared = shareAll(objective.problem);
    const reduced = reductions.map(({ problem }) => shareAll(problem));
    await Promise.all(
      this.workers.map((worker, w) =>
        worker.ask({
          kind: 'start',
          problem: shared,
          reduced,
          grammar: packGrammar(syntax.grammar),
          objective: this.context.objectiveWire,
          evolution,
          seed: this.context.seed,
          islands: this.indices(w),
          saving: this.context.packer !== undefined,
          stopFlag: this.stopFlag,
        }),
      ),
    );
  }

  async seed(trees: readonly (readonly Fitted[])[]): Promise<number> {
    const replies = await Promise.all(
      this.workers.map((worker, w) =>
        worker.ask({ kind: 'seed', trees: this.indices(w).map((i) => this.packer.pack(trees[i])) }),
      ),
    );
    return replies.reduce((sum, reply) => sum + (reply.kind === 'seeded' ? reply.usedRows : 0), 0);
  }

  async restore(states: readonly IslandState[]): Promise<void> {
    await Promise.all(
      this.workers.map((worker, w) => worker.ask({ kind: 'restore', states: this.indices(w).map((i) => states[i]) })),
    );
  }

  async states(): Promise<IslandState[]> {
    const replies = await Promise.all(this.workers.map((worker) => worker.ask({ kind: 'states' })));
    return this.inOrder(replies.map((reply) => (reply.kind === 'states' ? reply.states : [])));
  }

  private inOrder(lists: readonly (readonly IslandState[])[]): IslandState[] {
    const { length } = this.workers;
    return Array.from(
      { length: this.context.evolution.populations },
      (_, i) => lists[i % length][Math.floor(i / length)],
    );
  }

  async epoch(plan: EpochPlan): Promise<IslandReport[]> {
    const replies = await this.run(plan);
    const reports = replies.flatMap((reply) => (reply.kind === 'reports' ? reply.reports : []));
    return reports
      .map((each) => ({
        ...each,
        best: this.packer.unpack(each.best),
        emigrants: this.packer.unpack(each.emigrants),
      }))
      .sort((a, b) => a.island - b.island);
  }

  async hold(plan: EpochPlan, rows: number): Promise<boolean> {
    const replies = await this.run(plan, rows);
    return replies.some((reply) => reply.kind === 'held' && reply.isHeld);
  }

  private async run({ migrants, maxRows, maxSize, afresh }: EpochPlan, holdAt?: number): Promise<WorkerReply[]> {
    const { budget, report, log } = this.context;
    for (const worker of this.workers) worker.saved = undefined;
    const save = (force: boolean): void => {
      const lists = this.workers.map((worker) => worker.saved);
      if (lists.every((list) => list !== undefined)) log.save(() => this.inOrder(lists), force);
    };
    const poll = setInterval(() => {
      if (budget.exhausted(0)) Atomics.store(this.stopFlag, 0, 1);
      // An epoch on many rows takes seconds; progress and saved runs follow the clock, not the epochs.
      report();
      save(false);
    }, STOP_POLL_MILLISECONDS);
    try {
      const replies = await Promise.all(
        this.workers.map((worker, w) =>
          worker.ask({
            kind: 'epoch',
            migrants: this.indices(w).map((i) => this.packer.pack(migrants[i])),
            maxRows,
            maxSize,
            afresh,
            holdAt,
          }),
        ),
      );
      if (Atomics.load(this.stopFlag, 0) !== 0) save(true);
      return replies;
    } finally {
      clearInterval(poll);
    }
  }

  dispose(): void {
    Atomics.store(this.stopFlag, 0, 1);
    for (const worker of this.workers) worker.close();
  }
}
