import { RandomStream } from '../../src/core/index.ts';
import { between, type Draw, pick } from './orbits/draw.ts';
import { SAMPLE_LENGTH, type SequenceSample } from './sequence-sample.ts';

const times = (count: number, value: (i: number) => number | bigint): bigint[] =>
  Array.from({ length: count }, (_, i) => BigInt(value(i)));

function cumulative(count: number, first: number, step: (last: number) => number): bigint[] {
  let last = first;
  return times(count, () => {
    const term = last;
    last = step(last);
    return term;
  });
}

/** A sieve that keeps a number n with chance c / log n: as dense as primes, without their law. */
function randomSieve(random: RandomStream, count: number): bigint[] {
  const density = 0.7 + 0.8 * random.uniform();
  const found: bigint[] = [];
  for (let n = 10; found.length < count; n++) if (random.uniform() < density / Math.log(n + 1)) found.push(BigInt(n));
  return found;
}

/** Ways to make sequences that have no law. */
export const NOISE_FAMILIES: readonly (readonly [name: string, draw: Draw])[] = [
  ['bits', (random, count) => times(count, () => random.integer(2))],
  ['rare bits', (random, count) => times(count, () => Number(random.uniform() < 0.25))],
  ['walk', (random, count) => cumulative(count, 0, (last) => last + 2 * random.integer(2) - 1)],
  ['digits', (random, count) => times(count, () => random.integer(10))],
  ['signs and zeros', (random, count) => times(count, () => random.integer(3) - 1)],
  ['integers', (random, count) => times(count, () => random.integer(1_000_000))],
  ['small integers', (random, count) => times(count, () => between(random, -50, 50))],
  [
    'sorted integers',
    (random, count) => {
      const gap = pick(random, [2, 3, 5, 10, 40]);
      return cumulative(count, random.integer(10), (last) => last + 1 + random.integer(gap));
    },
  ],
  [
    'growth',
    (random, count) => {
      const rate = 1.05 + random.uniform();
      return cumulative(
        count,
        between(random, 1, 9),
        (last) => Math.round(last * rate * (0.8 + 0.4 * random.uniform())) + 1,
      );
    },
  ],
  ['permutation', (random, count) => Array.from(random.permutation(count), (n) => BigInt(n + 1))],
  ['jittered squares', (random, count) => times(count, (i) => i * i + between(random, -2, 2))],
  ['jittered lines', (random, count) => times(count, (i) => 3 * i + between(random, -1, 1))],
  ['partial sums of bits', (random, count) => cumulative(count, 0, (last) => last + random.integer(2))],
  ['random sieve', randomSieve],
];

/** Terms in which the noise must show, and places where it must bend the line. */
const SHOWN = 15;
const LEAST_BENDS = 4;

/** Whether the first terms are visibly noisy: a run of zeros or a straight line by chance is a law like any other. */
function isVisible(terms: readonly bigint[]): boolean {
  let bends = 0;
  for (let i = 2; i < SHOWN; i++) if (terms[i] - 2n * terms[i - 1] + terms[i - 2] !== 0n) bends++;
  return bends >= LEAST_BENDS;
}

/** `perFamily` sequences of every kind of noise. */
export function noise(seed: number, perFamily: number, length = SAMPLE_LENGTH): SequenceSample[] {
  const stream = new RandomStream(seed).split(0x401e);
  return NOISE_FAMILIES.flatMap(([name, draw], kind) =>
    Array.from({ length: perFamily }, (_, i): SequenceSample => {
      const random = stream.split(kind).split(i);
      let terms = draw(random, length)!;
      while (!isVisible(terms)) terms = draw(random, length)!;
      return { id: `noise/${name}/${seed}-${i}`, family: name, terms, start: 0, lawful: false };
    }),
  );
}
