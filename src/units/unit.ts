import {
  type Dimension,
  dimensionless,
  equalDimensions,
  formatFactors,
  multiplyDimensions,
  powerOfDimension,
  systemOf,
  type UnitFactor,
  type UnitSystem,
} from './dimension.ts';
import { addRationals, multiplyRationals, type Rational } from './rational.ts';

/** A unit: what it measures, how large it is, and the symbols it is written with. */
export interface Unit {
  /** A number in front, such as the 100 of "100 km"; 1 as a rule. */
  readonly coefficient: number;
  /** Each symbol once, in order of appearance; exponents are not 0. */
  readonly factors: readonly UnitFactor[];
  readonly dimension: Dimension;
  /** Coherent SI units, or powers of GeV, in one of these; the coefficient is part of it. */
  readonly scale: number;
}

/** The unit of a pure number. */
export function unitOne(system: UnitSystem = 'SI', coefficient = 1): Unit {
  return { coefficient, factors: [], dimension: dimensionless(system), scale: coefficient };
}

/** The product of two units of one system. */
export function multiplyUnits(a: Unit, b: Unit): Unit {
  const factors = a.factors.map(({ symbol, exponent }) => {
    const other = b.factors.find((factor) => factor.symbol === symbol);
    return { symbol, exponent: other ? addRationals(exponent, other.exponent) : exponent };
  });
  const added = b.factors.filter(({ symbol }) => !a.factors.some((factor) => factor.symbol === symbol));
  return {
    coefficient: a.coefficient * b.coefficient,
    factors: [...factors, ...added].filter(({ exponent }) => exponent[0] !== 0),
    dimension: multiplyDimensions(a.dimension, b.dimension),
    scale: a.scale * b.scale,
  };
}

/** A power of a unit. */
export function powerOfUnit(a: Unit, power: Rational): Unit {
  if (power[0] === 0) return unitOne(systemOf(a.dimension));
  const real = power[0] / power[1];
  return {
    coefficient: a.coefficient ** real,
    factors: a.factors.map(({ symbol, exponent }) => ({ symbol, exponent: multiplyRationals(exponent, power) })),
    dimension: powerOfDimension(a.dimension, power),
    scale: a.scale ** real,
  };
}

/** Whether numbers in one unit can be converted into the other. */
export function sameDimension(a: Unit, b: Unit): boolean {
  return equalDimensions(a.dimension, b.dimension);
}

/**
 * A unit as text that reads back as the same unit.
 *
 * @example formatUnit(parseUnit('kg*m**2 s-2')) // 'kg m^2/s^2'
 */
export function formatUnit({ coefficient, factors }: Unit): string {
  const text = formatFactors(factors);
  if (coefficient === 1) return text;
  if (text === '1') return String(coefficient);
  return text.startsWith('1/') ? `${coefficient}${text.slice(1)}` : `${coefficient} ${text}`;
}
