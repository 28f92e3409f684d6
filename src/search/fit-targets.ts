import { OptionError, Table } from '../core/index.ts';
import { fit } from './fit.ts';
import type { Model } from './model.ts';
import type { FitOptions } from './options/options.ts';
import { errorOf } from './prepare.ts';
import type { Iteration, Progress } from './result.ts';

/** Options of `fitTargets`: those of `fit`, each callback told which target it is about. */
export interface TargetsOptions
  extends Omit<FitOptions, 'target' | 'onProgress' | 'onIteration' | 'onCheckpoint' | 'resume'> {
  /** Columns to explain, one search for each; at least one. */
  readonly targets: readonly string[];
  readonly onProgress?: (progress: Progress & { readonly target: string }) => void;
  readonly onIteration?: (iteration: Iteration & { readonly target: string }) => unknown;
  readonly onCheckpoint?: (state: Uint8Array, target: string) => void;
  /** Saved states to go on from, by target. */
  readonly resume?: Readonly<Record<string, Uint8Array>>;
}

/**
 * Searches for closed forms of several columns, one after another, each in the columns that are no target.
 *
 * Limits of time and of evaluations hold for each search. A signal ends the one that runs, and those after it are
 * left out.
 *
 * @returns the models by target, in the order of `targets`
 * @throws OptionError for targets that are none or given twice, or a target among the inputs; whatever `fit` throws
 * @example (await fitTargets(Table.from({ x: [1, 2, 3, 4], p: [2, 8, 18, 32], q: [3, 6, 9, 12] }), { targets: ['p', 'q'] })).q.best.expression // '3 * x'
 */
export async function fitTargets(table: Table, options: TargetsOptions): Promise<Record<string, Model>> {
  const { targets, onProgress, onIteration, onCheckpoint, resume, ...shared } = options;
  checkTargets(targets, shared.inputs);
  const models: [string, Model][] = [];
  for (const target of targets) {
    if (models.length > 0 && shared.signal?.aborted) break;
    const model = await fit(withoutOtherTargets(table, targets, target), {
      ...shared,
      target,
      resume: resume && Object.hasOwn(resume, target) ? resume[target] : undefined,
      onProgress: onProgress && ((progress) => onProgress({ ...progress, target })),
      onIteration: onIteration && ((iteration) => onIteration({ ...iteration, target })),
      onCheckpoint: onCheckpoint && ((state) => onCheckpoint(state, target)),
    });
    models.push([target, model]);
  }
  return Object.fromEntries(models);
}

/**
 * Checks a list of targets.
 *
 * @throws OptionError "invalid-option" | "contradictory-options"
 */
export function checkTargets(targets: readonly string[], inputs: readonly string[] | undefined): void {
  if (!Array.isArray(targets) || targets.length === 0) {
    throw new OptionError('invalid-option', 'targets', 'no column is named', 'give a list of columns to explain');
  }
  const twice = targets.find((name, i) => targets.indexOf(name) !== i);
  if (twice !== undefined)
    throw new OptionError('invalid-option', 'targets', `"${twice}" is given twice`, 'once is enough');
  const both = inputs?.find((name) => targets.includes(name));
  if (both === undefined) return;
  throw new OptionError('contradictory-options', 'inputs', `"${both}" is a target`, 'leave it out');
}

/** The table of the search for one target: without the others, and without the columns of their errors. */
export function withoutOtherTargets(table: Table, targets: readonly string[], target: string): Table {
  const others = targets.filter((name) => name !== target);
  if (others.length === 0) return table;
  for (const name of others) table.column(name);
  const belongsToOther = (name: string): boolean => {
    const owner = errorOf(name, table.names);
    return owner !== undefined && others.includes(owner);
  };
  return new Table(table.columns.filter(({ name }) => !(others.includes(name) || belongsToOther(name))));
}
