// Ritz wavelengths in vacuum from the level energies of neutral hydrogen in the NIST Atomic Spectra Database.
// node data/hydrogen-lines/ritz.mjs > data/hydrogen-lines/hydrogen-lines.csv
import { argv, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

// Shell centres, cm^-1 above the ground state. Every one of them is given by NIST without square brackets
// (brackets would mark a value extrapolated along the series); from n = 13 up they are bracketed, so none of them is used.
const LEVELS = {
  1: 0,
  2: 82259.158,
  3: 97492.304,
  4: 102823.904,
  5: 105291.657,
  6: 106632.1681,
  7: 107440.4508,
  8: 107965.0568,
  9: 108324.7253,
  10: 108581.9945,
};

// Lower shell: Lyman, Balmer, Paschen, Brackett, Pfund, Humphreys.
const SERIES = {
  1: [2, 3, 4, 5, 6, 7],
  2: [3, 4, 5, 6, 7, 8, 9, 10],
  3: [4, 5, 6, 7, 8, 9],
  4: [5, 6, 7, 8, 9],
  5: [6, 7, 8],
  6: [9, 10],
};

const NM_CM = 1e7;
// A grating's precision; the relativistic and radiative shifts, up to 1.2e-5, stay below the last digit.
const SIGNIFICANT_DIGITS = 5;

export function ritzTable() {
  const rows = Object.entries(SERIES).flatMap(([lower, uppers]) =>
    uppers.map((upper) => {
      const wavelength = NM_CM / (LEVELS[upper] - LEVELS[lower]);
      return `${lower},${upper},${wavelength.toPrecision(SIGNIFICANT_DIGITS)}`;
    }),
  );
  return `${['n_lower,n_upper,wavelength', ...rows].join('\n')}\n`;
}

if (argv[1] === fileURLToPath(import.meta.url)) stdout.write(ritzTable());
