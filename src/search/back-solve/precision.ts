/** Digits below which the values are taken for exact: whole numbers, and grids. */
const FEWEST_DIGITS = 7;
/** Digits from which on rounding of the text is no worse than that of f64. */
const MOST_DIGITS = 12;
const ROWS = 48;
const SINGLE_PRECISION = 2 ** -24;

/**
 * Relative rounding that the values show: 6e-8 for numbers in single precision, 5e-9 for numbers of eight digits,
 * 0 for numbers in double precision and for those of so few digits that they may be exact.
 */
export function roundingOf(values: Float64Array): number {
  const sample = values.subarray(0, ROWS);
  const digits = Math.max(...Array.from(sample, digitsOf));
  if (digits < FEWEST_DIGITS) return 0;
  if (sample.every((value) => Math.fround(value) === value)) return SINGLE_PRECISION;
  return digits < MOST_DIGITS ? 0.5 * 10 ** (1 - digits) : 0;
}

/** Significant digits that a number needs in decimals. */
function digitsOf(value: number): number {
  const [mantissa] = value.toExponential().split('e');
  return mantissa.replace(/[-.]/g, '').length;
}
