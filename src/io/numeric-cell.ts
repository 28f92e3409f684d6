const MISSING = new Set([
  '',
  'nan',
  'na',
  'n/a',
  'null',
  'none',
  'inf',
  '+inf',
  '-inf',
  'infinity',
  '+infinity',
  '-infinity',
  '-',
  '--',
  '?',
]);
const FORTRAN_DOUBLE = /^([+-]?(?:\d+\.\d*|\.\d+))[dD]([+-]?\d+)$/;
const DECIMAL_COMMA = /^[+-]?\d+,\d+(?:[eE][+-]?\d+)?$/;

/**
 * The finite number that a cell holds, or NaN when it holds none.
 *
 * Surrounding blanks, a sign, `.5`, `1e5`, Fortran's `1.0D+05` and the typographic minus are read;
 * blank cells, hexadecimal, infinities and numbers beyond the f64 range are not numbers.
 *
 * @example readNumber(' +3 ') // 3
 */
export function readNumber(cell: string): number {
  const value = +cell;
  if (value - value !== 0) return readUnusual(cell);
  const first = cell.charCodeAt(0);
  if (first > 48 && first < 128) return value;
  if (first === 48) {
    // `+"0x1f"` is 31 to JavaScript and a label to everybody else.
    const second = cell.charCodeAt(1);
    return second > 57 && second !== 69 && second !== 101 ? Number.NaN : value;
  }
  const trimmed = cell.trim();
  return trimmed === '' || /^0[xob]/i.test(trimmed) ? Number.NaN : value;
}

function readUnusual(cell: string): number {
  const text = cell.trim().replace('\u2212', '-');
  const fortran = FORTRAN_DOUBLE.exec(text);
  const value = fortran ? Number(`${fortran[1]}e${fortran[2]}`) : text.startsWith('-') ? Number(text) : Number.NaN;
  return Number.isFinite(value) && !/^-0[xob]/i.test(text) ? value : Number.NaN;
}

/** What a cell that holds no number is: nothing, a number written otherwise, or a word. */
export type CellFault = 'missing' | 'decimal-comma' | 'overflow' | 'text';

/** Classifies a cell for which `readNumber` gives NaN. */
export function classifyCell(cell: string): CellFault {
  const text = cell.trim();
  if (MISSING.has(text.toLowerCase())) return 'missing';
  if (DECIMAL_COMMA.test(text)) return 'decimal-comma';
  return Math.abs(Number(text)) === Number.POSITIVE_INFINITY ? 'overflow' : 'text';
}

/** A cell or name as an error message shows it: on one line, without control characters, cut at 40 characters. */
export function quoted(text: string): string {
  const shown = Array.from(text.slice(0, 80).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd'));
  return shown.length > 40 ? `"${shown.slice(0, 37).join('')}..."` : `"${shown.join('')}"`;
}
