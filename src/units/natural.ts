import {
  AVOGADRO,
  BOLTZMANN,
  ELEMENTARY_CHARGE,
  FINE_STRUCTURE,
  LUMINOUS_EFFICACY,
  REDUCED_PLANCK,
  SPEED_OF_LIGHT,
} from './constants.ts';
import type { Dimension } from './dimension.ts';
import { addRationals, multiplyRationals, type Rational } from './rational.ts';

const GEV = 1e9 * ELEMENTARY_CHARGE;
const PER_SECOND = REDUCED_PLANCK / GEV;
/** Heaviside-Lorentz: the elementary charge is sqrt(4 pi alpha). */
const COULOMB = Math.sqrt(4 * Math.PI * FINE_STRUCTURE) / ELEMENTARY_CHARGE;

/** What one SI base unit is in powers of GeV, in the order kg, m, s, A, K, mol, cd. */
const BASES: readonly { readonly scale: number; readonly power: number }[] = [
  { scale: SPEED_OF_LIGHT ** 2 / GEV, power: 1 },
  { scale: GEV / (REDUCED_PLANCK * SPEED_OF_LIGHT), power: -1 },
  { scale: 1 / PER_SECOND, power: -1 },
  { scale: COULOMB * PER_SECOND, power: 1 },
  { scale: BOLTZMANN / GEV, power: 1 },
  { scale: AVOGADRO, power: 0 },
  { scale: PER_SECOND / GEV / LUMINOUS_EFFICACY, power: 2 },
];

/** The power of GeV that an SI dimension is when hbar = c = k_B = epsilon_0 = 1; charges are pure numbers. */
export function naturalDimension(dimension: Dimension): Dimension {
  let total: Rational = [0, 1];
  dimension.forEach((exponent, i) => {
    total = addRationals(total, multiplyRationals(exponent, [BASES[i].power, 1]));
  });
  return [total];
}

/** The coherent SI unit of a dimension in powers of GeV. */
export function naturalScale(dimension: Dimension): number {
  return dimension.reduce((scale, [n, d], i) => scale * BASES[i].scale ** (n / d), 1);
}
