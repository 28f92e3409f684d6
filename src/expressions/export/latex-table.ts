import { OptionError } from '../../core/index.ts';
import { constant, type Expression, variable, variablesOf } from '../expression.ts';
import { toLatex } from '../print/latex.ts';
import { substitute } from '../substitute.ts';
import { latexColumn } from './targets/latex.ts';

/** A row of the table; an entry of a Pareto front is one. */
export interface LatexTableRow {
  readonly complexity: number;
  readonly loss: number;
  readonly tree: Expression;
}

/** How the table is written. */
export interface LatexTableOptions {
  /**
   * "booktabs" by default: a tabular for a document with `\usepackage{booktabs}`. "array" is for mathematics mode, which
   * is what KaTeX and MathJax render.
   */
  readonly style?: 'booktabs' | 'array';
  /** Significant digits of the constants; 4 by default. */
  readonly digits?: number;
  /** Name of what the formulas are equal to; without it they stand alone. */
  readonly target?: string;
}

const LOSS_DIGITS = 3;

/**
 * The front as a table in LaTeX: complexity, loss, formula.
 *
 * @throws OptionError "out-of-range" for digits
 * @example latexTable([{ complexity: 3, loss: 0.25, tree: parse('x + 1') }], { style: 'array' }).split('\n')[3] // '3 & 0.25 & x + 1 \\\\'
 */
export function latexTable(rows: readonly LatexTableRow[], options: LatexTableOptions = {}): string {
  const { style = 'booktabs', digits = 4, target } = options;
  if (!(Number.isInteger(digits) && digits >= 1 && digits <= 17)) {
    throw new OptionError('out-of-range', 'digits', `${digits} is out of range`, 'give a whole number from 1 to 17');
  }
  const left = target === undefined ? '' : `${toLatex(variable(latexColumn(target)))} = `;
  const cells = rows.map((row) => [
    finite(row.complexity, 17),
    finite(row.loss, LOSS_DIGITS),
    left + toLatex(withSafeNames(row.tree), { digits }),
  ]);
  if (style === 'array') {
    return [
      '\\begin{array}{rrl}',
      '\\text{complexity} & \\text{loss} & \\text{formula} \\\\',
      '\\hline',
      ...cells.map((row) => `${row.join(' & ')} \\\\`),
      '\\end{array}',
      '',
    ].join('\n');
  }
  return [
    '\\begin{tabular}{rrl}',
    '\\toprule',
    'complexity & loss & formula \\\\',
    '\\midrule',
    ...cells.map((row) => `${row.map((cell) => `$${cell}$`).join(' & ')} \\\\`),
    '\\bottomrule',
    '\\end{tabular}',
    '',
  ].join('\n');
}

function finite(value: number, digits: number): string {
  if (Number.isFinite(value)) return toLatex(constant(value), { digits });
  return Number.isNaN(value) ? '\\text{undefined}' : value > 0 ? '\\infty' : '-\\infty';
}

function withSafeNames(tree: Expression): Expression {
  return substitute(tree, Object.fromEntries(variablesOf(tree).map((name) => [name, variable(latexColumn(name))])));
}
