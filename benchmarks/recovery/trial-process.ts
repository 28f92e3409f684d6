/** A process that runs one trial after another for the benchmark: what it is told comes by messages, and so it answers. */
import type { Trial } from './result.ts';
import type { Settings } from './settings.ts';
import { suiteOf } from './suites.ts';
import { type Fit, failedTrial, runTrial } from './trial.ts';

/** What the process is told to do. */
export interface TrialOrder {
  readonly problem: string;
  readonly seed: number;
  readonly settings: Settings;
}

/** What it answers: where it is, and the trial. */
export type TrialAnswer = { readonly stage: 'search' | 'judge' } | { readonly trial: Trial };

async function fitOf(threads: number): Promise<Fit> {
  if (threads === 1) return (await import('../../src/search/index.ts')).fit;
  // Worker threads need the built package.
  return ((await import('ansatz')) as unknown as { fit: Fit }).fit;
}

/**
 * Makes the clock of the process that of its processor time. A search on one thread then has the same time however busy
 * the machine is; the threads of the engine that collect garbage and compile count as well.
 */
function countProcessorTime(): void {
  const milliseconds = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  Object.defineProperty(performance, 'now', { value: milliseconds, configurable: true, writable: true });
}

async function answer({ problem: name, seed, settings }: TrialOrder): Promise<void> {
  const send = (message: TrialAnswer): void => {
    process.send!(message);
  };
  if (settings.clock === 'cpu') countProcessorTime();
  const suite = suiteOf(settings.suite);
  const problem = suite.problems.find((one) => one.name === name)!;
  const start = performance.now();
  try {
    const fit = await fitOf(settings.threads);
    send({ trial: await runTrial(suite, problem, seed, settings, fit, (stage) => send({ stage })) });
  } catch (reason) {
    const error = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
    send({ trial: failedTrial(problem, seed, (performance.now() - start) / 1000, error) });
  }
}

process.on('message', (order: TrialOrder) => void answer(order));
process.on('disconnect', () => process.exit(0));
