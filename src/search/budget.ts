import { now } from '../core/index.ts';
import type { StopReason } from './result.ts';

/** What ends a run from outside: evaluations, time, and the user. */
export class Budget {
  readonly start = now();
  private readonly maxEvals: number;
  private readonly timeLimit: number;
  private readonly signal: AbortSignal | undefined;

  constructor(maxEvals: number, timeLimit: number, signal: AbortSignal | undefined) {
    this.maxEvals = maxEvals;
    this.timeLimit = timeLimit;
    this.signal = signal;
  }

  elapsed(): number {
    return now() - this.start;
  }

  /** Seconds left before the time limit. */
  secondsLeft(): number {
    return this.timeLimit - this.elapsed();
  }

  evaluationsLeft(used: number): number {
    return this.maxEvals - used;
  }

  /** The reason to stop now, if there is one. */
  exhausted(used: number): StopReason | undefined {
    if (this.signal?.aborted) return 'cancelled';
    if (used >= this.maxEvals) return 'max-evals';
    if (this.secondsLeft() <= 0) return 'time-limit';
    return undefined;
  }
}
