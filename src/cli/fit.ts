import { AnsatzError, DataError, OptionError } from '../core/index.ts';
import type { LossName } from '../evaluation/index.ts';
import { print as printExpression, variable } from '../expressions/index.ts';
import { type FileTable, openRunFolder, type RunFolder, readTable } from '../io/index.ts';
import type { FitOptions, Model } from '../search/index.ts';
import { EXIT, explain, oneLine, report } from './exit.ts';
import { frontTable, shortNumber } from './front-table.ts';
import { print, warn } from './output.ts';
import { createProgressView, type ProgressView, silentView } from './progress-view.ts';

/** The options of `ansatz fit`, each read and in range. */
export interface FitArguments {
  readonly target: string;
  readonly inputs?: string[];
  readonly binary?: string[];
  readonly unary?: string[];
  readonly weights?: string;
  readonly sigma?: string;
  readonly loss?: LossName;
  readonly huberDelta?: number;
  readonly maxSize?: number;
  readonly seed?: number;
  readonly threads?: number;
  readonly timeLimit?: number;
  readonly maxEvals?: number;
  readonly stopAtLoss?: number;
  readonly noise?: 'auto' | 'additive' | 'relative';
  readonly select?: 'best' | 'score' | 'accuracy';
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `ansatz fit`: searches, shows progress on stderr, saves and prints the result. @throws AnsatzError */
export async function runFit(path: string, args: FitArguments): Promise<number> {
  checkTogether(args);
  const loading = import('../search/index.ts');
  const table = await readTable(path);
  checkColumns(table, args);
  const folder = args.out === undefined ? undefined : await openRunFolder(args.out);
  const view = args.quiet ? silentView : createProgressView(process.stderr, args.target);
  const controller = new AbortController();
  let model: Model;
  try {
    model = await search((await loading).fit, table, args, controller, view, folder);
  } catch (error) {
    await folder?.discard();
    if (!controller.signal.aborted || !(error instanceof DataError)) throw inFlags(error);
    warn('ansatz: stopped before a formula was found');
    return EXIT.cancelled;
  }
  // The run is on the disk before anything is printed: a closed pipe does not lose it.
  let code: number = model.stoppedBy === 'cancelled' ? EXIT.cancelled : EXIT.done;
  try {
    await folder?.save(model.toJSON());
  } catch (error) {
    code = report(error);
  }
  await print(`${args.json ? JSON.stringify(model.toJSON(), null, 2) : describe(model).join('\n')}\n`);
  return code;
}

/** Runs the search; the first SIGINT or SIGTERM ends it with what was found, the second one ends the process. */
async function search(
  searchTable: (table: FileTable, options: FitOptions) => Promise<Model>,
  table: FileTable,
  args: FitArguments,
  controller: AbortController,
  view: ProgressView,
  folder: RunFolder | undefined,
): Promise<Model> {
  let warned = false;
  const cancel = (): void => {
    if (controller.signal.aborted) {
      view.close();
      process.exit(EXIT.cancelled);
    }
    controller.abort();
    view.say('stopping; once more to stop at once');
  };
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  try {
    return await searchTable(table, {
      ...fitOptions(args),
      signal: controller.signal,
      onProgress: (progress) => {
        view.update(progress);
        folder?.saveProgress(progress);
        if (folder?.failure && !warned) {
          warned = true;
          view.say(explain(folder.failure).line);
        }
      },
    });
  } finally {
    view.close();
    process.off('SIGINT', cancel);
    process.off('SIGTERM', cancel);
  }
}

/** Flags of the options of `fit` whose names differ. */
const FLAGS: Readonly<Record<string, string>> = {
  binaryOperators: 'binary',
  unaryOperators: 'unary',
  modelSelection: 'select',
};

/** An OptionError of `fit` in the words of the command line: maxSize is --max-size there. */
function inFlags(error: unknown): unknown {
  if (!(error instanceof OptionError)) return error;
  const message = error.message.replace(/\b[a-z]+(?:[A-Z][a-z]+)+\b/g, (name) => {
    return `--${FLAGS[name] ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  });
  return new AnsatzError(error.code, message);
}

function fitOptions(args: FitArguments): FitOptions {
  return {
    target: args.target,
    inputs: args.inputs,
    weights: args.weights,
    sigma: args.sigma,
    binaryOperators: args.binary,
    unaryOperators: args.unary,
    loss: args.loss,
    huberDelta: args.huberDelta,
    maxSize: args.maxSize,
    seed: args.seed,
    threads: args.threads,
    timeLimit: args.timeLimit,
    maxEvals: args.maxEvals,
    stopAtLoss: args.stopAtLoss,
    noise: args.noise,
    modelSelection: args.select,
  };
}

/** @throws OptionError for options that exclude each other */
function checkTogether(args: FitArguments): void {
  if (args.weights !== undefined && args.sigma !== undefined) {
    throw new OptionError('contradiction', '--weights', 'excludes --sigma', 'give one of the two');
  }
  if (args.huberDelta !== undefined && args.loss !== 'Huber') {
    throw new OptionError('contradiction', '--huber-delta', 'needs --loss Huber', 'add it or leave this out');
  }
  const roles = [
    ['--target', args.target],
    ['--weights', args.weights],
    ['--sigma', args.sigma],
  ] as const;
  for (const [option, column] of roles) {
    if (column === undefined) continue;
    if (args.inputs?.includes(column)) {
      throw new OptionError('contradiction', '--inputs', `"${column}" is also the ${option} column`, 'leave it out');
    }
    if (option !== '--target' && column === args.target) {
      throw new OptionError(
        'contradiction',
        option,
        `"${column}" is also the --target column`,
        'choose another column',
      );
    }
  }
}

/** @throws DataError | FormatError when a column is missing, holds text or is damaged */
function checkColumns(table: FileTable, args: FitArguments): void {
  const named = [args.target, args.weights, args.sigma, ...(args.inputs ?? [])];
  for (const name of named) if (name !== undefined) table.numbers(name);
  // Without --inputs every column of numbers counts, so a damaged one is not passed over in silence.
  if (args.inputs === undefined) for (const fault of table.faults.values()) throw fault;
}

function describe(model: Model): string[] {
  const target = printExpression(variable(model.target));
  const summary = [
    `ended after ${model.seconds.toFixed(1)} s (${model.stoppedBy})`,
    `${shortNumber(model.evaluations)} evaluations`,
    `seed ${model.seed}`,
    `${model.threads} ${model.threads === 1 ? 'thread' : 'threads'}`,
  ];
  return [
    ...frontTable(model.front, model.best, target),
    '',
    ...model.notes.map(oneLine),
    summary.join(', '),
    '',
    `${target} = ${printExpression(model.best.tree, { digits: 4 })}`,
  ];
}
