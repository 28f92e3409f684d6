import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../src/core/index.ts';
import {
  discriminant,
  factoredText,
  factorPolynomial,
  type IntegerPolynomial,
  integerRoots,
  interpolate,
  Polynomial,
  polynomialLatex,
  polynomialText,
  Rational,
  rationalRoots,
  resultant,
} from '../../../src/numerics/index.ts';

interface Row {
  readonly p: string[];
  readonly degrees: number[];
  readonly a: string[];
  readonly b: string[];
  readonly c: string[];
  readonly resultant: string;
  readonly discriminant: string;
  readonly gcdDegree: number;
}

const path = fileURLToPath(new URL('../../fixtures/pari/exact-algebra.json', import.meta.url));
const rows: Row[] = JSON.parse(readFileSync(path, 'utf8')).polynomials;
const read = (coefficients: readonly string[]) => Polynomial.trim(coefficients.map(BigInt));

const polynomial = fc
  .array(fc.bigInt({ min: -50n, max: 50n }), { maxLength: 7 })
  .map((coefficients) => Polynomial.trim(coefficients));
const nonZero = polynomial.filter((p) => p.length > 0);

function expand({ content, factors }: ReturnType<typeof factorPolynomial>): IntegerPolynomial {
  return factors.reduce(
    (product, { factor, multiplicity }) => Polynomial.multiply(product, Polynomial.power(factor, multiplicity)),
    Polynomial.of(content),
  );
}

describe('Polynomial', () => {
  const { add, multiply, subtract, shift, evaluate } = Polynomial;

  it('is a commutative ring', () => {
    fc.assert(
      fc.property(polynomial, polynomial, polynomial, (p, q, r) => {
        expect(add(p, q)).toEqual(add(q, p));
        expect(add(p, add(q, r))).toEqual(add(add(p, q), r));
        expect(multiply(p, multiply(q, r))).toEqual(multiply(multiply(p, q), r));
        expect(multiply(p, add(q, r))).toEqual(add(multiply(p, q), multiply(p, r)));
        expect(subtract(p, p)).toEqual([]);
      }),
      { seed: 1 },
    );
  });

  it('evaluates sums, products and shifts as numbers', () => {
    fc.assert(
      fc.property(polynomial, polynomial, fc.bigInt({ min: -99n, max: 99n }), fc.bigInt(-9n, 9n), (p, q, n, k) => {
        expect(evaluate(multiply(p, q), n)).toBe(evaluate(p, n) * evaluate(q, n));
        expect(evaluate(shift(p, k), n)).toBe(evaluate(p, n + k));
        expect(shift(shift(p, k), -k)).toEqual(p);
        expect(evaluate(Polynomial.reflect(p), n)).toBe(evaluate(p, -n));
      }),
      { seed: 2 },
    );
  });

  it('divides with a remainder of lower degree, and exactly where that is 0', () => {
    fc.assert(
      fc.property(polynomial, nonZero, (p, q) => {
        const { quotient, rest } = Polynomial.pseudoDivide(p, q);
        const power = Polynomial.leading(q) ** BigInt(Math.max(0, p.length - q.length + 1));
        expect(add(multiply(quotient, q), rest)).toEqual(Polynomial.scale(p, power));
        expect(rest.length).toBeLessThan(Math.max(q.length, 1));
        expect(Polynomial.exactQuotient(multiply(p, q), q)).toEqual(p);
      }),
      { seed: 3 },
    );
    expect(Polynomial.exactQuotient([1n, 1n], [2n])).toBeUndefined();
    expect(() => Polynomial.pseudoDivide([1n], [])).toThrow(DomainError);
    expect(() => Polynomial.exactQuotient([1n], [])).toThrow(DomainError);
  });

  it('has a greatest common divisor that divides both and holds every common factor', () => {
    fc.assert(
      fc.property(nonZero, nonZero, nonZero, (p, q, r) => {
        const [a, b] = [multiply(p, r), multiply(q, r)];
        const common = Polynomial.gcd(a, b);
        expect(Polynomial.exactQuotient(a, common)).toBeDefined();
        expect(Polynomial.exactQuotient(b, common)).toBeDefined();
        expect(Polynomial.exactQuotient(common, Polynomial.scale(r, 1n))).toBeDefined();
        const least = Polynomial.lcm(a, b);
        expect(Polynomial.exactQuotient(least, a)).toBeDefined();
        expect(Polynomial.exactQuotient(least, b)).toBeDefined();
      }),
      { seed: 4 },
    );
  });

  it('loses only multiplicities in its square-free part', () => {
    fc.assert(
      fc.property(nonZero, nonZero, (p, q) => {
        const part = Polynomial.squareFreePart(multiply(multiply(p, p), q));
        expect(Polynomial.gcd(part, Polynomial.derivative(part)).length).toBeLessThanOrEqual(1);
        expect(part.length).toBe(Polynomial.squareFreePart(multiply(p, q)).length);
      }),
      { seed: 5 },
    );
  });

  it.each(rows.map((row, index) => [index, row] as const))('agrees with PARI, row %i', (_, row) => {
    const [p, a, b, c] = [row.p, row.a, row.b, row.c].map(read);
    const factorization = factorPolynomial(p);
    const degrees = factorization.factors.flatMap(({ factor, multiplicity }) =>
      Array.from({ length: multiplicity }, () => factor.length - 1),
    );
    expect(degrees.sort((x, y) => x - y)).toEqual(row.degrees);
    expect(expand(factorization)).toEqual(p);
    expect(resultant(a, c)).toBe(BigInt(row.resultant));
    expect(discriminant(a)).toBe(BigInt(row.discriminant));
    expect(Polynomial.degree(Polynomial.gcd(a, b))).toBe(row.gcdDegree);
  });
});

describe('factorPolynomial', () => {
  it('multiplies back, and finds factors that were multiplied in', () => {
    fc.assert(
      fc.property(nonZero, nonZero, (p, q) => {
        const product = Polynomial.multiply(p, q);
        const factorization = factorPolynomial(product);
        expect(expand(factorization)).toEqual(product);
        const count = (r: IntegerPolynomial) =>
          factorPolynomial(r).factors.reduce((sum, { multiplicity }) => sum + multiplicity, 0);
        expect(count(product)).toBe(count(p) + count(q));
      }),
      { seed: 6 },
    );
  });

  it('keeps polynomials whole that factor modulo every prime', () => {
    for (const p of [Polynomial.of(1, 0, 0, 0, 1), Polynomial.of(1, 0, -10, 0, 1)]) {
      expect(factorPolynomial(p).factors).toEqual([{ factor: p, multiplicity: 1 }]);
    }
    // Swinnerton-Dyer: sqrt 2 + sqrt 3 + sqrt 5
    const p = Polynomial.of(576, 0, -960, 0, 352, 0, -40, 0, 1);
    expect(factorPolynomial(p).factors.length).toBe(1);
  });

  it('takes zero and constants', () => {
    expect(factorPolynomial([])).toEqual({ content: 0n, factors: [] });
    expect(factorPolynomial([-6n])).toEqual({ content: -6n, factors: [] });
  });
});

describe('roots', () => {
  it('are those that were multiplied in', () => {
    const root = fc.tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 1000n }));
    fc.assert(
      fc.property(fc.array(root, { minLength: 1, maxLength: 4 }), (pairs) => {
        const wanted = [...new Set(pairs.map(([num, den]) => Rational.print(Rational.of(num, den))))];
        const p = pairs.reduce((product, [num, den]) => Polynomial.multiply(product, [-num, den]), [
          3n,
          0n,
          1n,
        ] as IntegerPolynomial);
        expect(rationalRoots(p).map(Rational.print).sort()).toEqual(wanted.sort());
      }),
      { seed: 7 },
    );
    expect(integerRoots([0n, 0n, -6n, 5n, 1n])).toEqual([-6n, 0n, 1n]);
    expect(integerRoots([5n])).toEqual([]);
  });
});

describe('interpolate', () => {
  it('gives back the polynomial that the points were taken from', () => {
    fc.assert(
      fc.property(polynomial, fc.bigInt({ min: 1n, max: 20n }), (p, den) => {
        const points = Array.from({ length: p.length + 2 }, (_, x) => {
          return [Rational.of(2 * x - 3), Rational.of(Polynomial.evaluate(p, BigInt(2 * x - 3)), den)] as const;
        });
        const { numerator, denominator } = interpolate(points);
        expect(Polynomial.scale(numerator, den)).toEqual(Polynomial.scale(p, denominator));
      }),
      { seed: 8 },
    );
    const twice = [Rational.ONE, Rational.ONE] as const;
    expect(() => interpolate([twice, twice])).toThrow(expect.objectContaining({ code: 'repeated-point' }));
  });
});

describe('text', () => {
  it.each([
    [[], '0', '0', '0'],
    [[-1], '-1', '-1', '-1'],
    [[0, -1], '-n', '-n', '-n'],
    [[1, -2, 0, 5], '5*n^3 - 2*n + 1', '5 n^{3} - 2 n + 1', '(5*n^3 - 2*n + 1)'],
    [[0, 2, 4, 2], '2*n^3 + 4*n^2 + 2*n', '2 n^{3} + 4 n^{2} + 2 n', '2*n*(n + 1)^2'],
  ])('of %j', (coefficients, text, latex, factored) => {
    const p = Polynomial.of(...coefficients);
    expect([polynomialText(p), polynomialLatex(p), factoredText(p)]).toEqual([text, latex, factored]);
  });
});
