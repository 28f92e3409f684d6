import { version } from '../../package.json';
import { now } from '../core/index.ts';
import { LineFile } from '../io/index.ts';
import type { FrontRecord, Iteration, Model, Progress } from '../search/index.ts';
import type { FitPlan } from './fit-plan.ts';

const SECONDS_BETWEEN_PROGRESS = 1;

type Step = Pick<FrontRecord, 'complexity' | 'loss' | 'expression'>;

/**
 * What a run does, as JSON lines: `start`, `progress` about once a second, `iteration` after every epoch, `end`.
 *
 * Every line has `kind` and `time`; all but the first have `target`, `phase`, `evaluations`, `epoch` and, where it is
 * another than in the line before, `front`.
 */
export class FitLog {
  private readonly file: LineFile;
  private lastProgress = Number.NEGATIVE_INFINITY;
  private epoch = 0;
  private phase = 'prepare';
  private shown = '';

  /** @throws FormatError when the file cannot be opened */
  constructor(path: string) {
    this.file = new LineFile(path);
  }

  /** Why the log has ended early. */
  get failure(): unknown {
    return this.file.failure;
  }

  start(plan: FitPlan): void {
    const { targets, source, resumed } = plan;
    const { xResampled: _, covariance: __, warmStart: ___, ...options } = plan.options;
    this.write('start', { version, table: source, targets, options, ...(resumed ? { resumed } : {}) });
  }

  progress(target: string, progress: Progress): void {
    this.phase = progress.phase;
    if (now() - this.lastProgress < SECONDS_BETWEEN_PROGRESS) return;
    this.lastProgress = now();
    const { elapsedSeconds, evaluations, front } = progress;
    this.step('progress', target, elapsedSeconds, evaluations, front);
  }

  iteration(target: string, { iteration, elapsedSeconds, evaluations, front }: Iteration): void {
    this.phase = 'evolve';
    this.epoch = iteration;
    this.step('iteration', target, elapsedSeconds, evaluations, front);
  }

  end(target: string, model: Model): void {
    this.shown = '';
    const { seconds, evaluations, front, stoppedBy, best, notes } = model;
    this.step('end', target, seconds, evaluations, front, { stoppedBy, best: stepOf(best), notes });
    this.epoch = 0;
    this.shown = '';
  }

  close(): void {
    this.file.close();
  }

  private step(
    kind: string,
    target: string,
    seconds: number,
    evaluations: number,
    front: readonly Step[],
    more: object = {},
  ): void {
    const steps = front.map(stepOf);
    const text = JSON.stringify(steps);
    const news = text === this.shown ? {} : { front: steps };
    this.shown = text;
    const { phase, epoch } = this;
    this.write(kind, { target, phase, seconds, evaluations, epoch, ...news, ...more });
  }

  private write(kind: string, fields: object): void {
    this.file.append(JSON.stringify({ kind, time: new Date().toISOString(), ...fields }));
  }
}

function stepOf({ complexity, loss, expression }: Step): Step {
  return { complexity, loss, expression };
}
