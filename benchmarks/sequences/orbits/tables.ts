import { between, type Draw, pick, several } from './draw.ts';

/** T(n, k) = (a n + b k + c) T(n-1, k-1) + (d n + e k + f) T(n-1, k), read by rows. */
export const triangle: Draw = (random, count) => {
  const [a, b, d, e] = several(random, 4, 0, 1);
  const [c, f] = several(random, 2, -1, 2);
  let row = [1n];
  const terms: bigint[] = [];
  for (let n = 0; terms.length < count; n++) {
    if (n > 0) {
      const above = row;
      row = Array.from({ length: n + 1 }, (_, k) => {
        const left = BigInt(a * n + b * k + c) * (above[k - 1] ?? 0n);
        return left + BigInt(d * n + e * k + f) * (above[k] ?? 0n);
      });
    }
    terms.push(...row);
  }
  return terms.slice(15).every((term) => term === 0n) ? undefined : terms.slice(0, count);
};

/** A simple function of the row and the column, read by rows or by antidiagonals. */
export const rowsAndColumns: Draw = (random, count) => {
  const [a, b, c, d] = several(random, 4, 0, 3);
  const modulus = between(random, 2, 6);
  const kinds: readonly ((n: number, k: number) => number)[] = [
    (n, k) => a * n + b * k + c,
    (n, k) => a * n * n + b * k * k + c * n * k + d,
    (n, k) => (a * n + b * k) % modulus,
    (n, k) => (n >= k ? a + c : b) * n + d * k,
    (n, k) => (a + 1) ** Math.min(n, 12) + (b + 1) ** Math.min(k, 12),
    (n, k) => (n & (k + a)) + c,
    (n, k) => (n + a) ** Math.min(k, 9),
  ];
  const kind = pick(random, kinds);
  const anti = random.integer(2) === 0;
  const terms: bigint[] = [];
  for (let n = 0; terms.length < count; n++) {
    for (let k = 0; k <= n; k++) terms.push(BigInt(anti ? kind(n - k, k) : kind(n, k)));
  }
  return terms.slice(0, count);
};

/** Arrays of n rows and 1 to 4 columns in which some 2 X 2 blocks are forbidden: as many encyclopedias count them. */
export const arrays: Draw = (random, count) => {
  const letters = pick(random, [2, 2, 2, 3]);
  const width = letters === 2 ? between(random, 1, 4) : between(random, 1, 2);
  const states = Array.from({ length: letters ** width }, (_, code) =>
    Array.from({ length: width }, (_, i) => Math.floor(code / letters ** i) % letters),
  );
  const allowed = pick(random, [0.35, 0.5, 0.65, 0.8]);
  const blocks = Array.from({ length: letters ** 4 }, () => random.uniform() < allowed);
  const pairs = Array.from({ length: letters ** 2 }, () => random.uniform() < allowed);
  const fits = (above: number[], below: number[]): boolean => {
    if (width === 1) return pairs[above[0] * letters + below[0]];
    for (let i = 0; i + 1 < width; i++) {
      const block = ((above[i] * letters + above[i + 1]) * letters + below[i]) * letters + below[i + 1];
      if (!blocks[block]) return false;
    }
    return true;
  };
  const next = states.map((above) => states.flatMap((below, i) => (fits(above, below) ? [i] : [])));
  let ways = states.map(() => 1n);
  const terms: bigint[] = [];
  while (terms.length < count) {
    terms.push(ways.reduce((sum, value) => sum + value, 0n));
    ways = next.map((below) => below.reduce((sum, i) => sum + ways[i], 0n));
  }
  return terms.at(-1) === 0n ? undefined : terms;
};
