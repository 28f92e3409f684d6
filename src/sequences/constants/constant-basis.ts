import { OptionError } from '../../core/index.ts';
import { type Expression, parse } from '../../expressions/index.ts';
import type { BasisElement } from './constant-search.ts';
import { evaluateFormula } from './evaluate-formula.ts';
import { apply, type Formula, type FormulaOperator, integer, named, ratio } from './formula.ts';
import { namedConstant } from './named-constants.ts';

/** What a sum is made of unless the caller says otherwise. */
export const DEFAULT_BASIS: readonly string[] = [
  '1',
  'pi',
  'pi^2',
  'e',
  'log(2)',
  'log(3)',
  'zeta3',
  'catalan',
  'euler_gamma',
  'sqrt(2)',
  'sqrt(3)',
  'sqrt(5)',
];

/** What a product is made of unless the caller says otherwise. */
export const DEFAULT_FACTORS: readonly string[] = ['2', '3', '5', '7', 'pi', 'e', 'gamma(1/3)', 'gamma(1/4)'];

const MOST_ELEMENTS = 24;
/** Bits at which an element is looked at when it is read. */
const PROBE = 128;

const OPERATORS: Readonly<Record<string, FormulaOperator>> = Object.fromEntries(
  (
    [
      'neg',
      'add',
      'sub',
      'mul',
      'div',
      'pow',
      'sqrt',
      'exp',
      'log',
      'sin',
      'cos',
      'tan',
      'asin',
      'acos',
      'atan',
      'sinh',
      'cosh',
      'tanh',
      'gamma',
      'square',
      'inv',
    ] satisfies FormulaOperator[]
  ).map((name) => [name, name]),
);

/**
 * Reads the elements of a basis: formulas of integers, pi, e, catalan, euler_gamma, zeta(3), ... without variables.
 *
 * @throws OptionError "invalid-basis" | "too-many"; ParseError
 */
export function readBasis(texts: readonly string[], option: string): BasisElement[] {
  if (texts.length > MOST_ELEMENTS) {
    throw new OptionError('too-many', option, `${texts.length} elements`, `give ${MOST_ELEMENTS} at most`);
  }
  const elements = texts.map((text) => {
    const formula = exactFormula(parse(text.replace(/\bzeta\((\d+)\)/g, 'zeta$1')), text, option);
    const probe = evaluateFormula(formula, PROBE);
    if (probe === undefined || probe <= 1n << BigInt(PROBE / 2)) {
      throw new OptionError(
        'invalid-basis',
        option,
        `${text} is no positive number`,
        'give formulas of positive value',
      );
    }
    if (option === 'factors' && probe === 1n << BigInt(PROBE)) {
      throw new OptionError('invalid-basis', option, `${text} is 1`, 'leave it out: powers of 1 change nothing');
    }
    const fixed = (bits: number): bigint => evaluateFormula(formula, bits + 32)! >> 32n;
    return { formula, fixed, probe };
  });
  elements.forEach(({ probe }, i) => {
    const twin = elements.findIndex((other) => abs(other.probe - probe) <= 1n << 16n);
    if (twin !== i) throw new OptionError('invalid-basis', option, `${texts[i]} is there twice`, 'leave one out');
  });
  return elements;
}

/** A tree of ours as an exact formula: decimals become fractions, 3.14159... of the parser becomes pi again. */
function exactFormula(tree: Expression, text: string, option: string): Formula {
  if (tree.kind === 'constant') return exactNumber(tree.value);
  if (tree.kind === 'variable') {
    if (namedConstant(tree.name)) return named(tree.name);
    throw new OptionError(
      'invalid-basis',
      option,
      `no constant is named ${tree.name}`,
      'known: pi, e, catalan, euler_gamma, zeta(3), and functions of numbers',
    );
  }
  const operator = OPERATORS[tree.operator.name];
  if (!operator)
    throw new OptionError(
      'invalid-basis',
      option,
      `${tree.operator.name} in ${text} is not offered`,
      'use + - * / ^ and the elementary functions',
    );
  const [a, b] = tree.arguments.map((argument) => exactFormula(argument, text, option));
  if (operator === 'pow' && b.kind === 'integer' && b.value === 2n) return apply('square', a);
  return b ? apply(operator, a, b) : apply(operator, a);
}

function exactNumber(value: number): Formula {
  if (value === Math.PI) return named('pi');
  const [mantissa, exponent = '0'] = String(value).split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  const power = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  if (power >= 0) return integer(digits * 10n ** BigInt(power));
  let [p, q] = [digits, 10n ** BigInt(-power)];
  for (const prime of [2n, 5n]) while (p % prime === 0n && q % prime === 0n) [p, q] = [p / prime, q / prime];
  return ratio(p, q);
}

function abs(x: bigint): bigint {
  return x < 0n ? -x : x;
}
