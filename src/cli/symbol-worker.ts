/** The program of a thread that generates, reads and checks symbols. */
import { parentPort } from 'node:worker_threads';
import { AnsatzError } from '../core/index.ts';
import { doJob, type SymbolJob, type SymbolProgress, type SymbolResult } from './symbol-job.ts';
import { asMemoryError } from './symbol-memory.ts';

/** What the thread says. */
export type SymbolMessage =
  | { readonly kind: 'progress'; readonly progress: SymbolProgress }
  | { readonly kind: 'result'; readonly result: SymbolResult }
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

function say(message: SymbolMessage, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

parentPort?.on('message', async (job: SymbolJob) => {
  try {
    const result = await doJob(job, (progress) => say({ kind: 'progress', progress }));
    const { keys, coefficients } = result.terms ?? {};
    const buffers = [keys, coefficients].flatMap((array) => (array ? [array.buffer as ArrayBuffer] : []));
    say({ kind: 'result', result }, buffers);
  } catch (thrown) {
    const error = asMemoryError(thrown);
    const message = error instanceof Error ? error.message : String(error);
    say({ kind: 'error', code: error instanceof AnsatzError ? error.code : 'internal', message });
  }
});
