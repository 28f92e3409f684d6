import { z } from 'zod';
import { nearest, OptionError } from '../../core/index.ts';
import { ALIASES, withoutAliases } from './aliases.ts';
import { CONSTANT_OPTIONS } from './constant-options.ts';
import { DATA_OPTIONS } from './data-options.ts';
import { EVOLUTION_OPTIONS, MUTATION_NAMES } from './evolution-options.ts';
import { OBJECTIVE_OPTIONS } from './objective-options.ts';
import { RUN_OPTIONS } from './run-options.ts';
import { SPACE_OPTIONS } from './space-options.ts';

/** The groups that the options are documented in. */
export const OPTION_GROUPS = {
  Data: DATA_OPTIONS,
  'Search space': SPACE_OPTIONS,
  Objective: OBJECTIVE_OPTIONS,
  Constants: CONSTANT_OPTIONS,
  Evolution: EVOLUTION_OPTIONS,
  Run: RUN_OPTIONS,
} as const;

/**
 * Every option of `fit`, with its range and its line of documentation; PySR's names in camelCase where PySR
 * has the option.
 */
export const OPTION_SCHEMA = z.strictObject({
  ...DATA_OPTIONS,
  ...SPACE_OPTIONS,
  ...OBJECTIVE_OPTIONS,
  ...CONSTANT_OPTIONS,
  ...EVOLUTION_OPTIONS,
  ...RUN_OPTIONS,
});

/** Options of `fit`. */
export type FitOptions = z.input<typeof OPTION_SCHEMA>;
/** Options with every default filled in. */
export type ResolvedOptions = z.output<typeof OPTION_SCHEMA>;

/**
 * Checks options and fills in the defaults.
 *
 * @throws OptionError "unknown-option" | "invalid-option" | "contradictory-options"
 */
export function resolveOptions(options: FitOptions): ResolvedOptions {
  const given = withoutAliases(options);
  const result = OPTION_SCHEMA.safeParse(given);
  if (!result.success) throw explain(result.error.issues[0], given);
  const resolved = { ...result.data };
  if (resolved.operators) {
    const lists = given as FitOptions;
    if (lists.binaryOperators || lists.unaryOperators) {
      throw contradiction('operators', 'operators and the lists by arity exclude each other', 'give one of them');
    }
    resolved.unaryOperators = resolved.operators[1] ?? [];
    resolved.binaryOperators = resolved.operators[2] ?? [];
  }
  checkErrors(resolved);
  checkObjective(resolved);
  checkRun(resolved);
  return resolved;
}

function checkErrors(resolved: ResolvedOptions): void {
  const { sigma, sigmaUp, sigmaDown, covariance, weights, likelihood, binLow, binHigh } = resolved;
  if (weights !== undefined && sigma !== undefined) {
    throw contradiction('sigma', 'weights and sigma exclude each other', 'give one of them');
  }
  if ((sigmaUp === undefined) !== (sigmaDown === undefined)) {
    throw contradiction(
      sigmaUp === undefined ? 'sigmaDown' : 'sigmaUp',
      'asymmetric errors come in pairs',
      'give both',
    );
  }
  const errors = { weights, sigma, sigmaUp, covariance, likelihood: likelihood === 'poisson' ? likelihood : undefined };
  const named = Object.entries(errors).flatMap(([name, value]) => (value === undefined ? [] : name));
  if (named.length > 1) {
    throw contradiction(named[1], `${named[0]} and ${named[1]} exclude each other`, 'give one of them');
  }
  if ((binLow === undefined) !== (binHigh === undefined)) {
    throw contradiction('binLow', 'bin edges come in pairs', 'give binLow and binHigh');
  }
  if (binLow !== undefined && likelihood !== 'poisson') {
    throw contradiction('binLow', 'bins need likelihood: poisson', 'add it, or fit the bin centres');
  }
  if (resolved.inputs?.length === 0 && binLow === undefined) {
    throw new OptionError('invalid-option', 'inputs', 'an empty list', 'name a column, or leave it out');
  }
  if (resolved.inputs?.includes(resolved.target)) {
    throw contradiction('inputs', `the target "${resolved.target}" is among the inputs`, 'leave it out');
  }
}

function checkObjective(resolved: ResolvedOptions): void {
  const { loss, sigma, sigmaUp, covariance, weights, likelihood, lossFunction } = resolved;
  const errors = sigma ?? sigmaUp ?? covariance;
  if (loss === 'chi2' && errors === undefined && weights === undefined) {
    throw contradiction('loss', 'chi2 needs errors', 'give sigma, a column of standard errors');
  }
  const special = sigmaUp !== undefined || covariance !== undefined || likelihood === 'poisson';
  if (special && loss !== undefined && loss !== 'chi2') {
    throw contradiction('loss', 'the errors given set the loss themselves', 'leave out loss');
  }
  if (lossFunction && (loss !== undefined || errors !== undefined || likelihood === 'poisson')) {
    throw contradiction('lossFunction', 'an objective of your own excludes loss and errors', 'leave these out');
  }
  if (resolved.noise === 'relative') {
    const weighted = weights ?? errors ?? lossFunction;
    if (weighted !== undefined || (loss ?? 'L2') !== 'L2' || likelihood === 'poisson') {
      throw contradiction(
        'noise',
        'relative noise sets the weights of an L2 loss itself',
        'leave out weights, sigma and loss',
      );
    }
    if (!resolved.phases.includes('monomials') || !resolved.phases.includes('enumerate')) {
      throw contradiction('noise', 'relative noise needs a first law', 'keep the phases monomials and enumerate');
    }
  }
  if (resolved.dimensionMode === 'construct' && resolved.template !== undefined && hasUnits(resolved)) {
    throw contradiction('template', 'units in a template can only cost', "give dimensionMode: 'penalty'");
  }
}

/** Whether any unit was given, which turns dimensions on. */
export function hasUnits(options: Pick<ResolvedOptions, 'xUnits' | 'yUnits'>): boolean {
  return options.yUnits !== undefined || Object.keys(options.xUnits).length > 0;
}

function checkRun(resolved: ResolvedOptions): void {
  if (resolved.binaryOperators.length + resolved.unaryOperators.length === 0) {
    throw contradiction('binaryOperators', 'no operators at all', 'give at least one operator');
  }
  if (resolved.warmupMaxsizeBy > 0 && resolved.niterations === undefined && resolved.maxEvals === undefined) {
    throw contradiction('warmupMaxsizeBy', 'the length of the run is not known', 'give niterations or maxEvals');
  }
  const { constantBounds: bounds } = resolved;
  if (bounds && !(bounds[0] < bounds[1])) {
    throw contradiction('constantBounds', `${bounds[0]} is not below ${bounds[1]}`, 'give [low, high]');
  }
  if (bounds && resolved.constantKind === 'integer' && Math.ceil(bounds[0]) > Math.floor(bounds[1])) {
    throw contradiction('constantBounds', 'there is no integer between them', 'widen them');
  }
  if (resolved.xResampled && !resolved.denoise) {
    throw contradiction('xResampled', 'only the process of denoise can be read elsewhere', 'give denoise: true');
  }
  if (resolved.stopAtLoss !== undefined && typeof resolved.earlyStopCondition === 'number') {
    throw contradiction('earlyStopCondition', 'stopAtLoss is the same', 'give one of them');
  }
}

function contradiction(option: string, message: string, hint: string): OptionError {
  return new OptionError('contradictory-options', option, message, hint);
}

function explain(issue: z.core.$ZodIssue, options: unknown): OptionError {
  if (issue.code === 'unrecognized_keys') {
    const nested = issue.path.length > 0;
    const names = nested
      ? issue.path[0] === 'mutationWeights'
        ? MUTATION_NAMES
        : []
      : [...Object.keys(OPTION_SCHEMA.shape), ...Object.keys(ALIASES)];
    const near = nearest(issue.keys[0], names);
    return new OptionError(
      'unknown-option',
      issue.keys[0],
      'no such option',
      near ? `did you mean "${near}"?` : 'see FitOptions',
    );
  }
  const option = issue.path.length > 0 ? String(issue.path[0]) : 'options';
  const row = OPTION_SCHEMA.shape[option as keyof typeof OPTION_SCHEMA.shape] as z.ZodType | undefined;
  const given = (options as Record<string, unknown> | null)?.[option];
  const shown = given === undefined ? 'nothing' : show(given);
  const hint = row?.description ?? 'see FitOptions';
  return new OptionError('invalid-option', option, `${issue.message.toLowerCase()}, got ${shown}`, hint);
}

/** A value as short text, whatever it is. */
function show(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, 60);
  } catch {
    return typeof value;
  }
}
