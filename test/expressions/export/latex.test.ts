import fc from 'fast-check';
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import {
  exportFormula,
  latexTable,
  parse,
  STANDARD_OPERATORS,
  toLatex,
  variable,
} from '../../../src/expressions/index.ts';
import { ANY_CONSTANTS, arbitraryExpression } from '../../laws/arbitrary-expression.ts';

/** Renders, and throws where KaTeX would show its error; warnings about LaTeX compatibility are errors too. */
function accept(text: string): string {
  return katex.renderToString(text, { throwOnError: true, strict: 'error', displayMode: true });
}

const NAMES = [
  'x',
  'x_1',
  'alpha',
  'semi_major_axis',
  'p_T (GeV)',
  '100%',
  'a&b',
  '$x$',
  '#1',
  '{',
  '\\end{array}',
  'a^b~c',
];

describe('KaTeX', () => {
  test('renders every formula', () => {
    fc.assert(
      fc.property(arbitraryExpression({ constants: ANY_CONSTANTS, variables: NAMES, depth: 6 }), (tree) => {
        accept(toLatex(tree));
        accept(toLatex(tree, { digits: 4 }));
      }),
      { numRuns: 1000, seed: 91 },
    );
  });

  test('renders the equation of the export, under any name of a column', () => {
    const word = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(...NAMES));
    fc.assert(
      fc.property(word, (name) => {
        const text = exportFormula(
          { ...parse('x + 1'), arguments: [variable(name), parse('sin(y)')] } as never,
          'latex',
        );
        katex.renderToString(text, { throwOnError: true, strict: 'ignore' });
        expect(text.trimEnd()).not.toContain('\n');
      }),
      { numRuns: 500, seed: 92 },
    );
  });

  test('renders the table', () => {
    const rows = fc.array(
      fc.record({
        complexity: fc.integer({ min: 1, max: 60 }),
        loss: fc.oneof(fc.double({ min: 0 }), fc.constantFrom(0, 1e-300, Number.POSITIVE_INFINITY, Number.NaN)),
        tree: arbitraryExpression({ variables: NAMES, depth: 4 }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(rows, fc.option(fc.constantFrom(...NAMES), { nil: undefined }), (front, target) => {
        const html = accept(latexTable(front, { style: 'array', target }));
        // A column of the rendered table for each of complexity, loss and formula.
        expect(html.match(/col-align-/g)).toHaveLength(3);
      }),
      { numRuns: 200, seed: 93 },
    );
  });
});

describe('the table of a front', () => {
  const front = [
    { complexity: 1, loss: 12.3456, tree: parse('x_1') },
    { complexity: 5, loss: 1.25e-9, tree: parse('2.718281828 * x_1 / sqrt(`50%`)') },
  ];

  test('is a booktabs tabular', () => {
    expect(latexTable(front, { target: 'y' })).toBe(
      [
        '\\begin{tabular}{rrl}',
        '\\toprule',
        'complexity & loss & formula \\\\',
        '\\midrule',
        '$1$ & $12.3$ & $y = x_{1}$ \\\\',
        '$5$ & $1.25 \\cdot 10^{-9}$ & $y = \\frac{2.718 \\cdot x_{1}}{\\sqrt{\\mathrm{50\\%}}}$ \\\\',
        '\\bottomrule',
        '\\end{tabular}',
        '',
      ].join('\n'),
    );
  });

  test('refuses digits out of range', () => {
    expect(() => latexTable(front, { digits: 0 })).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });

  test('keeps the names of operators defined by a formula', () => {
    const operators = STANDARD_OPERATORS.with({ name: 'lorentz', formula: '1 / (1 + x^2)' });
    const tree = parse('lorentz(x)', { operators });
    expect(latexTable([{ complexity: 2, loss: 0, tree }], { style: 'array' })).toContain('\\operatorname{lorentz}');
  });
});
