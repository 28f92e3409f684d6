import { DomainError, OptionError } from '../core/index.ts';
import { Integer, type IntegerPolynomial, integerRoots, Polynomial } from '../numerics/index.ts';
import { companionBlock, type IntegerMatrix } from './companion-product.ts';
import { linearTermModulo } from './linear-term-modulo.ts';
import {
  extendRecurrence,
  homogenizeRecurrence,
  type Recurrence,
  recurrenceOrder,
  requireTerms,
  vanishing,
} from './recurrence.ts';

/** Steps taken one after the other modulo a prime; beyond, the time would be minutes. */
const MOST_STEPS = 100_000_000;

/** Steps of the exact product that are multiplied out before the vector is. */
const BLOCK = 2048;

/**
 * One far term of a sequence modulo a prime.
 *
 * Constant coefficients: the coefficient of x^N in P(x)/Q(x) by halving N, log N steps (Bostan and Mori). Polynomial
 * coefficients: N steps of companion matrices in machine numbers for p < 2^31, in bigints above, one inversion at the end.
 *
 * @param recurrence of order r
 * @param terms u(start), ...: at least r
 * @param start index of the first term
 * @param index which term
 * @param prime modulus, taken to be prime
 * @returns u(index) mod prime, in [0, prime)
 * @throws DomainError "vanishing-leading-coefficient" when the leading coefficient is 0, or 0 modulo the prime, on the way
 * @throws OptionError "bad-index" for an index before start or too many steps, "bad-modulus" below 2
 * @see A. Bostan, R. Mori, A simple and fast algorithm for computing the N-th term of a linearly recurrent sequence
 * @example farTermModulo({ coefficients: [[-1n], [-1n], [1n]], constant: [] }, [0n, 1n], 0, 1_000_000, 1_000_000_007n) // 918091266n
 */
export function farTermModulo(
  recurrence: Recurrence,
  terms: readonly bigint[],
  start: number,
  index: number,
  prime: bigint,
): bigint {
  if (prime < 2n) throw new OptionError('bad-modulus', 'prime', `${prime} is no prime`, 'give a prime >= 2');
  requireTerms(recurrence, terms, start);
  requireIndex(index, start);
  if (index < start + terms.length) return Integer.modulo(terms[index - start], prime);
  if (isConstant(recurrence)) {
    const { coefficients } = homogenizeRecurrence(recurrence);
    const [first, base] = withEnoughTerms(recurrence, terms, coefficients.length - 1, prime, start);
    const q = coefficients.map((coefficient) => coefficient[0] ?? 0n);
    if (q[q.length - 1] % prime !== 0n) return constantTermModulo(q, first, index - base, prime);
    throw vanishing(start + terms.length, `it is divisible by ${prime}`);
  }
  const order = recurrenceOrder(recurrence);
  const from = start + terms.length - order;
  refuseRoots(recurrence, from, index);
  if (order === 0) return Integer.modulo(extendRecurrence(recurrence, [], index, 1)[0], prime);
  return linearTermModulo(recurrence, terms.slice(terms.length - order), from, index, prime);
}

/**
 * One far term of an integer sequence, exactly.
 *
 * Constant coefficients: x^N modulo the characteristic polynomial. Polynomial coefficients: products of companion
 * matrices by binary splitting, block by block, so that the numbers stay as short as the terms.
 *
 * @param recurrence of order r
 * @param terms u(start), ...: at least r
 * @param start index of the first term
 * @param index which term
 * @returns u(index)
 * @throws DomainError "vanishing-leading-coefficient" with the index; "not-an-integer" when a division leaves a rest
 * @throws OptionError "bad-index" for an index before start or too many steps
 * @see D. J. Bernstein, Fast multiplication and its applications, 12: product trees
 * @example farTerm({ coefficients: [[-2n, -4n], [2n, 1n]], constant: [] }, [1n], 0, 20) // 6564120420n
 */
export function farTerm(recurrence: Recurrence, terms: readonly bigint[], start: number, index: number): bigint {
  const order = requireTerms(recurrence, terms, start);
  requireIndex(index, start);
  if (index < start + terms.length) return terms[index - start];
  const from = start + terms.length - order;
  refuseRoots(recurrence, from, index);
  const last = terms.slice(terms.length - order);
  if (order === 0) return extendRecurrence(recurrence, [], index, 1)[0];
  if (isConstant(recurrence) && Integer.abs(recurrence.coefficients[order][0]) === 1n) {
    const plain = homogenizeRecurrence(recurrence);
    const missing = Math.min(recurrenceOrder(plain) - order, index - from);
    const first = [...last, ...extendRecurrence(recurrence, last, from, missing)];
    return first.length < recurrenceOrder(plain) ? first[index - from] : constantTerm(plain, first, index - from);
  }
  const vector = recurrence.constant.length > 0 ? [...last, 1n] : [...last];
  for (let n = from; n < index; ) {
    const next = Math.min(n + BLOCK, index);
    const { matrix, denominator } = companionBlock(recurrence, n, next);
    apply(matrix, denominator, vector, next);
    n = next;
  }
  return vector[0];
}

function requireIndex(index: number, start: number): void {
  if (!Number.isSafeInteger(index) || index < start || index - start > MOST_STEPS) {
    throw new OptionError('bad-index', 'index', `${index} cannot be reached`, `give ${start} to ${start + MOST_STEPS}`);
  }
}

function isConstant({ coefficients }: Recurrence): boolean {
  return coefficients.every((coefficient) => coefficient.length <= 1);
}

/** The first term on the way whose leading coefficient is 0. */
function refuseRoots(recurrence: Recurrence, from: number, index: number): void {
  const order = recurrenceOrder(recurrence);
  const root = integerRoots(recurrence.coefficients[order]).find(
    (value) => value >= BigInt(from) && value + BigInt(order) <= BigInt(index),
  );
  if (root !== undefined) throw vanishing(root + BigInt(order));
}

/** Without its constant a recurrence reads more terms; those are computed modulo the prime. */
function withEnoughTerms(
  recurrence: Recurrence,
  terms: readonly bigint[],
  needed: number,
  prime: bigint,
  start: number,
): [bigint[], number] {
  const order = recurrenceOrder(recurrence);
  const window = terms.slice(terms.length - order).map((term) => Integer.modulo(term, prime));
  const base = start + terms.length - order;
  const inverse = Integer.inverse(recurrence.coefficients[order][0], prime);
  if (inverse === undefined) throw vanishing(start + terms.length, `it is divisible by ${prime}`);
  while (window.length < needed) {
    const place = window.length - order;
    let sum = Polynomial.evaluate(recurrence.constant, BigInt(base + place));
    for (let j = 0; j < order; j++) sum -= (recurrence.coefficients[j][0] ?? 0n) * window[place + j];
    window.push(Integer.modulo(sum * inverse, prime));
  }
  return [window, base];
}

/** [x^N] P/Q, Q the characteristic polynomial read backwards: P/Q = P(x) Q(-x) / (Q(x) Q(-x)), even or odd part, N/2. */
function constantTermModulo(
  characteristic: IntegerPolynomial,
  first: readonly bigint[],
  n: number,
  prime: bigint,
): bigint {
  const order = characteristic.length - 1;
  const reduce = (p: readonly bigint[]) => p.map((value) => Integer.modulo(value, prime));
  let q: IntegerPolynomial = reduce([...characteristic].reverse());
  let p: IntegerPolynomial = reduce(Polynomial.multiply(q, first).slice(0, order));
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    const mirror = q.map((value, power) => (power % 2 === 1 ? -value : value));
    const parity = rest % 2;
    p = reduce(Polynomial.multiply(p, mirror).filter((_, power) => power % 2 === parity));
    q = reduce(Polynomial.multiply(q, mirror).filter((_, power) => power % 2 === 0));
  }
  return Integer.modulo((p[0] ?? 0n) * Integer.inverse(q[0], prime)!, prime);
}

/** x^N modulo a monic characteristic polynomial, applied to the first terms. */
function constantTerm({ coefficients }: Recurrence, first: readonly bigint[], n: number): bigint {
  const order = coefficients.length - 1;
  if (order === 0) return 0n;
  const sign = coefficients[order][0];
  const tail = coefficients.slice(0, order).map((coefficient) => -sign * (coefficient[0] ?? 0n));
  const reduce = (values: bigint[]) => {
    for (let top = values.length - 1; top >= order; top--) {
      const factor = values[top];
      if (factor !== 0n) for (let j = 0; j < order; j++) values[top - order + j] += factor * tail[j];
    }
    return values.slice(0, order);
  };
  let power: bigint[] = reduce([1n]);
  for (const bit of n.toString(2)) {
    const square = squareOf(power);
    power = reduce(bit === '1' ? [0n, ...square] : square);
  }
  return power.reduce((sum, value, j) => sum + value * first[j], 0n);
}

/** Half the products of a full multiplication. */
function squareOf(p: readonly bigint[]): bigint[] {
  const square = new Array<bigint>(2 * p.length - 1).fill(0n);
  for (let i = 0; i < p.length; i++) {
    square[2 * i] += p[i] * p[i];
    for (let j = i + 1; j < p.length; j++) square[i + j] += (p[i] * p[j]) << 1n;
  }
  return square;
}

function apply(matrix: IntegerMatrix, denominator: bigint, vector: bigint[], index: number): void {
  const size = vector.length;
  const image = matrix.map((row) => row.reduce((sum, value, j) => (value === 0n ? sum : sum + value * vector[j]), 0n));
  for (let i = 0; i < size; i++) {
    const quotient = image[i] / denominator;
    if (quotient * denominator !== image[i]) {
      throw new DomainError('not-an-integer', `the term at index ${index + i} is not an integer`, 'use farTermModulo', {
        index: index + i,
      });
    }
    vector[i] = quotient;
  }
}
