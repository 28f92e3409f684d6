import {
  ATOMIC_MASS,
  AVOGADRO,
  BOLTZMANN,
  ELEMENTARY_CHARGE,
  FINE_STRUCTURE,
  GRAVITATION,
  PLANCK,
  REDUCED_PLANCK,
  SPEED_OF_LIGHT,
} from './constants.ts';

/** A constant of nature that is known by name. */
export interface KnownConstantRow {
  readonly name: string;
  /** Other spellings that are understood. */
  readonly aliases: readonly string[];
  readonly meaning: string;
  readonly value: number;
  /** In the SI. */
  readonly unit: string;
  /** Standard uncertainty in the same unit; 0 where the value is exact. */
  readonly uncertainty: number;
}

const row = (names: string, meaning: string, value: number, unit: string, uncertainty = 0): KnownConstantRow => {
  const [name, ...aliases] = names.split(' ');
  return { name, aliases, meaning, value, unit, uncertainty };
};

/** 8.8541878188(14) x 10^-12 F/m */
const ELECTRIC_CONSTANT = 8.8541878188e-12;
const STEFAN_BOLTZMANN = (Math.PI ** 2 * BOLTZMANN ** 4) / (60 * REDUCED_PLANCK ** 3 * SPEED_OF_LIGHT ** 2);
/** x with x = 5 (1 - exp(-x)): where Planck's law per wavelength peaks. */
const WIEN_ROOT = 4.965114231744276;

/**
 * Constants that a law may hold by name; exact ones follow from the definition of the SI.
 *
 * @see Mohr, Newell, Taylor and Tiesinga, CODATA recommended values of the fundamental physical constants: 2022; BIPM,
 *   SI brochure, 9th edition; 3rd CGPM (1901) for the standard acceleration of gravity
 */
export const KNOWN_CONSTANTS: readonly KnownConstantRow[] = [
  row('c c0 c_0', 'speed of light', SPEED_OF_LIGHT, 'm/s'),
  row('h', 'Planck constant', PLANCK, 'J s'),
  row('hbar ħ h_bar', 'reduced Planck constant', REDUCED_PLANCK, 'J s'),
  row('e q_e', 'elementary charge', ELEMENTARY_CHARGE, 'C'),
  row('k_B kB kb k_b', 'Boltzmann constant', BOLTZMANN, 'J/K'),
  row('N_A NA', 'Avogadro constant', AVOGADRO, '1/mol'),
  row('R R_gas', 'molar gas constant', AVOGADRO * BOLTZMANN, 'J/(mol K)'),
  row('F faraday', 'Faraday constant', AVOGADRO * ELEMENTARY_CHARGE, 'C/mol'),
  row('sigma_SB sigmaSB σ_SB', 'Stefan-Boltzmann constant', STEFAN_BOLTZMANN, 'W/(m^2 K^4)'),
  row('b_W', 'Wien displacement constant', (PLANCK * SPEED_OF_LIGHT) / (BOLTZMANN * WIEN_ROOT), 'm K'),
  row('eps0 ε0 eps_0 ε_0 epsilon_0 epsilon0', 'vacuum electric permittivity', ELECTRIC_CONSTANT, 'F/m', 1.4e-21),
  row('mu0 μ0 µ0 mu_0 μ_0', 'vacuum magnetic permeability', 1.25663706127e-6, 'N/A^2', 2.0e-16),
  row('Z_0 Z0', 'impedance of vacuum', 376.730313412, 'ohm', 5.9e-8),
  row('G', 'Newtonian constant of gravitation', GRAVITATION, 'm^3/(kg s^2)', 1.5e-15),
  row('g g_n g_0', 'standard acceleration of gravity', 9.80665, 'm/s^2'),
  row('alpha α', 'fine-structure constant', FINE_STRUCTURE, '1', 1.1e-12),
  row('m_e me', 'mass of the electron', 9.1093837139e-31, 'kg', 2.8e-40),
  row('m_p mp', 'mass of the proton', 1.67262192595e-27, 'kg', 5.2e-37),
  row('m_n mn', 'mass of the neutron', 1.67492750056e-27, 'kg', 8.5e-37),
  row('m_u', 'atomic mass constant', ATOMIC_MASS, 'kg', 5.2e-37),
  row('a_0 a0', 'Bohr radius', 5.29177210544e-11, 'm', 8.2e-21),
  row('R_inf Rinf', 'Rydberg constant', 10973731.568157, '1/m', 1.2e-5),
  row('mu_B μ_B', 'Bohr magneton', 9.2740100657e-24, 'J/T', 2.9e-33),
  row('mu_N μ_N', 'nuclear magneton', 5.0507837393e-27, 'J/T', 1.6e-36),
  row('Phi_0 Phi0', 'magnetic flux quantum', PLANCK / (2 * ELEMENTARY_CHARGE), 'Wb'),
];

const BY_NAME: ReadonlyMap<string, KnownConstantRow> = new Map(
  KNOWN_CONSTANTS.flatMap((constant) => [constant.name, ...constant.aliases].map((name) => [name, constant] as const)),
);

/** Every name and alias that is understood. */
export const CONSTANT_NAMES: readonly string[] = [...BY_NAME.keys()];

/**
 * The row of a constant by its name or an alias; undefined when there is none.
 *
 * @example knownConstant('kB')?.value // 1.380649e-23
 */
export function knownConstant(name: string): KnownConstantRow | undefined {
  return BY_NAME.get(name);
}
