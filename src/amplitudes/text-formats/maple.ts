import { FormatError, OptionError } from '../../core/index.ts';
import { type Alphabet, longestWord } from '../alphabet.ts';
import type { PolylogSymbol } from '../symbol.ts';
import { TermCollector } from './term-collector.ts';
import { wordWriter } from './word-writer.ts';

const LINE_LENGTH = 100;
const LINES_PER_CHUNK = 4096;
const LONGEST_TOKEN = 1000;

/** A statement of a Maple text: `Esymb[2] := ...:` has the name Esymb and the index 2. */
export interface NamedSymbol {
  readonly name: string;
  readonly index: number;
  readonly symbol: PolylogSymbol;
}

/**
 * A symbol as a statement that Maple reads, in pieces: `Esymb[1] := -2*SB(a,e)-2*SB(a,f)...:`.
 *
 * The grammar: a text is any number of statements `name [ index ] := sum :`, or with a semicolon at the end; a sum is
 * `0`, or terms with + or - between and perhaps before them; a term is `SB(letter,letter,...)`, perhaps with a whole
 * number and `*` in front. White space and line breaks may stand between tokens, and `#` begins a comment.
 *
 * @param index the number in brackets; half the weight by default, which is the loop order
 * @throws OptionError "bad-name" for names and letters that are no Maple names
 * @example [...symbolToMaple(PolylogSymbol.from(FORM_FACTOR, [['bd', -2], ['ce', 1]]))].join('') // 'Esymb[1] := -2*SB(b,d)+SB(c,e):\n'
 */
export function* symbolToMaple(
  symbol: PolylogSymbol,
  name = 'Esymb',
  index = Math.ceil(symbol.weight / 2),
): Generator<string> {
  const { alphabet, weight, keys, coefficients } = symbol;
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new OptionError('bad-name', 'name', `"${name}"`, 'letters and digits');
  if (!/^[A-Za-z_]+$/.test(alphabet.names)) {
    throw new OptionError(
      'bad-name',
      'alphabet',
      `the letters ${alphabet.names}`,
      'Maple wants letters of the Latin alphabet',
    );
  }
  if (!(Number.isSafeInteger(index) && index >= 0)) throw new OptionError('bad-name', 'index', `${index}`, '0 or more');
  const word = wordWriter(alphabet, weight, keys.length, ',');
  let text = `${name}[${index}] := `;
  let line = text.length;
  let lines = 0;
  if (keys.length === 0) text += '0';
  for (let i = 0; i < keys.length; i++) {
    const coefficient = coefficients[i];
    const sign = coefficient < 0 ? '-' : i === 0 ? '' : '+';
    const size = Math.abs(coefficient);
    const term = `${sign}${size === 1 ? '' : `${size}*`}SB(${word(keys[i])})`;
    if (line + term.length > LINE_LENGTH) {
      text += '\n';
      line = 0;
      if (++lines % LINES_PER_CHUNK === 0) {
        yield text;
        text = '';
      }
    }
    text += term;
    line += term.length;
  }
  yield `${text}:\n`;
}

/** What may come next, in words for messages. */
type Expected =
  | 'name'
  | '['
  | 'index'
  | ']'
  | ':='
  | 'first'
  | 'term'
  | '*'
  | 'SB'
  | '('
  | 'letter'
  | ','
  | 'sign'
  | 'end';

const WORDS: Readonly<Record<Expected, string>> = {
  name: 'a name',
  '[': '[',
  index: 'a whole number',
  ']': ']',
  ':=': ':=',
  first: 'a term',
  term: 'a term',
  '*': '*',
  SB: 'SB',
  '(': '(',
  letter: 'a letter',
  ',': 'a comma or )',
  sign: '+, - or :',
  end: ':',
};

/** Reads Maple text piece by piece; see `symbolToMaple` for the grammar. */
export class MapleSymbolReader {
  private readonly found: NamedSymbol[] = [];
  private expected: Expected = 'name';
  private collector: TermCollector;
  private rest = '';
  private line = 1;
  private comment = false;
  private name = '';
  private index = 0;
  private weight = -1;
  private negative = false;
  private size = 1;
  private key = 0;
  private length = 0;
  private termLine = 1;

  /** @param file the name for messages */
  constructor(
    private readonly alphabet: Alphabet,
    private readonly file = 'symbol',
  ) {
    this.collector = new TermCollector(alphabet, file);
  }

  /**
   * Takes the next piece of the text; a piece may end anywhere.
   *
   * @throws FormatError "unexpected" | "unknown-letter" | "word-length" | "coefficient-range" | "duplicate-word"
   */
  push(piece: string): void {
    const text = this.rest + piece;
    let at = 0;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (this.comment || code <= 32 || code === 35) {
        // White space, and comments from # to the end of the line.
        if (code === 10) {
          this.line++;
          this.comment = false;
        } else if (code === 35) this.comment = true;
        at++;
        continue;
      }
      const end = tokenEnd(text, at);
      // A name, a number or := that touches the end of the piece may go on in the next.
      if (end === text.length && (end - at > 1 || isWordCode(code) || code === 58)) break;
      this.token(text, at, end, code);
      at = end;
    }
    this.rest = text.slice(at);
    if (this.rest.length > LONGEST_TOKEN) throw this.unexpected(this.rest, 0, this.rest.length);
  }

  /** All statements. @throws FormatError "cut-short" for a statement that does not end; "no-terms" for none at all */
  end(): readonly NamedSymbol[] {
    const { rest } = this;
    this.rest = '';
    if (rest !== '') this.token(rest, 0, rest.length, rest.charCodeAt(0));
    if (this.expected !== 'name') {
      const hint = 'a statement ends with a colon; get the file again';
      throw new FormatError('cut-short', 'the text ends inside a statement', this.file, this.line, hint);
    }
    if (this.found.length === 0) {
      throw new FormatError('no-terms', 'no statements', this.file, 0, 'a statement is: Esymb[1] := -2*SB(b,d):');
    }
    return this.found;
  }

  private token(text: string, from: number, to: number, code: number): void {
    const number = code >= 48 && code <= 57;
    const word = !number && isWordCode(code);
    switch (this.expected) {
      case 'name':
        if (!word) throw this.unexpected(text, from, to);
        this.name = text.slice(from, to);
        this.expected = '[';
        return;
      case 'index':
        if (!number) throw this.unexpected(text, from, to);
        this.index = Number(text.slice(from, to));
        this.expected = ']';
        return;
      case 'first':
      case 'term':
        if (this.expected === 'first' && (code === 43 || code === 45)) {
          this.negative = code === 45;
          this.expected = 'term';
        } else if (number) {
          this.size = Number(text.slice(from, to));
          this.expected = this.expected === 'first' && this.size === 0 && this.collector.terms === 0 ? 'end' : '*';
        } else this.head(text, from, to);
        return;
      case 'SB':
        this.head(text, from, to);
        return;
      case 'letter':
        this.letter(text, from, to);
        return;
      case ',':
        if (code === 44) this.expected = 'letter';
        else if (code === 41) this.endTerm();
        else throw this.unexpected(text, from, to);
        return;
      case 'sign':
      case 'end':
        if (to - from === 1 && (code === 58 || code === 59)) this.endStatement();
        else if (this.expected === 'sign' && (code === 43 || code === 45)) {
          this.negative = code === 45;
          this.expected = 'term';
        } else if (this.expected === 'end' && code === 42) this.expected = 'SB';
        else throw this.unexpected(text, from, to);
        return;
      default:
        if (text.slice(from, to) !== this.expected) throw this.unexpected(text, from, to);
        this.expected = FOLLOWING[this.expected];
    }
  }

  private head(text: string, from: number, to: number): void {
    if (text.slice(from, to) !== 'SB') throw this.unexpected(text, from, to);
    this.termLine = this.line;
    this.expected = '(';
  }

  private letter(text: string, from: number, to: number): void {
    const letter = to - from === 1 ? this.alphabet.names.indexOf(text[from]) : -1;
    if (letter < 0) {
      const { name, names } = this.alphabet;
      const message = `"${text.slice(from, Math.min(to, from + 40))}" is not a letter of ${name}`;
      throw new FormatError('unknown-letter', message, this.file, this.line, `its letters are ${names}`);
    }
    this.key = this.key * this.alphabet.size + letter;
    this.length++;
    this.expected = ',';
  }

  private endTerm(): void {
    const { length, weight } = this;
    if (weight < 0) this.weight = length;
    if (length !== this.weight || length > longestWord(this.alphabet)) {
      const hint = weight < 0 ? `keys hold ${longestWord(this.alphabet)}` : `the first has ${weight}`;
      throw new FormatError('word-length', `a word of ${length} letters`, this.file, this.termLine, hint);
    }
    this.collector.add(this.key, this.negative ? -this.size : this.size, this.termLine);
    this.negative = false;
    this.size = 1;
    this.key = 0;
    this.length = 0;
    this.expected = 'sign';
  }

  private endStatement(): void {
    // A sum without terms says nothing of its weight; at L loops it is 2L.
    const symbol = this.collector.finish(this.weight < 0 ? 2 * this.index : this.weight);
    this.found.push({ name: this.name, index: this.index, symbol });
    this.collector = new TermCollector(this.alphabet, this.file);
    this.weight = -1;
    this.negative = false;
    this.size = 1;
    this.expected = 'name';
  }

  private unexpected(text: string, from: number, to: number): FormatError {
    const message = `"${text.slice(from, Math.min(to, from + 40))}" where ${WORDS[this.expected]} should be`;
    return new FormatError('unexpected', message, this.file, this.line, 'a statement is: Esymb[1] := -2*SB(b,d):');
  }
}

/** What follows the tokens that are spelled in one way. */
const FOLLOWING: Readonly<Record<string, Expected>> = {
  '[': 'index',
  ']': ':=',
  ':=': 'first',
  '*': 'SB',
  '(': 'letter',
};

function isWordCode(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}

function tokenEnd(text: string, from: number): number {
  const code = text.charCodeAt(from);
  if (code === 58) return text.charCodeAt(from + 1) === 61 ? from + 2 : from + 1;
  if (!isWordCode(code)) return from + 1;
  const digits = code <= 57;
  let end = from + 1;
  while (end < text.length) {
    const next = text.charCodeAt(end);
    if (digits ? next < 48 || next > 57 : !isWordCode(next)) break;
    end++;
  }
  return end;
}

/**
 * The symbols of a Maple text; see `symbolToMaple` for the grammar.
 *
 * @param text whole, or in pieces
 * @param file the name for messages
 * @throws FormatError "unexpected" | "unknown-letter" | "word-length" | "coefficient-range" | "duplicate-word" |
 *   "cut-short" | "no-terms", with the line
 * @example symbolsFromMaple('Esymb[1] := -2*SB(b,d)+SB(c,e):', FORM_FACTOR)[0].symbol.coefficient('bd') // -2n
 */
export function symbolsFromMaple(
  text: string | Iterable<string>,
  alphabet: Alphabet,
  file?: string,
): readonly NamedSymbol[] {
  const reader = new MapleSymbolReader(alphabet, file);
  for (const piece of typeof text === 'string' ? [text] : text) reader.push(piece);
  return reader.end();
}
