import { Integer, type IntegerPolynomial, Polynomial } from '../numerics/index.ts';
import { type Recurrence, recurrenceOrder, vanishing } from './recurrence.ts';

/** Products of two numbers below 2^31 are reduced in machine arithmetic. */
const MACHINE_PRIME = 2n ** 31n;

/**
 * A far term modulo a prime, in as many steps as there are terms.
 *
 * Each step multiplies through by the leading coefficient instead of dividing by it; the product of those coefficients
 * is inverted once, at the end. Coefficients advance by differences: additions only.
 *
 * @param recurrence of order r >= 1
 * @param window u(from), ..., u(from + r - 1)
 * @param from index of the first term of the window
 * @param index which term, >= from
 * @param prime modulus, taken to be prime
 * @throws DomainError "vanishing-leading-coefficient" when a leading coefficient is divisible by the prime
 * @example linearTermModulo({ coefficients: [[-1n, -1n], [1n]], constant: [] }, [1n], 0, 10, 1009n) // 436n
 */
export function linearTermModulo(
  recurrence: Recurrence,
  window: readonly bigint[],
  from: number,
  index: number,
  prime: bigint,
): bigint {
  return prime < MACHINE_PRIME
    ? machineTerm(recurrence, window, from, index, prime)
    : bigintTerm(recurrence, window, from, index, prime);
}

/** a b mod p for 0 <= a, b < p < 2^31: the quotient in doubles is off by one at most, its product is exact modulo 2^32. */
function multiplyModulo(a: number, b: number, p: number): number {
  const quotient = Math.floor((a * b) / p);
  const rest = (Math.imul(a, b) - Math.imul(quotient | 0, p)) >>> 0;
  if (rest < p) return rest;
  return rest >= 0xc0000000 ? (rest + p) >>> 0 : rest - p;
}

/** p(from), and its differences: adding each to the one before steps to the next n. */
function differences(p: IntegerPolynomial, from: number, prime: bigint): Float64Array {
  const values = p.map((_, step) => Polynomial.evaluate(p, BigInt(from + step)));
  for (let order = 1; order < values.length; order++) {
    for (let place = values.length - 1; place >= order; place--) values[place] -= values[place - 1];
  }
  return Float64Array.from(values.length > 0 ? values : [0n], (value) => Number(Integer.modulo(value, prime)));
}

function machineTerm(
  recurrence: Recurrence,
  window: readonly bigint[],
  from: number,
  index: number,
  prime: bigint,
): bigint {
  const p = Number(prime);
  const order = recurrenceOrder(recurrence);
  const tables = [...recurrence.coefficients.map((c) => c.map((v) => -v)), recurrence.constant];
  tables[order] = recurrence.coefficients[order];
  const rows = tables.map((table) => differences(table, from, prime));
  const hasConstant = recurrence.constant.length > 0;
  const state = Float64Array.from(window, (value) => Number(Integer.modulo(value, prime)));
  let denominator = 1;
  for (let n = from; n < index; n++) {
    const leading = rows[order][0];
    if (leading === 0) throw vanishing(n + order, `it is divisible by ${prime}`);
    let sum = hasConstant ? multiplyModulo(rows[order + 1][0], denominator, p) : 0;
    for (let j = 0; j < order; j++) {
      sum += multiplyModulo(rows[j][0], state[j], p);
      if (sum >= p) sum -= p;
    }
    for (let j = 0; j < order - 1; j++) state[j] = multiplyModulo(state[j + 1], leading, p);
    state[order - 1] = sum;
    denominator = multiplyModulo(denominator, leading, p);
    for (const row of rows) {
      for (let k = 0; k < row.length - 1; k++) {
        const value = row[k] + row[k + 1];
        row[k] = value >= p ? value - p : value;
      }
    }
  }
  return (BigInt(state[0]) * Integer.inverse(BigInt(denominator), prime)!) % prime;
}

function bigintTerm(
  recurrence: Recurrence,
  window: readonly bigint[],
  from: number,
  index: number,
  prime: bigint,
): bigint {
  const order = recurrenceOrder(recurrence);
  let state = window.map((value) => Integer.modulo(value, prime));
  let denominator = 1n;
  for (let step = from; step < index; step++) {
    const n = BigInt(step);
    const leading = Integer.modulo(Polynomial.evaluate(recurrence.coefficients[order], n), prime);
    if (leading === 0n) throw vanishing(step + order, `it is divisible by ${prime}`);
    let sum = Polynomial.evaluate(recurrence.constant, n) * denominator;
    for (let j = 0; j < order; j++) sum -= Polynomial.evaluate(recurrence.coefficients[j], n) * state[j];
    state = [...state.slice(1).map((value) => (value * leading) % prime), Integer.modulo(sum, prime)];
    denominator = (denominator * leading) % prime;
  }
  return (state[0] * Integer.inverse(denominator, prime)!) % prime;
}
