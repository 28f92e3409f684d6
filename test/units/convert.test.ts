import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnitError } from '../../src/core/index.ts';
import { convert, parseUnit } from '../../src/units/index.ts';

const RELATIVE_ROUNDING = 1e-12;

describe('convert', () => {
  it.each([
    // Published: PDG Review 2024, Physical constants, (hbar c)^2 and the Hubble time.
    [1, 'GeV^-2', 'mb', 'natural', 0.3893793721, 1e-9],
    [197.3269804, 'MeV fm', '1', 'natural', 1, 1e-9],
    [1, 'eV', 'K', 'natural', 11604.51812, 1e-9],
    [1, 's Mpc/km', 'Gyr', 'SI', 977.7922, 1e-6],
    [1, 'u', 'MeV/c^2', 'SI', 931.49410372, 1e-9],
    [1, 'cal', 'J', 'SI', 4.184, 1e-15],
    [36, 'km/h', 'm/s', 'SI', 10, 1e-15],
    [180, 'deg', 'rad', 'SI', Math.PI, 1e-15],
  ] as const)('%d %s in %s (%s)', (value, from, to, system, expected, tolerance) => {
    expect(Math.abs(convert(value, from, to, system) / expected - 1)).toBeLessThan(tolerance);
  });

  it('is undone by the way back and chains', () => {
    const lengths = ['m', 'km', 'fm', 'AU', 'pc', 'ly', 'angstrom', 'Rsun'];
    const unit = fc.constantFrom(...lengths);
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), unit, unit, unit, (value, a, b, c) => {
        expect(Math.abs(convert(convert(value, a, b), b, a) / value - 1)).toBeLessThan(RELATIVE_ROUNDING);
        const chained = convert(convert(value, a, b), b, c);
        expect(Math.abs(chained / convert(value, a, c) - 1)).toBeLessThan(RELATIVE_ROUNDING);
      }),
    );
  });

  it('refuses unequal dimensions and mixed systems', () => {
    expect(() => convert(1, 'm', 's')).toThrow('m is m, s is s');
    expect(convert(1, 's', 'm', 'natural')).toBeCloseTo(299792458, 5);
    expect(() => convert(1, parseUnit('m', 'natural'), 'm')).toThrow(UnitError);
  });
});
