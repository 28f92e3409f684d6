import { describe, expect, test } from 'vitest';
import { halfOf } from '../../../benchmarks/recovery/half.ts';
import { corrupted } from '../../../benchmarks/sequences/corrupted.ts';
import { inHalf } from '../../../benchmarks/sequences/half.ts';
import { NAMED } from '../../../benchmarks/sequences/named.ts';
import { noise } from '../../../benchmarks/sequences/noise.ts';
import { drawOrbit, ORBIT_FAMILIES, orbits } from '../../../benchmarks/sequences/orbits.ts';
import { MIX_KINDS, PRINTED, sampleMix } from '../../../benchmarks/sequences/sample-mix.ts';
import { SAMPLE_LENGTH } from '../../../benchmarks/sequences/sequence-sample.ts';
import { predictsLinearly } from './linear-oracle.ts';

describe('orbits', () => {
  const all = orbits(1, 8);

  test('are long enough, distinct and not constant', () => {
    expect(all).toHaveLength(8 * ORBIT_FAMILIES.length);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { terms, lawful } of all) {
      expect([terms.length, lawful]).toEqual([SAMPLE_LENGTH, true]);
      expect(terms.slice(3).some((term) => term !== terms[3])).toBe(true);
    }
  });

  test('are the same for the same seed, and others for another', () => {
    expect(orbits(1, 8)).toEqual(all);
    const text = (seed: number) => orbits(seed, 2).map(({ terms }) => terms.join());
    expect(text(2).filter((terms) => text(1).includes(terms)).length).toBeLessThan(0.2 * text(1).length);
  });

  test('a member does not depend on how many others are drawn', () => {
    expect(orbits(1, 8)[3]).toEqual(drawOrbit(ORBIT_FAMILIES[0], 1, 3));
  });

  test.each([
    'polynomial',
    'periodic',
    'C-finite',
    'cyclotomic',
    'rational',
    'transfer matrix',
    'powers and polynomials',
  ])('%s obeys a linear recurrence', (name) => {
    const family = ORBIT_FAMILIES.find((one) => one.name === name)!;
    for (let i = 0; i < 8; i++) expect(predictsLinearly(drawOrbit(family, 3, i, 60).terms, 50)).toBe(true);
  });
});

describe('noise', () => {
  test('has no linear law', () => {
    const all = noise(1, 10);
    expect(all.every(({ lawful }) => !lawful)).toBe(true);
    expect(all.filter(({ terms }) => predictsLinearly(terms, 15) || predictsLinearly(terms, 25))).toEqual([]);
  });

  test('shows in the first terms', () => {
    for (const { terms } of noise(2, 30)) {
      const steps = terms.slice(1, 15).map((term, i) => term - terms[i]);
      expect(new Set(steps).size).toBeGreaterThan(1);
    }
  });
});

describe('changed terms', () => {
  test('differ from the law in one place, among those given', () => {
    for (const { family, terms, corruptedAt, lawful } of corrupted(1, 5, 15)) {
      const law = NAMED.find(({ name }) => name === family)!.terms(terms.length);
      const places = terms.flatMap((term, i) => (term === law[i] ? [] : [i]));
      expect([places, lawful]).toEqual([[corruptedAt], false]);
      expect(corruptedAt).toBeLessThan(15);
      const change = terms[corruptedAt!] - law[corruptedAt!];
      expect(change > -10n && change < 10n).toBe(true);
    }
  });
});

describe('the mix', () => {
  const mix = sampleMix(1, 600);

  test('holds every sequence once and within the window', () => {
    expect(mix).toHaveLength(600);
    expect(new Set(mix.map(({ id }) => id)).size).toBe(600);
    expect(new Set(mix.map(({ terms }) => terms.slice(0, 20).join())).size).toBe(600);
    for (const { terms } of mix) {
      expect(terms.slice(0, PRINTED.terms).join(', ').length).toBeLessThanOrEqual(PRINTED.characters);
    }
  });

  test('is the same for the same seed, and a shorter one its beginning', () => {
    expect(sampleMix(1, 50)).toEqual(mix.slice(0, 50));
  });

  // Of 10 000 entries of an encyclopedia, linear recurrences alone gave 46.9% at 15 terms and 53.9% at 25.
  test.each([
    [15, 0.469],
    [25, 0.539],
  ])('has as many linear recurrences as an encyclopedia, from %i terms', (given, published) => {
    const share = mix.filter(({ terms }) => predictsLinearly(terms, given)).length / mix.length;
    expect(Math.abs(share - published)).toBeLessThan(0.06);
  });

  test('names families that exist', () => {
    const named = new Set(NAMED.map(({ family }) => family));
    const drawn = new Set(ORBIT_FAMILIES.map(({ name }) => name));
    for (const { namedFamilies, orbitFamilies } of MIX_KINDS) {
      expect(namedFamilies.filter((family) => !named.has(family))).toEqual([]);
      expect(orbitFamilies.filter((family) => !drawn.has(family))).toEqual([]);
    }
  });

  test('has two halves of similar size', () => {
    const kept = inHalf(mix, 'test');
    expect(kept.every(({ id }) => halfOf(id) === 'test')).toBe(true);
    expect(kept.length + inHalf(mix, 'development').length).toBe(600);
    expect(Math.abs(kept.length - 300)).toBeLessThan(60);
    expect(inHalf(mix, 'all')).toBe(mix);
  });
});
