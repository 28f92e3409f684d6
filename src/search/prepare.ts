import { DataError, OptionError, type Table } from '../core/index.ts';
import { type Operator, STANDARD_OPERATORS } from '../expressions/index.ts';
import type { ResolvedOptions } from './options.ts';
import { type Grammar, gather, type ProblemData, shuffledRows } from './problem.ts';

const MIN_ROWS = 3;
/** Beyond this, or below its inverse, squared residuals overflow or vanish. */
const LARGEST_TARGET = 1e150;

/** Names that mark a column as the error of another: sigma_mass, mass_error, mass_err, d_mass is not one. */
function errorOf(name: string, names: readonly string[]): string | undefined {
  const match = /^(?:(?:sigma|err|error|unc)_(.+)|(.+)_(?:error|err|sigma|unc|uncertainty|stderr))$/i.exec(name);
  const owner = match?.[1] ?? match?.[2];
  return owner !== undefined && names.includes(owner) ? owner : undefined;
}

/** Columns, weights and grammar out of a table and options. */
export interface Prepared {
  readonly problem: ProblemData;
  readonly grammar: Grammar;
  readonly notes: string[];
}

/**
 * Checks a table against the options and lays its rows out for the search.
 *
 * @throws DataError "unknown-column" | "text-column" | "too-few-rows" | "constant-target" | "non-finite-cell"
 *   | "no-inputs" | "invalid-weight" | "target-scale"; AnsatzError "unknown-operator"; OptionError "wrong-arity"
 */
export function prepare(table: Table, options: ResolvedOptions): Prepared {
  const notes: string[] = [];
  const target = numbers(table, options.target);
  if (table.rows < MIN_ROWS) {
    const hint = `a fit needs at least ${MIN_ROWS}`;
    throw new DataError('too-few-rows', `the table has ${table.rows} row${table.rows === 1 ? '' : 's'}`, hint);
  }
  if (target.every((value) => value === target[0])) {
    const hint = 'there is nothing to explain';
    throw new DataError('constant-target', `"${options.target}" is ${target[0]} in every row`, hint);
  }
  const largest = target.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest > LARGEST_TARGET || largest < 1 / LARGEST_TARGET) {
    const hint = 'give it in a unit that makes it moderate';
    throw new DataError(
      'target-scale',
      `"${options.target}" reaches ${largest}, and its square is no f64 number`,
      hint,
    );
  }
  const inputs = options.inputs ? [...new Set(options.inputs)] : defaultInputs(table, options, notes);
  const columns = inputs.map((name) => numbers(table, name));
  const order = shuffledRows(table.rows, options.seed);
  return {
    problem: {
      inputs,
      columns: columns.map((column) => gather(column, order)),
      target: gather(target, order),
      weights: rowWeights(table, options, order),
      loss: { name: options.loss ?? (options.sigma === undefined ? 'L2' : 'chi2'), delta: options.huberDelta },
    },
    grammar: {
      unary: options.unaryOperators.map((operator) => resolveOperator(operator, 1)),
      binary: options.binaryOperators.map((operator) => resolveOperator(operator, 2)),
      maxSize: options.maxSize,
      maxDepth: options.maxDepth,
    },
    notes,
  };
}

function defaultInputs(table: Table, options: ResolvedOptions, notes: string[]): string[] {
  const special = [options.target, options.weights, options.sigma];
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
  if (inputs.length === 0) {
    throw new DataError('no-inputs', 'no numeric column besides the target', 'name the inputs');
  }
  return inputs;
}

function numbers(table: Table, name: string): Float64Array {
  const values = table.numbers(name);
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return values;
  const hint = 'remove the row or mend the cell';
  throw new DataError('non-finite-cell', `column "${name}", row ${at + 1} is ${values[at]}`, hint, {
    column: name,
    row: at + 1,
  });
}

function rowWeights(table: Table, options: ResolvedOptions, order: Int32Array): Float64Array | undefined {
  const name = options.weights ?? options.sigma;
  if (name === undefined) return undefined;
  const values = numbers(table, name);
  const sigma = options.sigma !== undefined;
  const at = values.findIndex((value) => (sigma ? !(value > 0) : !(value >= 0)));
  if (at >= 0) {
    const need = sigma ? 'a standard error must be > 0' : 'a weight must be >= 0';
    throw new DataError('invalid-weight', `column "${name}", row ${at + 1} is ${values[at]}`, need, {
      column: name,
      row: at + 1,
    });
  }
  if (!values.some((value) => value > 0))
    throw new DataError('invalid-weight', `every weight in "${name}" is 0`, 'give some rows weight');
  const gathered = gather(values, order);
  return sigma ? gathered.map((value) => 1 / (value * value)) : gathered;
}

function resolveOperator(operator: string | Operator, arity: 1 | 2): Operator {
  const row = typeof operator === 'string' ? STANDARD_OPERATORS.get(operator.trim()) : operator;
  if (row.arity === arity) return row;
  const [list, other] = arity === 1 ? ['unaryOperators', 'binaryOperators'] : ['binaryOperators', 'unaryOperators'];
  const message = `"${row.name}" takes ${row.arity} argument${row.arity === 1 ? '' : 's'}`;
  throw new OptionError('wrong-arity', list, message, `put it in ${other}`);
}
