import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnsatzError, Table } from '../../src/core/index.ts';
import { derive, evaluate, parse, print, simplify, toLatex, variablesOf } from '../../src/expressions/index.ts';
import { ALIASES, type FitOptions, OPTION_SCHEMA } from '../../src/search/index.ts';
import { resolveOptions } from '../../src/search/options/options.ts';
import { prepare } from '../../src/search/prepare.ts';
import { readGuesses } from '../../src/search/read-guesses.ts';
import { createSyntax } from '../../src/search/syntax.ts';

const QUICK = process.env['ANSATZ_QUICK'] === '1';
const CASES = QUICK ? 3_000 : 100_000;
const SEED = 20261122;
/** Nothing that only checks input may take longer, in milliseconds. */
const LONGEST = 100;

const table = Table.from({
  x: Array.from({ length: 24 }, (_, i) => 0.1 + 0.2 * i),
  y: Array.from({ length: 24 }, (_, i) => Math.cos(i)),
  kind: Array.from({ length: 24 }, (_, i) => ['a', 'b'][i % 2]),
  low: Array.from({ length: 24 }, (_, i) => i),
  high: Array.from({ length: 24 }, (_, i) => i + 1),
  s: Array.from({ length: 24 }, () => 0.1),
  t: Array.from({ length: 24 }, (_, i) => 1 + i * i),
});

/** Runs something and says what it threw that was no AnsatzError, and what took too long. */
function judge(work: () => void): string | undefined {
  for (let attempt = 0; ; attempt++) {
    const start = performance.now();
    try {
      work();
    } catch (error) {
      if (!(error instanceof AnsatzError)) return `threw ${(error as Error)?.stack ?? String(error)}`;
      if (error.message.includes('\n')) return `an error of two lines: ${error.message}`;
    }
    const took = performance.now() - start;
    if (took <= LONGEST) return undefined;
    // A pause of the collector is no fault; the same again is.
    if (attempt === 2) return `took ${took.toFixed(0)} ms`;
  }
}

const column = fc.constantFrom('x', 'y', 'kind', 'low', 'high', 's', 't', 'z', '', 'x ', '__proto__', 'constructor');
const word = fc.constantFrom(
  ...[
    '+',
    '*',
    'sin',
    'exp',
    'log',
    'foo',
    'pow',
    '^',
    '-',
    'L2',
    'Huber',
    'chi2',
    'best',
    'evolve',
    'auto',
    'm/s^2',
    'GeV',
    'kg',
  ],
  ...[
    'even in x',
    'f(x=0) = 1',
    'positive',
    'power 2 as x -> inf',
    'f(x) + p[1]',
    'D(f,1)(x) + p[kind]',
    'f(',
    'abs(prediction - target)',
  ],
  ...[
    'prediction^2 - x',
    'x^2 + 1',
    'LM',
    'BFGS',
    'integer',
    'rational',
    'relative',
    'poisson',
    'natural',
    'penalty',
    'score',
    '\n',
    '💥',
  ],
);
const number = fc.oneof(
  fc.integer({ min: -3, max: 60 }),
  fc.double(),
  fc.constantFrom(0, -0, 1e308, Number.NaN, Infinity, -Infinity, 2 ** 53, 0.5),
);
const scalar: fc.Arbitrary<unknown> = fc.oneof(
  column,
  word,
  number,
  fc.boolean(),
  fc.constantFrom(null, undefined, Symbol('s'), 10n),
  fc.constant(() => 1),
);
const { anything } = fc.letrec<{ anything: unknown }>((tie) => ({
  anything: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 6, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie('anything'), { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.dictionary(fc.oneof(column, word), tie('anything'), { maxKeys: 3 }) },
  ),
}));

/** Values that an option may well take, beside anything at all. */
const LIKELY: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  target: column,
  inputs: fc.array(column, { maxLength: 3 }),
  binaryOperators: fc.array(word, { maxLength: 3 }),
  unaryOperators: fc.array(word, { maxLength: 3 }),
  constraints: fc.dictionary(word, fc.oneof(number, fc.array(number, { maxLength: 2 })), { maxKeys: 2 }),
  nestedConstraints: fc.dictionary(word, fc.dictionary(word, number, { maxKeys: 2 }), { maxKeys: 2 }),
  xUnits: fc.dictionary(column, word, { maxKeys: 2 }),
  requirements: fc.array(word, { maxLength: 2 }),
  guesses: fc.array(word, { maxLength: 2 }),
  covariance: fc.array(fc.array(number, { maxLength: 3 }), { maxLength: 3 }),
};
const names = [
  ...Object.keys(OPTION_SCHEMA.shape),
  ...Object.keys(ALIASES),
  'weightAddNode',
  'nonsense',
  '__proto__',
  'toString',
];
const entry = fc
  .constantFrom(...names)
  .chain((name) =>
    fc.tuple(fc.constant(name), fc.oneof(Object.hasOwn(LIKELY, name) ? LIKELY[name] : scalar, anything)),
  );
const optionObject = fc
  .tuple(fc.array(entry, { maxLength: 6 }), fc.boolean())
  .map(([entries, valid]) => ({ ...(valid ? { target: 't' } : {}), ...Object.fromEntries(entries) }));

describe('bad input', () => {
  it(`${CASES} option objects: an AnsatzError or none, at once`, { timeout: 3_600_000 }, () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 50, arbitrary: optionObject }, { weight: 1, arbitrary: anything }), (options) => {
        const fault = judge(() => {
          const resolved = resolveOptions(options as FitOptions);
          // The process of denoise is work on the data, not a check of the input.
          const { problem, grammar } = prepare(table, { ...resolved, denoise: false, xResampled: undefined });
          readGuesses(resolved, problem.inputs, createSyntax(grammar));
          accepted++;
        });
        expect(fault).toBeUndefined();
      }),
      { numRuns: CASES, seed: SEED },
    );
    // A generator that never gets past the door would test the door alone.
    expect(accepted / CASES).toBeGreaterThan(0.02);
  });

  const token = fc.constantFrom(
    ...['x', 'y', '1', '2.5', '1e9', '.', '(', ')', '(', ')', ',', '+', '-', '*', '/', '^', '**', ' '],
    ...[
      'sin',
      'exp',
      'log',
      'pow',
      'gamma',
      'max',
      'atan2',
      'pi',
      'foo',
      '`a b`',
      '`',
      'e',
      '😀',
      '\t',
      '\u0000',
      'π',
      '=',
      '[',
      '"',
    ],
  );
  const formula = fc.oneof(
    { weight: 6, arbitrary: fc.array(token, { maxLength: 30 }).map((tokens) => tokens.join('')) },
    { weight: 2, arbitrary: fc.string({ maxLength: 60, unit: 'binary' }) },
    { weight: 1, arbitrary: fc.tuple(token, fc.nat(3000)).map(([piece, times]) => piece.repeat(times)) },
  );

  it(`${CASES} formula strings: an AnsatzError or none, at once`, { timeout: 3_600_000 }, () => {
    let accepted = 0;
    fc.assert(
      fc.property(formula, (text) => {
        const fault = judge(() => {
          const tree = parse(text);
          accepted++;
          const variables = variablesOf(tree);
          const simple = simplify(tree);
          toLatex(simple);
          evaluate(simple, Object.fromEntries(variables.map((name) => [name, 0.7])));
          expect(parse(print(tree))).toEqual(tree);
        });
        expect(fault).toBeUndefined();
      }),
      { numRuns: CASES, seed: SEED },
    );
    expect(accepted / CASES).toBeGreaterThan(0.01);
  });

  it('derivatives of what can be read, at once', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(formula, (text) => {
        if (text.length > 200) return;
        expect(judge(() => void derive(parse(text), 'x'))).toBeUndefined();
      }),
      { numRuns: CASES / 10, seed: SEED },
    );
  });
});
