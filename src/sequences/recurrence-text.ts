import {
  factoredLatex,
  factoredText,
  type IntegerPolynomial,
  Polynomial,
  polynomialLatex,
  polynomialText,
} from '../numerics/index.ts';
import { type Recurrence, recurrenceOrder } from './recurrence.ts';

/** Forward reads u(n), u(n+1), ... = q(n); backward gives u(n) from u(n-1), u(n-2), ... */
export type RecurrenceForm = 'forward' | 'backward';

interface Notation {
  readonly factored: (p: IntegerPolynomial) => string;
  readonly plain: (p: IntegerPolynomial) => string;
  readonly times: string;
  readonly term: (offset: number) => string;
}

const offsetText = (offset: number) => (offset === 0 ? 'n' : offset > 0 ? `n+${offset}` : `n${offset}`);

const NOTATIONS: Readonly<Record<'text' | 'latex', Notation>> = {
  text: {
    factored: factoredText,
    plain: polynomialText,
    times: '*',
    term: (offset) => `u(${offsetText(offset)})`,
  },
  latex: {
    factored: factoredLatex,
    plain: polynomialLatex,
    times: ' ',
    term: (offset) => `u_{${offsetText(offset)}}`,
  },
};

/**
 * A recurrence as text, in the usual backward form or in the forward form.
 *
 * The backward form holds for n >= start + order.
 *
 * @example recurrenceText({ coefficients: [[-1n], [-1n], [1n]], constant: [] }) // "u(n) = u(n-1) + u(n-2)"
 * @example recurrenceText({ coefficients: [[-2n, -4n], [2n, 1n]], constant: [] }) // "(n + 1)*u(n) = 2*(2*n - 1)*u(n-1)"
 * @example recurrenceText({ coefficients: [[-2n], [1n]], constant: [1n] }, 'forward') // "u(n+1) - 2*u(n) = 1"
 */
export function recurrenceText(recurrence: Recurrence, form: RecurrenceForm = 'backward'): string {
  return write(recurrence, form, NOTATIONS.text);
}

/**
 * A recurrence as LaTeX, in the usual backward form or in the forward form.
 *
 * @example recurrenceLatex({ coefficients: [[-2n, -4n], [2n, 1n]], constant: [] }) // "(n + 1) u_{n} = 2 (2 n - 1) u_{n-1}"
 */
export function recurrenceLatex(recurrence: Recurrence, form: RecurrenceForm = 'backward'): string {
  return write(recurrence, form, NOTATIONS.latex);
}

function write(recurrence: Recurrence, form: RecurrenceForm, notation: Notation): string {
  const order = recurrenceOrder(recurrence);
  const { coefficients, constant } = recurrence;
  if (form === 'forward') {
    const left = coefficients.map((p, j) => product(p, j, notation)).reverse();
    return `${sum(left)} = ${notation.plain(constant)}`;
  }
  const back = (p: IntegerPolynomial) => Polynomial.shift(p, BigInt(-order));
  const sign = Polynomial.leading(coefficients[order]) < 0n ? -1n : 1n;
  const right = coefficients
    .slice(0, order)
    .map((p, j) => product(Polynomial.scale(back(p), -sign), j - order, notation))
    .reverse();
  const tail = Polynomial.scale(back(constant), sign);
  if (tail.length > 0) right.push(notation.plain(tail));
  return `${product(Polynomial.scale(back(coefficients[order]), sign), 0, notation)} = ${sum(right)}`;
}

/** The empty text stands for a product that is 0. */
function product(p: IntegerPolynomial, offset: number, { factored, times, term }: Notation): string {
  if (p.length === 0) return '';
  const size = factored(p);
  if (size === '1') return term(offset);
  if (size === '-1') return `-${term(offset)}`;
  return `${size}${times}${term(offset)}`;
}

function sum(terms: readonly string[]): string {
  const text = terms
    .filter((term) => term !== '')
    .reduce((left, term) => {
      if (left === '') return term;
      return term.startsWith('-') ? `${left} - ${term.slice(1)}` : `${left} + ${term}`;
    }, '');
  return text || '0';
}
