import { call, constant, type Expression, variable } from '../expression.ts';
import type { OperatorTable } from '../operator-table.ts';
import { EXP } from '../operators/powers-and-logarithms.ts';
import { STANDARD_OPERATORS } from '../operators.ts';
import { parse } from '../parse.ts';
import { substitute } from '../substitute.ts';
import { scalarOfNumber } from './scalar.ts';

/** A formula as a computer algebra system gets it, and how its names are to be read in the answer. */
export interface CasText {
  /** Names v0, v1, ..., whole numbers, + - * / ^, brackets and functions of `CAS_NOTATION`; nothing else. */
  readonly text: string;
  /** What each of the names stands for. */
  readonly meanings: Readonly<Record<string, Expression>>;
}

/** How each operator is written for the system, #1 and #2 its arguments. */
export const CAS_NOTATION: Readonly<Record<string, string>> = {
  add: '(#1+#2)',
  sub: '(#1-#2)',
  mul: '(#1*#2)',
  div: '(#1/#2)',
  neg: '(-#1)',
  square: '(#1^2)',
  cube: '(#1^3)',
  inv: '(1/#1)',
  pow: '(#1^#2)',
  sqrt: 'sqrt(#1)',
  exp: 'exp(#1)',
  exp2: '(2^#1)',
  log: 'log(#1)',
  log1p: 'log(1+#1)',
  expm1: '(exp(#1)-1)',
  sin: 'sin(#1)',
  cos: 'cos(#1)',
  tan: 'tan(#1)',
  asin: 'asin(#1)',
  acos: 'acos(#1)',
  atan: 'atan(#1)',
  sinh: 'sinh(#1)',
  cosh: 'cosh(#1)',
  tanh: 'tanh(#1)',
  asinh: 'asinh(#1)',
  acosh: 'acosh(#1)',
  atanh: 'atanh(#1)',
  abs: 'abs(#1)',
  sigmoid: '(1/(1+exp(-#1)))',
};

/** Operators that the system is not asked about: it has no rule for them, or another meaning. */
export const WITHOUT_CAS_NOTATION: readonly string[] = [
  'cbrt',
  'log2',
  'log10',
  'atan2',
  'sign',
  'step',
  'floor',
  'ceil',
  'relu',
  'min',
  'max',
  'mod',
  'erf',
  'gamma',
];

/**
 * Writes a formula for a computer algebra system: variables and rounded numbers become v0, v1, ..., so that no name of
 * the user reaches it. Null where an operator has no notation there.
 */
export function casText(expression: Expression): CasText | null {
  const names = new Map<string, string>();
  const meanings: Record<string, Expression> = Object.create(null);
  const nameFor = (key: string, meaning: Expression): string => {
    let name = names.get(key);
    if (name === undefined) {
      name = `v${names.size}`;
      names.set(key, name);
      meanings[name] = meaning;
    }
    return name;
  };
  const write = (node: Expression): string | null => {
    if (node.kind === 'variable') return nameFor(`variable ${node.name}`, node);
    if (node.kind === 'constant') {
      const scalar = scalarOfNumber(node.value);
      if (scalar.kind !== 'rational') return nameFor(`number ${node.value}`, node);
      return scalar.denominator === 1n ? `(${scalar.numerator})` : `(${scalar.numerator}/${scalar.denominator})`;
    }
    if (node.operator.definition) {
      const [x, y] = node.arguments;
      return write(substitute(node.operator.definition, y ? { x, y } : { x }));
    }
    const notation = Object.hasOwn(CAS_NOTATION, node.operator.name) ? CAS_NOTATION[node.operator.name] : null;
    const parts = node.arguments.map(write);
    if (notation === null || parts.includes(null)) return null;
    return notation.replace(/#([12])/g, (_, which: string) => parts[Number(which) - 1]!);
  };
  const text = write(expression);
  return text === null ? null : { text, meanings };
}

/** Functions that answers use and the standard table lacks. */
const ANSWER_OPERATORS: OperatorTable = [
  ['cot', '1 / tan(x)'],
  ['sec', '1 / cos(x)'],
  ['csc', '1 / sin(x)'],
  ['coth', '1 / tanh(x)'],
  ['sech', '1 / cosh(x)'],
  ['csch', '1 / sinh(x)'],
].reduce((table, [name, formula]) => table.with({ name, formula }), STANDARD_OPERATORS);

/**
 * Reads an answer with our own parser and puts the names back; e^u is exp(u).
 *
 * @throws ParseError for anything but a real formula in the names that were sent
 */
export function readCasAnswer(answer: string, { meanings }: CasText): Expression {
  const tree = parse(answer, { operators: ANSWER_OPERATORS, variables: [...Object.keys(meanings), 'e'] });
  return substitute(translated(tree), meanings);
}

function translated(node: Expression): Expression {
  if (node.kind === 'constant') return node;
  if (node.kind === 'variable') return node.name === 'e' ? constant(Math.E) : variable(node.name);
  const { operator, arguments: args } = node;
  const [base, exponent] = args;
  if (operator.name === 'pow' && base.kind === 'variable' && base.name === 'e') return call(EXP, translated(exponent));
  const inner = args.map(translated);
  if (operator.definition && !STANDARD_OPERATORS.has(operator.name)) {
    return substitute(operator.definition, { x: inner[0] });
  }
  return call(operator, ...inner);
}
