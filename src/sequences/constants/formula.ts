import { namedConstant } from './named-constants.ts';

/** The functions and operations of a formula for a number. */
export type FormulaOperator = UnaryName | BinaryName;
export type UnaryName = 'neg' | 'exp' | 'log' | 'sqrt' | 'square' | 'inv' | FunctionName;
type FunctionName = 'sin' | 'cos' | 'tan' | 'asin' | 'acos' | 'atan' | 'sinh' | 'cosh' | 'tanh' | 'gamma';
export type BinaryName = 'add' | 'sub' | 'mul' | 'div' | 'pow';

/** A number as an exact formula: integers of any size, named constants, and a root of a polynomial. */
export type Formula =
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'call'; readonly operator: FormulaOperator; readonly arguments: readonly Formula[] }
  | { readonly kind: 'root'; readonly coefficients: readonly bigint[]; readonly near: string };

export const integer = (value: bigint | number): Formula => ({ kind: 'integer', value: BigInt(value) });
export const named = (name: string): Formula => ({ kind: 'named', name });

/** An operation applied; powers of e are written with exp. */
export function apply(operator: FormulaOperator, ...args: readonly Formula[]): Formula {
  const [a, b] = args;
  if (a.kind === 'named' && a.name === 'e') {
    if (operator === 'pow') return apply('exp', b);
    if (operator === 'square') return apply('exp', integer(2));
    if (operator === 'sqrt') return apply('exp', ratio(1n, 2n));
  }
  return { kind: 'call', operator, arguments: args };
}

/** p / q, or p where q is 1. */
export function ratio(p: bigint, q: bigint): Formula {
  return q === 1n ? integer(p) : apply('div', integer(p), integer(q));
}

/** c * f without factors of one; f = 1 leaves c. */
export function multiple(c: bigint, f: Formula): Formula {
  if (c === 1n) return f;
  if (isInteger(f, 1n)) return integer(c);
  return c === -1n ? apply('neg', f) : apply('mul', integer(c), f);
}

/** A sum of terms with coefficients, over a denominator: (2 * pi - 3) / 5. */
export function combination(terms: readonly (readonly [bigint, Formula])[], denominator: bigint): Formula {
  const ordered = [...terms].sort(([a], [b]) => Number(b > 0n) - Number(a > 0n));
  let sum: Formula | undefined;
  for (const [c, f] of ordered) {
    if (sum === undefined) sum = multiple(c, f);
    else sum = c < 0n ? apply('sub', sum, multiple(-c, f)) : apply('add', sum, multiple(c, f));
  }
  const total = sum ?? integer(0);
  return denominator === 1n ? total : apply('div', total, integer(denominator));
}

export function isInteger(f: Formula, value: bigint): boolean {
  return f.kind === 'integer' && f.value === value;
}

type Shown = readonly [text: string, strength: number];
const ATOM = 9;
const POWER = 4;
const MINUS = 3;
const PRODUCT = 2;
const SUM = 1;

const bracket = ([text, strength]: Shown, least: number): string => (strength < least ? `(${text})` : text);

/**
 * A formula as text in the grammar of `parse`; `root(p, x)` stands for the root of p near x, which it has no word for.
 *
 * @example formulaText(apply('div', apply('square', named('pi')), integer(6))) // 'pi^2 / 6'
 */
export function formulaText(formula: Formula): string {
  const show = (f: Formula): Shown => {
    if (f.kind === 'integer') return [String(f.value), f.value < 0n ? MINUS : ATOM];
    if (f.kind === 'named') return [namedConstant(f.name)?.text ?? f.name, ATOM];
    if (f.kind === 'root') return [`root(${polynomialText(f.coefficients)}, ${f.near})`, ATOM];
    const [a, b] = f.arguments;
    switch (f.operator) {
      case 'neg':
        return [`-${bracket(show(a), PRODUCT)}`, Math.min(MINUS, show(a)[1])];
      case 'inv':
        return isExponential(a)
          ? [`exp(-${bracket(show(a.arguments[0]), MINUS)})`, ATOM]
          : [`1 / ${bracket(show(a), MINUS)}`, PRODUCT];
      case 'square':
        return [`${bracket(show(a), ATOM)}^2`, POWER];
      case 'pow':
        return [`${bracket(show(a), ATOM)}^${bracket(show(b), POWER)}`, POWER];
      case 'add':
        return [`${bracket(show(a), SUM)} + ${bracket(show(b), SUM + 0.5)}`, SUM];
      case 'sub':
        return [`${bracket(show(a), SUM)} - ${bracket(show(b), PRODUCT)}`, SUM];
      case 'mul':
        return [`${bracket(show(a), PRODUCT)} * ${bracket(show(b), MINUS)}`, PRODUCT];
      case 'div':
        return [`${bracket(show(a), PRODUCT)} / ${bracket(show(b), MINUS)}`, PRODUCT];
      default:
        return [`${f.operator}(${show(a)[0]})`, ATOM];
    }
  };
  return show(formula)[0];
}

const LATEX_NAMES: Readonly<Record<string, string>> = {
  asin: '\\arcsin',
  acos: '\\arccos',
  atan: '\\arctan',
  gamma: '\\Gamma',
};

/**
 * A formula in LaTeX, for mathematics mode.
 *
 * @example formulaLatex(apply('div', apply('square', named('pi')), integer(6))) // '\\frac{\\pi^{2}}{6}'
 */
export function formulaLatex(formula: Formula): string {
  const held = ([text, strength]: Shown, least: number): string => (strength < least ? `\\left(${text}\\right)` : text);
  const show = (f: Formula): Shown => {
    if (f.kind === 'integer') return [String(f.value), f.value < 0n ? MINUS : ATOM];
    if (f.kind === 'named') return [namedConstant(f.name)?.latex ?? f.name, ATOM];
    if (f.kind === 'root') {
      const polynomial = polynomialText(f.coefficients)
        .replace(/\^(\d+)/g, '^{$1}')
        .replaceAll('*', '\\,');
      return [`\\operatorname{root}_{x \\approx ${f.near}}\\left(${polynomial}\\right)`, ATOM];
    }
    const [a, b] = f.arguments;
    switch (f.operator) {
      case 'neg':
        return [`-${held(show(a), PRODUCT)}`, MINUS];
      case 'inv':
        return isExponential(a)
          ? [`e^{-${held(show(a.arguments[0]), PRODUCT)}}`, POWER]
          : [`\\frac{1}{${show(a)[0]}}`, PRODUCT + 0.5];
      case 'exp':
        return [isInteger(a, 1n) ? 'e' : `e^{${show(a)[0]}}`, POWER];
      case 'sqrt':
        return [`\\sqrt{${show(a)[0]}}`, ATOM];
      case 'square':
        return [`${held(show(a), ATOM)}^{2}`, POWER];
      case 'pow':
        return [`${held(show(a), ATOM)}^{${show(b)[0]}}`, POWER];
      case 'add':
        return [`${show(a)[0]} + ${held(show(b), SUM + 0.5)}`, SUM];
      case 'sub':
        return [`${show(a)[0]} - ${held(show(b), PRODUCT)}`, SUM];
      case 'mul': {
        const right = held(show(b), PRODUCT);
        return [`${held(show(a), PRODUCT)} ${/^\d/.test(right) ? '\\cdot ' : '\\, '}${right}`, PRODUCT];
      }
      case 'div':
        return [`\\frac{${show(a)[0]}}{${show(b)[0]}}`, PRODUCT + 0.5];
      default:
        return [`${LATEX_NAMES[f.operator] ?? `\\${f.operator}`}\\left(${show(a)[0]}\\right)`, ATOM];
    }
  };
  return show(formula)[0];
}

function isExponential(f: Formula): f is Formula & { readonly kind: 'call' } {
  return f.kind === 'call' && f.operator === 'exp';
}

/** Coefficients from the constant term up as text, highest power first. @example polynomialText([-1n, 0n, 2n]) // '2*x^2 - 1' */
export function polynomialText(coefficients: readonly bigint[]): string {
  let text = '';
  for (let k = coefficients.length - 1; k >= 0; k--) {
    const c = coefficients[k];
    if (c === 0n) continue;
    const size = c < 0n ? -c : c;
    const power = k === 0 ? '' : k === 1 ? 'x' : `x^${k}`;
    const term = power === '' ? String(size) : size === 1n ? power : `${size}*${power}`;
    if (text === '') text = c < 0n ? `-${term}` : term;
    else text += c < 0n ? ` - ${term}` : ` + ${term}`;
  }
  return text || '0';
}
