import { factorsOf, isPrime, nthPrime } from './factorisation.ts';

/** A function of the index that is no solution of a recurrence, by its usual name. */
export interface KnownFunction {
  readonly text: string;
  readonly latex: string;
  /** The least n at which it has a value. */
  readonly first: number;
  readonly at: (n: number) => bigint;
  /** Whether f(m n) = f(m) f(n) for coprime m, n. */
  readonly multiplicative?: boolean;
}

/** A product over the prime powers of n. */
function multiplicative(text: string, latex: string, local: (p: bigint, k: number) => bigint): KnownFunction {
  return {
    text,
    latex,
    first: 1,
    multiplicative: true,
    at: (n) => factorsOf(n).reduce((product, [p, k]) => product * local(BigInt(p), k), 1n),
  };
}

/** A sum over the prime powers of n. */
function additive(text: string, latex: string, local: (p: bigint, k: number) => bigint): KnownFunction {
  return {
    text,
    latex,
    first: 1,
    at: (n) => factorsOf(n).reduce((sum, [p, k]) => sum + local(BigInt(p), k), 0n),
  };
}

function plain(text: string, latex: string, first: number, at: (n: number) => bigint): KnownFunction {
  return { text, latex, first, at };
}

/** p^0 + p^a + ... + p^(a k). */
function divisorPowers(p: bigint, k: number, a: number): bigint {
  let sum = 0n;
  for (let i = 0; i <= k; i++) sum += p ** BigInt(a * i);
  return sum;
}

const power = (p: bigint, k: number): bigint => p ** BigInt(k);

/** The functions of number theory that may stand in a law; a new one is a new row. */
export const KNOWN_FUNCTIONS: readonly KnownFunction[] = [
  multiplicative('tau(n)', '\\tau(n)', (_, k) => BigInt(k + 1)),
  multiplicative('sigma(n)', '\\sigma(n)', (p, k) => divisorPowers(p, k, 1)),
  multiplicative('sigma_2(n)', '\\sigma_2(n)', (p, k) => divisorPowers(p, k, 2)),
  multiplicative('sigma_3(n)', '\\sigma_3(n)', (p, k) => divisorPowers(p, k, 3)),
  multiplicative('phi(n)', '\\varphi(n)', (p, k) => power(p, k) - power(p, k - 1)),
  multiplicative('psi(n)', '\\psi(n)', (p, k) => power(p, k) + power(p, k - 1)),
  multiplicative('J_2(n)', 'J_2(n)', (p, k) => power(p, 2 * k) - power(p, 2 * k - 2)),
  multiplicative('mu(n)', '\\mu(n)', (_, k) => (k === 1 ? -1n : 0n)),
  multiplicative('mu(n)^2', '\\mu(n)^2', (_, k) => (k === 1 ? 1n : 0n)),
  multiplicative('lambda(n)', '\\lambda(n)', (_, k) => (k % 2 === 0 ? 1n : -1n)),
  multiplicative('2^omega(n)', '2^{\\omega(n)}', () => 2n),
  multiplicative('(-1)^omega(n)', '(-1)^{\\omega(n)}', () => -1n),
  multiplicative('rad(n)', '\\mathrm{rad}(n)', (p) => p),
  multiplicative('n/rad(n)', 'n / \\mathrm{rad}(n)', (p, k) => power(p, k - 1)),
  multiplicative('core(n)', '\\mathrm{core}(n)', (p, k) => power(p, k % 2)),
  multiplicative('square(n)', '\\mathrm{square}(n)', (p, k) => power(p, 2 * Math.floor(k / 2))),
  multiplicative('is_square(n)', '[n \\text{ a square}]', (_, k) => (k % 2 === 0 ? 1n : 0n)),
  multiplicative('usigma(n)', '\\sigma^*(n)', (p, k) => power(p, k) + 1n),
  multiplicative('uphi(n)', '\\varphi^*(n)', (p, k) => power(p, k) - 1n),
  multiplicative('odd(n)', 'n / 2^{\\nu_2(n)}', (p, k) => (p === 2n ? 1n : power(p, k))),
  multiplicative('abelian(n)', 'a(n)', (_, k) => [1n, 1n, 2n, 3n, 5n, 7n, 11n, 15n, 22n, 30n, 42n][k] ?? 0n),
  multiplicative('chi_4(n)', '\\chi_{-4}(n)', (p, k) => (p === 2n ? 0n : p % 4n === 1n || k % 2 === 0 ? 1n : -1n)),
  multiplicative('chi_3(n)', '\\chi_{-3}(n)', (p, k) => (p === 3n ? 0n : p % 3n === 1n || k % 2 === 0 ? 1n : -1n)),
  multiplicative('n', 'n', power),
  multiplicative('n^2', 'n^2', (p, k) => power(p, 2 * k)),
  multiplicative('1', '1', () => 1n),
  additive('omega(n)', '\\omega(n)', () => 1n),
  additive('Omega(n)', '\\Omega(n)', (_, k) => BigInt(k)),
  additive('sopf(n)', '\\mathrm{sopf}(n)', (p) => p),
  additive('sopfr(n)', '\\mathrm{sopfr}(n)', (p, k) => p * BigInt(k)),
  plain('gpf(n)', '\\mathrm{gpf}(n)', 1, (n) => BigInt(factorsOf(n).at(-1)?.[0] ?? 1)),
  plain('lpf(n)', '\\mathrm{lpf}(n)', 1, (n) => BigInt(factorsOf(n)[0]?.[0] ?? 1)),
  plain('derivative(n)', "n'", 1, (n) => factorsOf(n).reduce((sum, [p, k]) => sum + BigInt((n / p) * k), 0n)),
  plain('is_prime(n)', '[n \\text{ prime}]', 0, (n) => (isPrime(n) ? 1n : 0n)),
  plain('Lambda(n)', 'e^{\\Lambda(n)}', 1, (n) => (factorsOf(n).length === 1 ? BigInt(factorsOf(n)[0][0]) : 1n)),
  plain('Carmichael(n)', '\\lambda(n)', 1, carmichael),
  plain('prime(n)', 'p_n', 1, (n) => BigInt(nthPrime(n))),
  plain('primepi(n)', '\\pi(n)', 0, (n) => countUpTo(n, isPrime)),
  plain('composite(n)', 'c_n', 1, (n) => nthOf(n, (m) => m > 3 && !isPrime(m))),
  plain('nonprime(n)', '\\bar{p}_n', 1, (n) => nthOf(n, (m) => m === 1 || !isPrime(m))),
  plain('squarefree(n)', 's_n', 1, (n) => nthOf(n, (m) => factorsOf(m).every(([, k]) => k === 1))),
  plain('prime_power(n)', 'q_n', 1, (n) => nthOf(n, (m) => factorsOf(m).length === 1)),
  plain('semiprime(n)', '(pq)_n', 1, (n) => nthOf(n, (m) => factorsOf(m).reduce((sum, [, k]) => sum + k, 0) === 2)),
  plain('floor(sqrt(n))', '\\lfloor \\sqrt{n} \\rfloor', 0, (n) => BigInt(Math.floor(Math.sqrt(n)))),
  plain('floor(log2(n))', '\\lfloor \\log_2 n \\rfloor', 1, (n) => BigInt(31 - Math.clz32(n))),
  plain('n^n', 'n^n', 0, (n) => BigInt(n) ** BigInt(n)),
  plain('n^(n-1)', 'n^{n-1}', 1, (n) => BigInt(n) ** BigInt(n - 1)),
  plain('(n+1)^n', '(n+1)^n', 0, (n) => BigInt(n + 1) ** BigInt(n)),
  plain('(2*n+1)^n', '(2n+1)^n', 0, (n) => BigInt(2 * n + 1) ** BigInt(n)),
  plain('gray(n)', 'n \\oplus \\lfloor n/2 \\rfloor', 0, (n) => BigInt(n ^ (n >> 1))),
  plain('binary(n)', '(n)_2', 0, (n) => BigInt(n.toString(2))),
  plain('ternary(n)', '(n)_3', 0, (n) => BigInt(n.toString(3))),
];

/** The exponent of the group of units mod n. */
function carmichael(n: number): bigint {
  return factorsOf(n).reduce((least, [p, k]) => {
    const order = p === 2 && k > 2 ? 2 ** (k - 2) : p ** (k - 1) * (p - 1);
    return (least * BigInt(order)) / BigInt(gcd(Number(least), order));
  }, 1n);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

function countUpTo(n: number, keep: (m: number) => boolean): bigint {
  let count = 0n;
  for (let m = 1; m <= n; m++) if (keep(m)) count++;
  return count;
}

function nthOf(n: number, keep: (m: number) => boolean, from = 1): bigint {
  let left = n;
  for (let m = from; ; m++) if (keep(m) && --left === 0) return BigInt(m);
}
