import { now } from '../core/index.ts';
import type { ProgressStream } from './progress-view.ts';
import type { SymbolProgress } from './symbol-job.ts';

/** Seconds of silence: what is soon done shows no progress. */
const SILENCE = 0.5;
const SECONDS_BETWEEN_DRAWS = 0.2;

/** One line on a terminal that says which step runs and how long the rest may take; nothing anywhere else. */
export class SymbolProgressLine {
  private readonly began = now();
  private readonly timer: NodeJS.Timeout | undefined;
  private latest: SymbolProgress = { words: 'starting' };
  private isDrawn = false;

  constructor(private readonly stream: ProgressStream) {
    // A step may take many seconds, and the clock goes on meanwhile.
    if (stream.isTTY) this.timer = setInterval(() => this.draw(), 1000 * SECONDS_BETWEEN_DRAWS).unref();
  }

  update(progress: SymbolProgress): void {
    this.latest = progress;
  }

  /** Leaves the terminal as it was. */
  close(): void {
    clearInterval(this.timer);
    if (this.isDrawn) this.stream.write('\r\x1b[K');
    this.isDrawn = false;
  }

  private draw(): void {
    const seconds = now() - this.began;
    if (seconds < SILENCE) return;
    this.isDrawn = true;
    const { words, fraction = 0 } = this.latest;
    const left = fraction > 0 ? `, about ${((seconds / fraction) * (1 - fraction)).toFixed(0)} s left` : '';
    const width = Math.max(20, (this.stream.columns || 80) - 1);
    this.stream.write(`\r${`${words}; ${seconds.toFixed(1)} s${left}`.slice(0, width)}\x1b[K`);
  }
}
