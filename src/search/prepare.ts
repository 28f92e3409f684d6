import { DataError, RandomStream, type Table } from '../core/index.ts';
import { type Category, indicatorColumns, readCategory } from './categories.ts';
import { checkedTarget, finiteNumbers } from './checked-columns.ts';
import { createGrammar } from './create-grammar.ts';
import { denoised } from './denoise.ts';
import { type ErrorModel, expandBins, readErrors } from './error-model.ts';
import type { ResolvedOptions } from './options/options.ts';
import { type Grammar, gather, type ProblemData, shuffledRows } from './problem.ts';
import {
  buildRequirements,
  type Range,
  REQUIREMENT_STREAM,
  type ResolvedRequirement,
  rangesOf,
  readRequirements,
  targetScale,
} from './requirements/index.ts';
import { selectFeatures } from './select-features.ts';
import { Template, templateCategories } from './template/template.ts';

const MIN_ROWS = 3;

/** The column that a name marks another as the error of: of sigma_mass, mass_error and mass_err it is mass; d_mass is none. */
export function errorOf(name: string, names: readonly string[]): string | undefined {
  const match = /^(?:(?:sigma|err|error|unc)_(.+)|(.+)_(?:error|err|sigma|unc|uncertainty|stderr))$/i.exec(name);
  const owner = match?.[1] ?? match?.[2];
  return owner !== undefined && names.includes(owner) ? owner : undefined;
}

/** Columns, weights and grammar out of a table and options. */
export interface Prepared {
  readonly problem: ProblemData;
  readonly grammar: Grammar;
  readonly requirements: readonly ResolvedRequirement[];
  /** Columns of categories of a template, by name. */
  readonly categories: Readonly<Record<string, Category>>;
  readonly notes: string[];
}

/**
 * Checks a table against the options and lays its rows out for the search.
 *
 * @throws DataError "unknown-column" | "text-column" | "too-few-rows" | "constant-target" | "non-finite-cell"
 *   | "no-inputs" | "invalid-weight" | "target-scale"; AnsatzError "unknown-operator"; OptionError "wrong-arity"
 */
export function prepare(given: Table, options: ResolvedOptions): Prepared {
  const notes: string[] = [];
  const categories: Record<string, Category> = {};
  const template = readTemplate(given, options, categories);
  const open = template
    ? template.columns.filter((name) => !(options.likelihood === 'poisson' && name === options.binVariable))
    : undefined;
  const inputs = open ?? (options.inputs ? [...new Set(options.inputs)] : defaultInputs(given, options, notes));
  if (given.rows < MIN_ROWS) {
    const hint = `a fit needs at least ${MIN_ROWS}`;
    throw new DataError('too-few-rows', `the table has ${given.rows} row${given.rows === 1 ? '' : 's'}`, hint);
  }
  checkedTarget(given, options.target);
  for (const name of inputs) finiteNumbers(given, name);
  const { table, varianceFloor } = options.denoise
    ? denoised(given, inputs, options, notes)
    : { table: given, varianceFloor: undefined };
  const target = checkedTarget(table, options.target);
  const errors = readErrors(table, options);
  const order = shuffledRows(table.rows, options.seed);
  const columns = inputs.map((name) => gather(finiteNumbers(table, name), order));
  const indicators = Object.entries(categories).flatMap(([name, category]) => indicatorColumns(name, category));
  const named = {
    inputs: [...inputs, ...indicators.map((each) => each.name)],
    columns: [...columns, ...indicators.map((each) => gather(each.values, order))],
  };
  let problem: ProblemData = { ...layOut(named, gather(target, order), errors, order, options), varianceFloor };
  if (options.selectKFeatures !== undefined && !template) {
    problem = selectFeatures(problem, options.selectKFeatures, options.seed, notes);
  }
  const grammar = createGrammar(options, template ? template.columns : problem.inputs, template);
  if (grammar.units) notes.push(...grammar.units.notes());
  const requirements = readRequirements(options.requirements, problem.inputs);
  checkRequirements(requirements, problem, options.seed);
  return { problem, grammar, requirements, categories, notes };
}

function readTemplate(
  table: Table,
  options: ResolvedOptions,
  categories: Record<string, Category>,
): Template | undefined {
  if (options.template === undefined) return undefined;
  const spec = typeof options.template === 'string' ? { combine: options.template } : options.template;
  for (const name of templateCategories(spec)) categories[name] = readCategory(table, name);
  const sizes = Object.fromEntries(Object.entries(categories).map(([name, { labels }]) => [name, labels.length]));
  return new Template(spec, sizes);
}

/** Rows, weights and likelihood in the shuffled order; the contents of bins spread over their nodes. */
function layOut(
  named: Pick<ProblemData, 'inputs' | 'columns'>,
  target: Float64Array,
  errors: ErrorModel,
  order: Int32Array,
  options: ResolvedOptions,
): ProblemData {
  const { loss, weights, likelihood } = errors.inOrder(order);
  const problem = { ...named, target, weights, loss, likelihood };
  return likelihood?.kind === 'poisson' ? expandBins(problem, likelihood, errors, order, options) : problem;
}

/** Requirements are built once before workers do it, so that their errors come at once. */
function checkRequirements(requirements: readonly ResolvedRequirement[], problem: ProblemData, seed: number): void {
  if (requirements.length === 0) return;
  const ranges: Range[] = rangesOf(problem.columns);
  const random = new RandomStream(seed).split(REQUIREMENT_STREAM);
  buildRequirements(requirements, problem.inputs, ranges, targetScale(problem.target), random);
}

function defaultInputs(table: Table, options: ResolvedOptions, notes: string[]): string[] {
  const special = [
    options.target,
    options.weights,
    options.sigma,
    options.sigmaUp,
    options.sigmaDown,
    options.binLow,
    options.binHigh,
  ];
  const inputs: string[] = [];
  const text: string[] = [];
  const errors: string[] = [];
  for (const column of table.columns) {
    if (special.includes(column.name)) continue;
    if (column.kind === 'text') text.push(column.name);
    else if (errorOf(column.name, table.names) !== undefined) errors.push(column.name);
    else inputs.push(column.name);
  }
  if (text.length > 0) notes.push(`left out as text: ${text.join(', ')}`);
  if (errors.length > 0) notes.push(`left out as errors of other columns: ${errors.join(', ')}`);
  if (inputs.length === 0 && options.binLow === undefined) {
    throw new DataError('no-inputs', 'no numeric column besides the target', 'name the inputs');
  }
  return inputs;
}
