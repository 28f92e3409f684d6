import { type IntegerPolynomial, Polynomial, Rational } from '../../numerics/index.ts';
import { extendRecurrence, type Recurrence, recurrenceOrder } from '../recurrence.ts';
import { cFiniteForm } from './c-finite-form.ts';
import { type ClosedForm, PROOF } from './closed-form.ts';
import { hypergeometricForm } from './hypergeometric-form.ts';

/**
 * A closed form of the sequence that a recurrence and its first terms define; undefined where none is found.
 *
 * Constant coefficients: polynomials, powers and periods. Otherwise Petkovsek's algorithm, and where the recurrence joins
 * only every m-th term, one form for each residue of n.
 *
 * @param recurrence holds for n >= start
 * @param terms u(start), ...: at least as many as the order
 * @param start index of the first term
 * @returns the form, the index from which it holds, and the proof that it is equivalent to the recurrence
 * @throws ShapeError when there are too few terms
 * @throws DomainError "recurrence-broken" when the terms do not obey the recurrence
 * @throws DomainError "not-an-integer" or "vanishing-leading-coefficient" when the recurrence does not continue the terms
 * @example findClosedForm({ coefficients: [[-1n], [3n], [-3n], [1n]], constant: [] }, [0n, 1n, 3n], 0)!.text // "n*(n + 1)/2"
 * @example findClosedForm({ coefficients: [[-2n, -1n], [], [1n]], constant: [] }, [1n, 1n], 0)!.text // "2^m*m! for n = 2*m, (2*m + 1)*(2*m - 1)!! for n = 2*m + 1"
 */
export function findClosedForm(
  recurrence: Recurrence,
  terms: readonly bigint[],
  start: number,
): ClosedForm | undefined {
  if (recurrence.coefficients.every((coefficient) => coefficient.length <= 1)) {
    return cFiniteForm(recurrence, terms, start);
  }
  return hypergeometricForm(recurrence, terms, start) ?? interlacedForm(recurrence, terms, start);
}

/** Forms of u(m k + i), i = 0..m-1, of a recurrence that joins only terms m apart. */
function interlacedForm(recurrence: Recurrence, terms: readonly bigint[], start: number): ClosedForm | undefined {
  const { coefficients, constant } = recurrence;
  const order = recurrenceOrder(recurrence);
  const period = coefficients.reduce((m, p, j) => (p.length > 0 ? commonDivisor(m, j) : m), 0);
  if (period < 2 || start < 0) return undefined;
  const missing = Math.max(0, order + period - terms.length);
  const all = [...terms, ...extendRecurrence(recurrence, terms, start, missing)];
  const forms: ClosedForm[] = [];
  for (let residue = 0; residue < period; residue++) {
    const offset = (((residue - start) % period) + period) % period;
    const inner = (p: IntegerPolynomial) => compose(p, BigInt(period), BigInt(residue));
    const section = {
      coefficients: coefficients.filter((_, j) => j % period === 0).map(inner),
      constant: inner(constant),
    };
    const own = all.filter((_, place) => place >= offset && (place - offset) % period === 0);
    const form = findClosedForm(section, own, (start + offset - residue) / period);
    if (form === undefined) return undefined;
    forms.push(form);
  }
  const rename = (text: string) => text.replace(/\bn\b/g, 'm');
  const place = (residue: number, times: string) => `${period}${times}m${residue === 0 ? '' : ` + ${residue}`}`;
  return {
    kind: 'interlaced',
    text: forms.map(({ text }, i) => `${rename(text)} for n = ${place(i, '*')}`).join(', '),
    latex: `\\begin{cases} ${forms.map(({ latex }, i) => `${rename(latex)} & n = ${place(i, ' ')}`).join(' \\\\ ')} \\end{cases}`,
    from: Math.max(start, ...forms.map(({ from }, i) => (from - 1) * period + i + 1)),
    proof: PROOF,
    evaluate: (n) => forms[n % period]?.evaluate(Math.floor(n / period)) ?? Rational.ZERO,
  };
}

/** p(m k + i) as a polynomial in k. */
function compose(p: IntegerPolynomial, m: bigint, i: bigint): IntegerPolynomial {
  return Polynomial.shift(p, i).map((value, power) => value * m ** BigInt(power));
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
