import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { AnsatzError } from '../core/index.ts';

/** What the thread runs: the text is an argument of nerdamer's parser, never code. */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
try {
  const nerdamer = require(workerData.path);
  parentPort.postMessage({ answer: nerdamer('simplify(' + workerData.text + ')').text('fractions') });
} catch (error) {
  parentPort.postMessage({ failure: String((error && error.message) || error) });
}`;
const TIME_LIMIT = 2500;
const MEMORY_LIMIT = 256;

/**
 * Asks nerdamer on a thread of its own, which is ended when it takes too long or too much memory: a simplification that
 * does not end must not hold up the command.
 *
 * @throws AnsatzError "cas-missing" | "cas-timeout" | "cas-failed"
 */
export async function nerdamerInWorker(text: string, timeLimit = TIME_LIMIT): Promise<string> {
  let path: string;
  try {
    path = createRequire(import.meta.url).resolve('nerdamer/all');
  } catch {
    throw new AnsatzError('cas-missing', 'nerdamer is not installed', 'npm install nerdamer-prime');
  }
  const worker = new Worker(PROGRAM, {
    eval: true,
    execArgv: [],
    env: {},
    stdout: true,
    stderr: true,
    workerData: { path, text },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(new AnsatzError('cas-timeout', `nerdamer took more than ${timeLimit / 1000} s`));
      }, timeLimit);
      worker.on('message', ({ answer, failure }: { answer?: string; failure?: string }) => {
        if (answer !== undefined) resolve(answer);
        else reject(new AnsatzError('cas-failed', `nerdamer: ${failure}`));
      });
      worker.on('error', (error) => reject(new AnsatzError('cas-failed', `nerdamer: ${error.message}`)));
      worker.on('exit', () => reject(new AnsatzError('cas-failed', 'nerdamer ended without an answer')));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
