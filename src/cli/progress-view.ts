import { now } from '../core/index.ts';
import type { Progress } from '../search/index.ts';
import { frontTable, shortNumber } from './front-table.ts';

/** Shows a running search. */
export interface ProgressView {
  update(progress: Progress): void;
  /** Says something above or among the progress. */
  say(message: string): void;
  /** Leaves the terminal as it was. */
  close(): void;
}

/** What a view needs of stderr. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

const SECONDS_BETWEEN_DRAWS = 0.1;
const SECONDS_BETWEEN_LINES = 3;
const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
const CLEAR_TO_END = '\x1b[J';
const CLEAR_LINE_END = '\x1b[K';

/** A view that redraws in place on a terminal, and writes a line every few seconds anywhere else. */
export function createProgressView(stream: ProgressStream, target: string): ProgressView {
  return stream.isTTY && process.env['TERM'] !== 'dumb' ? new LiveView(stream, target) : new LineView(stream, target);
}

/** A view that shows nothing. */
export const silentView: ProgressView = { update() {}, say() {}, close() {} };

/** The live front, redrawn in place. */
class LiveView implements ProgressView {
  private drawn = 0;
  private lastDraw = Number.NEGATIVE_INFINITY;
  private message = '';
  private latest: Progress | undefined;

  constructor(
    private readonly stream: ProgressStream,
    private readonly target: string,
  ) {}

  update(progress: Progress): void {
    this.latest = progress;
    if (now() - this.lastDraw < SECONDS_BETWEEN_DRAWS) return;
    this.draw();
  }

  say(message: string): void {
    this.message = message;
    this.draw();
  }

  close(): void {
    if (this.drawn > 0) this.stream.write(`${this.home()}${CLEAR_TO_END}${SHOW_CURSOR}`);
    this.drawn = 0;
  }

  private draw(): void {
    this.lastDraw = now();
    const width = Math.max(20, (this.stream.columns || 80) - 1);
    const height = Math.max(4, (this.stream.rows || 24) - 2);
    const lines = this.message === '' ? [] : [this.message];
    if (this.latest) {
      lines.push(status(this.latest));
      const [header, ...rows] = frontTable(this.latest.front, this.latest.best, this.target);
      // A front longer than the window shows its more accurate end.
      if (rows.length > 0) lines.push(header, ...rows.slice(-Math.max(1, height - lines.length - 1)));
    }
    const shown = lines.map(
      (line) => `${line.length > width ? `${line.slice(0, width - 1)}…` : line}${CLEAR_LINE_END}\n`,
    );
    this.stream.write(`${HIDE_CURSOR}${this.home()}${shown.join('')}${CLEAR_TO_END}`);
    this.drawn = shown.length;
  }

  private home(): string {
    return this.drawn > 0 ? `\x1b[${this.drawn}A\r` : '';
  }
}

/** A line now and then, for log files and pipes. */
class LineView implements ProgressView {
  private lastLine = now();

  constructor(
    private readonly stream: ProgressStream,
    private readonly target: string,
  ) {}

  update(progress: Progress): void {
    if (now() - this.lastLine < SECONDS_BETWEEN_LINES) return;
    this.lastLine = now();
    const best = progress.best;
    const found = best ? `; loss ${shortNumber(best.loss)}: ${this.target} = ${best.expression}` : '';
    this.stream.write(`${status(progress)}${found}\n`);
  }

  say(message: string): void {
    this.stream.write(`${message}\n`);
  }

  close(): void {}
}

function status(progress: Progress): string {
  const { phase, elapsedSeconds, remainingSeconds, evaluations } = progress;
  const left = Number.isFinite(remainingSeconds) ? `, at most ${duration(remainingSeconds)} left` : '';
  const rate = elapsedSeconds > 0 ? ` (${shortNumber(evaluations / elapsedSeconds)}/s)` : '';
  return `${phase}: ${duration(elapsedSeconds)}${left}, ${shortNumber(evaluations)} evaluations${rate}`;
}

function duration(seconds: number): string {
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  if (seconds < 6000) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
