import type { Expression } from '../expression.ts';
import type { Operator, OperatorFacts } from '../operator.ts';

/** What a row says beyond its name and rule; the rest is the usual case. */
interface RowDetails {
  /** LaTeX with #1 and #2; an upright function name when absent. */
  readonly latex?: string;
  readonly derivative: (...args: readonly Expression[]) => Expression[];
  /** Defined everywhere when absent. */
  readonly domain?: Operator['domain'];
  readonly facts?: OperatorFacts;
}

const EVERYWHERE: Operator['domain'] = { text: 'all real numbers', contains: () => true };

/** A row for an operator written as a function of one argument. */
export function unary(name: string, apply: (a: number) => number, details: RowDetails): Operator {
  return {
    name,
    arity: 1,
    complexity: 1,
    notation: { text: name, form: 'function', latex: details.latex ?? `\\operatorname{${name}}\\left(#1\\right)` },
    apply,
    derivative: details.derivative,
    domain: details.domain ?? EVERYWHERE,
    facts: details.facts ?? {},
  };
}

/** A row for an operator written as a function of two arguments. */
export function binary(name: string, apply: (a: number, b: number) => number, details: RowDetails): Operator {
  return {
    ...unary(name, apply as (a: number) => number, details),
    arity: 2,
    notation: {
      text: name,
      form: 'function',
      latex: details.latex ?? `\\operatorname{${name}}\\left(#1, #2\\right)`,
    },
    apply,
  };
}

/** A row for an operator written between its arguments. */
export function infix(
  name: string,
  sign: string,
  precedence: number,
  apply: (a: number, b: number) => number,
  details: RowDetails & { readonly rightAssociative?: boolean },
): Operator {
  return {
    ...binary(name, apply, details),
    notation: {
      text: sign,
      form: 'infix',
      latex: details.latex ?? `#1 ${sign} #2`,
      precedence,
      ...(details.rightAssociative ? { rightAssociative: true } : {}),
    },
  };
}
