/**
 * Constants that fix units, in SI units; exact but for the last three.
 *
 * @see BIPM, The International System of Units, 9th edition (2019); CODATA 2022 for u, alpha and G
 */
export const SPEED_OF_LIGHT = 299792458;
export const PLANCK = 6.62607015e-34;
export const REDUCED_PLANCK = PLANCK / (2 * Math.PI);
export const ELEMENTARY_CHARGE = 1.602176634e-19;
export const BOLTZMANN = 1.380649e-23;
export const AVOGADRO = 6.02214076e23;
export const LUMINOUS_EFFICACY = 683;
/** 1.66053906892(52) x 10^-27 kg */
export const ATOMIC_MASS = 1.66053906892e-27;
/** 7.2973525643(11) x 10^-3 */
export const FINE_STRUCTURE = 7.2973525643e-3;
/** 6.67430(15) x 10^-11 m^3 kg^-1 s^-2 */
export const GRAVITATION = 6.6743e-11;
