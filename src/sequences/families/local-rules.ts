/** How the values of a multiplicative function at the powers of a prime go on from u(p). */
export interface LocalRule {
  readonly text: string;
  /** u(p^k), first being u(p). */
  readonly at: (p: bigint, k: number, first: bigint) => bigint;
}

const raised = (base: bigint, k: number): bigint => base ** BigInt(k);

/** u(p^k) = u(p) u(p^(k-1)) - h u(p^(k-2)). */
function quadratic(k: number, first: bigint, h: bigint): bigint {
  let [before, value] = [1n, first];
  for (let i = 1; i < k; i++) [before, value] = [value, first * value - h * before];
  return value;
}

/** Rules for powers of primes; a new one is a new row. */
export const LOCAL_RULES: readonly LocalRule[] = [
  { text: 'u(p^k) = u(p)^k', at: (_, k, first) => raised(first, k) },
  { text: 'u(p^k) = u(p)', at: (_, __, first) => first },
  { text: 'u(p^k) = 0 for k > 1', at: (_, k, first) => (k === 1 ? first : 0n) },
  { text: 'u(p^k) = u(p)*p^(k-1)', at: (p, k, first) => first * raised(p, k - 1) },
  { text: 'u(p^k) = u(p)*p^(2*(k-1))', at: (p, k, first) => first * raised(p, 2 * (k - 1)) },
  {
    text: 'u(p^k) = 1 + g + ... + g^k, g = u(p) - 1',
    at: (_, k, first) => {
      let sum = 1n;
      for (let i = 1; i <= k; i++) sum += raised(first - 1n, i);
      return sum;
    },
  },
  { text: 'u(p^k) = 1 + k*(u(p) - 1)', at: (_, k, first) => 1n + BigInt(k) * (first - 1n) },
  { text: 'u(p^k) = binomial(k + u(p) - 1, k)', at: (_, k, first) => rising(k, first) },
  { text: 'u(p^k) = p^k + c, c = u(p) - p', at: (p, k, first) => raised(p, k) + first - p },
  { text: 'u(p^k) = (k+1)*p^k', at: (p, k) => BigInt(k + 1) * raised(p, k) },
  { text: 'u(p^k) = ((k+1)*p - k)*p^(k-1)', at: (p, k) => (BigInt(k + 1) * p - BigInt(k)) * raised(p, k - 1) },
  { text: 'u(p^k) = (k+1)^2', at: (_, k) => BigInt(k + 1) ** 2n },
  { text: 'u(p^k) = k', at: (_, k) => BigInt(k) },
  { text: 'u(p^k) = p^floor(k/2)', at: (p, k) => raised(p, Math.floor(k / 2)) },
  { text: 'u(p^k) = p^ceil(k/2)', at: (p, k) => raised(p, Math.ceil(k / 2)) },
  { text: 'u(p^k) = 1 + floor(k/2)', at: (_, k) => BigInt(1 + Math.floor(k / 2)) },
  { text: 'u(p^k) = u(p)*u(p^(k-1)) - u(p^(k-2))', at: (_, k, first) => quadratic(k, first, 1n) },
  { text: 'u(p^k) = u(p)*u(p^(k-1)) - p*u(p^(k-2))', at: (p, k, first) => quadratic(k, first, p) },
  { text: 'u(p^k) = u(p)*u(p^(k-1)) - p^2*u(p^(k-2))', at: (p, k, first) => quadratic(k, first, p * p) },
  {
    text: 'u(p^k) = u(p^(k-2)) + p^k',
    at: (p, k, first) => {
      let sum = k % 2 === 0 ? 1n : first;
      for (let i = k % 2 === 0 ? 2 : 3; i <= k; i += 2) sum += raised(p, i);
      return sum;
    },
  },
];

/** binomial(k + m - 1, k). */
function rising(k: number, m: bigint): bigint {
  let value = 1n;
  for (let i = 1n; i <= BigInt(k); i++) value = (value * (m + i - 1n)) / i;
  return value;
}
