import { Integer } from '../../../src/numerics/index.ts';
import { digitsOf, sum } from '../tools/factors.ts';
import { bigints } from '../tools/series.ts';
import { between, type Draw, nonzero, pick, several, tabulate } from './draw.ts';

/** u_n u_{n-k} = a u_{n-1} u_{n-k+1} + b u_{n-2} u_{n-k+2}, from ones: whole by the Laurent phenomenon. */
export const somos: Draw = (random, count) => {
  const [order, a, b] = [between(random, 4, 5), BigInt(nonzero(random, -2, 3)), BigInt(nonzero(random, -2, 3))];
  const terms = bigints(...Array.from({ length: order }, () => 1));
  while (terms.length < count) {
    const n = terms.length;
    const top = a * terms[n - 1] * terms[n - order + 1] + b * terms[n - 2] * terms[n - order + 2];
    if (terms[n - order] === 0n || top % terms[n - order] !== 0n) return undefined;
    terms.push(top / terms[n - order]);
  }
  return terms;
};

/** A polynomial of the last one or two terms, modulo a small number. */
export const residues: Draw = (random, count) => {
  const modulus = between(random, 7, 1000);
  const [a, b, c, d] = several(random, 4, 0, 3);
  const terms = several(random, 2, 1, 5);
  while (terms.length < count) {
    const [x, y] = [terms[terms.length - 1], terms[terms.length - 2]];
    terms.push((a * x * x + b * x * y + c * y + d + x) % modulus);
  }
  return new Set(terms).size < 12 ? undefined : terms.map(BigInt);
};

/** Pisot's sequences: u_n = floor, ceiling or nearest of u_{n-1}^2 / u_{n-2}. */
export const pisot: Draw = (random, count) => {
  const [x, rounding] = [between(random, 2, 9), random.integer(3)];
  const terms = bigints(x, x + between(random, 1, 12));
  while (terms.length < count) {
    const [top, bottom] = [terms[terms.length - 1] ** 2n, terms[terms.length - 2]];
    const shift = [0n, bottom - 1n, bottom / 2n][rounding];
    terms.push((top + shift) / bottom);
  }
  return terms;
};

/** u_n = u_{n-1} + something of the digits of u_{n-1}. */
export const digitGrowth: Draw = (random, count) => {
  const [base, power] = [pick(random, [2, 3, 10, 10]), between(random, 1, 2)];
  let value = between(random, 1, 20);
  return Array.from({ length: count }, () => {
    const term = BigInt(value);
    value += sum(digitsOf(value, base).map((digit) => digit ** power));
    return term;
  });
};

/** Nested recurrences: u_n = u_{n - u_{n-1}} + u_{n - a - u_{n-2}} and n - u(u(n - 1)). */
export const nested: Draw = (random, count) => {
  const [kind, a, depth] = [random.integer(2), between(random, 0, 2), between(random, 2, 4)];
  const terms = [0, 1, 1];
  for (let n = 3; n <= count; n++) {
    if (kind === 0) {
      const [i, j] = [n - terms[n - 1], n - a - terms[n - 2]];
      if (!(i > 0 && j > 0)) return undefined;
      terms.push(terms[i] + terms[j]);
    } else {
      let k = n - 1;
      for (let i = 0; i < depth; i++) k = terms[k];
      terms.push(n - k);
    }
  }
  return bigints(...terms.slice(1));
};

/** floor(c n^(p/q)) and floor(n (a + sqrt b) / c), exactly. */
export const rootFloor: Draw = (random, count) => {
  const [a, c] = [between(random, 0, 5), between(random, 1, 4)];
  const b = pick(random, [2, 3, 5, 6, 7, 8, 10, 11, 12, 13, 15, 17, 19]);
  const kind = random.integer(3);
  return tabulate(count, between(random, 0, 1), (n) => {
    if (kind === 0) return (BigInt(a * n) + Integer.sqrt(BigInt(b * n * n))) / BigInt(c);
    if (kind === 1) return Integer.sqrt(BigInt(b) * BigInt(n) ** 3n) / BigInt(c);
    return Integer.sqrt(BigInt(b * n + a));
  });
};

/** Decimal digits of (a + sqrt b) / c, or of a cube root. */
export const algebraicDigits: Draw = (random, count) => {
  const places = BigInt(count + 5);
  const [a, b, c] = [between(random, 0, 9), between(random, 2, 200), between(random, 1, 9)];
  const root = Math.round(Math.sqrt(b)) ** 2 === b ? undefined : Integer.sqrt(BigInt(b) * 100n ** places);
  const value = random.integer(3) === 0 ? cubeRoot(BigInt(b) * 1000n ** places) : root;
  if (value === undefined || Math.round(Math.cbrt(b)) ** 3 === b) return undefined;
  const number = (value + BigInt(a) * 10n ** places) / BigInt(c);
  return digitsOf(number).slice(0, count).map(BigInt);
};

/** floor of the cube root, by Newton from above. */
export function cubeRoot(value: bigint): bigint {
  let guess = 1n << BigInt(Math.ceil(Integer.bitLength(value) / 3) + 1);
  for (;;) {
    const next = (2n * guess + value / (guess * guess)) / 3n;
    if (next >= guess) return guess;
    guess = next;
  }
}
