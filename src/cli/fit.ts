import { DataError, FormatError } from '../core/index.ts';
import { print as printExpression, variable } from '../expressions/index.ts';
import { loadRun } from '../io/index.ts';
import { fit, type Model, type Progress, withoutOtherTargets } from '../search/index.ts';
import { EXIT, explain, oneLine, report } from './exit.ts';
import type { FitArguments } from './fit-arguments.ts';
import { FitLog } from './fit-log.ts';
import { type FitPlan, type PlannedRun, planRun } from './fit-plan.ts';
import { frontTable, shortNumber } from './front-table.ts';
import { inFlags } from './in-flags.ts';
import { print, warn } from './output.ts';
import { createProgressView, type ProgressView, silentView } from './progress-view.ts';
import { planResume } from './resume-plan.ts';
import { rivalLines } from './rival-words.ts';

/** `ansatz fit`: searches, shows progress on stderr, saves and prints the result. @throws AnsatzError */
export async function runFit(source: string | undefined, args: FitArguments): Promise<number> {
  const plan = args.resume === undefined ? await planRun(source, args) : await planResume(source, args);
  const log = args.log === undefined ? undefined : new FitLog(args.log);
  log?.start(plan);
  const session = new Session(plan, log, args.quiet === true || args.progress === false);
  try {
    return await session.run(args.json === true);
  } finally {
    session.close();
    log?.close();
  }
}

/** The searches of one command, which one Ctrl-C ends with what was found, and a second one at once. */
class Session {
  private readonly controller = new AbortController();
  private view: ProgressView = silentView;
  private warned = false;

  constructor(
    private readonly plan: FitPlan,
    private readonly log: FitLog | undefined,
    private readonly silent: boolean,
  ) {
    process.on('SIGINT', this.cancel);
    process.on('SIGTERM', this.cancel);
  }

  private readonly cancel = (): void => {
    if (this.controller.signal.aborted) {
      this.view.close();
      process.exit(EXIT.cancelled);
    }
    this.controller.abort();
    this.view.say('stopping; once more to stop at once');
  };

  close(): void {
    process.off('SIGINT', this.cancel);
    process.off('SIGTERM', this.cancel);
  }

  async run(json: boolean): Promise<number> {
    const { runs } = this.plan;
    const models: Model[] = [];
    let code: number = EXIT.done;
    for (const run of runs) {
      const found = await this.one(run);
      if (found === undefined) {
        warn('ansatz: stopped before a formula was found');
        code = EXIT.cancelled;
        break;
      }
      models.push(found.model);
      code = Math.max(code, found.code);
      if (this.controller.signal.aborted) {
        code = Math.max(code, EXIT.cancelled);
        break;
      }
    }
    await this.show(models, json);
    return code;
  }

  /** One search with its folder; undefined when it was stopped before it found anything. */
  private async one(run: PlannedRun): Promise<{ readonly model: Model; readonly code: number } | undefined> {
    if (run.finished !== undefined) return { model: (await loadRun(run.finished)).model, code: EXIT.done };
    const { folder, target } = run;
    this.view = this.silent ? silentView : createProgressView(process.stderr, target);
    let model: Model;
    try {
      model = await this.search(run);
    } catch (error) {
      for (const each of this.plan.runs) await each.folder?.discard();
      if (!this.controller.signal.aborted || !(error instanceof DataError)) throw this.inWords(error);
      return undefined;
    } finally {
      this.view.close();
    }
    this.log?.end(target, model);
    // The run is on the disk before anything is printed: a closed pipe does not lose it.
    let code: number = model.stoppedBy === 'cancelled' ? EXIT.cancelled : EXIT.done;
    try {
      await folder?.save(model.toJSON());
    } catch (error) {
      code = report(error);
    }
    return { model, code };
  }

  private search({ target, folder, state }: PlannedRun): Promise<Model> {
    const { plan, log, view } = this;
    const table = withoutOtherTargets(plan.table, plan.targets, target);
    const onCheckpoint = folder && ((bytes: Uint8Array) => folder.saveCheckpoint(bytes));
    return fit(table, {
      ...plan.options,
      target,
      resume: state,
      signal: this.controller.signal,
      onCheckpoint: onCheckpoint && begunBy(plan, onCheckpoint),
      onIteration: log && ((iteration) => log.iteration(target, iteration)),
      onProgress: (progress: Progress) => {
        view.update(progress);
        folder?.saveProgress(progress);
        log?.progress(target, progress);
        this.warnOnce(folder?.failure ?? log?.failure);
      },
    });
  }

  private warnOnce(failure: unknown): void {
    if (failure === undefined || this.warned) return;
    this.warned = true;
    this.view.say(explain(failure).line);
  }

  /** What the engine says, in the words of the command line. */
  private inWords(error: unknown): unknown {
    const { resumed, source } = this.plan;
    if (resumed === undefined || !(error instanceof FormatError) || error.code !== 'other-run') return inFlags(error);
    const message = `the table or an option is another than when the run in ${resumed} was begun`;
    return new FormatError('other-run', message, source, 0, 'restore it, or start a new run');
  }

  private async show(models: readonly Model[], json: boolean): Promise<void> {
    const { runs } = this.plan;
    if (models.length === 0) return;
    if (!json) {
      await print(`${models.map((model) => describe(model).join('\n')).join('\n\n')}\n`);
      return;
    }
    const several = { targets: Object.fromEntries(models.map((model) => [model.target, model.toJSON()])) };
    await print(`${JSON.stringify(runs.length === 1 ? models[0].toJSON() : several, null, 2)}\n`);
  }
}

/** The callback, which first lets the plan begin. */
function begunBy(plan: FitPlan, save: (state: Uint8Array) => void): (state: Uint8Array) => void {
  let begun = false;
  return (state) => {
    if (!begun) plan.begin();
    begun = true;
    save(state);
  };
}

/** chi2 of the chosen law, where errors are known. */
function goodness({ best: { loss, ndf, pValue } }: Model): string[] {
  if (ndf === undefined || pValue === undefined) return [];
  return [`chi2/ndf = ${shortNumber(loss)}/${ndf} = ${shortNumber(loss / ndf)}, p = ${shortNumber(pValue)}`];
}

function describe(model: Model): string[] {
  const target = printExpression(variable(model.target));
  const summary = [
    `ended after ${model.seconds.toFixed(1)} s in the phase ${model.lastPhase} (${model.stoppedBy})`,
    `${shortNumber(model.evaluations)} evaluations`,
    `seed ${model.seed}`,
    `${model.threads} ${model.threads === 1 ? 'thread' : 'threads'}`,
  ];
  return [
    ...frontTable(model.front, model.best, target),
    '',
    ...model.notes.map(oneLine),
    summary.join(', '),
    ...goodness(model),
    ...rivalLines(model.rivals, target),
    '',
    ...(model.best.named ? [`${target} = ${model.best.named.expression}  (an equation between quantities)`] : []),
    `${target} = ${printExpression(model.best.tree, { digits: 4 })}`,
  ];
}
