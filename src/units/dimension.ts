import { addRationals, formatExponent, multiplyRationals, type Rational } from './rational.ts';

/** The SI, or natural units: powers of GeV with hbar = c = k_B = epsilon_0 = 1. */
export type UnitSystem = 'SI' | 'natural';

/**
 * Exact exponents of the base units, plain data: shape [7] in the SI, for kg, m, s, A, K, mol and cd; shape [1] in
 * natural units, for GeV.
 */
export type Dimension = readonly Rational[];

/** Symbols of the base units, in the order of the exponents. */
export const BASE_SYMBOLS: Readonly<Record<UnitSystem, readonly string[]>> = {
  SI: ['kg', 'm', 's', 'A', 'K', 'mol', 'cd'],
  natural: ['GeV'],
};

/** The system that a dimension belongs to. */
export function systemOf(dimension: Dimension): UnitSystem {
  return dimension.length === 1 ? 'natural' : 'SI';
}

/** The dimension of a pure number. */
export function dimensionless(system: UnitSystem = 'SI'): Dimension {
  return BASE_SYMBOLS[system].map(() => [0, 1]);
}

/** The dimension of a product: exponents add. */
export function multiplyDimensions(a: Dimension, b: Dimension): Dimension {
  return a.map((exponent, i) => addRationals(exponent, b[i]));
}

/** The dimension of a power. */
export function powerOfDimension(a: Dimension, power: Rational): Dimension {
  return a.map((exponent) => multiplyRationals(exponent, power));
}

/** Whether two dimensions are the same; those of different systems never are. */
export function equalDimensions(a: Dimension, b: Dimension): boolean {
  return a.length === b.length && a.every(([n, d], i) => n === b[i][0] && d === b[i][1]);
}

/** Whether a dimension is that of a pure number. */
export function isDimensionless(a: Dimension): boolean {
  return a.every(([numerator]) => numerator === 0);
}

/** One symbol of a unit with its exponent. */
export interface UnitFactor {
  readonly symbol: string;
  readonly exponent: Rational;
}

/**
 * Symbols and exponents as text; "1" when there are none. The text reads back as the same unit.
 *
 * @example formatFactors([{ symbol: 'd', exponent: [1, 1] }, { symbol: 'AU', exponent: [-3, 2] }]) // 'd/AU^1.5'
 */
export function formatFactors(factors: readonly UnitFactor[]): string {
  const write = (sign: 1 | -1): string[] =>
    factors
      .filter(({ exponent }) => exponent[0] * sign > 0)
      .map(({ symbol, exponent: [numerator, denominator] }) =>
        numerator * sign === 1 && denominator === 1
          ? symbol
          : `${symbol}^${formatExponent([numerator * sign, denominator])}`,
      );
  const above = write(1).join(' ');
  const below = write(-1);
  if (below.length === 0) return above === '' ? '1' : above;
  return `${above === '' ? '1' : above}/${below.length === 1 ? below[0] : `(${below.join(' ')})`}`;
}

/**
 * A dimension in base units.
 *
 * @example formatDimension(parseUnit('N').dimension) // 'kg m/s^2'
 */
export function formatDimension(dimension: Dimension): string {
  const symbols = BASE_SYMBOLS[systemOf(dimension)];
  return formatFactors(dimension.map((exponent, i) => ({ symbol: symbols[i], exponent })));
}
