import type { RandomStream } from '../../../src/core/index.ts';
import { Integer } from '../../../src/numerics/index.ts';
import { between, type Draw, nonzero, pick } from './draw.ts';

type Step = (n: bigint, back: (k: number) => bigint) => bigint;

const floorDivide = (a: bigint, b: bigint): bigint => (a - Integer.modulo(a, b)) / b;
/** The remainder takes the sign of the divisor. */
const remainder = (a: bigint, b: bigint): bigint => a - b * (a / b) + (a % b !== 0n && a < 0n !== b < 0n ? b : 0n);
const quotient = (a: bigint, b: bigint): bigint => (b < 0n ? floorDivide(-a, -b) : floorDivide(a, b));

const BINARY: readonly ((a: bigint, b: bigint) => bigint | undefined)[] = [
  (a, b) => a + b,
  (a, b) => a - b,
  (a, b) => a * b,
  (a, b) => (b === 0n ? undefined : quotient(a, b)),
  (a, b) => (b === 0n ? undefined : remainder(a, b)),
];
const UNARY: readonly ((a: bigint) => bigint)[] = [
  (a) => Integer.abs(a),
  (a) => a * a,
  (a) => (a > 0n ? a : 0n),
  (a) => (a < 0n ? -1n : a > 0n ? 1n : 0n),
];

/** Beyond this a sequence is thrown away, as its source does. */
const LARGEST = 10n ** 100n;

class Undefined extends Error {}

function leaf(random: RandomStream, degree: number): Step {
  const kind = random.integer(3);
  const constant = BigInt(nonzero(random, -10, 10));
  const lag = between(random, 1, degree);
  return kind === 0 ? () => constant : kind === 1 ? (n) => n : (_, back) => back(lag);
}

/** A tree of so many operators, arguments first; the operators left are shared out evenly at random. */
function tree(random: RandomStream, operators: number, degree: number): Step {
  if (operators === 0) return leaf(random, degree);
  if (random.integer(2) === 0) {
    const [operation, inner] = [pick(random, UNARY), tree(random, operators - 1, degree)];
    return (n, back) => operation(inner(n, back));
  }
  const left = random.integer(operators);
  const operation = pick(random, BINARY);
  const [first, second] = [tree(random, left, degree), tree(random, operators - 1 - left, degree)];
  return (n, back) => {
    const result = operation(first(n, back), second(n, back));
    if (result === undefined || Integer.abs(result) > LARGEST) throw new Undefined();
    return result;
  };
}

/** The last five terms with fewer than two different gaps: constants and arithmetic progressions, thrown away. */
function isTrivial(terms: readonly bigint[]): boolean {
  const last = terms.slice(-5);
  return new Set(last.slice(1).map((term, i) => term - last[i])).size < 2;
}

/**
 * A random recurrence of up to ten operators in u_{n-1} ... u_{n-6}, n and small constants.
 *
 * @see d'Ascoli, Kamienny, Lample, Charton, "Deep symbolic regression for recurrent sequences", ICML 2022
 */
export const publishedRecurrence: Draw = (random, count) => {
  const degree = between(random, 1, 6);
  const step = tree(random, between(random, 1, 10), degree);
  const terms = Array.from({ length: degree }, () => BigInt(between(random, -10, 10)));
  try {
    while (terms.length < count) {
      const length = terms.length;
      const next = step(BigInt(length + 1), (k) => terms[length - k]);
      if (Integer.abs(next) > LARGEST) return undefined;
      terms.push(next);
    }
  } catch (reason) {
    if (reason instanceof Undefined) return undefined;
    throw reason;
  }
  return isTrivial(terms) ? undefined : terms;
};
