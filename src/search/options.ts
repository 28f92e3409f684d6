import { z } from 'zod';
import { nearest, OptionError } from '../core/index.ts';
import type { Operator } from '../expressions/index.ts';
import { MUTATIONS } from './mutations.ts';
import type { Progress } from './result.ts';

const operatorRow = z.custom<Operator>((value) => typeof value === 'object' && value !== null && 'apply' in value);
const operatorList = z.array(z.union([z.string(), operatorRow]));
const count = (low: number, high: number) => z.int().min(low).max(high);
const fraction = z.number().min(0).max(1);
const column = z.string().min(1);

/**
 * Every option of `fit`, with its range and its line of documentation; PySR's names in camelCase where PySR
 * has the option.
 */
export const OPTION_SCHEMA = z.strictObject({
  target: column.describe('column to explain'),
  inputs: z.array(column).min(1).optional().describe('columns to explain it with; every other numeric column'),
  weights: column.optional().describe('column of row weights, >= 0'),
  sigma: column.optional().describe('column of standard errors of the target, > 0; the loss becomes chi2'),
  binaryOperators: operatorList.default(['+', '-', '*', '/', '^']).describe('operators of two arguments'),
  unaryOperators: operatorList.default(['sqrt', 'exp', 'log']).describe('operators of one argument'),
  loss: z.enum(['L2', 'L1', 'Huber', 'log-cosh', 'chi2']).optional().describe('loss of a row; L2, or chi2 with sigma'),
  huberDelta: z.number().positive().default(1).describe('where the Huber loss turns linear'),
  noise: z.enum(['auto', 'additive', 'relative']).default('auto').describe('noise model when no weights are given'),
  maxSize: count(1, 200).default(30).describe('largest complexity'),
  maxDepth: count(1, 200).default(30).describe('largest depth'),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0).describe('seed of every random number'),
  threads: count(1, 256).optional().describe('worker threads; the front does not depend on it'),
  timeLimit: z.number().positive().max(1e9).default(60).describe('seconds'),
  maxEvals: z.number().positive().optional().describe('budget of evaluations of an expression on the data'),
  stopAtLoss: z.number().min(0).optional().describe('stop when an expression reaches this loss'),
  patience: count(1, 1_000_000).default(8).describe('epochs without progress after which the front rests'),
  modelSelection: z.enum(['best', 'score', 'accuracy']).default('best').describe('which entry of the front is best'),
  phases: z
    .array(z.enum(['monomials', 'enumerate', 'evolve']))
    .default(['monomials', 'enumerate', 'evolve'])
    .describe('phases to run'),
  populations: count(1, 1024).default(8).describe('islands'),
  populationSize: count(2, 100_000).default(32).describe('members of an island'),
  ncyclesPerIteration: count(1, 1_000_000).default(100).describe('cycles of an island between migrations'),
  tournamentSelectionN: count(1, 100_000).default(12).describe('contestants of a tournament'),
  tournamentSelectionP: fraction.default(0.982).describe('probability that the best contestant wins'),
  parsimony: z.number().min(0).default(0).describe('cost per unit of complexity'),
  adaptiveParsimonyScaling: z.number().min(0).default(20).describe('how much a crowded complexity costs'),
  crossoverProbability: fraction.default(0.0259).describe('share of events that cross two parents'),
  perturbationFactor: z.number().min(0).default(0.129).describe('spread of a mutated constant'),
  probabilityNegateConstant: fraction.default(0.00743).describe('probability that a mutated constant changes sign'),
  annealing: z.boolean().default(false).describe('accept worse children by temperature'),
  alpha: z.number().positive().default(3.17).describe('scale of the annealing temperature'),
  fractionReplaced: fraction.default(0.00036).describe('share of an island replaced by migrants'),
  fractionReplacedHof: fraction.default(0.0614).describe('share of an island replaced from the hall of fame'),
  topn: count(1, 1000).default(12).describe('members an island offers to others'),
  shouldSimplify: z.boolean().default(true).describe('simplify the members of an island after each epoch'),
  optimizerIterations: count(1, 1000).default(8).describe('Levenberg-Marquardt steps on a new structure'),
  mutationWeights: z
    .partialRecord(z.enum(MUTATIONS.map((mutation) => mutation.name) as [string, ...string[]]), z.number().min(0))
    .default({})
    .describe('weights of the mutations'),
  signal: z
    .custom<AbortSignal>((value) => value instanceof AbortSignal)
    .optional()
    .describe('ends the run'),
  onProgress: z
    .custom<(progress: Progress) => void>((value) => typeof value === 'function')
    .optional()
    .describe('called while the run goes on'),
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
  const result = OPTION_SCHEMA.safeParse(options);
  if (!result.success) throw explain(result.error.issues[0], options);
  const resolved = result.data;
  if (resolved.weights !== undefined && resolved.sigma !== undefined) {
    throw contradiction('sigma', 'weights and sigma exclude each other', 'give one of them');
  }
  if (resolved.inputs?.includes(resolved.target)) {
    throw contradiction('inputs', `the target "${resolved.target}" is among the inputs`, 'leave it out');
  }
  if (resolved.loss === 'chi2' && resolved.sigma === undefined && resolved.weights === undefined) {
    throw contradiction('loss', 'chi2 needs errors', 'give sigma, a column of standard errors');
  }
  if (resolved.noise === 'relative') {
    const weighted = resolved.weights ?? resolved.sigma;
    if (weighted !== undefined || (resolved.loss ?? 'L2') !== 'L2') {
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
  if (resolved.binaryOperators.length + resolved.unaryOperators.length === 0) {
    throw contradiction('binaryOperators', 'no operators at all', 'give at least one operator');
  }
  return resolved;
}

function contradiction(option: string, message: string, hint: string): OptionError {
  return new OptionError('contradictory-options', option, message, hint);
}

function explain(issue: z.core.$ZodIssue, options: unknown): OptionError {
  if (issue.code === 'unrecognized_keys') {
    const nested = issue.path.length > 0;
    const names = nested ? MUTATIONS.map((mutation) => mutation.name) : Object.keys(OPTION_SCHEMA.shape);
    const near = nearest(issue.keys[0], names);
    return new OptionError(
      'unknown-option',
      issue.keys[0],
      'no such option',
      near ? `did you mean "${near}"?` : 'see FitOptions',
    );
  }
  const option = issue.path.length > 0 ? String(issue.path[0]) : 'options';
  const schema = OPTION_SCHEMA.shape[option as keyof typeof OPTION_SCHEMA.shape] as z.ZodType | undefined;
  const given = (options as Record<string, unknown> | null)?.[option];
  const shown = given === undefined ? 'nothing' : (JSON.stringify(given) ?? String(given)).slice(0, 60);
  const hint = schema?.description ?? 'see FitOptions';
  return new OptionError('invalid-option', option, `${issue.message.toLowerCase()}, got ${shown}`, hint);
}
