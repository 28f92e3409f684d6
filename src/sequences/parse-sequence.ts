import { FormatError } from '../core/index.ts';

/** A sequence as a text holds it. */
export interface SequenceText {
  /** The terms as they are written: integers, fractions such as -3/4, decimals such as 0.25. */
  readonly terms: readonly string[];
  /** The index of the first term, where the text gives it, as a b-file does. */
  readonly start?: number;
}

/** More digits than these are a mistake, not a term. */
const LONGEST_TERM = 1_000_000;

const INTEGER = /^[+-]?\d+$/;
const TERM = /^[+-]?(?:\d+(?:\/\d+)?|(?:\d+\.\d*|\.\d+)(?:e[+-]?\d{1,6})?|\d+e[+-]?\d{1,6})$/i;
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };
const ELLIPSES = ['...', '…'];

/**
 * Reads the terms of a sequence from text.
 *
 * Terms stand between commas, semicolons, blanks or line ends, in brackets or not, and may end in "...". Lines of two
 * integers each are a b-file of the OEIS: the index n and the term u(n). What follows a # on a line is a comment.
 *
 * @param text the whole text
 * @param source its name in messages, such as that of the file
 * @returns the terms as text, at least one, and the index of the first where the lines state it
 * @throws FormatError "no-terms", "bad-term", "missing-term", "unmatched-bracket", "bad-index", "index-gap", "too-long"
 * @see https://oeis.org/wiki/B-files
 * @example parseSequence('{1, 2, 4, 7, ...}').terms // ['1', '2', '4', '7']
 * @example parseSequence('# squares\n1 1\n2 4\n3 9').start // 1
 */
export function parseSequence(text: string, source = 'sequence'): SequenceText {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line, i) => ({ text: withoutComment(line), number: i + 1 }))
    .filter((line) => line.text.trim() !== '');
  const sequence = isIndexed(lines) ? readIndexed(lines, source) : readFree(lines, source);
  if (sequence.terms.length > 0) return sequence;
  throw new FormatError('no-terms', 'holds no terms', source, 0, 'write terms such as 1, 2, 4, 7');
}

interface Line {
  readonly text: string;
  /** From 1, as editors count. */
  readonly number: number;
}

function withoutComment(line: string): string {
  const mark = line.indexOf('#');
  // Papers write a minus sign, not a hyphen.
  return (mark < 0 ? line : line.slice(0, mark)).replaceAll('\u2212', '-');
}

/** Whether the first two lines are pairs of integers; a single pair may as well be two terms. */
function isIndexed(lines: readonly Line[]): boolean {
  return lines.length > 1 && lines.slice(0, 2).every(({ text }) => pairOf(text)?.every((word) => INTEGER.test(word)));
}

function pairOf(text: string): string[] | undefined {
  const words = text.trim().split(/\s+/);
  return words.length === 2 ? words : undefined;
}

function readIndexed(lines: readonly Line[], source: string): SequenceText {
  const terms: string[] = [];
  let start = 0;
  for (const { text, number } of lines) {
    const pair = pairOf(text);
    if (!pair) {
      const message = `${shown(text.trim())} is not an index and a term`;
      throw new FormatError('bad-term', message, source, number, 'a b-file has lines such as 3 9');
    }
    const [index, term] = pair;
    const place = Number(index);
    if (!INTEGER.test(index) || !Number.isSafeInteger(place)) {
      throw new FormatError('bad-index', `${shown(index)} is not an index`, source, number, 'give an integer');
    }
    if (terms.length === 0) start = place;
    const wanted = start + terms.length;
    if (place !== wanted) {
      const hint = 'indices of a b-file go up by 1; lines of two terms need commas';
      throw new FormatError('index-gap', `the index is ${place} where ${wanted} follows`, source, number, hint);
    }
    terms.push(checked(term, 'the second number', source, number));
  }
  return { terms, start };
}

function readFree(lines: readonly Line[], source: string): SequenceText {
  const terms: string[] = [];
  let open = '';
  let state: 'before' | 'term' | 'comma' | 'after' = 'before';
  const fail = (code: string, message: string, line: number, hint: string): never => {
    throw new FormatError(code, message, source, line, hint);
  };
  for (const { text, number } of lines) {
    for (const { 0: word, index } of text.matchAll(/[,;[\](){}]|\.\.\.|…|[^\s,;[\](){}…]+/g)) {
      const place = `at column ${index + 1}`;
      if (state === 'after') fail('bad-term', `${shown(word)} ${place} follows the end`, number, 'give one sequence');
      if (word in CLOSING) {
        if (open !== '' || terms.length > 0 || state !== 'before') {
          fail('unmatched-bracket', `${word} ${place} opens inside the sequence`, number, 'give one plain list');
        }
        open = word;
      } else if (word === '}' || word === ']' || word === ')') {
        if (CLOSING[open] !== word)
          fail('unmatched-bracket', `${word} ${place} closes nothing`, number, 'leave it out');
        open = '';
        state = 'after';
      } else if (word === ',' || word === ';') {
        if (state !== 'term') fail('missing-term', `no term before ${word} ${place}`, number, 'give every term');
        state = 'comma';
      } else if (ELLIPSES.includes(word)) {
        if (terms.length === 0) fail('missing-term', `no term before ${word} ${place}`, number, 'give the first terms');
        // A bracket may still close.
        if (open === '') state = 'after';
      } else {
        terms.push(checked(word, place, source, number));
        state = 'term';
      }
    }
  }
  if (open !== '') fail('unmatched-bracket', `${open} is never closed`, 0, `end with ${CLOSING[open]}`);
  return { terms };
}

function checked(term: string, place: string, source: string, line: number): string {
  if (term.length > LONGEST_TERM) {
    const message = `the term ${place} has ${term.length} characters`;
    throw new FormatError('too-long', message, source, line, `give ${LONGEST_TERM} digits at most`);
  }
  if (TERM.test(term)) return term;
  const hint = 'give integers, fractions such as -3/4, or decimals';
  throw new FormatError('bad-term', `${shown(term)}, ${place}, is not a number`, source, line, hint);
}

/** A word in a message: quoted, and cut where it is long. */
function shown(word: string): string {
  return `"${word.length > 40 ? `${word.slice(0, 37)}...` : word}"`;
}
