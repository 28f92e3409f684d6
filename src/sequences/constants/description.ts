/**
 * Lengths of descriptions in bits. Each kind counts its own formulas: 2^bits is about the number of different formulas
 * of that kind, as short or shorter, per unit of log |x|. So 2^(bits - bits of the digits) is how many of them a number
 * without a law meets.
 */

/** The share of each kind, in bits: a number is tried by all of them. */
export const KIND_BITS = { rational: 1.5, expression: 1.5, algebraic: 2.5, linear: 2.5, product: 2.5 } as const;

/** The way in which a candidate was found, and what it is. */
export type ConstantKind = keyof typeof KIND_BITS;

/** log2 of a positive integer of any size. */
export function logTwoOf(n: bigint): number {
  const text = n.toString(16);
  const lead = text.slice(0, 13);
  return Math.log2(Number.parseInt(lead, 16)) + 4 * (text.length - lead.length);
}

/** Length of a positive integer in a universal code: log2 n + 2 log2(1 + log2 n). */
export function integerBits(n: bigint): number {
  const bits = logTwoOf(n);
  return bits + 2 * Math.log2(1 + bits);
}

/** log2 of n over k. */
export function choiceBits(n: number, k: number): number {
  let bits = 0;
  for (let i = 0; i < k; i++) bits += Math.log2((n - i) / (i + 1));
  return bits;
}

/** p/q in lowest terms: there are (3 / pi^2) P fractions with p q <= P per unit of log x. */
export function rationalBits(p: bigint, q: bigint): number {
  return Math.max(1, logTwoOf(p * q) + Math.log2(3 / Math.PI ** 2)) + KIND_BITS.rational;
}

/**
 * c0 x = sum of k terms out of a basis of m, or the same with powers: which terms, their number, signs, coefficients.
 *
 * @param leading |c0|
 * @param coefficients those that are not zero
 */
export function relationBits(
  kind: 'linear' | 'product',
  leading: bigint,
  coefficients: readonly bigint[],
  basisSize: number,
): number {
  const k = coefficients.length;
  // With one term the count of fractions is exact.
  const size = (c: bigint): bigint => (c < 0n ? -c : c);
  if (k === 1) {
    const values = logTwoOf(leading * size(coefficients[0])) + Math.log2(3 / Math.PI ** 2);
    return Math.max(1, values) + Math.log2(basisSize) + 1 + KIND_BITS[kind];
  }
  const values = coefficients.reduce((sum, c) => sum + integerBits(size(c)), integerBits(leading));
  return values + choiceBits(basisSize, k) + k + (k - 1) + KIND_BITS[kind];
}

/** A root of an integer polynomial, coefficients from the constant term up: by its height, or term by term. */
export function algebraicBits(coefficients: readonly bigint[]): number {
  const degree = coefficients.length - 1;
  const sizes = coefficients.map((c) => (c < 0n ? -c : c));
  const height = sizes.reduce((most, c) => (c > most ? c : most), 0n);
  const dense = (degree + 1) * logTwoOf(2n * height + 1n) - 1 + 2 * Math.log2(1 + logTwoOf(height));
  const present = sizes.filter((c) => c !== 0n);
  const sparse =
    present.reduce((sum, c) => sum + integerBits(c), 0) + present.length - 1 + choiceBits(degree + 1, present.length);
  // One bit says which; the degree costs two bits and one more each.
  return Math.min(dense, sparse) + 1 + degree + KIND_BITS.algebraic;
}

/**
 * Growth of the small expressions: within log2 of the number of different values per unit of log |x|, fitted on
 * windows around random numbers (test/statistical/constants.test.ts measures it again).
 */
const EXPRESSION_GROWTH = 1.04;
const EXPRESSION_OFFSET = -4.2;

/** A small expression of a cost in half bits. */
export function expressionBits(cost: number): number {
  return Math.max(1, (EXPRESSION_GROWTH * cost) / 2 + EXPRESSION_OFFSET) + KIND_BITS.expression;
}

/** The highest cost, in half bits, whose bits are within a budget. */
export function expressionCost(bits: number): number {
  return (2 * (bits - KIND_BITS.expression - EXPRESSION_OFFSET)) / EXPRESSION_GROWTH;
}
