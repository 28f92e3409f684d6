import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Problem } from './problem.ts';
import type { Trial } from './result.ts';
import type { Settings } from './settings.ts';
import { failedTrial } from './trial.ts';
import type { TrialAnswer, TrialOrder } from './trial-process.ts';

/** Seconds beyond the limit of a search after which it is ended from outside. */
const GRACE = 20;
/** Seconds that the start, the data and the judgement may take. */
const PATIENCE = 180;
/** How much slower than its processor time a search may be on a busy machine. */
const BUSY = 20;

/** A search to be made. */
export interface Order {
  readonly problem: Problem;
  readonly seed: number;
}

/** What a test puts in place of the process and of its patience. */
export interface ProcessOptions {
  readonly module?: string;
  readonly grace?: number;
}

const PROCESS = fileURLToPath(new URL('./trial-process.ts', import.meta.url));

/**
 * Runs trials in processes of their own, so many at a time. A trial that crashes, hangs or throws is a failed trial
 * with its message; the others go on.
 *
 * @param ended is called as each trial ends
 */
export async function runOrders(
  orders: readonly Order[],
  settings: Settings,
  ended: (trial: Trial) => void,
  { module, grace }: ProcessOptions = {},
): Promise<void> {
  let next = 0;
  const line = async (): Promise<void> => {
    let child: ChildProcess | undefined;
    while (next < orders.length) {
      const order = orders[next++];
      if (child === undefined || !child.connected || child.exitCode !== null) child = start(module ?? PROCESS);
      ended(await runOrder(child, order, settings, grace ?? GRACE));
    }
    if (child?.connected) child.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(settings.jobs, orders.length) }, line));
}

function start(module: string): ChildProcess {
  return fork(module, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
}

function runOrder(child: ChildProcess, { problem, seed }: Order, settings: Settings, grace: number): Promise<Trial> {
  return new Promise((resolve) => {
    const begun = performance.now();
    const patience = settings.clock === 'cpu' ? BUSY * PATIENCE : PATIENCE;
    let complaint = '';
    let timer: NodeJS.Timeout;
    const done = (trial: Trial): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      // A process that dies between two trials is replaced; what it says then is nobody's.
      child.on('error', () => {});
      child.stderr?.removeAllListeners();
      child.stderr?.resume();
      resolve(trial);
    };
    const fail = (error: string): void => {
      child.kill('SIGKILL');
      if (child.connected) child.disconnect();
      done(failedTrial(problem, seed, (performance.now() - begun) / 1000, error));
    };
    const limit = (seconds: number, error: string): void => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(error), seconds * 1000);
    };
    child.stderr?.on('data', (text: Buffer) => {
      complaint = (complaint + text).slice(-2000);
    });
    child.on('message', (answer: TrialAnswer) => {
      if ('trial' in answer) done(answer.trial);
      else if (answer.stage === 'judge') limit(patience, `the judgement took over ${patience} s`);
      else {
        const share = settings.clock === 'cpu' ? BUSY : 1;
        limit(share * (settings.seconds + grace), `no end ${grace} s after its limit of ${settings.seconds} s`);
      }
    });
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code, signal) => {
      const last =
        complaint
          .trim()
          .split('\n')
          .find((text) => /error/i.test(text)) ?? '';
      fail(`the process ended by ${signal ?? `code ${code}`}${last === '' ? '' : `: ${last.trim()}`}`);
    });
    limit(patience, `no data after ${patience} s`);
    const message: TrialOrder = { problem: problem.name, seed, settings };
    child.send(message);
  });
}
