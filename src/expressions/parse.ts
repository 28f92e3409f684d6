import type { Expression } from './expression.ts';
import type { OperatorTable } from './operator-table.ts';
import { STANDARD_OPERATORS } from './operators.ts';
import { Parser } from './parser.ts';

/** What a formula may contain. */
export interface ParseOptions {
  /** The standard table by default. */
  readonly operators?: OperatorTable;
  /** When given, any other name is an error. */
  readonly variables?: readonly string[];
}

/**
 * Reads a formula in the usual notation: + - * / ^ (or **), brackets, functions, numbers and `pi`.
 *
 * A power binds tighter than a minus sign, and to the right. A name in back-quotes may hold anything.
 * Other names for functions are understood: ln, arcsin, sgn. The text is data; nothing runs.
 *
 * @throws ParseError "unexpected-token" | "unexpected-end" | "unknown-function" | "unknown-variable" |
 *   "wrong-arity" | "number-out-of-range" | "too-deep" | "too-long", with the position in the text
 * @example print(parse('-x**2 + ln(y)')) // '-x^2 + log(y)'
 */
export function parse(text: string, options: ParseOptions = {}): Expression {
  return new Parser(text, options.operators ?? STANDARD_OPERATORS, options.variables).formula();
}
