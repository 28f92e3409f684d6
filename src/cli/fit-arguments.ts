import { OptionError } from '../core/index.ts';
import type { FitOptions } from '../search/index.ts';

/** Options whose flag names a file or folder that holds the value. */
type FromFiles = 'covariance' | 'xResampled' | 'warmStart' | 'resume';

/** The options of `ansatz fit`, each read and in range. */
export interface FitArguments extends Omit<FitOptions, FromFiles | 'target' | 'template'> {
  readonly target?: string[];
  readonly template?: string;
  readonly templateFunctions?: string[];
  readonly templateParameters?: Record<string, number>;
  /** Paths. */
  readonly covariance?: string;
  readonly xResampled?: string;
  readonly warmStart?: string;
  readonly resume?: string;
  readonly out?: string;
  readonly log?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly progress?: boolean;
}

/** What speaks of the command and not of the search. */
const COMMAND_NAMES = ['out', 'log', 'json', 'quiet', 'progress', 'resume', 'templateFunctions', 'templateParameters'];
const FILE_NAMES = ['covariance', 'xResampled', 'warmStart', 'target', 'template'];
/** Options that end a run or say where it is computed and do not shape it: a run that goes on may be given others. */
const FREE_NAMES = ['timeLimit', 'threads', 'device', 'maxEvals', 'niterations', 'patience'];
const WEIGHT_PREFIX = 'mutationWeights.';

/** The options of the search that need no file, as they were given. */
export function plainOptions(args: FitArguments): Partial<FitOptions> {
  const left = [...COMMAND_NAMES, ...FILE_NAMES];
  const entries = Object.entries(args).filter(([name]) => !left.includes(name) && !name.startsWith(WEIGHT_PREFIX));
  const weights = Object.entries(args).filter(([name]) => name.startsWith(WEIGHT_PREFIX));
  const options: Partial<FitOptions> = Object.fromEntries(entries);
  if (weights.length > 0) {
    const byName = weights.map(([name, weight]) => [name.slice(WEIGHT_PREFIX.length), weight]);
    options.mutationWeights = { ...options.mutationWeights, ...Object.fromEntries(byName) };
  }
  const template = templateOf(args);
  return template === undefined ? options : { ...options, template };
}

function templateOf(args: FitArguments): FitOptions['template'] {
  const { template, templateFunctions: functions, templateParameters: parameters } = args;
  if (functions === undefined && parameters === undefined) return template;
  if (template !== undefined) return { combine: template, functions, parameters };
  const flag = functions ? '--template-functions' : '--template-parameters';
  throw new OptionError('contradiction', flag, 'there is no template', 'give --template');
}

/** The options that a run may be given anew when it goes on. @throws OptionError for any other one */
export function freeOptions(args: FitArguments, flagOf: (name: string) => string): Partial<FitOptions> {
  const allowed = [...FREE_NAMES, ...COMMAND_NAMES.filter((name) => name !== 'out')];
  const other = Object.keys(args).find((name) => !allowed.includes(name));
  if (other !== undefined) {
    const hint = `only ${FREE_NAMES.map(flagOf).join(', ')} may be given anew`;
    throw new OptionError('contradiction', flagOf(other), 'the run goes on with its own', `${hint}`);
  }
  return Object.fromEntries(Object.entries(args).filter(([name]) => FREE_NAMES.includes(name)));
}

/** @throws OptionError for options that exclude each other */
export function checkTogether(args: FitArguments): void {
  const fail = (option: string, message: string, hint: string): never => {
    throw new OptionError('contradiction', option, message, hint);
  };
  const targets = args.target ?? [];
  if (targets.length === 0)
    throw new OptionError('missing-option', '--target', 'not given', 'name the column to explain');
  const twice = targets.find((name, i) => targets.indexOf(name) !== i);
  if (twice !== undefined) fail('--target', `"${twice}" is given twice`, 'give every target once');
  if (args.quiet && args.progress) fail('--quiet', 'excludes --progress', 'give one of the two');
  if (args.weights !== undefined && args.sigma !== undefined) {
    fail('--weights', 'excludes --sigma', 'give one of the two');
  }
  if (args.huberDelta !== undefined && args.loss !== 'Huber') {
    fail('--huber-delta', 'needs --loss Huber', 'add it or leave this out');
  }
  const roles = [
    ...targets.map((name) => ['--target', name] as const),
    ['--weights', args.weights],
    ['--sigma', args.sigma],
  ] as const;
  for (const [option, column] of roles) {
    if (column === undefined) continue;
    if (args.inputs?.includes(column)) fail('--inputs', `"${column}" is also the ${option} column`, 'leave it out');
    if (option !== '--target' && targets.includes(column)) {
      fail(option, `"${column}" is also the --target column`, 'choose another column');
    }
  }
}
