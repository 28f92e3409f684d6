import { type Alphabet, longestWord, type PolylogSymbol, TermCollector, wordWriter } from '../../amplitudes/index.ts';
import { FormatError } from '../../core/index.ts';
import { loadOptional } from './optional-package.ts';
import { PARQUET } from './parquet.ts';

const ROWS_PER_GROUP = 131_072;
const [WORD, COEFFICIENT] = ['word', 'coefficient'];

/**
 * The bytes of a Parquet file with the columns word (text) and coefficient (INT32), sorted by words.
 *
 * Words that follow each other begin alike, which the encoding DELTA_BYTE_ARRAY uses.
 *
 * @param file the name for messages
 * @throws FormatError "missing-package"
 */
export async function symbolToParquet(
  symbol: PolylogSymbol,
  file: string,
  rowsPerGroup = ROWS_PER_GROUP,
): Promise<Uint8Array> {
  const packages = 'hyparquet-writer';
  const { ByteWriter, ParquetWriter } = await loadOptional(
    () => import('hyparquet-writer'),
    packages,
    'Parquet',
    file,
    `npm install ${packages}`,
    'writing',
  );
  const { alphabet, weight, keys, coefficients } = symbol;
  const text = wordWriter(alphabet, weight, keys.length);
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: [
      { name: 'root', num_children: 2 },
      { name: WORD, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: COEFFICIENT, type: 'INT32', repetition_type: 'REQUIRED' },
    ],
    createdBy: 'ansatz',
    kvMetadata: [{ key: 'alphabet', value: alphabet.name }],
  });
  for (let from = 0; from < keys.length; from += rowsPerGroup) {
    const to = Math.min(keys.length, from + rowsPerGroup);
    parquet.write({
      columnData: [
        { name: WORD, data: Array.from(keys.subarray(from, to), text), encoding: 'DELTA_BYTE_ARRAY' },
        { name: COEFFICIENT, data: coefficients.subarray(from, to) },
      ],
      rowGroupSize: rowsPerGroup,
    });
  }
  parquet.finish();
  return writer.getBytes();
}

/**
 * The symbol of a Parquet file with the columns word and coefficient, in any order of rows; other columns are passed over.
 *
 * @param path the name for messages
 * @throws FormatError of `readTable`, or "unknown-letter" | "word-length" | "bad-coefficient" | "coefficient-range" |
 *   "duplicate-word", with the row as its line
 */
export async function symbolFromParquet(bytes: Buffer, path: string, alphabet: Alphabet): Promise<PolylogSymbol> {
  const table = await PARQUET.read({ bytes, path }, { parts: [WORD, COEFFICIENT] });
  const words = table.column(WORD);
  if (words.kind !== 'text') throw new FormatError('bad-column', `${WORD} holds numbers`, path, 0, 'words are text');
  const coefficients = table.numbers(COEFFICIENT);
  const collector = new TermCollector(alphabet, path);
  const weight = words.values[0].length;
  const { names, size } = alphabet;
  const letterOf = new Map([...names].map((name, letter) => [name.charCodeAt(0), letter]));
  for (let row = 0; row < coefficients.length; row++) {
    const word = words.values[row];
    if (word.length !== weight || weight > longestWord(alphabet)) {
      const hint = weight > longestWord(alphabet) ? `keys hold ${longestWord(alphabet)}` : `the first has ${weight}`;
      throw new FormatError('word-length', `a word of ${word.length} letters`, path, row + 1, hint);
    }
    let key = 0;
    for (let i = 0; i < weight; i++) {
      const letter = letterOf.get(word.charCodeAt(i));
      if (letter === undefined) {
        const message = `"${word[i]}" is not a letter of ${alphabet.name}`;
        throw new FormatError('unknown-letter', message, path, row + 1, `its letters are ${names}`);
      }
      key = key * size + letter;
    }
    if (!Number.isInteger(coefficients[row])) {
      throw new FormatError('bad-coefficient', `${coefficients[row]} is not a whole number`, path, row + 1);
    }
    collector.add(key, coefficients[row], row + 1);
  }
  return collector.finish(weight);
}
