import { createReadStream } from 'node:fs';
import {
  type Alphabet,
  MapleSymbolReader,
  type NamedSymbol,
  type PolylogSymbol,
  symbolToMaple,
  symbolToTsv,
  TsvSymbolReader,
} from '../amplitudes/index.ts';
import { AnsatzError, FormatError, OptionError } from '../core/index.ts';
import { writeAtomically } from './atomic-write.ts';
import { symbolFromParquet, symbolToParquet } from './formats/symbol-parquet.ts';
import { readBytes } from './read-bytes.ts';
import { fromSystemError } from './system-error.ts';

/** The formats of symbols. */
export type SymbolFormatName = 'tsv' | 'maple' | 'parquet';

/** How symbols are read and written. */
export interface SymbolFileOptions {
  /** By the ending of the file by default: .tsv and .txt, .m and .mpl, .parquet and .pq; when reading, else by content. */
  readonly format?: SymbolFormatName;
  /** The number in brackets of a Maple text; half the weight by default, and when reading the only one there is. */
  readonly index?: number;
  /** Ends writing between two pieces; the file stays as it was. */
  readonly signal?: AbortSignal;
}

interface SymbolFormat {
  readonly name: SymbolFormatName;
  readonly extensions: readonly string[];
  write(symbol: PolylogSymbol, path: string, index?: number): Iterable<string> | Promise<Uint8Array>;
  read(path: string, alphabet: Alphabet, index?: number): Promise<PolylogSymbol>;
}

const FORMATS: readonly SymbolFormat[] = [
  {
    name: 'tsv',
    extensions: ['.tsv', '.txt'],
    write: (symbol) => symbolToTsv(symbol),
    async read(path, alphabet) {
      const reader = new TsvSymbolReader(alphabet, path);
      await readPieces(path, (piece) => reader.push(piece));
      return reader.end();
    },
  },
  {
    name: 'maple',
    extensions: ['.m', '.mpl'],
    write: (symbol, _, index) => symbolToMaple(symbol, undefined, index),
    async read(path, alphabet, index) {
      const reader = new MapleSymbolReader(alphabet, path);
      await readPieces(path, (piece) => reader.push(piece));
      return chosen(reader.end(), path, index);
    },
  },
  {
    name: 'parquet',
    extensions: ['.parquet', '.pq'],
    write: (symbol, path) => symbolToParquet(symbol, path),
    read: async (path, alphabet) => symbolFromParquet(await readBytes(path), path, alphabet),
  },
];

/**
 * Writes a symbol to a file, whole or not at all.
 *
 * @throws OptionError "unknown-format"; FormatError with the code of the system, or "missing-package"
 * @throws AnsatzError "aborted"
 */
export async function writeSymbol(path: string, symbol: PolylogSymbol, options: SymbolFileOptions = {}): Promise<void> {
  const { index, signal } = options;
  const content = await formatToWrite(path, options.format).write(symbol, path, index);
  await writeAtomically(path, content instanceof Uint8Array ? content : piecesUntil(content, signal));
}

/** The format that `writeSymbol` gives to a file. @throws OptionError "unknown-format" */
export function symbolFormatOf(path: string): SymbolFormatName {
  return formatToWrite(path).name;
}

function formatToWrite(path: string, name?: string): SymbolFormat {
  const format = formatOf(path, name);
  if (!format) throw unknownFormat(path);
  return format;
}

function* piecesUntil(pieces: Iterable<string>, signal: AbortSignal | undefined): Generator<string> {
  for (const piece of pieces) {
    if (signal?.aborted) throw new AnsatzError('aborted', 'writing was stopped', 'write it again');
    yield piece;
  }
}

/**
 * Reads a symbol from a file; texts piece by piece, so that they may be larger than a string.
 *
 * @throws OptionError "unknown-format"
 * @throws FormatError with the code of the system, "ambiguous-symbol" | "unknown-part" for a Maple text without the one
 *   statement that is meant, or a code of `symbolFromTsv`, `symbolsFromMaple` or `readTable`, with the line
 */
export async function readSymbol(
  path: string,
  alphabet: Alphabet,
  options: SymbolFileOptions = {},
): Promise<PolylogSymbol> {
  const format = formatOf(path, options.format) ?? (await formatOfContent(path));
  return format.read(path, alphabet, options.index);
}

function formatOf(path: string, name?: string): SymbolFormat | undefined {
  if (name !== undefined) {
    const format = FORMATS.find((row) => row.name === name);
    if (format) return format;
    const known = FORMATS.map((row) => row.name).join(', ');
    throw new OptionError('unknown-format', 'format', `"${name}"`, `the formats are ${known}`);
  }
  const lower = path.toLowerCase();
  return FORMATS.find(({ extensions }) => extensions.some((extension) => lower.endsWith(extension)));
}

function unknownFormat(path: string): OptionError {
  const known = FORMATS.map(({ name, extensions }) => `${name} (${extensions.join(', ')})`).join(', ');
  return new OptionError('unknown-format', 'format', `none for "${path}"`, `the formats are ${known}`);
}

/** The first bytes: those of Parquet, or a tab before any :=, or a Maple statement. */
async function formatOfContent(path: string): Promise<SymbolFormat> {
  let head = '';
  const found = (name: SymbolFormatName): SymbolFormat => FORMATS.find((row) => row.name === name)!;
  await readPieces(
    path,
    (piece) => {
      head += piece;
    },
    4095,
  );
  if (head.startsWith('PAR1')) return found('parquet');
  return head.includes(':=') ? found('maple') : found('tsv');
}

async function readPieces(path: string, take: (piece: string) => void, last?: number): Promise<void> {
  let failure: unknown;
  try {
    const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20, end: last });
    for await (const piece of stream) {
      try {
        take(piece);
      } catch (error) {
        failure = error;
        break;
      }
    }
  } catch (error) {
    throw fromSystemError(error, 'cannot read', path);
  }
  if (failure !== undefined) throw failure;
}

function chosen(statements: readonly NamedSymbol[], path: string, index?: number): PolylogSymbol {
  const found = index === undefined ? statements : statements.filter((statement) => statement.index === index);
  if (found.length === 1) return found[0].symbol;
  const names = statements.map((statement) => `${statement.name}[${statement.index}]`).join(', ');
  if (found.length === 0)
    throw new FormatError('unknown-part', `no statement [${index}]`, path, 0, `it holds ${names}`);
  throw new FormatError('ambiguous-symbol', `${found.length} statements`, path, 0, `give the index of one: ${names}`);
}
