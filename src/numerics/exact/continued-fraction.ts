import { DomainError, OptionError } from '../../core/index.ts';

/** A fraction of two integers; the denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * Partial quotients of a fraction, [a0; a1, a2, ...], the last one above 1.
 *
 * @param numerator p
 * @param denominator q > 0
 * @throws DomainError "division-by-zero"
 * @example continuedFraction(415n, 93n) // [4n, 2n, 6n, 7n]
 */
export function continuedFraction(numerator: bigint, denominator: bigint): bigint[] {
  let [p, q] = positive(numerator, denominator);
  const quotients: bigint[] = [];
  while (q !== 0n) {
    const a = floorDivide(p, q);
    quotients.push(a);
    [p, q] = [q, p - a * q];
  }
  return quotients;
}

/**
 * The partial quotients that every number of an interval shares: those that a decimal with a known error carries.
 *
 * @param low lower end
 * @param high upper end, above the lower one
 * @throws DomainError "division-by-zero" | "empty-interval"
 * @example sharedQuotients({ numerator: 314155n, denominator: 100000n }, { numerator: 314165n, denominator: 100000n }) // [3n, 7n]
 */
export function sharedQuotients(low: Fraction, high: Fraction): bigint[] {
  let [p, q] = positive(low.numerator, low.denominator);
  let [r, s] = positive(high.numerator, high.denominator);
  if (p * s > r * q) throw new DomainError('empty-interval', 'the ends of the interval are the wrong way round');
  const quotients: bigint[] = [];
  while (q !== 0n && s !== 0n) {
    const a = floorDivide(p, q);
    if (floorDivide(r, s) !== a) break;
    quotients.push(a);
    [p, q] = [q, p - a * q];
    [r, s] = [s, r - a * s];
  }
  return quotients;
}

/**
 * Convergents p_k / q_k of partial quotients.
 *
 * @example convergents([3n, 7n, 15n]).map(({ numerator, denominator }) => `${numerator}/${denominator}`) // ['3/1', '22/7', '333/106']
 */
export function convergents(quotients: readonly bigint[]): Fraction[] {
  let [p, before, q, beneath] = [1n, 0n, 0n, 1n];
  return quotients.map((a) => {
    [p, before] = [a * p + before, p];
    [q, beneath] = [a * q + beneath, q];
    return { numerator: p, denominator: q };
  });
}

/**
 * The fraction nearest p/q among those with a bounded denominator: a convergent or a semiconvergent.
 *
 * The last convergent below the bound, which makes |q x - p| least, may be another one: PARI's bestappr gives that.
 *
 * @param largest bound of the denominator, >= 1
 * @throws DomainError "division-by-zero"; OptionError "out-of-range"
 * @example bestApproximation(314159265n, 100000000n, 200n) // { numerator: 355n, denominator: 113n }
 */
export function bestApproximation(numerator: bigint, denominator: bigint, largest: bigint): Fraction {
  if (largest < 1n) throw new OptionError('out-of-range', 'largest', 'no denominator is below 1', 'give 1 or more');
  const [p, q] = positive(numerator, denominator);
  let [h, k, before, beneath] = [1n, 0n, 0n, 1n];
  for (const a of continuedFraction(p, q)) {
    if (a * k + beneath > largest) {
      const steps = (largest - beneath) / k;
      const [semi, under] = [steps * h + before, steps * k + beneath];
      // |p/q - semi/under| against |p/q - h/k|, without division.
      const nearer = distance(p, q, semi, under) * k < distance(p, q, h, k) * under;
      return nearer ? { numerator: semi, denominator: under } : { numerator: h, denominator: k };
    }
    [h, before] = [a * h + before, h];
    [k, beneath] = [a * k + beneath, k];
  }
  return { numerator: h, denominator: k };
}

/**
 * The fraction of least denominator in an interval, and of those the one nearest zero.
 *
 * @throws DomainError "division-by-zero" | "empty-interval"
 * @example simplestBetween({ numerator: 3n, denominator: 10n }, { numerator: 4n, denominator: 10n }) // { numerator: 1n, denominator: 3n }
 */
export function simplestBetween(low: Fraction, high: Fraction): Fraction {
  const below = low.numerator < 0n !== low.denominator < 0n;
  const above = high.numerator !== 0n && high.numerator < 0n === high.denominator < 0n;
  if (below && !above) {
    const { numerator, denominator } = simplestBetween(negated(high), negated(low));
    return { numerator: -numerator, denominator };
  }
  if (below && above) return { numerator: 0n, denominator: 1n };
  let [p, q] = positive(low.numerator, low.denominator);
  let [r, s] = positive(high.numerator, high.denominator);
  if (p * s > r * q) throw new DomainError('empty-interval', 'the ends of the interval are the wrong way round');
  const path: bigint[] = [];
  for (;;) {
    // The least whole number of the interval, if it holds one; else the rest of both ends, turned over.
    const floor = p / q;
    const least = p % q === 0n ? floor : floor + 1n;
    if (least * s <= r) {
      path.push(least);
      return convergents(path)[path.length - 1];
    }
    path.push(floor);
    [p, q, r, s] = [s, r - floor * s, q, p - floor * q];
  }
}

function negated({ numerator, denominator }: Fraction): Fraction {
  return { numerator: -numerator, denominator };
}

function positive(numerator: bigint, denominator: bigint): [bigint, bigint] {
  if (denominator === 0n) throw new DomainError('division-by-zero', 'a fraction with denominator zero');
  return denominator < 0n ? [-numerator, -denominator] : [numerator, denominator];
}

function floorDivide(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

/** |p/q - h/k| times q k. */
function distance(p: bigint, q: bigint, h: bigint, k: bigint): bigint {
  const difference = p * k - h * q;
  return difference < 0n ? -difference : difference;
}
