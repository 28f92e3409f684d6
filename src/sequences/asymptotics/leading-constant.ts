import {
  fixedExp,
  fixedLog,
  fixedToDecimal,
  Integer,
  type IntegerPolynomial,
  Polynomial,
  Rational,
} from '../../numerics/index.ts';
import type { Growth } from './growth.ts';

/** The constant of a growth, its digits those that two extrapolations share. */
export interface LeadingConstant {
  readonly text: string;
  readonly value: number;
  readonly digits: number;
}

const BITS = 1000n;

/** Digits given away below those that agree. */
const MARGIN = 1;

/** Equally spaced m, n = m^t: corrections in n^(-1/t) are polynomials in 1/m. */
interface Nodes {
  readonly first: number;
  readonly gap: number;
}

/**
 * Pairs of node sets to compare. Both run through the residues of small periods in their own way, so that values that
 * depend on the residue of n do not agree by chance.
 */
const PAIRS: Readonly<Record<'whole' | 'root', readonly [Nodes, Nodes]>> = {
  whole: [
    { first: 230, gap: 11 },
    { first: 331, gap: 7 },
  ],
  root: [
    { first: 44, gap: 1 },
    { first: 49, gap: 1 },
  ],
};

/** Points of the extrapolations that are tried; few points stand growths that come close to the leading one. */
const POINTS = { whole: [26, 16, 9, 4, 2], root: [16, 10, 5] } as const;

function kindOf({ step }: Growth): 'whole' | 'root' {
  return step === 1 ? 'whole' : 'root';
}

/** Index of the farthest term that the constant of a growth needs; 0 for steps that are not extrapolated. */
export function farthestTerm(growth: Growth): number {
  if (growth.step > HIGHEST_STEP) return 0;
  const points = POINTS[kindOf(growth)][0];
  return Math.max(...PAIRS[kindOf(growth)].map(({ first, gap }) => first + (points - 1) * gap)) ** growth.step;
}

/** Expansions in n^(-1/3) and beyond need terms too far out. */
const HIGHEST_STEP = 2;

/**
 * C in u(n) ~ C n!^a r^n exp(...) n^theta, by polynomial extrapolation of its logarithm in 1/n.
 *
 * ln C = sum_k w_k L(n_k), w_k = prod_{j != k} m_k/(m_k - m_j), n_k = m_k^t, in bigint fixed point.
 *
 * @param growth with a real base and real exponentials
 * @param term u(n), or undefined where it is not known
 * @param digits most digits wanted
 * @returns undefined when terms vanish, change sign irregularly, or the values do not settle to 4 digits
 * @see C. Bender, S. Orszag, Advanced Mathematical Methods, 8.1
 */
export function leadingConstant(
  growth: Growth,
  term: (n: number) => bigint | undefined,
  digits: number,
): LeadingConstant | undefined {
  const lnRoot = logarithmOfRoot(growth);
  if (lnRoot === undefined || growth.logarithms > 0 || growth.step > HIGHEST_STEP) return undefined;
  const known = new Map<number, Sample | undefined>();
  const sample = (m: number) => {
    if (!known.has(m)) known.set(m, sampleAt(growth, term, m ** growth.step, lnRoot));
    return known.get(m);
  };
  let best: LeadingConstant | undefined;
  for (const points of POINTS[kindOf(growth)]) {
    const pair = PAIRS[kindOf(growth)].map(({ first, gap }) =>
      Array.from({ length: points }, (_, k) => first + k * gap),
    );
    const samples = pair.map((nodes) => nodes.map(sample));
    const sign = samples[0][0]?.sign;
    if (sign === undefined || samples.flat().some((one) => one?.sign !== sign)) return undefined;
    const logarithms = pair.map((nodes, index) =>
      extrapolate(
        nodes,
        samples[index].map((entry) => entry!.value),
      ),
    );
    if (logarithms.some((value) => Integer.abs(value) >> BITS > LARGEST_LOGARITHM)) continue;
    const [one, two] = logarithms.map((value) => fixedExp(value, Number(BITS)));
    if (one === 0n || two === 0n) continue;
    const shared = (Integer.bitLength(one) - Integer.bitLength(one - two)) * Math.LOG10E * Math.LN2;
    const stated = Math.min(digits, Math.floor(shared) - MARGIN);
    if (stated < FEWEST_DIGITS || (best !== undefined && stated <= best.digits)) continue;
    const text = fixedToDecimal(sign * two, Number(BITS), stated);
    best = { text, value: Number(text), digits: stated };
  }
  return best;
}

/** Values that agree to less have not settled. */
const FEWEST_DIGITS = 4;

/** Beyond, the values run away. */
const LARGEST_LOGARITHM = 400n;

interface Sample {
  readonly sign: bigint;
  readonly value: bigint;
}

/** Sign and logarithm of u(n) over the growth, without its constant. */
function sampleAt(
  growth: Growth,
  term: (n: number) => bigint | undefined,
  n: number,
  lnRoot: bigint,
): Sample | undefined {
  const u = term(n);
  if (u === undefined || u === 0n) return undefined;
  const sign = (u < 0n ? -1n : 1n) * (growth.root[0] < 0 && n % 2 === 1 ? -1n : 1n);
  return { sign, value: logarithmOf(Integer.abs(u)) - expected(growth, n, lnRoot) };
}

/** ln of a positive integer, times 2^BITS. */
function logarithmOf(value: bigint): bigint {
  return fixedLog(value << BITS, Number(BITS));
}

function expected(growth: Growth, n: number, lnRoot: bigint): bigint {
  let sum = lnRoot * BigInt(n);
  if (growth.factorial.num !== 0n) {
    sum += (logarithmOf(factorial(1, n)) * growth.factorial.num) / growth.factorial.den;
  }
  const lnN = logarithmOf(BigInt(n));
  const { num, den } = growth.exactPower ?? Rational.parse(growth.power[0].toFixed(15));
  sum += (lnN * num) / den;
  for (const { power, coefficient } of growth.exponentials) {
    // n is m^step, so n^power is a whole number.
    const size = BigInt(Math.round(n ** Rational.toNumber(power)));
    const weight = fraction(coefficient[0]);
    sum += ((size << BITS) * weight.num) / weight.den;
  }
  return sum;
}

/** first (first + 1) ... last */
function factorial(first: number, last: number): bigint {
  if (last <= first) return BigInt(Math.max(1, last));
  const middle = (first + last) >> 1;
  return factorial(first, middle) * factorial(middle + 1, last);
}

/** The fraction that a double was rounded from, or its own decimals. */
function fraction(value: number): Rational {
  for (let den = 1; den <= 60; den++) {
    const num = Math.round(value * den);
    if (num / den === value) return Rational.of(num, den);
  }
  return Rational.parse(value.toFixed(15));
}

function logarithmOfRoot({ root, minimal }: Growth): bigint | undefined {
  if (root[1] !== 0) return undefined;
  if (minimal.length === 2) return logarithmOf(Integer.abs(minimal[0])) - logarithmOf(Integer.abs(minimal[1]));
  const work = BITS + 64n;
  let x = (BigInt(Math.round(root[0] * 2 ** 40)) << work) >> 40n;
  for (let round = 0; round < 14; round++)
    x -= (evaluate(minimal, x, work) << work) / evaluate(Polynomial.derivative(minimal), x, work);
  return fixedLog(Integer.abs(x) >> 64n, Number(BITS));
}

function evaluate(p: IntegerPolynomial, x: bigint, bits: bigint): bigint {
  return p.reduceRight((sum, value) => ((sum * x) >> bits) + (value << bits), 0n);
}

/** The value at 1/m = 0 of the polynomial in 1/m through all points. */
function extrapolate(nodes: readonly number[], values: readonly bigint[]): bigint {
  return values.reduce((sum, value, k) => {
    let [num, den] = [1n, 1n];
    nodes.forEach((other, j) => {
      if (j === k) return;
      num *= BigInt(nodes[k]);
      den *= BigInt(nodes[k] - other);
    });
    return sum + (value * num) / den;
  }, 0n);
}
