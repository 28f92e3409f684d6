import { nearest, OptionError, ParseError } from '../../core/index.ts';
import { type Expression, evaluate, parse, print, variablesOf } from '../../expressions/index.ts';

const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const QUOTED = /`((?:[^`]|``)*)`/y;
const SPACE = /\s*/y;
const LONGEST_QUOTE = 60;

/** A text as an error shows it: one line, not too long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}...` : text);
}

/** Reads a requirement from left to right; every complaint names the position in the whole text. */
export class RequirementReader {
  position = 0;

  /**
   * @param end where the text ends for this reader
   * @param inputs when given, any other name is an error
   */
  constructor(
    readonly text: string,
    private readonly end: number,
    private readonly inputs: readonly string[] | undefined,
  ) {}

  fail(position: number, message: string, hint: string, code = 'bad-requirement'): never {
    throw new OptionError(code, 'requirements', `${quote(this.text)}: ${message} at position ${position + 1}`, hint);
  }

  /** What stands at the position, or undefined; the position moves behind it. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (!match || this.position + match[0].length > this.end) return undefined;
    this.position += match[0].length;
    return match;
  }

  skipSpace(): void {
    this.take(SPACE);
  }

  get atEnd(): boolean {
    this.skipSpace();
    return this.position >= this.end;
  }

  /** True, and passed, when this text comes next. */
  passes(text: string): boolean {
    this.skipSpace();
    if (this.position + text.length > this.end || !this.text.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }

  expect(text: string, hint: string): void {
    if (!this.passes(text)) this.unexpected(`"${text}"`, hint);
  }

  /** A word that is no name of an input. */
  word(): string | undefined {
    this.skipSpace();
    return this.take(NAME)?.[0];
  }

  expectWord(word: string, hint: string): void {
    this.skipSpace();
    const start = this.position;
    if (this.word() === word) return;
    this.position = start;
    this.unexpected(`"${word}"`, hint);
  }

  /** The name of an input, between back-quotes when it holds other characters. */
  name(hint: string): string {
    this.skipSpace();
    const start = this.position;
    const quoted = this.take(QUOTED);
    const name = quoted ? quoted[1].replaceAll('``', '`') : this.take(NAME)?.[0];
    if (name === undefined || name === '') return this.unexpected('the name of an input', hint);
    if (this.inputs && !this.inputs.includes(name)) {
      const near = nearest(name, this.inputs);
      const mend = near !== undefined ? `did you mean "${near}"?` : `inputs: ${this.inputs.join(', ')}`;
      this.fail(start, `"${name}" is no input`, mend, 'unknown-input');
    }
    return name;
  }

  names(hint: string): string[] {
    const names = [this.name(hint)];
    while (this.passes(',')) names.push(this.name(hint));
    return names;
  }

  /**
   * A formula up to a sticky pattern, looked for outside brackets and back-quotes, or to the end.
   */
  formula(until: RegExp | undefined, hint: string): Expression {
    this.skipSpace();
    const start = this.position;
    const stop = this.endOfFormula(until);
    if (this.text.slice(start, stop).trim() === '') this.unexpected('a number or a formula', hint);
    this.position = stop;
    try {
      // Spaces in front keep the positions of the parser those of the whole text.
      return parse(' '.repeat(start) + this.text.slice(start, stop), { variables: this.inputs });
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      const message = error.hint ? error.message.slice(0, -error.hint.length - 3) : error.message;
      throw new OptionError('bad-requirement', 'requirements', `${quote(this.text)}: ${message}`, error.hint || hint);
    }
  }

  /** A formula without inputs, such as 0, -1.5 or pi/2. */
  number(until: RegExp | undefined, hint: string): number {
    this.skipSpace();
    const start = this.position;
    const value = constantOf(this.formula(until, hint));
    return value ?? this.fail(start, 'expected a finite number', hint);
  }

  /** A number when the formula is one, else its text. */
  numberOrFormula(until: RegExp, hint: string): number | string {
    this.skipSpace();
    const start = this.position;
    const tree = this.formula(until, hint);
    if (variablesOf(tree).length > 0) return print(tree);
    return constantOf(tree) ?? this.fail(start, 'expected a finite number', hint);
  }

  unexpected(expected: string, hint: string): never {
    if (this.atEnd) return this.fail(this.position, `it ends too early, expected ${expected},`, hint);
    const rest = this.text.slice(this.position, this.end);
    const seen = /^(?:[\p{L}\p{N}_]+|.)/su.exec(rest)?.[0] ?? rest;
    return this.fail(this.position, `expected ${expected}, found ${quote(seen)}`, hint);
  }

  private endOfFormula(until: RegExp | undefined): number {
    let depth = 0;
    let quoted = false;
    // A pattern that begins with a space may end an empty formula: the space has been passed.
    const start = /\s/.test(this.text[this.position - 1] ?? '') ? this.position - 1 : this.position;
    for (let at = start; at < this.end; at++) {
      const character = this.text[at];
      if (character === '`') quoted = !quoted;
      if (quoted) continue;
      if (depth === 0 && until) {
        until.lastIndex = at;
        if (until.test(this.text)) return at;
      }
      if (character === '(') depth++;
      if (character === ')') depth--;
    }
    return this.end;
  }
}

/** The value of a formula without variables, when it is finite. */
function constantOf(tree: Expression): number | undefined {
  if (variablesOf(tree).length > 0) return undefined;
  const value = evaluate(tree, {});
  return Number.isFinite(value) ? value : undefined;
}
