import { describe, expect, it, test } from 'vitest';
import { CONSTANT_NAMES, KNOWN_CONSTANTS, knownConstant, parseUnit } from '../../src/units/index.ts';

const of = (name: string): number => knownConstant(name)!.value;
const relative = (name: string): number => knownConstant(name)!.uncertainty / of(name);

/** Published digits of CODATA 2022; derived exact values end with the digits that are printed there. */
const PUBLISHED: Readonly<Record<string, readonly [digits: number, tolerance: number]>> = {
  hbar: [1.054571817e-34, 1e-9],
  R: [8.314462618, 1e-9],
  F: [96485.33212, 1e-9],
  sigma_SB: [5.670374419e-8, 1e-9],
  b_W: [2.897771955e-3, 1e-9],
  Phi_0: [2.067833848e-15, 1e-9],
};

/** Relations between constants that were adjusted together: they hold within the uncertainties. */
const RELATIONS: Readonly<Record<string, readonly [left: () => number, right: () => number]>> = {
  'mu0 eps0 c^2 = 1': [() => of('mu0') * of('eps0') * of('c') ** 2, () => 1],
  'Z_0 = mu0 c': [() => of('Z_0'), () => of('mu0') * of('c')],
  'alpha = e^2 / (4 pi eps0 hbar c)': [
    () => of('alpha'),
    () => of('e') ** 2 / (4 * Math.PI * of('eps0') * of('hbar') * of('c')),
  ],
  'R_inf = alpha^2 m_e c / (2 h)': [() => of('R_inf'), () => (of('alpha') ** 2 * of('m_e') * of('c')) / (2 * of('h'))],
  'a_0 = hbar / (m_e c alpha)': [() => of('a_0'), () => of('hbar') / (of('m_e') * of('c') * of('alpha'))],
  'mu_B = e hbar / (2 m_e)': [() => of('mu_B'), () => (of('e') * of('hbar')) / (2 * of('m_e'))],
  'mu_N = e hbar / (2 m_p)': [() => of('mu_N'), () => (of('e') * of('hbar')) / (2 * of('m_p'))],
};
const ADJUSTMENT = 3e-9;

describe('the constants that are known by name', () => {
  test.each(Object.entries(PUBLISHED))('%s has the published digits', (name, [digits, tolerance]) => {
    expect(Math.abs(of(name) / digits - 1)).toBeLessThan(tolerance);
    expect(relative(name)).toBe(0);
  });

  test.each(Object.entries(RELATIONS))('%s', (_, [left, right]) => {
    expect(Math.abs(left() / right() - 1)).toBeLessThan(ADJUSTMENT);
  });

  it('have a unit each, a small uncertainty, and names that stand for one of them', () => {
    for (const { name, unit, uncertainty, value } of KNOWN_CONSTANTS) {
      expect([name, parseUnit(unit).scale]).toEqual([name, expect.closeTo(1, 12)]);
      expect(uncertainty / value).toBeLessThan(3e-5);
    }
    expect(new Set(CONSTANT_NAMES).size).toBe(CONSTANT_NAMES.length);
    expect(of('kB')).toBe(of('k_B'));
    expect(of('ε0')).toBe(of('eps0'));
    expect(knownConstant('toString')).toBeUndefined();
  });

  it('a proton weighs 1836 electrons, and a neutron a little more', () => {
    expect(of('m_p') / of('m_e')).toBeCloseTo(1836.152673, 5);
    expect(of('m_n') / of('m_p')).toBeCloseTo(1.001378419, 8);
    expect(of('m_u') * of('N_A')).toBeCloseTo(1e-3, 11);
  });
});
