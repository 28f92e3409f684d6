import { DomainError } from '../../core/index.ts';
import { extendRecurrence, homogenizeRecurrence, type Recurrence, recurrenceOrder } from '../recurrence.ts';
import { cFiniteForm } from './c-finite-form.ts';
import { type ClosedForm, PROOF } from './closed-form.ts';
import { hypergeometricForm } from './hypergeometric-form.ts';
import { sectionLaw } from './section-law.ts';

/**
 * A closed form of the sequence that a recurrence and its first terms define; undefined where none is found.
 *
 * Constant coefficients: polynomials, powers and periods. Otherwise Petkovsek's algorithm; where it finds nothing, the
 * same for every m-th term: m from a recurrence that joins only such terms, else 2.
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
  if (isConstant(recurrence)) return cFiniteForm(recurrence, terms, start);
  const form = hypergeometricForm(recurrence, terms, start);
  if (form !== undefined) return form;
  try {
    return interlacedForm(recurrence, terms, start);
  } catch (error) {
    // Sections ask for more terms than were given; a recurrence that does not reach so far has no such form.
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

/** Recurrences of a higher order than this take long to cut into sections. */
const HIGHEST_ORDER = 3;

/** Terms of each section that are computed from the recurrence itself. */
const SECTION_TERMS = 24;

/** Forms of u(m k + i), i = 0..m-1: m from the recurrence where it joins only terms m apart, else 2. */
function interlacedForm(recurrence: Recurrence, terms: readonly bigint[], start: number): ClosedForm | undefined {
  const plain = homogenizeRecurrence(recurrence);
  const order = recurrenceOrder(plain);
  const step = plain.coefficients.reduce((m, p, j) => (p.length > 0 ? commonDivisor(m, j) : m), 0);
  if (order < 2 || start < 0 || (step < 2 && order > HIGHEST_ORDER)) return undefined;
  const period = Math.max(2, step);
  const missing = Math.max(0, SECTION_TERMS * period - terms.length);
  const all = [...terms, ...extendRecurrence(recurrence, terms, start, missing)];
  const forms: ClosedForm[] = [];
  for (let residue = 0; residue < period; residue++) {
    const offset = (((residue - start) % period) + period) % period;
    const own = all.filter((_, place) => place >= offset && (place - offset) % period === 0);
    const first = (start + offset - residue) / period;
    const section = sectionLaw(plain, period, residue, first);
    const form = section && (isConstant(section) ? cFiniteForm : hypergeometricForm)(section, own, first);
    if (form === undefined) return undefined;
    forms.push(form);
  }
  return join(forms, period, start);
}

function join(forms: readonly ClosedForm[], period: number, start: number): ClosedForm {
  const rename = (text: string) => text.replace(/\bn\b/g, 'm');
  const place = (residue: number, times: string) => `${period}${times}m${residue === 0 ? '' : ` + ${residue}`}`;
  const rows = forms.map(({ latex }, i) => `${rename(latex)} & n = ${place(i, ' ')}`);
  return {
    kind: 'interlaced',
    text: forms.map(({ text }, i) => `${rename(text)} for n = ${place(i, '*')}`).join(', '),
    latex: `\\begin{cases} ${rows.join(' \\\\ ')} \\end{cases}`,
    from: Math.max(start, ...forms.map(({ from }, i) => (from - 1) * period + i + 1)),
    proof: PROOF,
    evaluate: (n) => forms[n % period].evaluate(Math.floor(n / period)),
  };
}

function isConstant({ coefficients }: Recurrence): boolean {
  return coefficients.every((coefficient) => coefficient.length <= 1);
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
