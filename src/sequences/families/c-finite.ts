import {
  berlekampMassey,
  Integer,
  liftBy,
  Polynomial,
  primeAt,
  primitive,
  reconstructRational,
  residue,
} from '../../numerics/index.ts';
import type { Family, Law } from '../law.ts';
import type { Recurrence } from '../recurrence.ts';
import { lawOf } from './p-recursive.ts';

/** Equations at least beyond those that fix a recurrence. */
const SURPLUS = 2;
/** Terms that Berlekamp and Massey see; all of them are checked. */
const MOST_TERMS = 2000;
const MOST_PRIMES = 200;

/** sum_j c_j u(n + j) = 0: the generating function is rational. */
export const cFinite: Family = {
  name: 'c-finite',
  bits: 2,
  propose(problem) {
    const laws: Law[] = [];
    for (let exceptions = 0; exceptions <= 3; exceptions++) {
      const values = problem.values.slice(exceptions, exceptions + MOST_TERMS);
      const recurrence = shortest(values);
      if (!recurrence) continue;
      const order = recurrence.coefficients.length - 1;
      const law = lawOf(problem, recurrence, exceptions, values.length - 2 * order, 'c-finite');
      if (law) laws.push(law);
      // Exceptional terms lower the order by as many.
      if (order <= 1) break;
    }
    return laws.sort((a, b) => a.bits - b.bits).slice(0, 1);
  },
};

/** The shortest recurrence over the rationals, when the terms confirm it; one prime more than it took agrees. */
function shortest(values: readonly bigint[]): Recurrence | undefined {
  const most = Math.floor((values.length - SURPLUS) / 2);
  const connectionAt = (index: number): number[] | undefined => {
    const p = primeAt(index);
    const { length, connection } = berlekampMassey(
      Float64Array.from(values, (value) => residue(value, p)),
      p,
    );
    return length <= most ? connection : undefined;
  };
  const first = connectionAt(0);
  if (!first) return undefined;
  const order = first.length - 1;
  let lift = { modulus: BigInt(primeAt(0)), residues: first.map(BigInt) as readonly bigint[] };
  let guess = toIntegers(lift.residues, lift.modulus);
  for (let index = 1; index < MOST_PRIMES; index++) {
    const connection = connectionAt(index);
    if (!connection) return undefined;
    if (connection.length - 1 !== order) continue;
    const p = BigInt(primeAt(index));
    if (guess?.every((value, i) => (value - (guess as bigint[])[0] * BigInt(connection[i])) % p === 0n)) {
      // c_0 belongs to the newest term.
      return { coefficients: guess.toReversed().map((value) => Polynomial.of(value)), constant: [] };
    }
    lift = liftBy(lift, primeAt(index), connection);
    guess = toIntegers(lift.residues, lift.modulus);
  }
  return undefined;
}

function toIntegers(residues: readonly bigint[], modulus: bigint): bigint[] | undefined {
  const fractions: { num: bigint; den: bigint }[] = [];
  let common = 1n;
  for (const r of residues) {
    const fraction = reconstructRational(r, modulus);
    if (!fraction) return undefined;
    fractions.push(fraction);
    common = Integer.lcm(common, fraction.den);
  }
  return primitive(fractions.map(({ num, den }) => num * (common / den)));
}
