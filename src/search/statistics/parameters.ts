import { nearest, OptionError } from '../../core/index.ts';
import { type Expression, variable, variablesOf } from '../../expressions/index.ts';
import { exponentIndices } from '../exponents.ts';
import type { StatisticsOptions } from './statistics-options.ts';

/** A formula whose parameters are variables, and where their fit starts. */
export interface ParametrisedFormula {
  readonly tree: Expression;
  /** Parameters that are fitted, in the order of reading. */
  readonly free: readonly string[];
  /** Parameters that keep a value. */
  readonly fixed: ReadonlyMap<string, number>;
  /** Free parameters that are still to become whole numbers, and fixed ones that have. */
  readonly integer: readonly string[];
  readonly rounded: readonly string[];
  /** First values and bounds of the free ones, shape [free]. */
  readonly start: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Tells the parameters of a formula from its inputs.
 *
 * @param inputs names that are columns or the variable of the bins
 * @throws OptionError "contradiction" | "unknown-parameter" | "bad-start" | "bad-bounds"
 */
export function parametrise(
  formula: Expression,
  inputs: ReadonlySet<string>,
  options: StatisticsOptions,
): ParametrisedFormula {
  const start = new Map<string, number>(Object.entries(options.start ?? {}));
  const tree = options.freeConstants ? withNamedConstants(formula, inputs, start) : formula;
  const variables = variablesOf(tree);
  const { target, sigma, sigmaUp, sigmaDown, binLow, binHigh } = options;
  for (const [option, name] of Object.entries({ target, sigma, sigmaUp, sigmaDown, binLow, binHigh })) {
    if (name === undefined || !variables.includes(name)) continue;
    const message = `column "${name}" stands in the formula too`;
    throw new OptionError('contradiction', option, message, 'if a parameter is meant, give it another name');
  }
  const names = variables.filter((name) => !inputs.has(name));
  checkNames(names, inputs, options);
  for (const name of names) {
    const value = start.get(name) ?? 1;
    if (!Number.isFinite(value)) {
      throw new OptionError('bad-start', 'start', `"${name}" starts at ${value}`, 'give a finite number');
    }
    start.set(name, value);
  }
  const bounds = (name: string) => boundsOf(name, options);
  const free = names.filter((name) => !options.fixed?.includes(name));
  return {
    tree,
    free,
    fixed: new Map(names.filter((name) => !free.includes(name)).map((name) => [name, start.get(name)!])),
    integer: free.filter((name) => options.integer?.includes(name)),
    rounded: [],
    start: Float64Array.from(free, (name) => start.get(name)!),
    lower: Float64Array.from(free, (name) => bounds(name).lower),
    upper: Float64Array.from(free, (name) => bounds(name).upper),
  };
}

/** Constants as variables c1, c2, ...; a whole exponent stays a number, or negative bases would have no derivative. */
function withNamedConstants(formula: Expression, inputs: ReadonlySet<string>, start: Map<string, number>): Expression {
  const whole = exponentIndices(formula, Number.isInteger);
  const taken = new Set([...inputs, ...variablesOf(formula)]);
  let index = 0;
  let label = 0;
  const visit = (node: Expression): Expression => {
    if (node.kind === 'variable') return node;
    if (node.kind === 'call') return { ...node, arguments: node.arguments.map(visit) };
    if (whole.has(index++)) return node;
    do label++;
    while (taken.has(`c${label}`));
    const name = `c${label}`;
    if (!start.has(name)) start.set(name, node.value);
    return variable(name);
  };
  return visit(formula);
}

function checkNames(names: readonly string[], inputs: ReadonlySet<string>, options: StatisticsOptions): void {
  const { parameters } = options;
  if (parameters) {
    const stray = names.find((name) => !parameters.includes(name));
    if (stray !== undefined) {
      const near = nearest(stray, [...inputs, ...parameters]);
      const hint = near !== undefined ? `did you mean "${near}"?` : 'list it among the parameters';
      throw new OptionError('unknown-parameter', 'parameters', `"${stray}" is neither a column nor listed`, hint);
    }
  }
  const mentioned: [string, readonly string[]][] = [
    ['start', Object.keys(options.start ?? {})],
    ['bounds', Object.keys(options.bounds ?? {})],
    ['fixed', options.fixed ?? []],
    ['integer', options.integer ?? []],
    ['parameters', parameters ?? []],
  ];
  for (const [option, list] of mentioned) {
    const stray = list.find((name) => !names.includes(name));
    if (stray === undefined) continue;
    const near = nearest(stray, names);
    const hint = near !== undefined ? `did you mean "${near}"?` : `parameters: ${names.join(', ') || 'none'}`;
    throw new OptionError('unknown-parameter', option, `the formula has no parameter "${stray}"`, hint);
  }
}

function boundsOf(name: string, options: StatisticsOptions): { lower: number; upper: number } {
  const given = options.bounds?.[name];
  const lower = given?.lower ?? Number.NEGATIVE_INFINITY;
  const upper = given?.upper ?? Number.POSITIVE_INFINITY;
  if (lower < upper) return { lower, upper };
  throw new OptionError(
    'bad-bounds',
    'bounds',
    `"${name}" from ${lower} to ${upper}`,
    'the lower bound is the smaller',
  );
}
