import { DomainError, OptionError, ShapeError } from '../core/index.ts';
import { Integer, type IntegerPolynomial, integerRoots, Polynomial } from '../numerics/index.ts';

/**
 * A linear recurrence with polynomial coefficients.
 *
 * sum_{j=0..r} coefficients[j](n) u(n + j) = constant(n) for all n >= start; the last coefficient is not zero.
 */
export interface Recurrence {
  readonly coefficients: readonly IntegerPolynomial[];
  readonly constant: IntegerPolynomial;
}

/**
 * Order r of a recurrence: how many terms before the next one it reads.
 *
 * @example recurrenceOrder({ coefficients: [[-1n], [-1n], [1n]], constant: [] }) // 2
 */
export function recurrenceOrder({ coefficients }: Recurrence): number {
  return coefficients.length - 1;
}

/**
 * Highest degree in n of the coefficients.
 *
 * @example recurrenceDegree({ coefficients: [[-2n, -4n], [2n, 1n]], constant: [] }) // 1
 */
export function recurrenceDegree({ coefficients }: Recurrence): number {
  return Math.max(...coefficients.map(Polynomial.degree));
}

/**
 * The same recurrence without common factors, leading coefficient positive.
 *
 * A common polynomial factor is taken out only where it has no integer root from `start` on: at such a root the
 * recurrence says nothing, and without the factor it would.
 *
 * @param recurrence coefficients and constant; trailing zero coefficients are dropped
 * @param start first n for which it holds; without it, every integer counts
 * @throws DomainError "zero-recurrence" when every coefficient is zero
 * @example normalizeRecurrence({ coefficients: [[2n], [-2n]], constant: [] }).coefficients // [[-1n], [1n]]
 */
export function normalizeRecurrence(recurrence: Recurrence, start?: number): Recurrence {
  let length = recurrence.coefficients.length;
  while (length > 0 && recurrence.coefficients[length - 1].length === 0) length--;
  if (length === 0) throw new DomainError('zero-recurrence', 'every coefficient is zero', 'give one that is not');
  let parts = [...recurrence.coefficients.slice(0, length), recurrence.constant];
  const common = parts.reduce((divisor, part) => Polynomial.gcd(divisor, part), [] as IntegerPolynomial);
  const binding = common.length > 1 ? integerRoots(common) : [];
  const divisor = binding.some((root) => start === undefined || root >= BigInt(start))
    ? [Polynomial.content(common)]
    : common;
  parts = parts.map((part) => Polynomial.exactQuotient(part, divisor)!);
  if (Polynomial.leading(parts[length - 1]) < 0n) parts = parts.map(Polynomial.negate);
  return { coefficients: parts.slice(0, -1), constant: parts[length] };
}

/**
 * A recurrence without a constant that the same sequences obey.
 *
 * Constant coefficients stay constant: with q of degree d the difference (E - 1)^(d+1) removes q. Otherwise
 * q(n+1) L(n) - q(n) L(n+1) = 0 for the left side L, one order higher; it says nothing new where q(n) = 0.
 *
 * @example homogenizeRecurrence({ coefficients: [[-2n], [1n]], constant: [1n] }).coefficients // [[2n], [-3n], [1n]]
 */
export function homogenizeRecurrence({ coefficients, constant }: Recurrence): Recurrence {
  if (constant.length === 0) return { coefficients, constant };
  const flat = coefficients.every((coefficient) => coefficient.length <= 1);
  let parts = coefficients;
  for (let count = 0; count < (flat ? constant.length : 1); count++) {
    const [stay, move] = flat ? [[1n], [1n]] : [Polynomial.shift(constant, 1n), constant];
    parts = Array.from({ length: parts.length + 1 }, (_, j) =>
      Polynomial.subtract(
        Polynomial.multiply(stay, parts[j] ?? []),
        Polynomial.multiply(move, Polynomial.shift(parts[j - 1] ?? [], 1n)),
      ),
    );
  }
  const sign = Polynomial.leading(parts[parts.length - 1]) < 0n ? -1n : 1n;
  const divisor = sign * parts.reduce((common, part) => Integer.gcd(common, Polynomial.content(part)), 0n);
  return { coefficients: parts.map((part) => part.map((value) => value / divisor)), constant: [] };
}

/**
 * The terms that follow the given ones, exactly.
 *
 * u(n + r) = (constant(n) - sum_{j<r} coefficients[j](n) u(n + j)) / coefficients[r](n)
 *
 * @param recurrence of order r
 * @param terms u(start), u(start + 1), ...: shape [>= r]
 * @param start index of the first term given
 * @param count how many terms to add
 * @returns the added terms only: shape [count]
 * @throws ShapeError when fewer than r terms are given
 * @throws DomainError "vanishing-leading-coefficient" or "not-an-integer"; `data.index` is the index of the term
 * @example extendRecurrence({ coefficients: [[-1n], [-1n], [1n]], constant: [] }, [0n, 1n], 0, 5) // [1n, 2n, 3n, 5n, 8n]
 */
export function extendRecurrence(
  recurrence: Recurrence,
  terms: readonly bigint[],
  start: number,
  count: number,
): bigint[] {
  const { coefficients, constant } = recurrence;
  const order = requireTerms(recurrence, terms, start);
  const window = terms.slice(terms.length - order);
  for (let added = 0; added < count; added++) {
    const index = start + terms.length + added;
    const n = BigInt(index - order);
    let sum = Polynomial.evaluate(constant, n);
    for (let j = 0; j < order; j++) sum -= Polynomial.evaluate(coefficients[j], n) * window[added + j];
    const leading = Polynomial.evaluate(coefficients[order], n);
    if (leading === 0n) throw vanishing(index, sum === 0n ? 'any value fits' : 'no value fits');
    if (sum % leading !== 0n) {
      throw new DomainError('not-an-integer', `the term at index ${index} is not an integer`, 'extend up to there', {
        index,
      });
    }
    window.push(sum / leading);
  }
  return window.slice(order);
}

/**
 * The leading coefficient of a recurrence vanishes where a term is to be computed.
 *
 * @param index of the term that the recurrence leaves open
 */
export function vanishing(index: number | bigint, detail = 'the recurrence does not tell it'): DomainError {
  return new DomainError(
    'vanishing-leading-coefficient',
    `the leading coefficient vanishes for the term at index ${index}: ${detail}`,
    'give the terms up to that index',
    { index: Number(index) },
  );
}

/**
 * Checks that there are as many terms as the order asks for, and returns the order.
 *
 * @throws ShapeError when there are fewer
 * @throws OptionError "bad-index" when start is not an integer
 */
export function requireTerms(recurrence: Recurrence, terms: readonly bigint[], start: number): number {
  const order = recurrenceOrder(recurrence);
  if (!Number.isSafeInteger(start))
    throw new OptionError('bad-index', 'start', `${start} is no index`, 'give an integer');
  if (terms.length < order) throw new ShapeError('terms', `at least ${order} terms`, `${terms.length}`);
  return order;
}

/**
 * Index n of the first equation that the terms break; undefined when they obey every one.
 *
 * @param terms u(start), u(start + 1), ...
 * @example firstFailure({ coefficients: [[-2n], [1n]], constant: [] }, [1n, 2n, 5n], 0) // 1
 */
export function firstFailure(recurrence: Recurrence, terms: readonly bigint[], start: number): number | undefined {
  const { coefficients, constant } = recurrence;
  for (let place = 0; place + coefficients.length <= terms.length; place++) {
    const n = BigInt(start + place);
    const sum = coefficients.reduce((total, p, j) => total + Polynomial.evaluate(p, n) * terms[place + j], 0n);
    if (sum !== Polynomial.evaluate(constant, n)) return start + place;
  }
  return undefined;
}

/**
 * Checks that there are enough terms and that all of them obey the recurrence, and returns the order.
 *
 * @throws ShapeError when there are fewer terms than the order
 * @throws DomainError "recurrence-broken" with the index n of the equation that fails
 */
export function requireSolution(recurrence: Recurrence, terms: readonly bigint[], start: number): number {
  const order = requireTerms(recurrence, terms, start);
  const index = firstFailure(recurrence, terms, start);
  if (index === undefined) return order;
  throw new DomainError(
    'recurrence-broken',
    `the terms do not obey the recurrence at n = ${index}`,
    'give a start from which it holds',
    { index },
  );
}
