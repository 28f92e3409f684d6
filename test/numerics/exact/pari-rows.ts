import { readFileSync } from 'node:fs';
import {
  catalanBits,
  eulerBits,
  eulerGammaBits,
  fixedLog,
  fixedMultiply,
  fixedSqrt,
  piBits,
  zetaBits,
} from '../../../src/numerics/index.ts';

/** What test/fixtures/pari/constants.gp prints. */
export interface PariRows {
  readonly linear: readonly { number: string; digits: string; more: string; basis: string[]; relation: string[] }[];
  readonly algebraic: readonly { number: string; digits: string; more: string; polynomial: string[] }[];
  readonly approximated: readonly { number: string; digits: string; bound: string; best: [string, string] }[];
  readonly values: readonly { number: string; digits: string }[];
}

export const PARI: PariRows = JSON.parse(
  readFileSync(new URL('../../fixtures/pari/constants.json', import.meta.url), 'utf8'),
);

/** A decimal as a fixed-point number. */
export function fixedOf(text: string, bits: number): bigint {
  const [whole, fraction = ''] = text.replace('-', '').split('.');
  const size = (BigInt(whole + fraction) << BigInt(bits)) / 10n ** BigInt(fraction.length);
  return text.startsWith('-') ? -size : size;
}

const ELEMENTS: Readonly<Record<string, (bits: number) => bigint>> = {
  '1': (bits) => 1n << BigInt(bits),
  pi: piBits,
  'pi^2': (bits) => fixedMultiply(piBits(bits + 8), piBits(bits + 8), bits + 8) >> 8n,
  e: eulerBits,
  'log(2)': (bits) => fixedLog(2n << BigInt(bits), bits),
  'log(3)': (bits) => fixedLog(3n << BigInt(bits), bits),
  zeta3: (bits) => zetaBits(3, bits),
  catalan: catalanBits,
  euler_gamma: eulerGammaBits,
  'sqrt(2)': (bits) => fixedSqrt(2n << BigInt(bits), bits),
  'sqrt(3)': (bits) => fixedSqrt(3n << BigInt(bits), bits),
  'sqrt(5)': (bits) => fixedSqrt(5n << BigInt(bits), bits),
};

interface RelationRow {
  readonly name: string;
  readonly values: bigint[];
  readonly expected: bigint[];
}

/** Numbers beside their basis, and the relation that lindep finds. */
export function linearRows(bits: number): RelationRow[] {
  return PARI.linear.map(({ number, more, basis, relation }) => ({
    name: number,
    values: [fixedOf(more, bits), ...basis.map((element) => ELEMENTS[element](bits))],
    expected: relation.map(BigInt),
  }));
}

/** Powers of numbers, and the polynomial that algdep finds. */
export function algebraicRows(bits: number): RelationRow[] {
  return PARI.algebraic.map(({ number, more, polynomial }) => {
    const x = fixedOf(more, bits + 32);
    const powers = [1n << BigInt(bits + 32)];
    for (let k = 1; k < polynomial.length; k++) powers.push(fixedMultiply(powers[k - 1], x, bits + 32));
    return { name: number, values: powers.map((p) => p >> 32n), expected: polynomial.map(BigInt) };
  });
}
