import { now } from '../../core/index.ts';

/** Where a training stands. */
export interface TrainingProgress {
  /** The epoch of the moment, from 1, of how many. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done, of how many; early stopping may need fewer. */
  readonly step: number;
  readonly steps: number;
  /** Loss of the last batch. */
  readonly loss: number;
  /** Seconds that the remaining steps will take at the pace so far. */
  readonly secondsLeft: number;
}

/** Seconds between two reports. */
const PAUSE = 0.25;

/** Reports where a training stands, some times a second. */
export class ProgressClock {
  private readonly started = now();
  private told = this.started;

  /**
   * @param batches steps of an epoch
   * @param first steps that were done before, by a training that this one continues
   */
  constructor(
    private readonly report: ((progress: TrainingProgress) => void) | undefined,
    private readonly epochs: number,
    private readonly batches: number,
    private readonly first: number,
  ) {}

  /** After a step: how many were done, and the loss of its batch. */
  step(step: number, loss: number): void {
    const { report, epochs, batches, first } = this;
    const steps = epochs * batches;
    const time = now();
    if (!report || (time - this.told < PAUSE && step < steps)) return;
    this.told = time;
    const pace = (time - this.started) / (step - first);
    report({ epoch: Math.ceil(step / batches), epochs, step, steps, loss, secondsLeft: pace * (steps - step) });
  }
}

/**
 * A line that says where a training stands.
 *
 * @example describeProgress({ epoch: 2, epochs: 5, step: 30, steps: 100, loss: 0.25, secondsLeft: 75 }) // 'epoch 2 of 5, step 30 of 100, loss 0.2500, 1 min 15 s left'
 */
export function describeProgress({ epoch, epochs, step, steps, loss, secondsLeft }: TrainingProgress): string {
  return `epoch ${epoch} of ${epochs}, step ${step} of ${steps}, loss ${loss.toPrecision(4)}, ${duration(secondsLeft)} left`;
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}
