import type { Expression } from '../expression.ts';
import type { Operator } from '../operator.ts';
import { formatNumber } from './number.ts';
import type { PrintOptions } from './print.ts';

const ATOM = 9;
const FRACTION = 3.5;
const POWER = 4;

/** How strongly a template holds together: a fraction needs brackets under a power only. */
function level(operator: Operator): number {
  const { latex, form, precedence } = operator.notation;
  if (latex.startsWith('\\frac')) return FRACTION;
  if (form !== 'function') return precedence ?? ATOM;
  return /\^\{[^{}]*\}$/.test(latex) ? POWER : ATOM;
}

/**
 * A formula in LaTeX, for mathematics mode.
 *
 * @example toLatex(parse('sqrt(x_1)/2')) // '\\frac{\\sqrt{x_{1}}}{2}'
 */
export function toLatex(expression: Expression, options: PrintOptions = {}): string {
  const show = (node: Expression): { text: string; level: number } => {
    if (node.kind === 'constant') return latexNumber(formatNumber(node.value, options.digits));
    if (node.kind === 'variable') return { text: latexName(node.name), level: ATOM };
    const { latex, form, rightAssociative } = node.operator.notation;
    const own = level(node.operator);
    const parts = node.arguments.map(show);
    const text = latex.replace(/#([12])/g, (_match, index: string, offset: number) => {
      const part = parts[Number(index) - 1];
      // Braces, brackets and bars around a placeholder already hold the argument together.
      const held = '{(|,'.includes(latex.slice(0, offset).trimEnd().at(-1) ?? '#') || /floor|ceil/.test(latex);
      if (held) return part.text;
      const tight = form === 'function' || (form === 'infix' && (index === '2') !== (rightAssociative === true));
      const minus = part.text.startsWith('-') && (form === 'prefix' || (form === 'infix' && index === '2'));
      return part.level < own + (tight ? 0.1 : 0) || minus ? `\\left(${part.text}\\right)` : part.text;
    });
    return { text, level: own };
  };
  return show(expression).text;
}

function latexNumber(text: string): { text: string; level: number } {
  const [mantissa, exponent] = text.split('e');
  if (exponent !== undefined) {
    const power = `10^{${Number(exponent)}}`;
    return { text: mantissa === '1' ? power : `${mantissa} \\cdot ${power}`, level: mantissa === '1' ? POWER : 2 };
  }
  return { text, level: text.startsWith('-') ? 3 : ATOM };
}

const GREEK = new Set(
  (
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi ' +
    'omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega'
  ).split(' '),
);

/** x_1 gets a subscript; a name of several words is upright with its underscores. */
function latexName(name: string): string {
  const subscripted = /^([A-Za-z]+)_?(\d+|[A-Za-z])$/.exec(name);
  if (subscripted && (name.includes('_') || /\d/.test(name))) {
    return `${latexWord(subscripted[1])}_{${subscripted[2]}}`;
  }
  return latexWord(name);
}

function latexWord(word: string): string {
  if (/^\p{L}$/u.test(word)) return word;
  if (GREEK.has(word)) return `\\${word}`;
  return `\\mathrm{${escapeText(word)}}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\backslash{}',
  '^': '\\hat{}',
  '~': '\\sim{}',
  ' ': '\\ ',
};

function escapeText(text: string): string {
  return text.replace(/[\\^~ #$%&_{}]/g, (character) => ESCAPES[character] ?? `\\${character}`);
}
