import { berlekampMassey } from '../../../src/numerics/index.ts';
import type { Sequences } from './data.ts';

/** Says the last term of a sequence from those before it. */
export type Guess = (before: readonly number[]) => number;

/** Ways without a network, learned from the same sequences where there is something to learn; a new one is a new row. */
export const BASELINES: readonly {
  readonly name: string;
  open(train: readonly Sequences[], modulus: number): Guess;
}[] = [
  {
    name: 'majority',
    open: (train) => {
      const most = commonest(train.flatMap(({ rows }) => rows.map((row) => row.at(-1)!)));
      return () => most;
    },
  },
  { name: 'last term again', open: () => (before) => before.at(-1)! },
  {
    // What a table of everything that was seen can say: no network is needed for that much.
    name: 'what followed these two terms',
    open: (train, modulus) => {
      const followers = new Map<number, number[]>();
      for (const { rows } of train) {
        for (const row of rows) {
          for (let n = 2; n < row.length; n++) {
            const key = row[n - 2] * modulus + row[n - 1];
            const list = followers.get(key);
            if (list) list.push(row[n]);
            else followers.set(key, [row[n]]);
          }
        }
      }
      const most = new Map([...followers].map(([key, list]) => [key, commonest(list)]));
      return (before) => most.get(before.at(-2)! * modulus + before.at(-1)!) ?? 0;
    },
  },
  { name: 'shortest recurrence', open: (_, modulus) => (before) => nextOfRecurrence(before, modulus) },
];

/** The next term by the shortest recurrence with constant coefficients: right where it has at most half as many as terms. */
export function nextOfRecurrence(before: readonly number[], modulus: number): number {
  const { length, connection } = berlekampMassey(before, modulus);
  let sum = 0;
  for (let j = 1; j <= length; j++) sum += connection[j] * before[before.length - j];
  return ((-sum % modulus) + modulus) % modulus;
}

/** The share of sequences whose last term is said, family by family. */
export function shareRight(guess: Guess, all: readonly Sequences[]): Record<string, number> {
  return Object.fromEntries(
    all.map(({ family, rows }) => [
      family,
      rows.filter((row) => guess(row.slice(0, -1)) === row.at(-1)).length / rows.length,
    ]),
  );
}

function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, one) =>
    one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best,
  )[0];
}
