import type { Expression } from '../expression.ts';
import { isPlainName } from '../tokenize.ts';
import { formatNumber } from './number.ts';

/** How numbers are printed. */
export interface PrintOptions {
  /** Significant digits of the constants; all of them by default, so that the text reads back exactly. */
  readonly digits?: number;
}

const ATOM = 9;

/** A number binds like a minus sign when it has one. */
function strength(node: Expression, text: string): number {
  if (node.kind === 'variable') return ATOM;
  if (node.kind === 'constant') return text.startsWith('-') ? 3 : ATOM;
  return node.operator.notation.form === 'function' ? ATOM : (node.operator.notation.precedence ?? ATOM);
}

/**
 * A formula as text with as few brackets as it can have. It reads back as the same tree, and other
 * systems read it too (Python after replacing ^ by **).
 *
 * @example print(parse('(x*y) + (2.50/z)')) // 'x * y + 2.5 / z'
 */
export function print(expression: Expression, options: PrintOptions = {}): string {
  const { digits } = options;
  const show = (node: Expression): string => {
    if (node.kind === 'constant') return formatNumber(node.value, digits);
    if (node.kind === 'variable') return printName(node.name);
    const { notation } = node.operator;
    if (notation.form === 'function') return `${notation.text}(${node.arguments.map(show).join(', ')})`;
    const own = notation.precedence ?? ATOM;
    const part = (argument: Expression, least: number): string => {
      const text = show(argument);
      return strength(argument, text) < least ? `(${text})` : text;
    };
    if (notation.form === 'prefix') {
      const [argument] = node.arguments;
      const text = part(argument, own);
      // "--x" is a decrement elsewhere, and "-3" would be read as a number.
      const clash = text.startsWith('-') || argument.kind === 'constant';
      return notation.text + (clash && !text.startsWith('(') ? `(${text})` : text);
    }
    const right = notation.rightAssociative === true;
    const a = part(node.arguments[0], right ? own + 1 : own);
    const b = part(node.arguments[1], right ? 3 : own + 1);
    return own > 2 ? `${a}${notation.text}${b}` : `${a} ${notation.text} ${b}`;
  };
  return show(expression);
}

function printName(name: string): string {
  return isPlainName(name) && name !== 'pi' ? name : `\`${name.replaceAll('`', '``')}\``;
}
