import { FormatError } from '../../core/index.ts';
import { type Alphabet, longestWord } from '../alphabet.ts';
import type { PolylogSymbol } from '../symbol.ts';
import { TermCollector } from './term-collector.ts';
import { wordWriter } from './word-writer.ts';

const LINES_PER_CHUNK = 16_384;
const LONGEST_LINE = 1000;
const LINE = 'a line is: word, tab, coefficient';
const [TAB, RETURN, MINUS, ZERO, NINE] = [9, 13, 45, 48, 57];

/**
 * A symbol as lines `word<TAB>coefficient`, sorted by words in the order of the alphabet, every line ended; in pieces
 * of some thousand lines.
 *
 * @example [...symbolToTsv(PolylogSymbol.from(FORM_FACTOR, [['bd', -2], ['ae', 1]]))].join('') // 'ae\t1\nbd\t-2\n'
 */
export function* symbolToTsv(symbol: PolylogSymbol): Generator<string> {
  const { alphabet, weight, keys, coefficients } = symbol;
  const word = wordWriter(alphabet, weight, keys.length);
  for (let from = 0; from < keys.length; from += LINES_PER_CHUNK) {
    const to = Math.min(keys.length, from + LINES_PER_CHUNK);
    let text = '';
    for (let i = from; i < to; i++) text += `${word(keys[i])}\t${coefficients[i]}\n`;
    yield text;
  }
}

/**
 * Reads what `symbolToTsv` writes, piece by piece; lines may come in any order and end with carriage returns.
 *
 * A last line without its end is taken for a file cut short, since half a number is a number.
 */
export class TsvSymbolReader {
  private readonly collector: TermCollector;
  private readonly letterOf = new Int16Array(128).fill(-1);
  private rest = '';
  private line = 0;
  private weight = -1;

  /** @param file the name for messages */
  constructor(
    private readonly alphabet: Alphabet,
    private readonly file = 'symbol',
  ) {
    this.collector = new TermCollector(alphabet, file);
    for (let letter = 0; letter < alphabet.size; letter++) {
      const code = alphabet.names.charCodeAt(letter);
      if (code < 128) this.letterOf[code] = letter;
    }
  }

  /**
   * Takes the next piece of the text; a piece may end anywhere.
   *
   * @throws FormatError "unknown-letter" | "word-length" | "bad-line" | "bad-coefficient" | "coefficient-range"
   */
  push(piece: string): void {
    const text = this.rest + piece;
    let from = 0;
    for (;;) {
      const end = text.indexOf('\n', from);
      if (end < 0) break;
      this.readLine(text, from, end);
      from = end + 1;
    }
    this.rest = text.slice(from);
    if (this.rest.length > LONGEST_LINE) {
      this.line++;
      throw this.refusal('bad-line', `${this.rest.length} characters without an end`, LINE);
    }
  }

  /** The symbol of all lines. @throws FormatError "cut-short" | "no-terms" | "duplicate-word" */
  end(): PolylogSymbol {
    if (this.rest !== '') {
      const hint = 'get the file again, or end the last line if it is whole';
      throw new FormatError('cut-short', 'the last line does not end', this.file, this.line + 1, hint);
    }
    if (this.weight < 0) throw new FormatError('no-terms', 'no lines', this.file, 0, LINE);
    return this.collector.finish(this.weight);
  }

  private readLine(text: string, from: number, to: number): void {
    const line = ++this.line;
    const { size } = this.alphabet;
    let at = from;
    let key = 0;
    for (; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code === TAB) break;
      const letter = code < 128 ? this.letterOf[code] : this.alphabet.names.indexOf(text[at]);
      if (letter < 0) this.refuseLetter(text, from, to, at);
      key = key * size + letter;
    }
    if (at === to) throw this.refusal('bad-line', 'no tab', LINE);
    const length = at - from;
    if (this.weight < 0) this.weight = length;
    if (length !== this.weight || length > longestWord(this.alphabet)) {
      const hint = length === this.weight ? `keys hold ${longestWord(this.alphabet)}` : `the first has ${this.weight}`;
      throw this.refusal('word-length', `a word of ${length} letters`, hint);
    }
    let digits = at + 1;
    const negative = text.charCodeAt(digits) === MINUS;
    if (negative) digits++;
    const end = text.charCodeAt(to - 1) === RETURN ? to - 1 : to;
    let value = 0;
    for (let i = digits; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code < ZERO || code > NINE) throw this.refuseNumber(text.slice(at + 1, end));
      value = value * 10 + code - ZERO;
    }
    if (digits >= end) throw this.refuseNumber(text.slice(at + 1, end));
    this.collector.add(key, negative ? -value : value, line);
  }

  private refuseLetter(text: string, from: number, to: number, at: number): never {
    // A line without a tab is not a word with odd letters.
    const tab = text.indexOf('\t', from);
    if (tab < 0 || tab >= to) throw this.refusal('bad-line', 'no tab', LINE);
    const { name, names } = this.alphabet;
    throw this.refusal('unknown-letter', `"${text[at]}" is not a letter of ${name}`, `its letters are ${names}`);
  }

  private refuseNumber(text: string): FormatError {
    return this.refusal(
      'bad-coefficient',
      `"${text.slice(0, 40)}" is not a whole number`,
      'digits, with a minus or none',
    );
  }

  private refusal(code: string, message: string, hint: string): FormatError {
    return new FormatError(code, message, this.file, this.line, hint);
  }
}

/**
 * The symbol of a text as `symbolToTsv` writes it.
 *
 * @param text whole, or in pieces
 * @param file the name for messages
 * @throws FormatError "unknown-letter" | "word-length" | "bad-line" | "bad-coefficient" | "coefficient-range" |
 *   "cut-short" | "no-terms" | "duplicate-word", with the line
 * @example symbolFromTsv('bd\t-2\nae\t1\n', FORM_FACTOR).terms // 2
 */
export function symbolFromTsv(text: string | Iterable<string>, alphabet: Alphabet, file?: string): PolylogSymbol {
  const reader = new TsvSymbolReader(alphabet, file);
  for (const piece of typeof text === 'string' ? [text] : text) reader.push(piece);
  return reader.end();
}
