import { now } from '../core/index.ts';
import type { StopReason } from './result.ts';

/** Part of the time limit, and most seconds, that are kept for refitting and snapping what the search has found. */
const KEPT_PART = 0.1;
const KEPT_SECONDS = 5;

/** Seconds of a time limit after which the search ends. */
export function searchSeconds(timeLimit: number): number {
  return timeLimit - Math.min(KEPT_PART * timeLimit, KEPT_SECONDS);
}

/** What ends a run from outside: evaluations, time, and the user. */
export class Budget {
  private readonly start: number;
  private readonly maxEvals: number;
  private readonly timeLimit: number;
  private readonly signal: AbortSignal | undefined;

  /** @param elapsed seconds that the run took before */
  constructor(maxEvals: number, timeLimit: number, signal: AbortSignal | undefined, elapsed = 0) {
    this.start = now() - elapsed;
    this.maxEvals = maxEvals;
    this.timeLimit = timeLimit;
    this.signal = signal;
  }

  elapsed(): number {
    return now() - this.start;
  }

  /** A budget of its own within this one, for a part of the run: a fraction of the whole, counted from now. */
  share(fraction: number): Budget {
    const seconds = Math.min(this.secondsLeft(), fraction * this.timeLimit);
    return new Budget(fraction * this.maxEvals, Math.max(0, seconds), this.signal);
  }

  /** Seconds left for the search. */
  secondsLeft(): number {
    return searchSeconds(this.timeLimit) - this.elapsed();
  }

  /** Whether the time limit itself has passed. */
  get isOver(): boolean {
    return this.elapsed() >= this.timeLimit;
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
