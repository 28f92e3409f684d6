import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findAsymptotics } from '../../../src/sequences/asymptotics/find-asymptotics.ts';
import { growths } from '../../../src/sequences/asymptotics/growth.ts';
import { KNOWN, recurrence } from '../known-sequences.ts';

const path = fileURLToPath(new URL('../../fixtures/pari/exact-algebra.json', import.meta.url));
const constants: { name: keyof typeof KNOWN; value: string }[] = JSON.parse(readFileSync(path, 'utf8')).constants;

const GROWTHS: Record<keyof typeof KNOWN, string> = {
  catalan: '4^n * n^(-3/2)',
  motzkin: '3^n * n^(-3/2)',
  fibonacci: '((1 + sqrt(5))/2)^n',
  derangements: 'n!',
  apery: '(17 + 12*sqrt(2))^n * n^(-3/2)',
  involutions: '(n!)^(1/2) * exp(n^(1/2)) * n^(-1/4)',
};

describe('findAsymptotics', () => {
  it.each(constants)('has the constant of $name to the digits it states', ({ name, value }) => {
    const { constant, text, growth } = findAsymptotics(KNOWN[name].law, KNOWN[name].terms, 0)!;
    expect(text).toBe(`${constant!.text} * ${GROWTHS[name]}`);
    expect(constant!.digits).toBeGreaterThanOrEqual(name === 'involutions' ? 18 : 28);
    // The last digit is rounded.
    const places = constant!.text.length - 2;
    const [ours, theirs] = [constant!.text, value].map((digits) => BigInt(digits.replace('.', '').padEnd(60, '0')));
    const error = ours > theirs ? ours - theirs : theirs - ours;
    expect(error <= 10n ** BigInt(59 - places)).toBe(true);
    expect(growth.proved).toBe(name !== 'involutions');
  });

  it.each([
    [
      'central binomials',
      recurrence([
        [-2, -4],
        [1, 1],
      ]),
      [1],
      '0.564189583548 * 4^n * n^(-1/2)',
    ],
    ['factorials', recurrence([[-1, -1], [1]]), [1], 'n!'],
    ['squares', recurrence([[-1], [3], [-3], [1]]), [0, 1, 4], 'n^2'],
    ['n 2^n', recurrence([[4], [-4], [1]]), [0, 2], '2^n * n'],
    ['Hanoi', recurrence([[-2], [1]], [1]), [0], '2^n'],
    ['a constant', recurrence([[-1], [1]]), [5], '5'],
    ['Padovan', recurrence([[-1], [-1], [], [1]]), [1, 1, 1], '0.722124418303 * (1.32471795724)^n'],
    [
      'binomial(2n,n)^2',
      recurrence([
        [-4, -16, -16],
        [1, 2, 1],
      ]),
      [1],
      '0.318309886184 * 16^n * n^(-1)',
    ],
  ] as const)('of %s', (_, law, terms, text) => {
    expect(findAsymptotics(law, terms.map(BigInt), 0, 12)!.text).toBe(text);
  });

  it('takes the growth that the terms have, not the largest possible', () => {
    expect(findAsymptotics(recurrence([[-2], [-1], [1]]), [1n, -1n], 0)!.text).toBe('(-1)^n');
    expect(findAsymptotics(recurrence([[6], [-5], [1]]), [1n, 2n], 0)!.text).toBe('2^n');
  });

  it.each([
    ['a complex pair', recurrence([[2], [-2], [1]]), [1, 1], /period 8\.0/],
    ['two bases of one size', recurrence([[-2], [], [1]]), [1, 1], /2 growths of the same size/],
    ['double factorials', recurrence([[-2, -1], [], [1]]), [1, 1], /2 growths/],
    ['a period', recurrence([[-1], [], [], [1]]), [0, 1, 2], /3 growths/],
    [
      'a period of 11',
      recurrence([[-1], ...Array.from({ length: 10 }, () => []), [1]]),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
      /11 growths/,
    ],
    ['n! times harmonic numbers', recurrence([[1, 2, 1], [-3, -2], [1]]), [0, 1], /log n/],
  ] as const)('reports what has no constant: %s', (_, law, terms, words) => {
    const found = findAsymptotics(law, terms.map(BigInt), 0)!;
    expect(found.constant).toBeUndefined();
    expect(found.oscillation).toMatch(words);
    expect(found.text.startsWith('C')).toBe(true);
  });

  it('has nothing to say of zeros', () => {
    expect(findAsymptotics(recurrence([[-2], [1]]), [0n], 0)).toBeUndefined();
  });
});

describe('growths', () => {
  it('lists the formal solutions, largest first', () => {
    const { list } = growths(KNOWN.apery.law.coefficients);
    expect(list.map(({ root }) => root[0].toFixed(4))).toEqual(['33.9706', '0.0294']);
    expect(list.every(({ proved, exactPower }) => proved && exactPower!.num === -3n)).toBe(true);
  });

  it('counts what it leaves out', () => {
    // exp(2 sqrt n): (n + 2) u(n+2) - (2n + 5) u(n+1) + (n + 1) u(n) = 0 of Laguerre type
    expect(
      growths(
        recurrence([
          [1, 1],
          [-4, -2],
          [2, 1],
        ]).coefficients,
      ).omitted,
    ).toBe(2);
  });
});
