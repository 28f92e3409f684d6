import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IntegerPolynomial, Polynomial, Rational } from '../../../src/numerics/index.ts';
import { PROOF } from '../../../src/sequences/closed-form/closed-form.ts';
import { findClosedForm } from '../../../src/sequences/closed-form/find-closed-form.ts';
import { hypergeometricSolutions } from '../../../src/sequences/closed-form/hyper.ts';
import { type RationalFunction, rationalFunction } from '../../../src/sequences/closed-form/rational-function.ts';
import { extendRecurrence, type Recurrence } from '../../../src/sequences/recurrence.ts';
import { KNOWN, recurrence } from '../known-sequences.ts';

interface Row {
  readonly name: string;
  readonly coefficients: string[][];
  readonly terms: string[];
  readonly given: number;
  readonly solutions: number;
}

const path = fileURLToPath(new URL('../../fixtures/sympy/recurrences.json', import.meta.url));
const rows: Row[] = JSON.parse(readFileSync(path, 'utf8')).recurrences;

/** The form has the values of the sequence from where it says it holds. */
function expectAgreement(law: Recurrence, first: readonly bigint[], start: number, count = 50): void {
  const form = findClosedForm(law, first, start)!;
  const terms = [...first, ...extendRecurrence(law, first, start, count)];
  expect(form.proof).toBe(PROOF);
  for (let n = form.from; n < start + terms.length; n++) {
    expect(Rational.print(form.evaluate(n)), `${form.text} at ${n}`).toBe(terms[n - start].toString());
  }
}

describe('findClosedForm', () => {
  it.each([
    ['lazy caterer', recurrence([[-1], [1]], [1, 1]), [1], 'polynomial', '(n^2 + n + 2)/2'],
    ['squares', recurrence([[-1], [3], [-3], [1]]), [0, 1, 4], 'polynomial', 'n^2'],
    ['zero', recurrence([[-1], [1]]), [0], 'polynomial', '0'],
    [
      'floor(n^2/4)',
      recurrence([[-1], [2], [], [-2], [1]]),
      [0, 0, 1, 2],
      'quasi-polynomial',
      '(-1)^n/8 + (2*n^2 - 1)/8',
    ],
    ['n mod 3', recurrence([[-1], [], [], [1]]), [0, 1, 2], 'quasi-polynomial', '[0, 1, 2][n mod 3]'],
    ['Jacobsthal', recurrence([[-2], [-1], [1]]), [0, 1], 'c-finite', '2^n/3 - (-1)^n/3'],
    ['n 2^n', recurrence([[4], [-4], [1]]), [0, 2], 'c-finite', 'n*2^n'],
    ['Fibonacci', KNOWN.fibonacci.law, [0, 1], 'c-finite', '(((1 + sqrt(5))/2)^n - ((1 - sqrt(5))/2)^n)/sqrt(5)'],
    ['Lucas', KNOWN.fibonacci.law, [2, 1], 'c-finite', '((1 + sqrt(5))/2)^n + ((1 - sqrt(5))/2)^n'],
    ['Pell', recurrence([[-1], [-2], [1]]), [0, 1], 'c-finite', '((1 + sqrt(2))^n - (1 - sqrt(2))^n)/(2*sqrt(2))'],
    ['Re (1+i)^n', recurrence([[2], [-2], [1]]), [1, 1], 'c-finite', '((1 + I)^n + (1 - I)^n)/2'],
    ['Catalan', KNOWN.catalan.law, [1], 'hypergeometric', 'binomial(2*n, n)/(n + 1)'],
    ['factorials', recurrence([[-1, -1], [1]]), [1], 'hypergeometric', 'n!'],
    ['(n+1)!', recurrence([[-2, -1], [1]]), [1], 'hypergeometric', '(n + 1)!'],
    ['(2n-1)!!', recurrence([[-1, -2], [1]]), [1], 'hypergeometric', '(2*n - 1)!!'],
    ['2^n n!', recurrence([[-2, -2], [1]]), [1], 'hypergeometric', '2^n*n!'],
    [
      'binomial(2n,n)^2',
      recurrence([
        [-4, -16, -16],
        [1, 2, 1],
      ]),
      [1],
      'hypergeometric',
      'binomial(2*n, n)^2',
    ],
    [
      'ternary trees',
      recurrence([
        [-6, -27, -27],
        [6, 10, 4],
      ]),
      [1],
      'hypergeometric',
      'binomial(3*n, n)/(2*n + 1)',
    ],
    ['3^n (1/3)_n', recurrence([[-1, -3], [1]]), [1], 'hypergeometric', '3^n*pochhammer(1/3, n)'],
    ['prod k^2+1', recurrence([[-1, 0, -1], [1]]), [1], 'hypergeometric', 'product(k^2 + 1, k = 0..n-1)'],
    [
      'n! + 2^n',
      recurrence([
        [0, 2, 2],
        [2, -3, -1],
        [-1, 1],
      ]),
      [2, 3, 6, 14],
      'hypergeometric-sum',
      '2^n + n!',
    ],
    [
      'n^2 in disguise',
      recurrence([
        [-1, -2, -1],
        [0, 0, 1],
      ]),
      [],
      'polynomial',
      undefined,
    ],
  ] as const)('%s', (_, law, first, kind, text) => {
    if (text === undefined) {
      const form = findClosedForm(law, [1n], 1)!;
      expect([form.kind, form.text, form.from]).toEqual([kind, 'n^2', 1]);
      return;
    }
    const terms = first.map(BigInt);
    const form = findClosedForm(law, terms, 0)!;
    expect([form.kind, form.text, form.from]).toEqual([kind, text, 0]);
    expectAgreement(law, terms, 0);
  });

  it('writes one form for each residue where only every second term is joined', () => {
    const form = findClosedForm(recurrence([[-2, -1], [], [1]]), [1n, 1n], 0)!;
    expect([form.kind, form.text]).toEqual(['interlaced', '2^m*m! for n = 2*m, (2*m + 1)*(2*m - 1)!! for n = 2*m + 1']);
    expectAgreement(recurrence([[-2, -1], [], [1]]), [1n, 1n], 0);
    expectAgreement(recurrence([[-2, -1], [], [1]]), [1n, 2n], 1);
  });

  it('finds forms of even and odd terms: binomial(n, floor(n/2))', () => {
    const law = recurrence([[-4, -4], [-2], [3, 1]]);
    expect(findClosedForm(law, [1n, 1n], 0)!.text).toBe(
      'binomial(2*m, m) for n = 2*m, (2*m + 1)*binomial(2*m, m)/(m + 1) for n = 2*m + 1',
    );
    expectAgreement(law, [1n, 1n], 0);
  });

  it.each([
    ['7, then powers', recurrence([[], [-2], [1]]), [7, 1], 0, 1],
    ['squares from 1', recurrence([[-1], [3], [-3], [1]]), [1, 4, 9], 1, 1],
    ['720 that falls to 0', recurrence([[-6, 1], [1]]), [720], 0, 7],
  ] as const)('says from where it holds: %s', (_, law, first, start, from) => {
    expect(findClosedForm(law, first.map(BigInt), start)!.from).toBe(from);
    expectAgreement(law, first.map(BigInt), start);
  });

  it.each(['motzkin', 'apery', 'involutions', 'derangements'] as const)('finds none for %s', (name) => {
    expect(findClosedForm(KNOWN[name].law, KNOWN[name].terms, 0)).toBeUndefined();
  });

  it('finds none where a root is cubic', () => {
    expect(findClosedForm(recurrence([[-1], [-1], [-1], [1]]), [0n, 0n, 1n], 0)).toBeUndefined();
  });

  it('holds for products of linear, cyclotomic and quadratic factors, with random terms', () => {
    const factor = fc.constantFrom<IntegerPolynomial>(
      [-1n, 1n],
      [1n, 1n],
      [-2n, 1n],
      [3n, 1n],
      [1n, 1n, 1n],
      [1n, 0n, 1n],
      [-1n, -1n, 1n],
      [-2n, 0n, 1n],
      [2n, -2n, 1n],
      [0n, 1n],
    );
    const chi = fc
      .array(factor, { minLength: 1, maxLength: 4 })
      .map((factors) => factors.reduce(Polynomial.multiply, [1n] as IntegerPolynomial));
    const terms = fc.array(fc.bigInt({ min: -9n, max: 9n }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(chi, terms, fc.integer({ min: 0, max: 3 }), (polynomial, first, start) => {
        const law = { coefficients: polynomial.map((value) => (value === 0n ? [] : [value])), constant: [] };
        expectAgreement(law, first.slice(0, polynomial.length - 1), start);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('holds for hypergeometric terms of random quotients', () => {
    const linear = fc.tuple(fc.bigInt({ min: 1n, max: 9n }), fc.constantFrom(1n, 1n, 2n, 3n, 4n));
    fc.assert(
      fc.property(
        fc.array(linear, { minLength: 1, maxLength: 3 }),
        fc.bigInt({ min: -3n, max: 3n }).filter((c) => c !== 0n),
        (factors, size) => {
          const product = factors.reduce((p, [c, d]) => Polynomial.multiply(p, [c, d]), [-size] as IntegerPolynomial);
          expectAgreement({ coefficients: [product, [1n]], constant: [] }, [5n], 0, 20);
        },
      ),
      { seed: 2, numRuns: 60 },
    );
  });

  it('refuses terms that are too few, or do not obey the recurrence', () => {
    expect(() => findClosedForm(KNOWN.fibonacci.law, [1n, 1n, 2n, 4n], 0)).toThrow(
      expect.objectContaining({ code: 'recurrence-broken', data: { index: 1 } }),
    );
    expect(() => findClosedForm(KNOWN.fibonacci.law, [0n, 1n], 0.5)).toThrow(
      expect.objectContaining({ code: 'bad-index' }),
    );
    expect(() => findClosedForm(KNOWN.catalan.law, [1n, 1n, 3n], 0)).toThrow(
      expect.objectContaining({ code: 'recurrence-broken' }),
    );
    expect(() => findClosedForm(KNOWN.fibonacci.law, [1n], 0)).toThrow(expect.objectContaining({ code: 'shape' }));
  });
});

/** The recurrence of order 2 of all sums of two terms: the minors of (1, R_i(n), R_i(n) R_i(n + 1)). */
function joint(one: RationalFunction, two: RationalFunction): Recurrence {
  const { multiply, shift, subtract } = Polynomial;
  const columns = [one, two].map(({ numerator: a, denominator: b }) => [
    multiply(b, shift(b, 1n)),
    multiply(a, shift(b, 1n)),
    multiply(a, shift(a, 1n)),
  ]);
  const minor = (i: number, j: number) =>
    subtract(multiply(columns[0][i], columns[1][j]), multiply(columns[0][j], columns[1][i]));
  return { coefficients: [minor(1, 2), minor(2, 0), minor(0, 1)], constant: [] };
}

describe('hypergeometricSolutions', () => {
  it('finds both terms that a recurrence was made of', () => {
    const linear = fc
      .tuple(fc.bigInt({ min: 1n, max: 6n }), fc.constantFrom(1n, 1n, 2n, 3n))
      .map(([c, d]) => [c, d] as IntegerPolynomial);
    const product = fc
      .tuple(fc.array(linear, { maxLength: 2 }), fc.constantFrom(1n, -1n, 2n, -3n))
      .map(([factors, size]) => factors.reduce(Polynomial.multiply, [size] as IntegerPolynomial));
    const ratio = fc.tuple(product, product).map(([above, below]) => rationalFunction(above, below));
    fc.assert(
      fc.property(ratio, ratio, (one, two) => {
        const law = joint(one, two);
        fc.pre(law.coefficients[2].length > 0);
        const found = [...hypergeometricSolutions(law)];
        expect(found).toContainEqual(one);
        expect(found).toContainEqual(two);
      }),
      { seed: 3, numRuns: 80 },
    );
  });

  it.each(rows)('has what sympy finds: $name', ({ coefficients, terms, given, solutions }) => {
    const law = { coefficients: coefficients.map((p) => p.map(BigInt)), constant: [] };
    const constant = law.coefficients.every((p) => p.length <= 1);
    // sympy counts irrational and repeated bases, which go another way here.
    if (!constant) expect([...hypergeometricSolutions(law)].length).toBeGreaterThanOrEqual(solutions);
    const form = findClosedForm(law, terms.slice(0, given).map(BigInt), 0);
    if (form === undefined) expect(solutions).toBeLessThan(law.coefficients.length - 1);
    else expect(terms.map((_, n) => Rational.print(form.evaluate(n)))).toEqual(terms);
  });
});
