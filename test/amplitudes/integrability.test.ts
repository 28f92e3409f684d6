import { describe, expect, test } from 'vitest';
import {
  createAlphabet,
  FORM_FACTOR,
  LogarithmicForms,
  pairRelations,
  relationImages,
  wordKey,
} from '../../src/amplitudes/index.ts';
import { nullVectors, primeAt } from '../../src/numerics/index.ts';

const p = primeAt(0);

/** Whether a relation on pairs follows from those derived: it vanishes on all pairs of letters that obey them. */
function follows(alphabet: typeof FORM_FACTOR, relation: Readonly<Record<string, number>>): boolean {
  const { size } = alphabet;
  const rows = pairRelations(alphabet, p);
  const entries = new Float64Array(rows.length * size * size);
  rows.forEach(({ words, residues }, row) => {
    words.forEach((word, i) => {
      entries[row * size * size + word] = residues[i];
    });
  });
  return nullVectors({ rows: rows.length, columns: size * size, entries }, p).every(({ vector }) => {
    let sum = 0;
    for (const [pair, value] of Object.entries(relation)) sum += value * vector[wordKey(alphabet, pair)];
    return sum % p === 0;
  });
}

const THIRD = { db: 1, dc: -1, bd: -1, cd: 1, ec: 1, ea: -1, ce: -1, ae: 1, fa: 1, fb: -1, af: -1, bf: 1 };

describe('integrability of the form factor', () => {
  test.each([
    ['ab + ac - ba - ca', { ab: 1, ac: 1, ba: -1, ca: -1 }],
    ['ca + cb - ac - bc', { ca: 1, cb: 1, ac: -1, bc: -1 }],
    ['the relation of twelve pairs', { ...THIRD, cb: 2, bc: -2 }],
  ])('%s = 0 follows from d log ^ d log', (_, relation) => {
    expect(follows(FORM_FACTOR, relation)).toBe(true);
  });

  test('a relation with another coefficient does not', () => {
    expect(follows(FORM_FACTOR, { ...THIRD, cb: 4, bc: -4 })).toBe(false);
  });

  test('letters without roots double the coefficient of bc', () => {
    const { definition } = FORM_FACTOR;
    const squared = createAlphabet({
      ...definition,
      letters: definition.letters.map((letter) => ({ ...letter, argument: letter.argument.replace('sqrt', '') })),
    });
    expect(follows(squared, { ...THIRD, cb: 4, bc: -4 })).toBe(true);
    expect(follows(squared, { ...THIRD, cb: 2, bc: -2 })).toBe(false);
  });

  test('leaves 21 pairs, whatever the prime and the points', () => {
    for (const [prime, seed] of [
      [primeAt(0), 1],
      [primeAt(1), 2],
      [10007, 3],
    ]) {
      expect(36 - pairRelations(FORM_FACTOR, prime, seed).length).toBe(21);
    }
  });
});

describe('relationImages', () => {
  test('gives every image once', () => {
    const images = relationImages(FORM_FACTOR, { aab: 1, abb: 1, acb: 1 }, p);
    expect(images.length).toBe(6);
    // b and c exchanged give the same relation with the other sign.
    expect(relationImages(FORM_FACTOR, { bd: 1, cd: -1 }, p).length).toBe(3);
  });
});

describe('LogarithmicForms', () => {
  const letters = (argument: string) =>
    createAlphabet({ name: 'test', variables: ['x', 'y'], letters: [{ name: 'a', argument }] });

  test.each([
    ['x^2 * y^(1/2)', [2, 1], [1, 2]],
    ['sqrt(x / y)', [1, 2], [-1, 2]],
    ['cbrt(x) * inv(y)', [1, 3], [-1, 1]],
    ['square(x) / y^-3', [2, 1], [3, 1]],
    ['-x', [1, 1], [0, 1]],
    ['x^0.5', [1, 2], [0, 1]],
  ])('d log %s has the exponents as residues at x = y = 1', (argument, [n, d], [m, e]) => {
    const [gradient] = new LogarithmicForms(letters(argument), p).at([1, 1])!;
    // Fractions with small parts are found fast as (top + k p) / bottom.
    const residue = (top: number, bottom: number) => {
      for (let k = 0; k < bottom; k++)
        if ((top + k * p) % bottom === 0) return ((((top + k * p) / bottom) % p) + p) % p;
      throw new Error('p divides the denominator');
    };
    expect(gradient[0]).toBe(residue(n, d));
    expect(gradient[1]).toBe(residue(m, e));
  });

  test('takes derivatives of sums, products and quotients', () => {
    // d log (1 + x y) / (x - 2) at (3, 5): dx 5/16 - 1, dy 3/16.
    const [gradient] = new LogarithmicForms(letters('(1 + x * y) / (x - 2)'), p).at([3, 5])!;
    expect((gradient[0] * 16) % p).toBe(p - 11);
    expect((gradient[1] * 16) % p).toBe(3);
  });

  test('says when a point is unlucky', () => {
    expect(new LogarithmicForms(letters('x - 1'), p).at([1, 1])).toBeUndefined();
  });

  test.each([
    ['sqrt(x) + y', 'not-rational'],
    ['sin(x)', 'not-rational'],
    ['x^y', 'not-rational'],
    ['1 +', 'unexpected-end'],
    ['z', 'unknown-variable'],
  ])('refuses %s', (argument, code) => {
    expect(() => new LogarithmicForms(letters(argument), p).at([2, 3])).toThrow(expect.objectContaining({ code }));
  });
});
