import { z } from 'zod';
import { ALIASES, type FitOptions, MUTATION_NAMES, OPTION_SCHEMA, PHASE_NAMES } from '../search/index.ts';
import { choice, names, number, numberIn, type Parser, pairs, repeated, text } from './option-values.ts';
import {
  argumentLimits,
  batching,
  bounds,
  complexities,
  guess,
  knownConstants,
  loss,
  mutationWeights,
  nesting,
  phases,
  precision,
} from './structured-values.ts';

/** Name of an option of `fit`. */
export type OptionName = keyof FitOptions & string;

/** How an option is given on the command line; what a row leaves open follows from the schema. */
export interface FlagRow {
  /** Its flag, when it is not the name in kebab-case. */
  readonly flag?: string;
  /** What stands for the value in the help. */
  readonly placeholder?: string;
  /** Reads the text; by default a number, word, or switch of the schema. */
  readonly read?: (flag: string) => Parser<unknown>;
  /** Its line of help, when that of the schema speaks of the library. */
  readonly meaning?: string;
}

/** An option that only a program can give, and why. */
export interface LibraryRow {
  readonly library: string;
}

const column = { placeholder: 'column', read: text } satisfies FlagRow;
const callback = { library: 'a function' } satisfies LibraryRow;

/** Every option of `fit`, in the order of the schema: how its flag is written and read, or why it has none. */
export const FIT_FLAGS: Readonly<Record<OptionName, FlagRow | LibraryRow>> = {
  target: {
    ...column,
    read: (flag) => repeated(text(flag)),
    meaning: 'column to explain; given again, one more search',
  },
  inputs: {
    placeholder: 'columns',
    read: names,
    meaning: 'columns to explain it with, A,B,... (default: the other numeric ones)',
  },
  weights: column,
  sigma: column,
  sigmaUp: column,
  sigmaDown: column,
  covariance: {
    placeholder: 'table',
    read: text,
    meaning: 'table with the covariance matrix of the target, a column for every row; the loss becomes chi2',
  },
  likelihood: {},
  binLow: column,
  binHigh: column,
  binVariable: { placeholder: 'name', read: text },
  nodesPerBin: {},
  noise: { placeholder: 'model', meaning: 'errors of the target without weights: auto, additive or relative' },
  selectKFeatures: {},
  denoise: {},
  xResampled: {
    placeholder: 'table',
    read: text,
    meaning: 'table of inputs at which the Gaussian process of --denoise is read instead of the rows',
  },
  batching: {
    placeholder: 'when',
    read: batching,
    meaning: 'search on a batch of rows and refit on all: auto, on or off',
  },
  batchSize: {},
  binaryOperators: {
    flag: '--binary',
    placeholder: 'operators',
    read: (flag) => names(flag, true),
    meaning: 'operators of two arguments, or none',
  },
  unaryOperators: {
    flag: '--unary',
    placeholder: 'operators',
    read: (flag) => names(flag, true),
    meaning: 'operators of one argument, such as exp,log,sin, or none',
  },
  operators: { library: '--binary and --unary say the same' },
  maxSize: {},
  maxDepth: {},
  warmupMaxsizeBy: { placeholder: 'share' },
  constraints: {
    placeholder: 'limits',
    read: (flag) => pairs(flag, '^=-1:1,sin=5', argumentLimits(flag)),
    meaning: 'largest complexity of the arguments of an operator, -1 for any: "^=-1:1,sin=5"',
  },
  nestedConstraints: {
    placeholder: 'limits',
    read: nesting,
    meaning: 'how often an operator may stand inside another: "sin:cos=0,sin:sin=0"',
  },
  complexityOfOperators: {
    placeholder: 'values',
    read: (flag) => pairs(flag, 'sin=2,exp=3', (value) => numberIn(flag, value, { least: 0, most: 1000 })),
    meaning: 'complexity of operators, 1 for the others: "sin=2,exp=3"',
  },
  complexityOfConstants: {},
  complexityOfVariables: {
    placeholder: 'values',
    read: complexities,
    meaning: 'complexity of the inputs, of all, 2, or by name, "x=1,y=3"',
  },
  complexityMapping: callback,
  template: {
    placeholder: 'form',
    read: text,
    meaning: 'fixed form around functions to find: "f(x, y) * exp(-g(z)) + p[1]", D(f, 1)(x), p[category]',
  },
  loss: {
    placeholder: 'name',
    read: loss,
    meaning: 'L2, L1, Huber, log-cosh, chi2, or a formula in prediction, target and weight',
  },
  huberDelta: {},
  lossFunction: callback,
  lossScale: {},
  modelSelection: {
    flag: '--select',
    placeholder: 'rule',
    meaning: 'which formula to call best: best, score or accuracy',
  },
  parsimony: {},
  xUnits: {
    placeholder: 'units',
    read: (flag) => pairs(flag, 'x=m/s^2,t=s', (unit) => unit),
    meaning: 'units of inputs, "x=m/s^2,t=s"; an input without one is a pure number once any unit is given',
  },
  yUnits: { placeholder: 'unit', read: text },
  unitSystem: { placeholder: 'system', meaning: 'SI, or natural: powers of GeV with hbar = c = 1' },
  dimensionMode: {
    placeholder: 'mode',
    meaning: 'construct: laws of wrong dimension are never made; penalty: they cost',
  },
  dimensionalConstraintPenalty: {},
  dimensionlessConstantsOnly: {},
  knownConstants: {
    flag: '--constants',
    placeholder: 'names',
    read: knownConstants,
    meaning: 'constants that a law may hold by name, "c,k_B"; with a value of your own "v0=3.1 m/s"',
  },
  requirements: {
    flag: '--require',
    placeholder: 'rule',
    read: (flag) => repeated(text(flag)),
    meaning: 'what a law must obey: "even in x", "f(x=0) = 1", "positive (soft)"; may be given again',
  },
  optimizerAlgorithm: {
    placeholder: 'name',
    meaning: 'LM (Levenberg-Marquardt), BFGS, or NelderMead (without derivatives)',
  },
  optimizerIterations: {},
  optimizerNrestarts: {},
  optimizeProbability: { placeholder: 'share' },
  constantBounds: {
    placeholder: 'low:high',
    read: bounds,
    meaning: 'least and greatest value of every constant, -10:10 or 0:inf',
  },
  constantKind: { placeholder: 'kind', meaning: 'what numbers constants may be: real, integer or rational' },
  maxDenominator: {},
  snapConstants: { meaning: 'leave fitted constants as they are instead of making them small rationals' },
  phases: { placeholder: 'names', read: phases, meaning: `phases to run, of ${PHASE_NAMES.join(',')}` },
  populations: {},
  populationSize: {},
  brood: {},
  ncyclesPerIteration: {},
  tournamentSelectionN: {},
  tournamentSelectionP: {},
  useFrequency: { meaning: 'accept rare and common complexities alike' },
  useFrequencyInTournament: { meaning: 'let crowded complexities cost nothing in tournaments' },
  adaptiveParsimonyScaling: {},
  crossoverProbability: { placeholder: 'share' },
  mutationWeights: {
    placeholder: 'weights',
    read: mutationWeights,
    meaning: 'weights of mutations: "addNode=2,rotateTree=4"',
  },
  perturbationFactor: {},
  probabilityNegateConstant: { placeholder: 'share' },
  skipMutationFailures: { meaning: 'keep the parent where all mutations of an event failed' },
  annealing: {},
  alpha: {},
  migration: { meaning: 'send no members between islands' },
  hofMigration: { meaning: 'send no members from the hall of fame' },
  fractionReplaced: { placeholder: 'share' },
  fractionReplacedHof: { placeholder: 'share' },
  fractionReplacedGuesses: { placeholder: 'share' },
  topn: {},
  shouldSimplify: { meaning: 'leave the members of an island unsimplified' },
  seed: {},
  threads: {},
  device: {
    placeholder: 'name',
    meaning: 'what scores broods: wasm, gpu, auto (what is faster), or reference (plain JavaScript, as a check)',
  },
  precision: { placeholder: 'bits', read: precision },
  niterations: {},
  timeLimit: { placeholder: 'seconds', meaning: 'end the search after this time' },
  maxEvals: { meaning: 'end the search after this many evaluations of an expression on the data' },
  stopAtLoss: { meaning: 'end the search at this loss' },
  earlyStopCondition: {
    placeholder: 'x',
    read: (flag) => number(flag, { least: -Infinity }),
    meaning: 'the same as --stop-at-loss',
  },
  patience: {},
  guesses: {
    flag: '--guess',
    placeholder: 'formula',
    read: (flag) => repeated(guess(flag)),
    meaning: 'formula to start from; of a template "f=_1^2; g=_1; p=[1,2]"; may be given again',
  },
  warmStart: { placeholder: 'folder', read: text, meaning: 'start from the front of the finished run in this folder' },
  resume: {
    placeholder: 'folder',
    read: text,
    meaning: 'go on with the run in this folder, without table and options',
  },
  onCheckpoint: { library: 'a function; --out saves the states' },
  onProgress: { library: 'a function; --log writes what it is told' },
  onIteration: { library: 'a function; --log writes what it is told' },
  signal: { library: 'an AbortSignal; Ctrl-C does the same' },
};

/** The options that most runs need: the first group of the help, and the table of the README. */
export const COMMON_OPTIONS: readonly OptionName[] = [
  'target',
  'inputs',
  'binaryOperators',
  'unaryOperators',
  'maxSize',
  'sigma',
  'weights',
  'loss',
  'xUnits',
  'yUnits',
  'requirements',
  'template',
  'modelSelection',
  'timeLimit',
  'maxEvals',
  'seed',
  'threads',
];

/** maxSize -> max-size, XUnits -> x-units. */
function kebab(name: string): string {
  return name
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase())
    .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The schema of an option. */
export function schemaOf(name: OptionName): z.ZodType {
  return OPTION_SCHEMA.shape[name] as z.ZodType;
}

/** The default of an option; undefined when it has none. */
export function defaultOf(name: OptionName): unknown {
  const schema = schemaOf(name);
  return schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined;
}

/** The flag that the help shows, --no-x for a switch that is on; undefined for an option of programs alone. */
export function flagOf(name: OptionName): string | undefined {
  const row = FIT_FLAGS[name];
  if ('library' in row) return undefined;
  return defaultOf(name) === true && !row.read ? `--no-${kebab(name)}` : (row.flag ?? `--${kebab(name)}`);
}

/** Flags that the help does not show: the name in kebab-case where the flag is another, and PySR's names. */
export function hiddenFlagsOf(name: OptionName): string[] {
  const flag = flagOf(name);
  if (flag === undefined) return [];
  const positive = flag.replace(/^--no-/, '--');
  const others = [name, ...Object.keys(ALIASES).filter((alias) => ALIASES[alias] === name)].map(
    (each) => `--${kebab(each)}`,
  );
  return [...new Set(others)].filter((each) => each !== positive);
}

/** True for an option that is on or off. */
export function isSwitch(name: OptionName): boolean {
  const row = FIT_FLAGS[name];
  return !('library' in row) && !row.read && coreOf(name) instanceof z.ZodBoolean;
}

/** The schema of an option in the words of JSON Schema: its type, range and choices. */
export function jsonSchemaOf(name: OptionName): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schemaOf(name), { io: 'input', unrepresentable: 'any' });
}

/** The reader of an option's text. */
export function readerOf(name: OptionName, flag: string): Parser<unknown> {
  const row = FIT_FLAGS[name];
  if (!('library' in row) && row.read) return row.read(flag);
  let reader: Parser<unknown> | undefined;
  return (value, previous) => {
    reader ??= schemaReader(name, flag);
    return reader(value, previous);
  };
}

function schemaReader(name: OptionName, flag: string): Parser<unknown> {
  const schema = jsonSchemaOf(name);
  if (schema.enum) return choice(flag, schema.enum as string[]);
  const { minimum, exclusiveMinimum, maximum } = schema;
  const open = typeof exclusiveMinimum === 'number';
  const range = {
    least: open ? exclusiveMinimum : (minimum ?? -Infinity),
    most: maximum,
    open,
    whole: schema.type === 'integer',
  };
  return number(flag, range);
}

/** What stands for the value in the help. */
export function placeholderOf(name: OptionName): string {
  const row = FIT_FLAGS[name];
  if (!('library' in row) && row.placeholder !== undefined) return row.placeholder;
  const core = coreOf(name);
  if (core instanceof z.ZodEnum) return core.options.join('|');
  return core instanceof z.ZodNumber && core.isInt ? 'n' : 'x';
}

/** The schema of an option that is given. */
function coreOf(name: OptionName): unknown {
  let schema: unknown = schemaOf(name);
  while (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) schema = schema.unwrap();
  return schema;
}

/** PySR's weightAddNode and its like. */
export const WEIGHT_FLAGS: readonly { readonly flag: string; readonly mutation: string }[] = MUTATION_NAMES.map(
  (mutation) => ({ flag: `--weight-${kebab(mutation)}`, mutation }),
);
