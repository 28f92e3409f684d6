import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { addExport } from '../../src/cli/export.ts';
import { type FitArguments, plainOptions } from '../../src/cli/fit-arguments.ts';
import { addFit, meaningOf } from '../../src/cli/fit-command.ts';
import { defaultOf, FIT_FLAGS, flagOf, hiddenFlagsOf, isSwitch, type OptionName } from '../../src/cli/fit-flags.ts';
import { SUMMARIES } from '../../src/cli/summaries.ts';
import { type FitOptions, OPTION_SCHEMA } from '../../src/search/index.ts';

/** The options that a command line gives. */
async function read(...args: string[]): Promise<FitArguments> {
  let found: FitArguments | undefined;
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  addFit(program, async (_, given) => {
    found = given;
  });
  await program.parseAsync(['fit', 't.csv', ...args], { from: 'user' });
  return found as FitArguments;
}

/** A text for every flag with a value, and the value that `fit` gets; where a file holds the value, its path. */
const SAMPLES: { readonly [name in OptionName]?: readonly [text: string, value: unknown] } = {
  target: ['y', ['y']],
  inputs: ['a,"b,c"', ['a', 'b,c']],
  weights: ['w', 'w'],
  sigma: ['s', 's'],
  sigmaUp: ['u', 'u'],
  sigmaDown: ['d', 'd'],
  covariance: ['c.csv', 'c.csv'],
  likelihood: ['POISSON', 'poisson'],
  binLow: ['l', 'l'],
  binHigh: ['h', 'h'],
  binVariable: ['m', 'm'],
  nodesPerBin: ['8', 8],
  noise: ['relative', 'relative'],
  selectKFeatures: ['3', 3],
  xResampled: ['x.csv', 'x.csv'],
  batching: ['off', false],
  batchSize: ['100', 100],
  binaryOperators: ['+,*', ['+', '*']],
  unaryOperators: ['none', []],
  maxSize: ['15', 15],
  maxDepth: ['5', 5],
  warmupMaxsizeBy: ['0.3', 0.3],
  constraints: ['^=-1:1,sin=5', { '^': [-1, 1], sin: 5 }],
  nestedConstraints: ['sin:cos=0,sin:sin=1,^:exp=0', { sin: { cos: 0, sin: 1 }, '^': { exp: 0 } }],
  complexityOfOperators: ['sin=2,exp=3.5', { sin: 2, exp: 3.5 }],
  complexityOfConstants: ['2', 2],
  complexityOfVariables: ['x=1,"a=b"=3', { x: 1, 'a=b': 3 }],
  template: ['f(x) * exp(g(y))', 'f(x) * exp(g(y))'],
  loss: ['log-COSH', 'log-cosh'],
  huberDelta: ['1.5', 1.5],
  lossScale: ['linear', 'linear'],
  modelSelection: ['score', 'score'],
  parsimony: ['1e-3', 0.001],
  xUnits: ['x=m/s^2, t=s', { x: 'm/s^2', t: 's' }],
  yUnits: ['kg m^2', 'kg m^2'],
  unitSystem: ['natural', 'natural'],
  dimensionMode: ['penalty', 'penalty'],
  dimensionalConstraintPenalty: ['10', 10],
  knownConstants: ['c, k_B, v0=3.1 m/s', { c: true, k_B: true, v0: { value: 3.1, unit: 'm/s' } }],
  requirements: ['even in x', ['even in x']],
  optimizerAlgorithm: ['bfgs', 'BFGS'],
  optimizerIterations: ['4', 4],
  optimizerNrestarts: ['2', 2],
  optimizeProbability: ['0.5', 0.5],
  constantBounds: ['-inf:1e3', [-Infinity, 1000]],
  constantKind: ['integer', 'integer'],
  maxDenominator: ['4', 4],
  phases: ['monomials,evolve', ['monomials', 'evolve']],
  populations: ['4', 4],
  populationSize: ['20', 20],
  brood: ['64', 64],
  ncyclesPerIteration: ['50', 50],
  tournamentSelectionN: ['6', 6],
  tournamentSelectionP: ['0.9', 0.9],
  adaptiveParsimonyScaling: ['10', 10],
  crossoverProbability: ['0.1', 0.1],
  mutationWeights: ['addnode=2,rotateTree=4', { addNode: 2, rotateTree: 4 }],
  perturbationFactor: ['0.2', 0.2],
  probabilityNegateConstant: ['0.1', 0.1],
  alpha: ['2', 2],
  fractionReplaced: ['0.1', 0.1],
  fractionReplacedHof: ['0.2', 0.2],
  fractionReplacedGuesses: ['0.3', 0.3],
  topn: ['3', 3],
  seed: ['9007199254740991', Number.MAX_SAFE_INTEGER],
  threads: ['2', 2],
  device: ['auto', 'auto'],
  precision: ['32', 32],
  niterations: ['7', 7],
  timeLimit: ['0.5', 0.5],
  maxEvals: ['1e5', 1e5],
  stopAtLoss: ['-2', -2],
  earlyStopCondition: ['1e-6', 1e-6],
  patience: ['3', 3],
  guesses: ['-x^2 + 1', ['-x^2 + 1']],
  warmStart: ['old', 'old'],
  resume: ['run', 'run'],
};

const all = Object.keys(OPTION_SCHEMA.shape) as OptionName[];
const withValue = all.filter((name) => flagOf(name) !== undefined && !isSwitch(name));
const switches = all.filter((name) => isSwitch(name));
/** Options whose flag names a file, or more than the option holds. */
const OTHER_VALUES: readonly OptionName[] = ['target', 'covariance', 'xResampled', 'warmStart', 'resume'];

describe('every flag', () => {
  test('has a sample here', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual([...withValue].sort());
  });

  test.each(withValue)('--%s gives what the option takes', async (name) => {
    const [text, value] = SAMPLES[name] as [string, unknown];
    const flags = [flagOf(name) as string, ...hiddenFlagsOf(name)];
    for (const flag of flags) expect({ flag, [name]: (await read(flag, text))[name] }).toEqual({ flag, [name]: value });
    if (OTHER_VALUES.includes(name)) return;
    const args = await read(flagOf(name) as string, text);
    expect(plainOptions(args)).toEqual({ [name]: value });
    expect(OPTION_SCHEMA.shape[name].safeParse(value).success).toBe(true);
  });

  test.each(switches)('%s is a switch, on and off', async (name) => {
    const flag = (flagOf(name) as string).replace(/^--no-/, '--');
    expect(plainOptions(await read(flag))).toEqual({ [name]: true });
    expect(plainOptions(await read(flag.replace('--', '--no-')))).toEqual({ [name]: false });
    expect((flagOf(name) as string).startsWith('--no-')).toBe(defaultOf(name) === true);
  });

  test('that is not given is not there', async () => {
    expect(await read('--target', 'y')).toEqual({ target: ['y'] });
  });

  test.each(withValue.filter((name) => !['target', 'requirements', 'guesses'].includes(name)))(
    '--%s is given once',
    async (name) => {
      const text = (SAMPLES[name] as [string, unknown])[0];
      const flag = flagOf(name) as string;
      await expect(read(flag, text, flag, text)).rejects.toMatchObject({ code: 'option-twice' });
      await expect(read(flag, '--json')).rejects.toMatchObject({ code: 'missing-value' });
    },
  );
});

describe('values of more than one part', () => {
  test('flags that may be given again', async () => {
    const args = await read('--target', 'a', '--target', 'b', '--require', 'even in x', '--require', 'f(x=0) = 1');
    expect(args.target).toEqual(['a', 'b']);
    expect(args.requirements).toEqual(['even in x', 'f(x=0) = 1']);
    const guesses = (await read('--guess', 'x', '--guess', 'f=_1^2; g = _1 + 1; p=[1, -2.5]')).guesses;
    expect(guesses).toEqual(['x', { functions: { f: '_1^2', g: '_1 + 1' }, parameters: { p: [1, -2.5] } }]);
  });

  test('a template with its functions and vectors', async () => {
    const form = ['--template', 'f(x) + p[1]'];
    const whole = await read(...form, '--template-functions', 'f,g', '--template-parameters', 'p=3');
    expect(plainOptions(whole).template).toEqual({
      combine: 'f(x) + p[1]',
      functions: ['f', 'g'],
      parameters: { p: 3 },
    });
    const lone = await read('--template-parameters', 'p=3');
    expect(() => plainOptions(lone)).toThrow(/--template-parameters/);
  });

  test('PySR weights of single mutations', async () => {
    const args = await read('--weight-add-node', '2', '--weight-do-nothing', '0', '--mutation-weights', 'optimize=1');
    expect(plainOptions(args)).toEqual({ mutationWeights: { addNode: 2, doNothing: 0, optimize: 1 } });
  });

  test.each([
    ['2', 2],
    ['x=2', { x: 2 }],
  ])('complexity of variables %s', async (text, value) => {
    expect((await read('--complexity-of-variables', text)).complexityOfVariables).toEqual(value);
  });

  test.each([
    [':', [-Infinity, Infinity]],
    ['0:', [0, Infinity]],
    ['-2:inf', [-2, Infinity]],
    [':.5', [-Infinity, 0.5]],
  ])('bounds %s', async (text, value) => {
    expect((await read('--constant-bounds', text)).constantBounds).toEqual(value);
  });

  test.each([
    ['on', true],
    ['auto', 'auto'],
  ])('batching %s', async (text, value) => {
    expect((await read('--batching', text)).batching).toBe(value);
  });

  test('a loss is a name or a formula', async () => {
    expect((await read('--loss', 'chi2')).loss).toBe('chi2');
    expect((await read('--loss', 'abs(prediction - target)')).loss).toBe('abs(prediction - target)');
  });
});

describe('a text that is no value ends with the flag in the message', () => {
  test.each([
    ['--constraints', '^', 'NAME=VALUE'],
    ['--constraints', '^=1:2:3', '3 limits'],
    ['--constraints', '^=-2', 'from -1 to 1000'],
    ['--constraints', '^=x', 'whole number'],
    ['--constraints', '', 'empty'],
    ['--nested-constraints', 'sin=0', 'OUTER:INNER'],
    ['--nested-constraints', 'sin:=0', 'OUTER:INNER'],
    ['--nested-constraints', 'a:b:c=0', 'OUTER:INNER'],
    ['--nested-constraints', 'sin:cos=0,sin:cos=1', 'twice'],
    ['--complexity-of-operators', 'sin=-1', 'from 0 to 1000'],
    ['--complexity-of-variables', 'x', 'number'],
    ['--x-units', 'm', 'NAME=VALUE'],
    ['--x-units', '=m', 'NAME=VALUE'],
    ['--constant-bounds', '1', 'LOW:HIGH'],
    ['--constant-bounds', '1:2:3', 'LOW:HIGH'],
    ['--constant-bounds', 'a:b', 'number'],
    ['--mutation-weights', 'addNod=1', 'did you mean addNode'],
    ['--mutation-weights', 'addNode=-1', 'out of range'],
    ['--phases', 'evolve,sleep', 'enumerate'],
    ['--precision', '16', '32, 64'],
    ['--loss', 'L3', 'or a formula'],
    ['--guess', 'f=', 'NAME=FORMULA'],
    ['--guess', 'f=1;f=2', 'twice'],
    ['--guess', 'p=[1,x]', 'number'],
    ['--guess', ' ', 'empty'],
    ['--template-parameters', 'p=0', 'from 1'],
    ['--seed', '9007199254740992', 'out of range'],
    ['--tournament-selection-p', '1.01', 'from 0 to 1'],
    ['--alpha', '0', 'above 0'],
  ])('%s %j', async (flag, text, words) => {
    await expect(read(flag, text)).rejects.toThrow(flag);
    await expect(read(flag, text)).rejects.toThrow(words);
  });
});

test('the help speaks of flags, not of options, and shows every default', () => {
  for (const name of all) {
    if (flagOf(name) === undefined) continue;
    const meaning = meaningOf(name);
    expect(meaning, name).not.toBe('');
    for (const other of all) if (/[A-Z]/.test(other)) expect(meaning, name).not.toMatch(new RegExp(`\\b${other}\\b`));
    const value = defaultOf(name);
    if (typeof value === 'number' || typeof value === 'string') expect(meaning).toContain(`(default: ${value})`);
  }
});

test('an option of the library alone says why', () => {
  const without = all.filter((name) => flagOf(name) === undefined);
  expect(without).toEqual([
    'operators',
    'complexityMapping',
    'lossFunction',
    'onCheckpoint',
    'onProgress',
    'onIteration',
    'signal',
  ] satisfies (keyof FitOptions)[]);
  for (const name of without) expect(FIT_FLAGS[name]).toHaveProperty('library');
});

test('the commands that are loaded when they are named have one summary', () => {
  const program = new Command();
  addFit(program, async () => {});
  addExport(program, async () => {});
  expect(Object.fromEntries(program.commands.map((command) => [command.name(), command.summary()]))).toEqual(SUMMARIES);
});
