import { Worker } from 'node:worker_threads';
import type { SequenceQuestion, SequenceRecord, WorkerAnswer } from './sequence-record.ts';

/** The answer to a sequence: a record, or why there is none. */
export type SequenceAnswer = SequenceRecord | { readonly error: { readonly code: string; readonly message: string } };

/** Seconds after its time at which a guess that does not end is ended. */
const GRACE = 2;
/** Megabytes that a guess may hold. */
const MEMORY_LIMIT = 2048;

/** The built worker: beside this file once bundled, in dist/ when this file runs from source. */
function workerUrl(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../dist/sequence-worker.js', import.meta.url)
    : new URL('./sequence-worker.js', import.meta.url);
}

/**
 * A thread that guesses sequences, one question under way at a time. A guess that overruns its time or its memory is
 * ended with its thread, and the next question gets a new one: no sequence can hold up those after it.
 */
export class SequenceThread {
  private worker: Worker | undefined;
  private ready: Promise<void> | undefined;
  private settle: (answer: WorkerAnswer | undefined) => void = () => {};

  /** Loads the thread ahead of the first question. */
  start(): void {
    this.open();
  }

  /** Never rejects. */
  async ask(question: SequenceQuestion): Promise<SequenceAnswer> {
    const reply = new Promise<WorkerAnswer | undefined>((resolve) => {
      this.settle = resolve;
    });
    const worker = this.open();
    await this.ready;
    worker.postMessage(question);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), 1000 * (1.25 * question.timeLimit + GRACE));
    });
    const answer = await Promise.race([reply, late]);
    clearTimeout(timer);
    if (answer?.kind === 'record') return answer.record;
    if (answer?.kind === 'error') return { error: { code: answer.code, message: answer.message } };
    this.close();
    return unanswered(question);
  }

  /** Ends the thread; a question under way is left without an answer. */
  close(): void {
    void this.worker?.terminate();
    this.worker = undefined;
    this.settle(undefined);
  }

  private open(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(workerUrl(), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT },
    });
    this.worker = worker;
    this.ready = new Promise((resolve) => {
      // What a thread that was ended still says belongs to no question.
      worker.on('message', (answer: WorkerAnswer) => {
        if (answer.kind === 'ready') resolve();
        else if (this.worker === worker) this.settle(answer);
      });
      worker.on('error', (error: Error & { code?: string }) => {
        resolve();
        if (this.worker !== worker) return;
        this.worker = undefined;
        const code = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'internal';
        this.settle({ kind: 'error', code, message: `the thread of this sequence failed: ${error.message}` });
      });
    });
    return worker;
  }
}

/** What is known of a sequence whose guess did not end in time. */
function unanswered({ start = 0, timeLimit }: SequenceQuestion): SequenceRecord {
  return { status: 'none', start, candidates: [], rawBits: 0, tried: [], partial: true, seconds: timeLimit + GRACE };
}
