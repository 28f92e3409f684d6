import { ATOMIC_MASS, AVOGADRO, ELEMENTARY_CHARGE, GRAVITATION, REDUCED_PLANCK, SPEED_OF_LIGHT } from './constants.ts';

/** A unit that has a symbol. */
export interface UnitRow {
  /** The symbol and other spellings. */
  readonly symbols: readonly string[];
  /** Exponents of kg, m, s, A, K, mol, cd; those left out are 0. */
  readonly exponents: readonly number[];
  /** Coherent SI units in one of these. */
  readonly scale: number;
  /** Whether it takes SI prefixes. */
  readonly prefixes: boolean;
}

const row = (symbols: string, exponents: readonly number[], scale: number, prefixes: boolean): UnitRow => ({
  symbols: symbols.split(' '),
  exponents,
  scale,
  prefixes,
});
const prefixed = (symbols: string, exponents: readonly number[], scale = 1) => row(symbols, exponents, scale, true);
const plain = (symbols: string, exponents: readonly number[], scale = 1) => row(symbols, exponents, scale, false);

const NUMBER: readonly number[] = [];
const MASS = [1];
const LENGTH = [0, 1];
const AREA = [0, 2];
const TIME = [0, 0, 1];
const RATE = [0, 0, -1];
const FORCE = [1, 1, -2];
const ENERGY = [1, 2, -2];
const POWER = [1, 2, -3];
const PRESSURE = [1, -1, -2];

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const JULIAN_YEAR = 365.25 * DAY;
const DEGREE = Math.PI / 180;
/** IAU 2012 B2. */
const ASTRONOMICAL_UNIT = 149597870700;
/** IAU 2015 B3: nominal solar and planetary values; masses are nominal GM over CODATA G. */
const SOLAR_MASS = 1.3271244e20 / GRAVITATION;
const EARTH_MASS = 3.986004e14 / GRAVITATION;
const JUPITER_MASS = 1.2668653e17 / GRAVITATION;

/**
 * Every unit that is known by symbol. Angles and counts are pure numbers.
 *
 * @see BIPM, SI brochure, 9th edition, tables 2, 4 and 8; IAU resolutions 2012 B2, 2015 B2 and B3
 */
export const UNITS: readonly UnitRow[] = [
  prefixed('g gram', MASS, 1e-3),
  prefixed('m meter metre', LENGTH),
  prefixed('s sec second', TIME),
  prefixed('A ampere', [0, 0, 0, 1]),
  prefixed('K kelvin', [0, 0, 0, 0, 1]),
  prefixed('mol mole', [0, 0, 0, 0, 0, 1]),
  prefixed('cd candela', [0, 0, 0, 0, 0, 0, 1]),

  prefixed('Hz hertz', RATE),
  prefixed('N newton', FORCE),
  prefixed('Pa pascal', PRESSURE),
  prefixed('J joule', ENERGY),
  prefixed('W watt', POWER),
  prefixed('C coulomb', [0, 0, 1, 1]),
  prefixed('V volt', [1, 2, -3, -1]),
  prefixed('F farad', [-1, -2, 4, 2]),
  prefixed('ohm Ω Ohm', [1, 2, -3, -2]),
  prefixed('S siemens', [-1, -2, 3, 2]),
  prefixed('Wb weber', [1, 2, -2, -1]),
  prefixed('T tesla', [1, 0, -2, -1]),
  prefixed('H henry', [1, 2, -2, -2]),
  prefixed('lm lumen', [0, 0, 0, 0, 0, 0, 1]),
  prefixed('lx lux', [0, -2, 0, 0, 0, 0, 1]),
  prefixed('Bq becquerel', RATE),
  prefixed('Gy gray', [0, 2, -2]),
  prefixed('Sv sievert', [0, 2, -2]),
  prefixed('kat katal', [0, 0, -1, 0, 0, 1]),
  prefixed('M molar', [0, -3, 0, 0, 0, 1], 1e3),

  plain('min minute', TIME, MINUTE),
  plain('h hr hour', TIME, HOUR),
  plain('d day', TIME, DAY),
  prefixed('yr year', TIME, JULIAN_YEAR),
  plain('a', TIME, JULIAN_YEAR),
  prefixed('l L liter litre', [0, 3], 1e-3),
  prefixed('t tonne', MASS, 1e3),
  plain('Å angstrom Angstrom', LENGTH, 1e-10),
  prefixed('bar', PRESSURE, 1e5),
  plain('atm', PRESSURE, 101325),
  prefixed('Torr', PRESSURE, 101325 / 760),
  plain('mmHg', PRESSURE, 133.322387415),
  prefixed('cal', ENERGY, 4.184),
  prefixed('erg', ENERGY, 1e-7),
  prefixed('dyn', FORCE, 1e-5),
  prefixed('P poise', [1, -1, -1], 0.1),
  prefixed('G gauss', [1, 0, -2, -1], 1e-4),
  prefixed('Ci curie', RATE, 3.7e10),

  prefixed('rad radian', NUMBER),
  prefixed('sr steradian', NUMBER),
  plain('deg ° degree', NUMBER, DEGREE),
  plain('arcmin', NUMBER, DEGREE / 60),
  plain('arcsec', NUMBER, DEGREE / 3600),
  plain('mas', NUMBER, DEGREE / 3.6e6),
  plain('% percent', NUMBER, 1e-2),
  plain('ppm', NUMBER, 1e-6),
  plain('mag', NUMBER),
  plain('dex', NUMBER),
  plain('count', NUMBER),

  prefixed('eV electronvolt', ENERGY, ELEMENTARY_CHARGE),
  prefixed('b barn', AREA, 1e-28),
  prefixed('u amu', MASS, ATOMIC_MASS),
  prefixed('Da dalton', MASS, ATOMIC_MASS),
  plain('c', [0, 1, -1], SPEED_OF_LIGHT),
  plain('hbar ħ', [1, 2, -1], REDUCED_PLANCK),
  plain('e', [0, 0, 1, 1], ELEMENTARY_CHARGE),
  plain('N_A', [0, 0, 0, 0, 0, -1], AVOGADRO),

  plain('AU au ua', LENGTH, ASTRONOMICAL_UNIT),
  prefixed('pc parsec', LENGTH, (ASTRONOMICAL_UNIT * 648000) / Math.PI),
  prefixed('ly lightyear', LENGTH, SPEED_OF_LIGHT * JULIAN_YEAR),
  prefixed('Jy jansky', [1, 0, -2], 1e-26),
  plain('Msun M_sun', MASS, SOLAR_MASS),
  plain('Rsun R_sun', LENGTH, 6.957e8),
  plain('Lsun L_sun', POWER, 3.828e26),
  plain('Mearth M_earth', MASS, EARTH_MASS),
  plain('Rearth R_earth', LENGTH, 6.3781e6),
  plain('Mjup M_jup', MASS, JUPITER_MASS),
  plain('Rjup R_jup', LENGTH, 7.1492e7),
];

/** SI prefixes by symbol and by word. */
export const PREFIXES: readonly { readonly symbols: readonly string[]; readonly factor: number }[] = [
  { symbols: ['Q', 'quetta'], factor: 1e30 },
  { symbols: ['R', 'ronna'], factor: 1e27 },
  { symbols: ['Y', 'yotta'], factor: 1e24 },
  { symbols: ['Z', 'zetta'], factor: 1e21 },
  { symbols: ['E', 'exa'], factor: 1e18 },
  { symbols: ['P', 'peta'], factor: 1e15 },
  { symbols: ['T', 'tera'], factor: 1e12 },
  { symbols: ['G', 'giga'], factor: 1e9 },
  { symbols: ['M', 'mega'], factor: 1e6 },
  { symbols: ['k', 'kilo'], factor: 1e3 },
  { symbols: ['h', 'hecto'], factor: 1e2 },
  { symbols: ['da', 'deca'], factor: 1e1 },
  { symbols: ['d', 'deci'], factor: 1e-1 },
  { symbols: ['c', 'centi'], factor: 1e-2 },
  { symbols: ['m', 'milli'], factor: 1e-3 },
  { symbols: ['u', 'µ', 'μ', 'micro'], factor: 1e-6 },
  { symbols: ['n', 'nano'], factor: 1e-9 },
  { symbols: ['p', 'pico'], factor: 1e-12 },
  { symbols: ['f', 'femto'], factor: 1e-15 },
  { symbols: ['a', 'atto'], factor: 1e-18 },
  { symbols: ['z', 'zepto'], factor: 1e-21 },
  { symbols: ['y', 'yocto'], factor: 1e-24 },
  { symbols: ['r', 'ronto'], factor: 1e-27 },
  { symbols: ['q', 'quecto'], factor: 1e-30 },
];

/** Scales with an offset, which no product of units can hold. */
export const OFFSET_SCALES: readonly string[] = ['°C', 'degC', 'celsius', 'Celsius', '°F', 'degF', 'fahrenheit'];
