import { nearest, ParseError } from '../../core/index.ts';
import { type Expression, type OperatorTable, parse } from '../../expressions/index.ts';

/** What a placeholder of the combining formula stands for. */
export type Placeholder =
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly arguments: readonly Expression[];
      /** Arguments to derive by, counted from 0; empty for the function itself. */
      readonly derivatives: readonly number[];
    }
  | { readonly kind: 'parameter'; readonly name: string; readonly index: number }
  | { readonly kind: 'category'; readonly name: string; readonly column: string };

/** A template as read: the combining formula over columns and placeholders. */
export interface ParsedTemplate {
  /** Placeholders stand as variables of the names that `placeholderName` gives. */
  readonly combine: Expression;
  readonly placeholders: readonly Placeholder[];
}

const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const SPACE = /\s*/y;
const LONGEST = 10_000;
const MOST_ARGUMENTS = 16;
const LARGEST_INDEX = 1000;
const MOST_PLACEHOLDERS = 64;

/** The variable that stands for a placeholder; no column can have its name. */
export function placeholderName(index: number): string {
  return `\u0001${index}`;
}

/**
 * Reads a template such as `f(x, y) * exp(-g(z)) + p[1]`: functions to search for, parameters, and the
 * derivative `D(f, 1)(x, y)` of a function by its first argument.
 *
 * @param functions names of the functions; every unknown name that is called when absent
 * @throws ParseError with the position in the text
 */
export function parseTemplate(
  text: string,
  operators: OperatorTable,
  functions: readonly string[] | undefined,
): ParsedTemplate {
  if (text.length > LONGEST) {
    throw new ParseError('too-long', `template of ${text.length} characters`, LONGEST, `at most ${LONGEST}`);
  }
  const placeholders: Placeholder[] = [];
  const reader = new TemplateReader(text, operators, functions, placeholders);
  return { combine: reader.formula(0, text.length), placeholders };
}

class TemplateReader {
  constructor(
    private readonly text: string,
    private readonly operators: OperatorTable,
    private readonly functions: readonly string[] | undefined,
    private readonly placeholders: Placeholder[],
  ) {}

  /** The formula between two positions, calls and parameters replaced by placeholders. */
  formula(start: number, end: number): Expression {
    const { text } = this;
    let plain = '';
    let at = start;
    while (at < end) {
      if (text[at] === '`') {
        const close = this.endOfQuote(at, end);
        plain += text.slice(at, close);
        at = close;
        continue;
      }
      const name = this.match(NAME, at);
      // The e of 1e5 is no name.
      const inNumber = /[\d.]/.test(text[at - 1] ?? '') && at > start;
      if (!name || inNumber) {
        plain += text[at++];
        continue;
      }
      const after = at + name.length;
      const next = after + this.match(SPACE, after).length;
      if (text[next] === '[' && next < end) {
        const close = this.closing(next, end);
        this.parameter(name, at, text.slice(next + 1, close), next + 1);
        plain += this.placeholderText();
        at = close + 1;
      } else if (text[next] === '(' && next < end && this.isFunction(name, at)) {
        at = this.call(name, at, next, end);
        plain += this.placeholderText();
      } else {
        plain += name;
        at = after;
      }
    }
    try {
      return parse(plain, { operators: this.operators });
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      throw this.fault(`${error.message.split(' at position')[0]} in "${text.slice(start, end)}"`, start, 'a formula');
    }
  }

  /** Reads a call from the name at `at`; returns the position after it. */
  private call(name: string, at: number, open: number, end: number): number {
    let close = this.closing(open, end);
    let target = name;
    const derivatives: number[] = [];
    let next = open;
    if (name === 'D') {
      const [inner, ...by] = this.split(open + 1, close).map(([from, to]) => this.text.slice(from, to).trim());
      if (by.length === 0) throw this.fault('D needs a function and an argument', at, 'D(f, 1)(x)');
      target = inner;
      for (const word of by) {
        if (!/^[1-9]\d?$/.test(word)) throw this.fault(`D by "${word}"`, open + 1, 'the number of an argument, from 1');
        derivatives.push(Number(word) - 1);
      }
      if (!this.isFunction(target, open + 1))
        throw this.fault(`D of "${target}"`, open + 1, 'a function of the template');
      next = close + 1 + this.match(SPACE, close + 1).length;
      if (this.text[next] !== '(' || next >= end) throw this.fault('D(f, 1) without arguments', at, 'D(f, 1)(x)');
      close = this.closing(next, end);
    }
    const args = this.split(next + 1, close).map(([from, to]) => this.formula(from, to));
    if (args.length > MOST_ARGUMENTS) throw this.fault(`${args.length} arguments`, at, `at most ${MOST_ARGUMENTS}`);
    if (derivatives.some((index) => index >= args.length)) {
      throw this.fault(
        `D by argument ${Math.max(...derivatives) + 1} of ${args.length}`,
        at,
        'an argument that is there',
      );
    }
    this.placeholders.push({ kind: 'function', name: target, arguments: args, derivatives });
    if (this.placeholders.length > MOST_PLACEHOLDERS) {
      throw this.fault('too many calls', at, `at most ${MOST_PLACEHOLDERS} calls and parameters`);
    }
    return close + 1;
  }

  private parameter(name: string, at: number, index: string, indexAt: number): void {
    const word = index.trim();
    if (/^\d+$/.test(word)) {
      const value = Number(word);
      if (value < 1 || value > LARGEST_INDEX) {
        throw this.fault(`index ${word} of "${name}"`, indexAt, `1 to ${LARGEST_INDEX}`);
      }
      this.placeholders.push({ kind: 'parameter', name, index: value - 1 });
      return;
    }
    const quoted = /^`((?:[^`]|``)+)`$/.exec(word)?.[1].replaceAll('``', '`');
    const plain = this.match(NAME, indexAt + (index.length - index.trimStart().length));
    if (quoted === undefined && (plain === '' || plain !== word)) {
      throw this.fault(`"${name}[${index}]"`, at, 'a number such as p[1], or a column such as p[detector]');
    }
    this.placeholders.push({ kind: 'category', name, column: quoted ?? word });
  }

  private isFunction(name: string, at: number): boolean {
    if (this.functions?.includes(name)) return true;
    if (this.operators.find(name) || isAlias(name)) return false;
    if (name === 'D') return true;
    const known = this.functions ?? this.operators.names;
    const near = name.length > 2 ? nearest(name, known) : undefined;
    if (this.functions || near !== undefined) {
      const hint = near !== undefined ? `did you mean "${near}"?` : `functions: ${known.join(', ')}`;
      throw new ParseError('unknown-function', `unknown function "${name}"`, at, 'a function of the template', hint);
    }
    return true;
  }

  private placeholderText(): string {
    return `\`${placeholderName(this.placeholders.length - 1)}\``;
  }

  /** Ranges between the commas of a list; none for an empty one. */
  private split(start: number, end: number): [number, number][] {
    const ranges: [number, number][] = [];
    let depth = 0;
    let from = start;
    for (let i = start; i < end; i++) {
      const c = this.text[i];
      if (c === '`') i = this.endOfQuote(i, end) - 1;
      else if (c === '(' || c === '[') depth++;
      else if (c === ')' || c === ']') depth--;
      else if (c === ',' && depth === 0) {
        ranges.push([from, i]);
        from = i + 1;
      }
    }
    ranges.push([from, end]);
    return ranges;
  }

  /** Position of the bracket that closes the one at `open`. */
  private closing(open: number, end: number): number {
    let depth = 0;
    for (let i = open; i < end; i++) {
      const c = this.text[i];
      if (c === '`') i = this.endOfQuote(i, end) - 1;
      else if (c === '(' || c === '[') depth++;
      else if ((c === ')' || c === ']') && --depth === 0) return i;
    }
    throw this.fault(`"${this.text[open]}" is not closed`, open, 'a closing bracket');
  }

  private endOfQuote(start: number, end: number): number {
    const close = this.text.indexOf('`', start + 1);
    if (close < 0 || close >= end) throw this.fault('back-quoted name is not closed', start, '`');
    return close + 1;
  }

  private match(pattern: RegExp, at: number): string {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0] ?? '';
  }

  private fault(message: string, position: number, expected: string): ParseError {
    return new ParseError('bad-template', `template: ${message}`, position, expected, `expected ${expected}`);
  }
}

/** True for other systems' names of known operators, which the parser of formulas understands. */
function isAlias(name: string): boolean {
  try {
    parse(`${name}(x)`);
    return true;
  } catch (error) {
    return error instanceof ParseError && error.code === 'wrong-arity';
  }
}
