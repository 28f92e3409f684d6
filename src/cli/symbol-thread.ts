import { Worker } from 'node:worker_threads';
import { AnsatzError } from '../core/index.ts';
import type { SymbolJob, SymbolProgress, SymbolResult } from './symbol-job.ts';
import type { SymbolMessage } from './symbol-worker.ts';

/** The built worker: beside this file once bundled, in dist/ when this file runs from source. */
function workerUrl(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../dist/symbol-worker.js', import.meta.url)
    : new URL('./symbol-worker.js', import.meta.url);
}

/**
 * Does a job in a thread of its own, so that Ctrl-C and the progress need not wait for a step to end, and a heap that
 * overflows is an error like others.
 *
 * @param cancelled ends the thread when it resolves; undefined is returned then
 * @throws AnsatzError as the job does, and "out-of-memory"
 */
export async function inThread(
  job: SymbolJob,
  cancelled: Promise<unknown>,
  onProgress: (progress: SymbolProgress) => void,
): Promise<SymbolResult | undefined> {
  const worker = new Worker(workerUrl(), { execArgv: [] });
  const result = new Promise<SymbolResult>((resolve, reject) => {
    worker.on('message', (message: SymbolMessage) => {
      if (message.kind === 'progress') onProgress(message.progress);
      else if (message.kind === 'result') resolve(message.result);
      else if (message.code === 'internal') reject(new Error(message.message));
      else reject(new AnsatzError(message.code, message.message));
    });
    worker.on('error', (error: Error & { code?: string }) => {
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      const hint = 'give node a larger --max-old-space-size, or take fewer loops';
      reject(isMemory ? new AnsatzError('out-of-memory', 'the heap is full', hint) : error);
    });
    worker.on('exit', () => reject(new Error('the thread ended')));
    worker.postMessage(job);
  });
  try {
    return await Promise.race([result, cancelled.then(() => undefined)]);
  } finally {
    result.catch(() => {});
    await worker.terminate();
  }
}
