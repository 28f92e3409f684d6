import { DataError, type Table } from '../../core/index.ts';
import {
  asymmetricLikelihood,
  binNodes,
  correlatedLikelihood,
  gaussianLikelihood,
  type Likelihood,
  poissonLikelihood,
} from '../../evaluation/index.ts';
import { type Expression, parse, variablesOf } from '../../expressions/index.ts';
import { valuesOn } from './predict.ts';
import type { SavedRun } from './saved-run.ts';

/** An input of the law as the figures show it. */
export interface Input {
  readonly name: string;
  /** Shape [rows]; of a column of categories the number of the label, from 1. */
  readonly values: Float64Array;
  /** Labels of categories. */
  readonly labels?: readonly string[];
}

/** How well the target is known. */
export interface Errors {
  readonly likelihood: Likelihood;
  /** What its value is called. */
  readonly statistic: 'chi2' | 'deviance';
  /** In words, for the reader. */
  readonly source: string;
  /** Standard deviation of every row where `expected` is expected. */
  deviations(expected: Float64Array): Float64Array;
  /** Lengths of the bars downwards and upwards, shape [rows] each. */
  readonly bars: readonly [Float64Array, Float64Array];
}

/** The columns of the table that a law is compared with. */
export interface Observations {
  readonly rows: number;
  readonly target: string;
  readonly observed: Float64Array;
  readonly inputs: readonly Input[];
  readonly errors: Errors | undefined;
  /** Widths of the bins that the law, a density, is integrated over. */
  readonly widths: Float64Array | undefined;
  /** Expected value in every row. @throws AnsatzError when the formula cannot be read */
  expect(formula: string): Float64Array;
  /** The law itself, on values of its one input. */
  curve(formula: string, input: string, at: Float64Array): Float64Array;
}

type Options = Readonly<Record<string, unknown>>;

/** A name among the options. */
function named(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Reads what a run was fitted to.
 *
 * @throws DataError "unknown-column" | "text-column" ..., FormatError "damaged-column", ShapeError
 */
export function observationsOf(table: Table, run: SavedRun, options: Options): Observations {
  const observed = table.numbers(run.target);
  const rows = table.rows;
  if (rows === 0) throw new DataError('too-few-rows', 'the table has no rows', 'give the table that was fitted');
  const bins = binsOf(table, options);
  const names = run.inputs ?? [...new Set(run.front.flatMap((entry) => variablesOf(parse(entry.expression))))];
  const inputs = names.map((name): Input => {
    const labels = Object.hasOwn(run.categories, name) ? run.categories[name] : undefined;
    if (bins && name === bins.variable) {
      return { name, values: bins.low.map((low, i) => 0.5 * (low + bins.high[i])) };
    }
    return labels ? { name, labels, values: codes(table, name, labels) } : { name, values: table.numbers(name) };
  });
  const perRow = bins?.nodesPerBin ?? 1;
  const columns = new Map(
    inputs.map(({ name, values }): [string, Float64Array] => {
      if (!bins) return [name, values];
      return [name, name === bins.variable ? bins.nodes : bins.nodes.map((_, k) => values[Math.floor(k / perRow)])];
    }),
  );
  const read = (formula: string): Expression => parse(formula, { variables: names });
  const expect = (formula: string): Float64Array => {
    const values = valuesOn(read(formula), columns, rows * perRow);
    if (!bins) return values;
    return observed.map((_, i) => {
      let content = 0;
      for (let k = i * perRow; k < (i + 1) * perRow; k++) content += bins.weights[k] * values[k];
      return content;
    });
  };
  return {
    rows,
    target: run.target,
    observed,
    inputs,
    errors: errorsOf(table, observed, options, bins),
    widths: bins?.high.map((high, i) => high - bins.low[i]),
    expect,
    curve: (formula, input, at) => valuesOn(read(formula), new Map([[input, at]]), at.length),
  };
}

interface Bins {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly variable: string;
  readonly nodesPerBin: number;
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const NODES_PER_BIN = 4;

function binsOf(table: Table, options: Options): Bins | undefined {
  const [lowName, highName] = [named(options, 'binLow'), named(options, 'binHigh')];
  if (lowName === undefined || highName === undefined) return undefined;
  const [low, high] = [table.numbers(lowName), table.numbers(highName)];
  const given = options['nodesPerBin'];
  const nodesPerBin = typeof given === 'number' ? given : NODES_PER_BIN;
  const variable = named(options, 'binVariable') ?? 'x';
  return { low, high, variable, nodesPerBin, ...binNodes(low, high, nodesPerBin) };
}

/** Numbers of the labels, from 1; NaN for a label that the run did not know. */
function codes(table: Table, name: string, labels: readonly string[]): Float64Array {
  const index = new Map(labels.map((label, i) => [label, i + 1]));
  const values: ArrayLike<unknown> = table.column(name).values;
  return Float64Array.from(values, (value) => index.get(String(value)) ?? Number.NaN);
}

function errorsOf(table: Table, target: Float64Array, options: Options, bins: Bins | undefined): Errors | undefined {
  if (options['likelihood'] === 'poisson') return poissonErrors(target, bins);
  const sigma = named(options, 'sigma');
  if (sigma !== undefined) {
    const errors = table.numbers(sigma);
    return {
      likelihood: gaussianLikelihood({ target, sigma: errors }),
      statistic: 'chi2',
      source: `standard errors from the column ${sigma}`,
      deviations: () => errors,
      bars: [errors, errors],
    };
  }
  const [upName, downName] = [named(options, 'sigmaUp'), named(options, 'sigmaDown')];
  if (upName !== undefined && downName !== undefined) {
    const [up, down] = [table.numbers(upName), table.numbers(downName)];
    return {
      likelihood: asymmetricLikelihood({ target, sigmaUp: up, sigmaDown: down }),
      statistic: 'chi2',
      source: `errors upwards from the column ${upName}, downwards from ${downName}`,
      deviations: (expected) => target.map((value, i) => (expected[i] > value ? up[i] : down[i])),
      bars: [down, up],
    };
  }
  return correlatedErrors(target, options['covariance']);
}

function poissonErrors(target: Float64Array, bins: Bins | undefined): Errors {
  const widths = bins?.high.map((high, i) => high - bins.low[i]);
  const bars = target.map((count, i) => Math.sqrt(count) / (widths?.[i] ?? 1));
  return {
    likelihood: poissonLikelihood({ counts: target }),
    statistic: 'deviance',
    source: 'Poisson errors of the counts',
    deviations: (expected) => expected.map(Math.sqrt),
    bars: [bars, bars],
  };
}

function correlatedErrors(target: Float64Array, given: unknown): Errors | undefined {
  const rows = target.length;
  const isRow = (line: unknown): line is number[] =>
    Array.isArray(line) && line.length === rows && line.every(Number.isFinite);
  if (!Array.isArray(given) || given.length !== rows || !given.every(isRow)) return undefined;
  const errors = Float64Array.from(given as number[][], (line, i) => Math.sqrt(line[i]));
  return {
    likelihood: correlatedLikelihood({ target, covariance: Float64Array.from((given as number[][]).flat()) }),
    statistic: 'chi2',
    source: 'the covariance matrix of the run; bars show its diagonal',
    deviations: () => errors,
    bars: [errors, errors],
  };
}
