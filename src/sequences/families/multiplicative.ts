import { interpolate, polynomialText, Rational, type RationalPolynomial } from '../../numerics/index.ts';
import { bitsOf, integerBits } from '../bits.ts';
import { factorsOf, isPrime } from '../known/factorisation.ts';
import type { Family, Law } from '../law.ts';
import { LOCAL_RULES, type LocalRule } from './local-rules.ts';

/** Degree at most of u(p) as a polynomial in p. */
const MOST_DEGREE = 3;
/** Moduli of which the residue of p may decide about u(p). */
const MODULI = [1, 3, 4, 5, 8, 12];
const SURPLUS = 4;

/** u(m n) = u(m) u(n) for coprime m, n, with u(p) a polynomial in p and a rule for powers. */
export const multiplicative: Family = {
  name: 'multiplicative',
  bits: 6,
  propose(problem) {
    const laws: Law[] = [];
    const starts = problem.start === 0 ? [problem.values.slice(1), problem.values] : [problem.values];
    for (const values of starts) {
      const law = lawOf(values, values.length < problem.values.length ? [problem.values[0]] : []);
      if (law) laws.push(law);
    }
    return laws;
  },
};

/** u(p) of the primes: a polynomial for each residue class, and values of their own at the primes of the modulus. */
interface PrimeRule {
  readonly modulus: number;
  readonly classes: ReadonlyMap<number, RationalPolynomial>;
  readonly own: ReadonlyMap<number, bigint>;
  readonly parameters: number;
}

function lawOf(given: readonly bigint[], head: readonly bigint[]): Law | undefined {
  const unit = given[0];
  if (unit === 0n || given.length < 8 || given.some((value) => value % unit !== 0n)) return undefined;
  const values = given.map((value) => value / unit);
  const at = (n: number): bigint => values[n - 1];
  if (values.every((value) => value === values[0])) return undefined;
  for (let n = 2; n <= values.length; n++) {
    const factors = factorsOf(n);
    if (factors.length > 1 && at(n) !== factors.reduce((product, [p, k]) => product * at(p ** k), 1n)) return undefined;
  }
  for (const modulus of MODULI) {
    const primes = primeRule(values, modulus);
    if (!primes) continue;
    for (const rule of LOCAL_RULES) {
      const surplus = values.length - 1 - primes.parameters;
      if (surplus < SURPLUS) continue;
      const local = (p: number, k: number): bigint | undefined => {
        const own = primes.own.get(p);
        if (own !== undefined) return ownPower(at, values.length, p, k);
        const first = valueAt(primes, p);
        return first === undefined ? undefined : rule.at(BigInt(p), k, first);
      };
      if (!fits(values, local)) continue;
      return make(unit, values.length, local, primes, rule, surplus, head);
    }
  }
  return undefined;
}

function primeRule(values: readonly bigint[], modulus: number): PrimeRule | undefined {
  const classes = new Map<number, RationalPolynomial>();
  const own = new Map<number, bigint>();
  const points = new Map<number, number[]>();
  for (let p = 2; p <= values.length; p++) {
    if (!isPrime(p)) continue;
    if (modulus % p === 0) own.set(p, values[p - 1]);
    else points.set(p % modulus, [...(points.get(p % modulus) ?? []), p]);
  }
  let parameters = own.size;
  for (const [rest, primes] of points) {
    const found = lowest(primes, values);
    if (!found) return undefined;
    classes.set(rest, found);
    parameters += found.numerator.length || 1;
  }
  return { modulus, classes, own, parameters };
}

/** The polynomial of lowest degree through u(p) that one prime more than it needs confirms. */
function lowest(primes: readonly number[], values: readonly bigint[]): RationalPolynomial | undefined {
  for (let degree = 0; degree <= MOST_DEGREE && degree + 2 <= primes.length; degree++) {
    const points = primes.slice(0, degree + 1).map((p) => [Rational.of(p), Rational.of(values[p - 1])] as const);
    const found = interpolate(points);
    if (primes.every((p) => evaluated(found, p) === values[p - 1])) return found;
  }
  return undefined;
}

function evaluated({ numerator, denominator }: RationalPolynomial, p: number): bigint | undefined {
  const value = numerator.reduceRight((sum, c) => sum * BigInt(p) + c, 0n);
  return value % denominator === 0n ? value / denominator : undefined;
}

function valueAt({ modulus, classes }: PrimeRule, p: number): bigint | undefined {
  const found = classes.get(p % modulus);
  return found && evaluated(found, p);
}

/** The powers of a prime of the modulus: as given, then as the last ones go on. */
function ownPower(at: (n: number) => bigint, length: number, p: number, k: number): bigint | undefined {
  if (p ** k <= length) return at(p ** k);
  let known = 0;
  while (p ** (known + 1) <= length) known++;
  const powers = Array.from({ length: known + 1 }, (_, i) => at(p ** i));
  const [last, before] = [powers[known], powers[known - 1]];
  if (before !== undefined && before !== 0n && last % before === 0n) return last * (last / before) ** BigInt(k - known);
  return last === 0n && before === 0n ? 0n : undefined;
}

function fits(values: readonly bigint[], local: (p: number, k: number) => bigint | undefined): boolean {
  for (let n = 2; n <= values.length; n++) {
    const factors = factorsOf(n);
    if (factors.length === 1 && local(...factors[0]) !== values[n - 1]) return false;
  }
  return true;
}

function make(
  unit: bigint,
  length: number,
  local: (p: number, k: number) => bigint | undefined,
  primes: PrimeRule,
  rule: LocalRule,
  surplus: number,
  head: readonly bigint[],
): Law {
  const polynomials = [...primes.classes.values()];
  const coefficients = [unit, ...primes.own.values(), ...polynomials.flatMap((p) => [...p.numerator, p.denominator])];
  const first = [...primes.classes].map(([rest, { numerator, denominator }]) => {
    const text = polynomialText(numerator, 'p');
    const shown = denominator === 1n ? text : `(${text})/${denominator}`;
    return primes.modulus === 1 ? `u(p) = ${shown}` : `u(p) = ${shown} for p mod ${primes.modulus} = ${rest}`;
  });
  const own = [...primes.own].map(([p, value]) => `u(${p}) = ${value}`);
  const factor = unit === 1n ? '' : `u/${unit} `;
  const formula = `${factor}multiplicative: ${[...first, ...own, rule.text].join(', ')}`;
  return {
    kind: 'multiplicative',
    formula,
    latex: `\\text{${formula}}`,
    bits: bitsOf(coefficients) + integerBits(BigInt(primes.modulus)) + Math.log2(LOCAL_RULES.length) + bitsOf(head),
    surplus,
    reach: length - surplus,
    coefficients,
    initial: head,
    extend(count) {
      const terms: Rational[] = [];
      for (let n = length + 1; n <= length + count; n++) {
        let product = unit;
        for (const [p, k] of factorsOf(n)) {
          const value = local(p, k);
          if (value === undefined) return undefined;
          product *= value;
        }
        terms.push(Rational.of(product));
      }
      return terms;
    },
  };
}
