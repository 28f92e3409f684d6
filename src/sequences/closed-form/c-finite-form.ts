import {
  type IntegerPolynomial,
  overCommonDenominator,
  Polynomial,
  Rational,
  type RationalPolynomial,
  solveRational,
} from '../../numerics/index.ts';
import type { Recurrence } from '../recurrence.ts';
import {
  type PowerGroup,
  periodicLatex,
  periodicText,
  powerGroupLatex,
  powerGroupText,
  type SurdGroup,
  surdGroupLatex,
  surdGroupText,
} from './c-finite-text.ts';
import { minimalCharacteristic } from './characteristic.ts';
import { type ClosedForm, type ClosedFormKind, PROOF } from './closed-form.ts';
import { cyclotomicOrder } from './cyclotomic.ts';
import { joinTerms } from './notation.ts';
import { powerQuadratic, type QuadraticNumber, quadraticRoot } from './quadratic-root.ts';

/** A system of more unknowns takes seconds. */
const MOST_UNKNOWNS = 48;

/** Residues beyond this many make a table, not a formula. */
const LONGEST_PERIOD = 60;

/**
 * The closed form of a sequence with constant coefficients, where its characteristic roots are rational, quadratic or roots of unity.
 *
 * u(n) = sum_i p_i(n) r_i^n + sum_j (a_j(n) + b_j(n) sqrt(d_j)) rho_j^n + conjugate + periodic polynomials
 *
 * The coefficients solve a linear system over Q. Form and sequence obey the same chi, and agree on deg chi terms: they are equal.
 *
 * @param recurrence with constant coefficients
 * @param terms u(start), ...: at least as many as the order
 * @param start index of the first term
 * @returns undefined when a characteristic root is of another kind, or the coefficients are not constant
 * @throws DomainError "not-an-integer" when the recurrence leaves the integers
 * @see G. Everest et al., Recurrence Sequences, 1.1.6
 * @example cFiniteForm({ coefficients: [[6n], [-5n], [1n]], constant: [] }, [2n, 5n], 0)!.text // "3^n + 2^n"
 * @example cFiniteForm({ coefficients: [[-1n], [-1n], [1n]], constant: [] }, [0n, 1n], 0)!.text // "(((1 + sqrt(5))/2)^n - ((1 - sqrt(5))/2)^n)/sqrt(5)"
 */
export function cFiniteForm(recurrence: Recurrence, terms: readonly bigint[], start: number): ClosedForm | undefined {
  const characteristic = minimalCharacteristic(recurrence, terms, start);
  if (characteristic === undefined) return undefined;
  const { factors, base, terms: all } = characteristic;
  const unknowns = factors.reduce((sum, { factor, multiplicity }) => sum + multiplicity * (factor.length - 1), 0);
  if (unknowns > MOST_UNKNOWNS || base < 0) return undefined;
  const columns: Column[] = [];
  for (const { factor, multiplicity } of factors) {
    const sequences = basisOf(factor);
    if (sequences === undefined) return undefined;
    for (let power = 0; power < multiplicity; power++) {
      for (const sequence of sequences) columns.push({ ...sequence, power });
    }
  }
  const indices = Array.from({ length: unknowns }, (_, place) => base + place);
  const rows = indices.map((n) => columns.map((column) => columnValue(column, n)));
  const solution = solveRational(
    rows,
    indices.map((n) => Rational.of(all[n - start])),
  );
  if (solution === undefined) return undefined;
  const form = assemble(columns, solution);
  if (form === undefined) return undefined;
  let from = base;
  while (from > start && Rational.equal(form.evaluate(from - 1), Rational.of(all[from - 1 - start]))) from--;
  const agrees = indices.every((n) => Rational.equal(form.evaluate(n), Rational.of(all[n - start])));
  return agrees ? { ...form, from, proof: PROOF } : undefined;
}

/** One unknown: its coefficient multiplies n^power times a basic sequence. */
interface Basic {
  readonly group: string;
  readonly root?: Rational;
  readonly surd?: { readonly root: QuadraticNumber; readonly part: 'rational' | 'surd' };
  readonly periodic?: readonly bigint[];
}

interface Column extends Basic {
  readonly power: number;
}

/** Basic solutions of f(E) u = 0 for an irreducible f; undefined where its roots have no simple name. */
function basisOf(f: IntegerPolynomial): Basic[] | undefined {
  if (f.length === 2) {
    const root = Rational.of(-f[0], f[1]);
    if (root.den === 1n && root.num === 1n) return [{ group: 'periodic', periodic: [1n] }];
    return [{ group: Rational.print(root), root }];
  }
  const period = cyclotomicOrder(f);
  if (period !== undefined && period <= LONGEST_PERIOD) {
    return Array.from({ length: f.length - 1 }, (_, impulse) => ({
      group: 'periodic',
      periodic: response(f, impulse, period),
    }));
  }
  if (f.length !== 3) return undefined;
  const root = quadraticRoot(f);
  return (['rational', 'surd'] as const).map((part) => ({ group: f.join(), surd: { root, part } }));
}

/** One period of the solution that starts as a unit vector. */
function response(f: IntegerPolynomial, impulse: number, period: number): bigint[] {
  const degree = f.length - 1;
  const values = Array.from({ length: degree }, (_, place) => BigInt(place === impulse));
  while (values.length < period) {
    const place = values.length - degree;
    let sum = 0n;
    for (let j = 0; j < degree; j++) sum -= f[j] * values[place + j];
    values.push(sum);
  }
  return values;
}

/** The column at n. */
function columnValue({ power, root, surd, periodic }: Column, n: number): Rational {
  const weight = Rational.of(BigInt(n) ** BigInt(power));
  if (root !== undefined) return Rational.multiply(weight, Rational.power(root, n));
  if (surd !== undefined)
    return Rational.multiply(weight, Rational.multiply(Rational.of(2), surdPart(surd.root, surd.part, n)));
  return Rational.multiply(weight, Rational.of(periodic![n % periodic!.length]));
}

/** (a + b sqrt d) rho^n + conjugate = 2 (a S + b d T) with rho^n = S + T sqrt d. */
function surdPart(root: QuadraticNumber, part: 'rational' | 'surd', n: number): Rational {
  const value = powerQuadratic(root, n);
  return part === 'rational' ? value.rational : Rational.multiply(Rational.of(root.radicand), value.surd);
}

function assemble(
  columns: readonly Column[],
  solution: readonly Rational[],
): Pick<ClosedForm, 'kind' | 'text' | 'latex' | 'evaluate'> | undefined {
  const powers = new Map<string, { base: Rational; coefficients: Rational[] }>();
  const surds = new Map<string, SurdGroup>();
  const cycles = columns.filter(({ periodic }) => periodic !== undefined).map(({ periodic }) => periodic!.length);
  const signs = columns.some(({ root }) => root?.num === -1n && root.den === 1n);
  const mixed = cycles.some((length) => length > 1);
  const period = [...cycles, ...(mixed && signs ? [2] : [])].reduce((a, b) => leastCommonMultiple(a, b), 1);
  if (period > LONGEST_PERIOD) return undefined;
  const residues = Array.from({ length: period }, () => [] as Rational[]);
  columns.forEach(({ group, power, root, surd, periodic }, index) => {
    const value = solution[index];
    if (value.num === 0n) return;
    const isSign = root?.num === -1n && root.den === 1n;
    if (periodic !== undefined || (mixed && isSign)) {
      const cycle = periodic ?? [1n, -1n];
      residues.forEach((coefficients, residue) => {
        while (coefficients.length <= power) coefficients.push(Rational.ZERO);
        const step = Rational.multiply(value, Rational.of(cycle[residue % cycle.length]));
        coefficients[power] = Rational.add(coefficients[power], step);
      });
    } else if (root !== undefined) {
      const entry = powers.get(group) ?? { base: root, coefficients: [] };
      while (entry.coefficients.length <= power) entry.coefficients.push(Rational.ZERO);
      entry.coefficients[power] = value;
      powers.set(group, entry);
    } else if (surd !== undefined) {
      const entry = surds.get(group) ?? { root: surd.root, rational: [], surd: [] };
      for (const list of [entry.rational, entry.surd]) while (list.length <= power) list.push(Rational.ZERO);
      entry[surd.part][power] = value;
      surds.set(group, entry);
    }
  });
  const size = ({ base }: { base: Rational }) => Math.abs(Rational.toNumber(base));
  const groups: PowerGroup[] = [...powers.values()]
    .sort((a, b) => size(b) - size(a))
    .map(({ base, coefficients }) => ({ base, polynomial: overCommonDenominator(coefficients) }));
  const polynomials = residues.map(overCommonDenominator);
  const roots = [...surds.values()];
  return {
    kind: kindOf(groups, roots, period),
    text: joinTerms([...groups.map(powerGroupText), ...roots.map(surdGroupText), periodicText(polynomials)]),
    latex: joinTerms([...groups.map(powerGroupLatex), ...roots.map(surdGroupLatex), periodicLatex(polynomials)]),
    evaluate: (n) => evaluate(groups, roots, polynomials, n),
  };
}

function kindOf(groups: readonly PowerGroup[], roots: readonly SurdGroup[], period: number): ClosedFormKind {
  const isSign = ({ base }: PowerGroup) => base.den === 1n && base.num === -1n;
  if (roots.length > 0 || groups.some((group) => !isSign(group))) return 'c-finite';
  return groups.length > 0 || period > 1 ? 'quasi-polynomial' : 'polynomial';
}

function evaluate(
  groups: readonly PowerGroup[],
  roots: readonly SurdGroup[],
  residues: readonly RationalPolynomial[],
  n: number,
): Rational {
  const at = BigInt(n);
  const value = ({ numerator, denominator }: RationalPolynomial) =>
    Rational.of(Polynomial.evaluate(numerator, at), denominator);
  const length = residues.length;
  let sum = value(residues[((n % length) + length) % length]);
  for (const { base, polynomial } of groups) {
    sum = Rational.add(sum, Rational.multiply(value(polynomial), Rational.power(base, n)));
  }
  for (const { root, rational, surd } of roots) {
    const parts = [
      [rational, 'rational'],
      [surd, 'surd'],
    ] as const;
    for (const [coefficients, part] of parts) {
      const weight = value(overCommonDenominator(coefficients));
      const twice = Rational.multiply(Rational.of(2), surdPart(root, part, n));
      sum = Rational.add(sum, Rational.multiply(weight, twice));
    }
  }
  return sum;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
