import { AnsatzError } from '../../../core/index.ts';
import type { Call, Expression } from '../../expression.ts';
import { commentLines } from '../comment.ts';
import { binaryFraction, decimalFraction } from '../fraction.ts';
import { render } from '../render.ts';
import type { ExportOptions, ExportTarget, ExportUnit } from '../target.ts';
import { around, calling, functions, LEVEL, SIGNS, type Template } from '../template.ts';

/** A number that is a whole multiple of this is exact; others are taken for measured or fitted. */
const EXACT_STEP = 1 / 1024;
const LARGEST_POWER = 1000;

const UNARY =
  'sqrt cbrt exp exp2 log log2 log10 log1p expm1 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh abs sign ' +
  'step floor ceil relu erf gamma sigmoid';
const BINARY = 'pow atan2 min max mod';
const FUNCTIONS = ['den', ...UNARY.split(' '), ...BINARY.split(' ')];

const sameName = (names: string) => Object.fromEntries(names.split(' ').map((name) => [name, name]));

const OPERATORS: Readonly<Record<string, Template>> = {
  ...SIGNS,
  div: { text: '#1 * den(#2)', level: LEVEL.product, needs: [LEVEL.product, 0] },
  inv: calling('den'),
  square: around('#1^2', LEVEL.power),
  cube: around('#1^3', LEVEL.power),
  ...functions(sameName(UNARY)),
  ...functions(sameName(BINARY), 2),
};

/** FORM divides by symbols and numbers; other denominators are den(...). */
function isMonomial(node: Expression): boolean {
  return node.kind !== 'call';
}

function special(node: Call): Template | undefined {
  const [first, second] = node.arguments;
  if (node.operator.name === 'div' && isMonomial(second)) return SIGNS.div;
  if (node.operator.name === 'inv' && isMonomial(first)) return around('1 / #1', LEVEL.product);
  if (node.operator.name !== 'pow' || second.kind !== 'constant') return undefined;
  const power = second.value;
  if (!Number.isInteger(power) || Math.abs(power) > LARGEST_POWER) return undefined;
  if (power >= 0) return around(`#1^${power}`, LEVEL.power);
  if (isMonomial(first)) return around(`1 / (#1^${-power})`, LEVEL.product);
  return { text: `den(#1)^${-power}`, level: LEVEL.power, needs: [0] };
}

function numbers(floats: ExportOptions['floats'] = 'refuse'): (value: number) => string {
  return (value) => {
    if (!Number.isFinite(value)) {
      throw new AnsatzError('not-finite', 'part of the formula is not finite', 'FORM has no infinity; simplify it');
    }
    const exact = Math.abs(value) <= Number.MAX_SAFE_INTEGER && Number.isInteger(value / EXACT_STEP);
    if (!exact && floats === 'refuse') {
      throw new AnsatzError(
        'inexact-number',
        `${value} is not an exact number`,
        'FORM computes with fractions: set floats to "decimal" or "binary"',
      );
    }
    const { numerator, denominator } = floats === 'decimal' ? decimalFraction(value) : binaryFraction(value);
    return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
  };
}

/**
 * A program that prints the expression expanded. Functions are declared, and stay as they are: den(x) stands for 1/x and
 * pow(x, y) for a power that is not whole.
 */
export const FORM: ExportTarget = {
  name: 'form',
  language: 'FORM',
  extension: '.frm',
  operators: OPERATORS,
  special,
  absent: {},
  outsideDomain: 'no value: FORM computes with symbols',
  names: { reserved: new Set(FUNCTIONS), underscore: false },
  form: 'tree',
  module: formModule,
};

const WIDTH = 100;

function formModule(unit: ExportUnit): string {
  const result = render(unit.result, { operators: OPERATORS, special, number: numbers(unit.options.floats) });
  const used = FUNCTIONS.filter((name) => new RegExp(`(?<![A-Za-z0-9])${name}\\(`).test(result));
  return [
    '* Formula found by Ansatz.',
    ...commentLines(unit.comments, '*'),
    ...(unit.arguments.length > 0 ? [`Symbols ${unit.arguments.join(', ')};`] : []),
    ...(used.length > 0 ? [`CFunctions ${used.join(', ')};`] : []),
    `Local ${unit.name} = ${result};`,
    `Print ${unit.name};`,
    '.end',
    '',
  ]
    .flatMap(filled)
    .join('\n');
}

/** A statement on lines of about 100 columns; never with an asterisk first, which would make the line a comment. */
function filled(line: string): string[] {
  if (line.startsWith('*')) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current.length + word.length >= WIDTH) {
      lines.push(current);
      current = `  ${word}`;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
