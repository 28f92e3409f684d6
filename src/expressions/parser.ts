import { nearest, ParseError } from '../core/index.ts';
import { call, constant, type Expression, variable } from './expression.ts';
import type { Operator } from './operator.ts';
import { type Token, tokenize } from './tokenize.ts';

/** What the parser asks of an operator table. */
export interface OperatorLookup {
  /** The operator of this name, or undefined. */
  find(name: string): Operator | undefined;
  readonly names: readonly string[];
}

/** Names from other systems. A table that has the name itself wins. */
const ALIASES: Readonly<Record<string, string>> = {
  ln: 'log',
  arcsin: 'asin',
  arccos: 'acos',
  arctan: 'atan',
  arctan2: 'atan2',
  arcsinh: 'asinh',
  arccosh: 'acosh',
  arctanh: 'atanh',
  arsinh: 'asinh',
  arcosh: 'acosh',
  artanh: 'atanh',
  sgn: 'sign',
  heaviside: 'step',
  Heaviside: 'step',
  ceiling: 'ceil',
  Abs: 'abs',
  Min: 'min',
  Max: 'max',
};

const INFIX_NAMES: ReadonlyMap<string, string> = new Map([
  ['+', 'add'],
  ['-', 'sub'],
  ['*', 'mul'],
  ['/', 'div'],
  ['^', 'pow'],
]);

/** Brackets inside brackets, and signs on signs: what the recursion of the parser may cost. */
const DEEPEST_NESTING = 200;
const DEEPEST_RECURSION = 1000;
/** Depth of the tree: a sum of this many terms. Every walk over a tree is recursive. */
const DEEPEST_TREE = 1000;

/**
 * Reads a formula by operator precedence. Data only: nothing is evaluated, and the stack is bounded.
 *
 * A minus right before a number is part of the number unless a power follows, so that -3^2 is -(3^2).
 */
export class Parser {
  private readonly tokens: readonly Token[];
  private next = 0;
  private nesting = 0;
  private recursion = 0;
  /** Depth of the tree that the last step returned. */
  private height = 0;

  constructor(
    text: string,
    private readonly operators: OperatorLookup,
    private readonly variables: readonly string[] | undefined,
  ) {
    this.tokens = tokenize(text);
  }

  formula(): Expression {
    const tree = this.expression(0);
    const rest = this.tokens[this.next];
    if (rest.kind !== 'end') this.unexpected(rest, 'an operator or the end');
    return tree;
  }

  /** A run of operators that bind at least as strongly as `strength`. */
  private expression(strength: number): Expression {
    if (++this.recursion > DEEPEST_RECURSION) this.tooDeep(this.tokens[this.next]);
    let left = this.prefix();
    for (;;) {
      const token = this.tokens[this.next];
      const name = token.kind === 'sign' ? INFIX_NAMES.get(token.text) : undefined;
      if (name === undefined) break;
      const operator = this.operator(name, token);
      const precedence = operator.notation.precedence ?? 0;
      if (precedence < strength) break;
      this.next++;
      const leftHeight = this.height;
      const right = this.expression(operator.notation.rightAssociative ? precedence : precedence + 1);
      this.grow(Math.max(leftHeight, this.height), token);
      left = call(operator, left, right);
    }
    this.recursion--;
    return left;
  }

  private prefix(): Expression {
    const token = this.tokens[this.next];
    if (token.kind !== 'sign' || (token.text !== '-' && token.text !== '+')) return this.primary();
    this.next++;
    if (token.text === '+') return this.expression(this.operator('neg', token).notation.precedence ?? 0);
    const number = this.tokens[this.next];
    if (number.kind === 'number') {
      const after = this.tokens[this.next + 1];
      if (after.kind !== 'sign' || after.text !== '^') {
        this.next++;
        this.height = 1;
        return constant(-readNumber(number));
      }
    }
    const operator = this.operator('neg', token);
    const argument = this.expression(operator.notation.precedence ?? 0);
    this.grow(this.height, token);
    return call(operator, argument);
  }

  private primary(): Expression {
    const token = this.tokens[this.next];
    this.height = 1;
    if (token.kind === 'number') {
      this.next++;
      return constant(readNumber(token));
    }
    if (token.kind === 'quoted') {
      this.next++;
      return this.variable(token);
    }
    if (token.kind === 'name') {
      this.next++;
      const after = this.tokens[this.next];
      if (after.kind === 'sign' && after.text === '(') return this.application(token);
      if (token.text === 'pi' && !this.variables?.includes('pi')) return constant(Math.PI);
      return this.variable(token);
    }
    if (token.kind === 'sign' && token.text === '(') {
      const inner = this.bracket(() => this.expression(0));
      this.close();
      return inner;
    }
    return this.unexpected(token, 'a number, a variable, a function or "("');
  }

  private variable(token: Token): Expression {
    if (this.variables && !this.variables.includes(token.text)) {
      const near = nearest(token.text, this.variables);
      throw new ParseError(
        'unknown-variable',
        `unknown variable "${token.text}"`,
        token.position,
        'a known variable',
        near !== undefined ? `did you mean "${near}"?` : `variables: ${this.variables.join(', ') || 'none'}`,
      );
    }
    return variable(token.text);
  }

  private application(name: Token): Expression {
    const operator = this.find(name.text);
    if (!operator) {
      const near = nearest(name.text, [...this.operators.names, ...Object.keys(ALIASES)]);
      throw new ParseError(
        'unknown-function',
        `unknown function "${name.text}"`,
        name.position,
        'a known function',
        near !== undefined ? `did you mean "${near}"?` : 'write a product with *',
      );
    }
    let height = 0;
    const args = this.bracket(() => {
      const list: Expression[] = [];
      if (this.isSign(')')) return list;
      for (;;) {
        list.push(this.expression(0));
        height = Math.max(height, this.height);
        if (!this.isSign(',')) return list;
        this.next++;
      }
    });
    this.close();
    if (args.length !== operator.arity) {
      throw new ParseError(
        'wrong-arity',
        `${name.text} takes ${operator.arity} argument${operator.arity > 1 ? 's' : ''}, got ${args.length}`,
        name.position,
        `${operator.arity} argument${operator.arity > 1 ? 's' : ''}`,
      );
    }
    this.grow(height, name);
    return call(operator, ...args);
  }

  private bracket<T>(read: () => T): T {
    if (++this.nesting > DEEPEST_NESTING) this.tooDeep(this.tokens[this.next]);
    this.next++;
    const result = read();
    this.nesting--;
    return result;
  }

  private close(): void {
    if (!this.isSign(')')) this.unexpected(this.tokens[this.next], '")" or an operator');
    this.next++;
  }

  private isSign(sign: string): boolean {
    const token = this.tokens[this.next];
    return token.kind === 'sign' && token.text === sign;
  }

  private find(name: string): Operator | undefined {
    return this.operators.find(name) ?? (Object.hasOwn(ALIASES, name) ? this.operators.find(ALIASES[name]) : undefined);
  }

  /** The operator of a sign; a table may lack it. */
  private operator(name: string, token: Token): Operator {
    const operator = this.operators.find(name);
    if (operator) return operator;
    throw new ParseError(
      'unknown-function',
      `operator "${name}" is not in the table`,
      token.position,
      'a known operator',
    );
  }

  private grow(height: number, token: Token): void {
    this.height = height + 1;
    if (this.height > DEEPEST_TREE) this.tooDeep(token);
  }

  private tooDeep(token: Token): never {
    throw new ParseError(
      'too-deep',
      'formula is nested too deeply',
      token.position,
      `at most ${DEEPEST_NESTING} brackets inside one another and ${DEEPEST_TREE} terms in a row`,
      'split the formula',
    );
  }

  private unexpected(token: Token, expected: string): never {
    if (token.kind === 'end') {
      throw new ParseError(
        'unexpected-end',
        'formula ends too early',
        token.position,
        expected,
        `expected ${expected}`,
      );
    }
    const text = token.text.length > 20 ? `${token.text.slice(0, 20)}...` : token.text;
    throw new ParseError(
      'unexpected-token',
      `unexpected ${JSON.stringify(text)}`,
      token.position,
      expected,
      `expected ${expected}`,
    );
  }
}

function readNumber(token: Token): number {
  const value = Number(token.text);
  const vanished = value === 0 && /[1-9]/.test(token.text.split(/[eE]/)[0]);
  if (Number.isFinite(value) && !vanished) return value;
  throw new ParseError(
    'number-out-of-range',
    `number "${token.text.slice(0, 40)}" is too ${vanished ? 'small' : 'large'} for a double`,
    token.position,
    'a number between 5e-324 and 1.8e308',
  );
}
