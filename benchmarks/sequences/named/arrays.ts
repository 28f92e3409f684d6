import { family, type NamedRow, type Terms } from '../tools/named-row.ts';

type Rows = readonly (readonly number[])[];

/** All rows of a width over the letters 0, 1, ... */
function rowsOf(width: number, letters: number): Rows {
  if (width === 0) return [[]];
  return rowsOf(width - 1, letters).flatMap((row) => Array.from({ length: letters }, (_, letter) => [...row, letter]));
}

/** Arrays of n rows in which every row and every pair of neighbouring rows is allowed; n counts from 1. */
function stacked(
  width: number,
  letters: number,
  within: (row: readonly number[]) => boolean,
  between: (above: readonly number[], below: readonly number[]) => boolean,
): Terms {
  return (count) => {
    const rows = rowsOf(width, letters).filter(within);
    const next = rows.map((above) => rows.flatMap((below, i) => (between(above, below) ? [i] : [])));
    let ways = rows.map(() => 1n);
    return Array.from({ length: count }, () => {
      const total = ways.reduce((sum, value) => sum + value, 0n);
      ways = next.map((below) => below.reduce((sum, i) => sum + ways[i], 0n));
      return total;
    });
  };
}

const always = (): boolean => true;
const neighbours = (row: readonly number[], fits: (a: number, b: number) => boolean): boolean =>
  row.every((value, i) => i === 0 || fits(row[i - 1], value));
const columns = (
  above: readonly number[],
  below: readonly number[],
  fits: (a: number, b: number) => boolean,
): boolean => above.every((value, i) => fits(value, below[i]));
const apart = (a: number, b: number): boolean => a * b === 0;
const differ = (a: number, b: number): boolean => a !== b;
const rising = (a: number, b: number): boolean => a <= b;
const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1;
/** A king on either row attacks what is above, below or diagonal. */
const kings = (above: readonly number[], below: readonly number[]): boolean =>
  above.every((value, i) => value === 0 || [i - 1, i, i + 1].every((j) => !below[j]));
const blocks = (above: readonly number[], below: readonly number[], fits: (sum: number) => boolean): boolean =>
  above.every((_, i) => i === 0 || fits(above[i - 1] + above[i] + below[i - 1] + below[i]));

/** Rows of upright halves of dominoes: what hangs down must be met, the rest is filled by flat ones. */
function dominoes(width: number): Terms {
  return (count) => {
    const full = (1 << width) - 1;
    const isPaired = (gaps: number): boolean =>
      gaps === 0 || ((gaps & 3) === 3 ? isPaired(gaps >> 2) : (gaps & 1) === 0 && isPaired(gaps >> 1));
    let ways = Array.from({ length: full + 1 }, (_, mask) => BigInt(mask === 0));
    return Array.from({ length: count }, () => {
      const whole = ways[0];
      ways = ways.map((_, hanging) => {
        let sum = 0n;
        for (let met = 0; met <= full; met++)
          if ((met & hanging) === 0 && isPaired(full & ~(met | hanging))) sum += ways[met];
        return sum;
      });
      return whole;
    });
  };
}

const ROWS: readonly NamedRow[] = [
  ...[2, 3, 4, 5].map(
    (w): NamedRow => [
      `0-1 arrays of ${w} columns without adjacent ones`,
      1,
      stacked(
        w,
        2,
        (row) => neighbours(row, apart),
        (a, b) => columns(a, b, apart),
      ),
    ],
  ),
  ...[2, 3, 4].map(
    (w): NamedRow => [
      `kings that do not attack in ${w} columns`,
      1,
      stacked(w, 2, (row) => neighbours(row, apart), kings),
    ],
  ),
  ...[2, 3, 4].map(
    (w): NamedRow => [
      `0-1 arrays of ${w} columns without a 2 X 2 block of ones`,
      1,
      stacked(w, 2, always, (a, b) => blocks(a, b, (sum) => sum < 4)),
    ],
  ),
  ...[2, 3, 4].map(
    (w): NamedRow => [
      `0-1 arrays of ${w} columns with even sums of 2 X 2 blocks`,
      1,
      stacked(w, 2, always, (a, b) => blocks(a, b, (sum) => sum % 2 === 0)),
    ],
  ),
  ...[2, 3].map(
    (w): NamedRow => [
      `0-1 arrays of ${w} columns with one or two ones in every 2 X 2 block`,
      1,
      stacked(w, 2, always, (a, b) => blocks(a, b, (sum) => sum === 1 || sum === 2)),
    ],
  ),
  ...[2, 3].map(
    (w): NamedRow => [
      `arrays of ${w} columns in 3 colours, neighbours different`,
      1,
      stacked(
        w,
        3,
        (row) => neighbours(row, differ),
        (a, b) => columns(a, b, differ),
      ),
    ],
  ),
  ...[2, 3].map(
    (w): NamedRow => [
      `arrays of ${w} columns over 0..2, rising along rows and columns`,
      1,
      stacked(
        w,
        3,
        (row) => neighbours(row, rising),
        (a, b) => columns(a, b, rising),
      ),
    ],
  ),
  ...[1, 2].map(
    (w): NamedRow => [
      `arrays of ${w} columns over 0..3, neighbours differ by 1 at most`,
      1,
      stacked(
        w,
        4,
        (row) => neighbours(row, close),
        (a, b) => columns(a, b, close),
      ),
    ],
  ),
  ...[5, 6, 7].map((w): NamedRow => [`domino tilings of ${w} columns`, 0, dominoes(w)]),
];

/** Numbers of arrays of n rows and a few columns, by transfer matrices: linear recurrences of low order. */
export const ARRAYS = family('C-finite', ROWS);
