import type { RandomStream } from '../../../src/core/index.ts';
import { bigOmega, digitsOf, gcd, isPrime, omega, sum, tau } from '../tools/factors.ts';
import { between, type Draw, nonzero, pick, whether } from './draw.ts';

type Property = (n: number) => boolean;

/** A list that grows beyond this is too thin to be of use. */
const LARGEST = 20_000;
/** Its polynomials are tested for primality by division. */
const LARGEST_ARGUMENT = 2_000;

const listed = (has: Property, count: number, largest = LARGEST): bigint[] | undefined => {
  const found: bigint[] = [];
  for (let n = 1; found.length < count; n++) {
    if (n > largest) return undefined;
    if (has(n)) found.push(BigInt(n));
  }
  return found;
};

/** Numbers n such that one or two polynomials of n are prime. */
export const primeValues: Draw = (random, count) => {
  const polynomial = (): ((n: number) => number) => {
    const [a, b] = [between(random, 1, 12), nonzero(random, -30, 30)];
    return whether(random, 0.6) ? (n) => a * n + b : (n) => a * n * n + b;
  };
  const [first, second] = [polynomial(), whether(random, 0.3) ? polynomial() : undefined];
  return listed((n) => isPrime(first(n)) && (second === undefined || isPrime(second(n))), count, LARGEST_ARGUMENT);
};

/** Primes in a class of residues, primes p with a p + b prime, differences of such lists. */
export const primeLists: Draw = (random, count) => {
  const [modulus, a, b] = [between(random, 3, 30), between(random, 1, 4), nonzero(random, -30, 30)];
  const rest = between(random, 1, modulus - 1);
  const kinds: readonly Property[] = [
    (p) => p % modulus === rest,
    (p) => isPrime(a * p + b),
    (p) => sum(digitsOf(p)) % Math.min(modulus, 7) === rest % 7,
    (p) => p % modulus !== rest && p % 4 !== 3,
  ];
  const kind = pick(random, kinds);
  const primes = listed((p) => isPrime(p) && kind(p), count + 1);
  if (!primes) return undefined;
  const form = random.integer(5);
  if (form === 0) return primes.slice(1).map((p, i) => p - primes[i]);
  if (form === 1) return primes.slice(0, count).map((p, i) => BigInt(a) * p + BigInt(b * i));
  return primes.slice(0, count);
};

/** Numbers with a property of their factors, or of the factors of their neighbours. */
export const factorLists: Draw = (random, count) => {
  const [k, shift, modulus] = [between(random, 2, 6), between(random, 1, 6), between(random, 2, 7)];
  const kinds: readonly Property[] = [
    (n) => tau(n) === 2 * k,
    (n) => bigOmega(n) === k,
    (n) => omega(n) === Math.min(k, 3),
    (n) => tau(n) === tau(n + shift),
    (n) => omega(n) === bigOmega(n) && n % modulus === 1,
    (n) => gcd(n, tau(n)) === k,
    (n) => bigOmega(n) % modulus === 0,
    (n) => bigOmega(n) === 2 && n % modulus === shift % modulus,
    (n) => omega(n) !== bigOmega(n) && omega(n + shift) !== bigOmega(n + shift),
  ];
  return listed(pick(random, kinds), count);
};

/** Numbers with a property of their digits in some base. */
export const digitLists: Draw = (random, count) => {
  const base = pick(random, [2, 3, 4, 5, 10, 10, 10, 10]);
  const [digit, k, modulus] = [random.integer(base), between(random, 2, 12), between(random, 2, 7)];
  const kinds: readonly Property[] = [
    (n) => digitsOf(n, base).includes(digit),
    (n) => !digitsOf(n, base).includes(digit),
    (n) => sum(digitsOf(n, base)) === k,
    (n) => sum(digitsOf(n, base)) % modulus === 0,
    (n) => digitsOf(n * n, base).filter((d) => d === digit).length === 1,
    (n) => n % sum(digitsOf(n, base)) === modulus - 1,
    (n) => sum(digitsOf(n * n, base)) === sum(digitsOf(n, base)) + k,
  ];
  return listed(pick(random, kinds), count);
};

/** A term for every n from a game with digits or factors of a polynomial of n. */
export const irregularTerms: Draw = (random, count) => {
  const value = smallPolynomial(random);
  const base = pick(random, [2, 3, 10, 10]);
  const modulus = between(random, 3, 12);
  const kinds: readonly ((n: number) => number)[] = [
    (n) => sum(digitsOf(value(n), base)),
    (n) => digitsOf(value(n) * value(n), base)[0],
    (n) => Number([...value(n).toString()].reverse().join('')),
    (n) => tau(value(n)),
    (n) => bigOmega(value(n)),
    (n) => nextPrime(value(n)) - value(n),
    (n) => nextPrime(value(n)),
    (n) => (nextPrime(value(n)) * n) % modulus,
  ];
  const kind = pick(random, kinds);
  return Array.from({ length: count }, (_, i) => BigInt(kind(i + 1)));
};

function smallPolynomial(random: RandomStream): (n: number) => number {
  const [a, b, c] = [between(random, 0, 2), between(random, 1, 9), between(random, 0, 20)];
  return (n) => a * n * n + b * n + c;
}
function nextPrime(n: number): number {
  let p = n + 1;
  while (!isPrime(p)) p++;
  return p;
}
