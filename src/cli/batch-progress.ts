import { now } from '../core/index.ts';
import type { ProgressStream } from './progress-view.ts';

/** Seconds of silence: a short batch shows no progress. */
const SILENCE = 2;
const SECONDS_BETWEEN_DRAWS = 0.2;

/** One line on a terminal that says how far a batch is; nothing anywhere else. */
export class BatchProgress {
  private readonly began = now();
  private lastDraw = this.began + SILENCE;
  private isDrawn = false;

  /** @param size bytes of the batch, undefined where they are not known */
  constructor(
    private readonly stream: ProgressStream,
    private readonly size: number | undefined,
  ) {}

  /** @param bytes bytes of the lines answered so far */
  update(answered: number, bytes: number): void {
    const moment = now();
    if (!this.stream.isTTY || moment - this.lastDraw < (this.isDrawn ? SECONDS_BETWEEN_DRAWS : 0)) return;
    this.lastDraw = moment;
    this.isDrawn = true;
    const seconds = moment - this.began;
    const share = this.size ? Math.min(1, bytes / this.size) : 0;
    const left =
      share > 0 ? `, ${(100 * share).toFixed(0)}%, about ${duration((seconds / share) * (1 - share))} left` : '';
    this.stream.write(
      `\r${answered} sequences in ${duration(seconds)}, ${(answered / seconds).toFixed(1)}/s${left}\x1b[K`,
    );
  }

  /** Leaves the terminal as it was. */
  close(): void {
    if (this.isDrawn) this.stream.write('\r\x1b[K');
    this.isDrawn = false;
  }
}

function duration(seconds: number): string {
  if (seconds < 100) return `${seconds.toFixed(0)} s`;
  if (seconds < 6000) return `${(seconds / 60).toFixed(0)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
