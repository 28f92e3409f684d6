/** How strongly a piece of text holds together; what is weaker than its place needs gets brackets. */
export const LEVEL = {
  /** A leading sign: bracketed wherever it is the operand of another sign, as Fortran wants it. */
  sign: 0.5,
  sum: 1,
  product: 2,
  power: 4,
  atom: 9,
} as const;

/** How a language writes an operator. */
export interface Template {
  /** Text with #1 and #2 for the arguments. */
  readonly text: string;
  readonly level: number;
  /** The least level of each argument that needs no brackets. */
  readonly needs: readonly number[];
}

/** A function of the language, such as `calling('std::sin')`. */
export function calling(name: string, arity: 1 | 2 = 1): Template {
  return { text: arity === 2 ? `${name}(#1, #2)` : `${name}(#1)`, level: LEVEL.atom, needs: [0, 0] };
}

/** Text that holds its arguments in brackets or between commas. */
export function holding(text: string): Template {
  return { text, level: LEVEL.atom, needs: [0, 0] };
}

/** Text that ends as an operator of this level; every argument is an operand that holds together by itself. */
export function around(text: string, level: number): Template {
  return { text, level, needs: [LEVEL.atom, LEVEL.atom] };
}

/** A call whose arguments are followed by a sign of sum: `atan2(#1 + 0, #2 + 0)`. */
export function inSum(text: string): Template {
  return { text, level: LEVEL.atom, needs: [LEVEL.sum, LEVEL.sum] };
}

/** What +, -, *, / mean is the same everywhere, and so is how they are written. */
export const SIGNS: Readonly<Record<'add' | 'sub' | 'mul' | 'div' | 'neg', Template>> = {
  add: { text: '#1 + #2', level: LEVEL.sum, needs: [LEVEL.sum, LEVEL.product] },
  sub: { text: '#1 - #2', level: LEVEL.sum, needs: [LEVEL.sum, LEVEL.product] },
  mul: { text: '#1 * #2', level: LEVEL.product, needs: [LEVEL.product, LEVEL.power] },
  div: { text: '#1 / #2', level: LEVEL.product, needs: [LEVEL.product, LEVEL.power] },
  neg: { text: '-#1', level: LEVEL.sign, needs: [LEVEL.atom] },
};

/** Templates of functions from "operator: name" pairs. */
export function functions(names: Readonly<Record<string, string>>, arity: 1 | 2 = 1): Record<string, Template> {
  return Object.fromEntries(Object.entries(names).map(([operator, name]) => [operator, calling(name, arity)]));
}
