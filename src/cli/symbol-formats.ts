import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import {
  type Alphabet,
  FORM_FACTOR,
  MapleSymbolReader,
  type NamedSymbol,
  type PolylogSymbol,
  symbolToMaple,
  symbolToTsv,
  TsvSymbolReader,
} from '../amplitudes/index.ts';
import { AnsatzError, FormatError, OptionError } from '../core/index.ts';
import { fromSystemError } from '../io/index.ts';

/** A kind of file that holds symbols: a row of the table. */
export interface SymbolFormat {
  readonly name: string;
  readonly extensions: readonly string[];
  /** The file in pieces. */
  write(symbol: PolylogSymbol): Iterable<string>;
  /** Takes the file in pieces, then gives what is in it. */
  reader(
    alphabet: Alphabet,
    file: string,
  ): { push(piece: string): void; end(): readonly Pick<NamedSymbol, 'symbol'>[] };
}

/** The kinds of files, by extension. */
export const SYMBOL_FORMATS: readonly SymbolFormat[] = [
  {
    name: 'TSV',
    extensions: ['.tsv'],
    write: symbolToTsv,
    reader(alphabet, file) {
      const reader = new TsvSymbolReader(alphabet, file);
      return { push: (piece) => reader.push(piece), end: () => [{ symbol: reader.end() }] };
    },
  },
  {
    name: 'Maple',
    extensions: ['.txt', '.m', '.mpl'],
    write: symbolToMaple,
    reader: (alphabet, file) => new MapleSymbolReader(alphabet, file),
  },
];

/** The format of a file by its extension. @throws OptionError "unknown-format" */
export function formatOf(option: string, file: string): SymbolFormat {
  const extension = extname(file).toLowerCase();
  const found = SYMBOL_FORMATS.find(({ extensions }) => extensions.includes(extension));
  if (found) return found;
  const known = SYMBOL_FORMATS.flatMap(({ extensions }) => extensions).join(', ');
  const message = extension === '' ? `"${file}" has no extension` : `no symbols are in ${extension} files`;
  throw new OptionError('unknown-format', option, message, `the extensions are ${known}`);
}

/**
 * Reads the symbol of a file, piece by piece.
 *
 * @param loops which one, where a file holds several
 * @throws FormatError with the line; "odd-weight", "several-symbols", "no-such-loops"
 */
export async function readSymbol(file: string, loops?: number): Promise<PolylogSymbol> {
  const reader = formatOf('--read', file).reader(FORM_FACTOR, file);
  try {
    if ((await stat(file)).isDirectory()) throw new FormatError('EISDIR', 'a folder, not a file', file);
    for await (const piece of createReadStream(file, { encoding: 'utf8' })) reader.push(piece);
  } catch (error) {
    throw fromSystemError(error, 'cannot read', file);
  }
  const found = reader.end().map(({ symbol }) => symbol);
  const odd = found.find(({ weight }) => weight % 2 === 1);
  if (odd) {
    const hint = 'at L loops words have 2 L letters';
    throw new FormatError('odd-weight', `words of ${odd.weight} letters`, file, 0, hint);
  }
  const chosen = loops === undefined ? found : found.filter(({ weight }) => weight === 2 * loops);
  if (chosen.length === 1) return chosen[0];
  const held = `holds the symbols at ${found.map(({ weight }) => weight / 2).join(', ')} loops`;
  if (loops === undefined) throw new FormatError('several-symbols', held, file, 0, 'say which: ansatz symbol LOOPS');
  throw new FormatError('no-such-loops', held, file, 0, `none, or more than one, has ${2 * loops} letters`);
}

/** @throws AnsatzError "aborted" inside of the loop that takes the pieces, once `isCancelled` */
export function* whileWanted<T>(pieces: Iterable<T>, isCancelled: () => boolean): Generator<T> {
  for (const piece of pieces) {
    if (isCancelled()) throw new AnsatzError('aborted', 'writing was stopped');
    yield piece;
  }
}
