import { type Expression, variable } from '../../expression.ts';
import { STANDARD_OPERATORS } from '../../operators.ts';
import { toLatex } from '../../print/latex.ts';
import { substitute } from '../../substitute.ts';
import type { ExportTarget, ExportUnit } from '../target.ts';
import { holding } from '../template.ts';

/** A column name for mathematics mode: line ends would end it, and a mark with no letter before it stands on nothing. */
export function latexColumn(name: string): string {
  return name
    .slice(0, LONGEST_NAME)
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/(?<!\p{L}\p{M}*)\p{M}+/gu, '');
}

const LONGEST_NAME = 200;

/** An equation for mathematics mode, in the names of the columns. */
export const LATEX: ExportTarget = {
  name: 'latex',
  language: 'LaTeX',
  extension: '.tex',
  operators: Object.fromEntries([...STANDARD_OPERATORS].map(({ name, notation }) => [name, holding(notation.latex)])),
  absent: {},
  outsideDomain: 'as the reader understands it',
  names: { reserved: new Set() },
  form: 'tree',
  module: latexModule,
};

function latexModule(unit: ExportUnit): string {
  const columns = new Map(unit.renamed.map(({ name, column }) => [name, variable(latexColumn(column))]));
  const show = (expression: Expression) => toLatex(substitute(expression, Object.fromEntries(columns)));
  const args = unit.arguments.map((name) => show(variable(name)));
  return `${show(variable(unit.name))}\\left(${args.join(', ')}\\right) = ${show(unit.result)}\n`;
}
