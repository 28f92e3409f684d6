import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { constantSubsets } from '../../../src/search/groups/constant-subsets.ts';
import { ExponentSpace, rankOf } from '../../../src/search/groups/exponent-space.ts';
import { piGroups, plainDimension } from '../../../src/search/groups/pi-groups.ts';
import { knownConstant, parseUnit } from '../../../src/units/index.ts';

const dimension = (unit: string): number[] => plainDimension(parseUnit(unit).dimension);
const constantDimension = (name: string): number[] => dimension(knownConstant(name)!.unit);

/** Quantities by unit, and what dimensional analysis is known to make of them. */
const KNOWN: Readonly<
  Record<string, { quantities: string[]; target: string; groups: number[][]; first: number[][]; only?: boolean }>
> = {
  'period of a pendulum: length, gravity, mass, angle': {
    quantities: ['m', 'm/s^2', 'kg', 'rad'],
    target: 's',
    groups: [[0, 0, 0, 1]],
    first: [[0.5, -0.5, 0, 0]],
  },
  'drag of Stokes: viscosity, radius, velocity': {
    quantities: ['Pa s', 'm', 'm/s'],
    target: 'N',
    groups: [],
    first: [[1, 1, 1]],
    only: true,
  },
  'drag with inertia, whose group is the Reynolds number: density, viscosity, radius, velocity': {
    quantities: ['kg/m^3', 'Pa s', 'm', 'm/s'],
    target: 'N',
    groups: [[1, -1, 1, 1]],
    first: [[0, 1, 1, 1]],
  },
  'radiation of Planck: frequency, temperature, h, c, k': {
    quantities: ['Hz', 'K', 'J s', 'm/s', 'J/K'],
    target: 'W s/m^2',
    groups: [[1, -1, 1, 0, -1]],
    first: [
      [3, 0, 1, -2, 0],
      [2, 1, 0, -2, 1],
    ],
  },
  'shift of Compton: angle, h, c, electron mass': {
    quantities: ['rad', 'J s', 'm/s', 'kg'],
    target: 'm',
    groups: [[1, 0, 0, 0]],
    first: [[0, 1, -1, -1]],
  },
};

describe('dimensional analysis of', () => {
  test.each(Object.entries(KNOWN))('%s', (_, { quantities, target, groups, first, only }) => {
    const found = piGroups(quantities.map(dimension), dimension(target), 16);
    expect(found.groups).toEqual(groups);
    expect(found.prefactors.slice(0, first.length)).toEqual(first);
    if (only) expect(found.prefactors.length).toBe(1);
  });
});

describe('exponents', () => {
  it('are finer where halves give nothing', () => {
    const blast = piGroups(['J', 's', 'kg/m^3'].map(dimension), dimension('m'), 16);
    expect(blast.prefactors[0].map((exponent) => Number(exponent.toFixed(12)))).toEqual([0.2, 0.4, -0.2]);
  });

  const vector = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 3, maxLength: 3 });
  const quantities = fc.array(vector, { minLength: 1, maxLength: 6 });

  it('of random dimensions: products have the dimension, and groups are independent and as many as there are', () => {
    fc.assert(
      fc.property(quantities, vector, (all, wanted) => {
        const space = new ExponentSpace(all);
        const { groups, prefactors } = piGroups(all, wanted, 8);
        const total = (exponents: readonly number[], base: number): number =>
          exponents.reduce((sum, exponent, i) => sum + exponent * all[i][base], 0);
        for (const group of groups) for (let base = 0; base < 3; base++) expect(total(group, base)).toBeCloseTo(0, 9);
        for (const prefactor of prefactors) {
          for (let base = 0; base < 3; base++) expect(total(prefactor, base)).toBeCloseTo(wanted[base], 9);
        }
        expect(rankOf(groups)).toBe(groups.length);
        expect(groups.length).toBeLessThanOrEqual(all.length - space.rank);
        if (prefactors.length > 0) expect(space.spans(wanted)).toBe(true);
        expect(space.rank).toBe(rankByMinors(all));
      }),
    );
  });

  it('of small dimensions give every group', () => {
    const small = fc.array(fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 2, maxLength: 2 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(small, (all) => {
        expect(piGroups(all, [0, 0], 4).groups.length).toBe(all.length - new ExponentSpace(all).rank);
      }),
    );
  });
});

/** The rank as the size of the largest minor that is not 0. */
function rankByMinors(columns: readonly (readonly number[])[]): number {
  const [a, b] = [columns, columns];
  const any = (list: readonly number[]): boolean => list.some((value) => value !== 0);
  let rank = columns.some(any) ? 1 : 0;
  for (const u of a) {
    for (const v of b) {
      const cross = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
      if (any(cross)) rank = Math.max(rank, 2);
      for (const w of columns) if (cross.some((x, i) => x !== 0 && w[i] !== 0) && dotted(cross, w) !== 0) rank = 3;
    }
  }
  return rank;
}

function dotted(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

describe('sets of constants', () => {
  const named = ['c', 'hbar', 'k_B', 'G', 'm_e'];
  const subsets = (inputs: string[], target: string): string[] =>
    constantSubsets(inputs.map(dimension), dimension(target), named.map(constantDimension)).map((subset) =>
      subset.map((i) => named[i]).join(' '),
    );

  it('are those that the target needs, and those that add a group', () => {
    // An energy of a mass needs c; mass and velocity give one without, and c is their scale.
    expect(subsets(['kg'], 'J')[0]).toBe('c');
    expect(subsets(['kg', 'm/s'], 'J').slice(0, 2)).toEqual(['', 'c']);
    // Energy of a mode at a temperature: hbar w, k T, or both with a group.
    expect(subsets(['rad/s', 'K'], 'J').slice(0, 2)).toEqual(['hbar', 'k_B']);
    expect(subsets(['rad/s', 'K'], 'J')).toContain('hbar k_B');
    // A temperature alone: no set without k_B can say what it is in joule.
    expect(subsets(['K'], 'J').every((subset) => subset.includes('k_B'))).toBe(true);
    expect(subsets(['K'], 'J')).toContain('c k_B m_e');
  });

  it('leave out constants that are a pure number among themselves, and those that no exponent moves', () => {
    const twice = constantSubsets([dimension('m/s')], dimension('m/s'), [dimension('m/s'), dimension('m/s')]);
    expect(twice).toEqual([[], [0], [1]]);
    expect(constantSubsets([dimension('m')], dimension('m'), [dimension('J/K')])).toEqual([[]]);
  });
});
