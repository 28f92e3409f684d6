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
  const density = 0.7 + random.uniform();
  const found: bigint[] = [];
  for (let n = 2; found.length < count; n++) if (random.uniform() < density / Math.log(n + 1)) found.push(BigInt(n));
  return found;
}

/** Ways to make sequences that have no law. */
export const NOISE_FAMILIES: readonly (readonly [name: string, draw: Draw])[] = [
  ['bits', (random, count) => times(count, () => random.integer(2))],
  ['rare bits', (random, count) => times(count, () => Number(random.uniform() < 0.2))],
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

/** `perFamily` sequences of every kind of noise. */
export function noise(seed: number, perFamily: number, length = SAMPLE_LENGTH): SequenceSample[] {
  const stream = new RandomStream(seed).split(0x401e);
  return NOISE_FAMILIES.flatMap(([name, draw], kind) =>
    Array.from({ length: perFamily }, (_, i): SequenceSample => {
      const terms = draw(stream.split(kind).split(i), length)!;
      return { id: `noise/${name}/${seed}-${i}`, family: name, terms, start: 0, lawful: false };
    }),
  );
}
