import { ParseError } from '../core/index.ts';

/** A token and its zero-based place in the text. */
export interface Token {
  readonly kind: 'number' | 'name' | 'quoted' | 'sign' | 'end';
  /** The sign, the name without quotes, or the number as written. */
  readonly text: string;
  readonly position: number;
}

/** Longest formula that is read, in characters. */
export const LONGEST_FORMULA = 100_000;

const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const SPACE = /\s+/y;

/**
 * Splits a formula into tokens, the last of which is the end.
 *
 * @throws ParseError "too-long" | "unexpected-token" | "unexpected-end"
 */
export function tokenize(text: string): Token[] {
  if (text.length > LONGEST_FORMULA) {
    throw new ParseError(
      'too-long',
      `formula of ${text.length} characters`,
      LONGEST_FORMULA,
      `at most ${LONGEST_FORMULA} characters`,
      'split the formula',
    );
  }
  const tokens: Token[] = [];
  let position = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    return pattern.exec(text)?.[0];
  };
  while (position < text.length) {
    const space = match(SPACE);
    if (space !== undefined) {
      position += space.length;
      continue;
    }
    const number = match(NUMBER);
    const name = number === undefined ? match(NAME) : undefined;
    if (number !== undefined) {
      tokens.push({ kind: 'number', text: number, position });
      position += number.length;
    } else if (name !== undefined) {
      tokens.push({ kind: 'name', text: name, position });
      position += name.length;
    } else if (text[position] === '`') {
      const quoted = readQuoted(text, position);
      tokens.push({ kind: 'quoted', text: quoted.name, position });
      position = quoted.end;
    } else if (text.startsWith('**', position)) {
      tokens.push({ kind: 'sign', text: '^', position });
      position += 2;
    } else if ('+-*/^(),'.includes(text[position])) {
      tokens.push({ kind: 'sign', text: text[position], position });
      position += 1;
    } else {
      const character = String.fromCodePoint(text.codePointAt(position)!);
      throw new ParseError(
        'unexpected-token',
        `unexpected ${JSON.stringify(character)}`,
        position,
        'a number, a name, an operator or a bracket',
        'put a name with other characters between back-quotes',
      );
    }
  }
  tokens.push({ kind: 'end', text: '', position: text.length });
  return tokens;
}

/** A name between back-quotes; a doubled back-quote stands for one. */
function readQuoted(text: string, start: number): { name: string; end: number } {
  let name = '';
  let position = start + 1;
  while (position < text.length) {
    const close = text.indexOf('`', position);
    if (close < 0) break;
    name += text.slice(position, close);
    if (text[close + 1] !== '`') return { name, end: close + 1 };
    name += '`';
    position = close + 2;
  }
  throw new ParseError(
    'unexpected-end',
    'back-quoted name is not closed',
    start,
    '`',
    'close the name with a back-quote',
  );
}

const PLAIN_NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u;

/** True for a name that needs no back-quotes. */
export function isPlainName(name: string): boolean {
  return PLAIN_NAME.test(name);
}
