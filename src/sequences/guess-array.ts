import { now, OptionError, ShapeError } from '../core/index.ts';
import { primitive, Rational, rationalNullspace } from '../numerics/index.ts';
import { ARRAY_SETS, type ArrayPart } from './array-parts.ts';
import { bitsOf } from './bits.ts';
import type { GuessStatus, LawForm } from './candidate.ts';
import { columnsMatrix } from './families/integer-columns.ts';
import { guessSequence } from './guess-sequence.ts';
import { sumText } from './sum-text.ts';
import { readTerms, type Term } from './terms.ts';

/** A law that fits every entry of an array u(n, k). A conjecture, as those of sequences. */
export interface ArrayCandidate extends LawForm {
  readonly label: 'conjecture';
  /** Entries that the law meets beyond those that fix it. */
  readonly surplus: number;
  readonly bits: number;
  readonly rawBits: number;
  /**
   * The rows after the given ones, as wide as they are.
   *
   * @returns fewer rows where the law of the first column does not go on
   */
  nextRows(count: number): Promise<Rational[][]>;
}

/** What the entries of an array tell. */
export interface ArrayGuess {
  readonly status: GuessStatus;
  readonly candidates: readonly ArrayCandidate[];
  readonly seconds: number;
}

/** How an array is looked at. */
export interface ArrayOptions {
  /** Indices (n, k) of the first entry; (0, 0) unless given. */
  readonly start?: readonly [number, number];
}

/** Entries at least beyond those that fix the law. */
const SURPLUS = 4;
/** Share of the bits of the entries below which a law counts as found. */
const FOUND_SHARE = 0.5;

/**
 * Guesses the law of a rectangular array u(n, k): a polynomial, or a recurrence from the neighbours above and to the left.
 *
 * @param rows u(n, k), row by row: shape [>= 3, >= 3], all rows of one length
 * @throws ShapeError when the rows differ in length or are too few; DataError, ParseError as guessSequence
 * @example (await guessArray([[1, 1, 1, 1], [1, 2, 3, 4], [1, 3, 6, 10], [1, 4, 10, 20]])).candidates[0].formula // "u(n,k) = u(n-1,k) + u(n,k-1)"
 */
export async function guessArray(rows: readonly (readonly Term[])[], options: ArrayOptions = {}): Promise<ArrayGuess> {
  const [first, left] = options.start ?? [0, 0];
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(left)) {
    throw new OptionError('bad-option', 'start', 'must be two integers', 'give the indices of the first entry');
  }
  const width = rows[0]?.length ?? 0;
  if (rows.length < 3 || width < 3) throw new ShapeError('rows', 'at least [3, 3]', `[${rows.length}, ${width}]`);
  const odd = rows.findIndex((row) => row.length !== width);
  if (odd >= 0) throw new ShapeError(`row ${odd + 1}`, `${width} entries`, `${rows[odd].length}`, 'give a rectangle');
  const began = now();
  const { values, scale } = readTerms(rows.flat(), 0);
  const grid = rows.map((_, r) => values.slice(r * width, (r + 1) * width));
  const rawBits = bitsOf(values);
  const candidates: ArrayCandidate[] = [];
  for (const parts of ARRAY_SETS) {
    const law = lawOf(parts, grid, first, left, scale, rawBits);
    if (law) candidates.push(law);
  }
  candidates.sort((a, b) => a.bits - b.bits);
  const best = candidates[0];
  const isFound = best !== undefined && best.bits < FOUND_SHARE * rawBits && best.surplus >= 2 * SURPLUS;
  return { status: best ? (isFound ? 'found' : 'weak') : 'none', candidates, seconds: now() - began };
}

function lawOf(
  parts: readonly ArrayPart[],
  grid: readonly (readonly bigint[])[],
  first: number,
  left: number,
  scale: bigint,
  rawBits: number,
): ArrayCandidate | undefined {
  const isLocal = parts.some(({ reads }) => reads);
  const cells: [number, number][] = [];
  // What a recurrence reads must be there: the first row and column are given.
  const from = isLocal ? 1 : 0;
  for (let r = from; r < grid.length; r++) for (let c = from; c < grid[0].length; c++) cells.push([r, c]);
  const surplus = cells.length - parts.length;
  if (surplus < SURPLUS) return undefined;
  const partAt = (part: ArrayPart, table: readonly (readonly bigint[])[], r: number, c: number): bigint =>
    part.at((rowsUp, columnsLeft) => table[r - rowsUp][c - columnsLeft], BigInt(first + r), BigInt(left + c));
  const columns = parts.map((part) => cells.map(([r, c]) => partAt(part, grid, r, c)));
  const target = cells.map(([r, c]) => grid[r][c]);
  const solution = rationalNullspace(columnsMatrix([...columns, target]), parts.length + 1).find(
    (vector) => vector[parts.length] !== 0n,
  );
  if (!solution) return undefined;
  const vector = primitive(solution);
  const denominator = vector[parts.length];
  const factors = vector.slice(0, -1).map((value) => -value);
  if (factors.every((factor) => factor === 0n)) return undefined;
  const given = isLocal ? [...grid[0], ...grid.slice(1).map((row) => row[0])] : [];
  return {
    label: 'conjecture',
    kind: isLocal ? 'recurrence' : 'polynomial',
    // A recurrence has the same scale on both sides; a polynomial has not.
    formula: `u(n,k) = ${sumText(parts, factors, isLocal ? denominator : denominator * scale, false)}`,
    latex: `u_{n,k} = ${sumText(parts, factors, isLocal ? denominator : denominator * scale, true)}`,
    surplus,
    bits: bitsOf(vector) + bitsOf(given) + Math.log2(ARRAY_SETS.length),
    rawBits,
    async nextRows(count) {
      const table = grid.map((row) => [...row]);
      const edge = isLocal ? await columnOf(grid, count) : [];
      for (let i = 0; i < count; i++) {
        const r = table.length;
        const row: bigint[] = [];
        table.push(row);
        if (isLocal && edge[i] === undefined) return rational(table.slice(grid.length, -1), scale);
        if (isLocal) row.push(edge[i]);
        for (let c = row.length; c < grid[0].length; c++) {
          const sum = parts.reduce((total, part, p) => total + factors[p] * partAt(part, table, r, c), 0n);
          if (sum % denominator !== 0n) return rational(table.slice(grid.length, -1), scale);
          row.push(sum / denominator);
        }
      }
      return rational(table.slice(grid.length), scale);
    },
  };
}

/** The first column goes on by its own law. */
async function columnOf(grid: readonly (readonly bigint[])[], count: number): Promise<bigint[]> {
  const column = grid.map((row) => row[0]);
  if (column.every((value) => value === column[0])) return new Array<bigint>(count).fill(column[0]);
  if (column.length < 4) return [];
  const [best] = (await guessSequence(column, { explain: false })).candidates;
  return best && best.exceptions.length === 0 ? best.next(count).map(({ num }) => num) : [];
}

function rational(rows: readonly (readonly bigint[])[], scale: bigint): Rational[][] {
  return rows.map((row) => row.map((value) => Rational.of(value, scale)));
}
