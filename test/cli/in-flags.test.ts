import { expect, test } from 'vitest';
import { inFlags } from '../../src/cli/in-flags.ts';
import { DataError, OptionError, Table } from '../../src/core/index.ts';
import { type FitOptions, fit } from '../../src/search/index.ts';

test.each([
  [['invalid-option', 'maxSize', 'too big', 'largest complexity'], '--max-size: too big (largest complexity)'],
  [['bad', 'requirements', '"maxSize in x": no', 'see'], '--require: "maxSize in x": no (see)'],
  [['bad', 'requirements[0].in', 'no', 'see'], '--require[0].in: no (see)'],
  [
    ['bad', 'template', 'units cost', "give dimensionMode: 'penalty'"],
    '--template: units cost (give --dimension-mode penalty)',
  ],
  [['bad', 'binLow', 'bins need likelihood: poisson', 'add it'], '--bin-low: bins need --likelihood poisson (add it)'],
  [['bad', 'xResampled', 'no', 'give denoise: true'], '--x-resampled: no (give --denoise)'],
  [['bad', 'sigmaUp', 'give sigmaDown too', ''], '--sigma-up: give --sigma-down too'],
  [
    ['bad', 'warmupMaxsizeBy', 'no', 'give niterations or maxEvals'],
    '--warmup-maxsize-by: no (give --niterations or --max-evals)',
  ],
  [['bad', 'unknownThing', 'camelCase stays', ''], 'unknownThing: camelCase stays'],
] as const)('%j', ([code, option, message, hint], expected) => {
  const found = inFlags(new OptionError(code, option, message, hint)) as Error;
  expect(found.message).toBe(expected);
  expect(found).toMatchObject({ code });
});

test('other errors stay as they are', () => {
  const error = new DataError('no-inputs', 'maxSize', 'maxSize');
  expect(inFlags(error)).toBe(error);
});

const table = Table.from({ x: [1, 2, 3, 4], maxSize: [2, 3, 4, 7], y: [2, 4, 6, 9] });

test.each<[Partial<FitOptions>, string]>([
  [{ constraints: { sin: 3 } }, '--constraints'],
  [{ nestedConstraints: { exp: { tan: 0 } } }, '--nested-constraints'],
  [{ complexityOfVariables: { q: 2 } }, '--complexity-of-variables'],
  [{ requirements: ['even in q'] }, '--require'],
  [{ warmupMaxsizeBy: 0.5 }, '--niterations or --max-evals'],
  [{ constantBounds: [2, 1] }, '--constant-bounds'],
  [{ template: 'f(x', likelihood: 'poisson', binLow: 'x' }, '--bin-low'],
  [{ guesses: [{ functions: { f: '1' } }] }, '--guess'],
])('what fit says of %j names %s', async (options, flag) => {
  const error = await fit(table, { target: 'y', threads: 1, ...options }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OptionError);
  expect((inFlags(error) as Error).message).toContain(flag);
});
