import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { NAMED, namedSamples } from '../../../benchmarks/sequences/named.ts';
import { SAMPLE_LENGTH } from '../../../benchmarks/sequences/sequence-sample.ts';

const fixture = new URL('../../fixtures/pari/named-sequences.json', import.meta.url);
const PARI: Readonly<Record<string, readonly string[]>> = JSON.parse(readFileSync(fixture, 'utf8'));
const byName = new Map(NAMED.map((sequence) => [sequence.name, sequence]));
const terms = (name: string, count: number): string => byName.get(name)!.terms(count).join(' ');

describe('named sequences', () => {
  test('are many, each with a name of its own and enough terms', () => {
    expect(NAMED.length).toBeGreaterThan(1000);
    expect(byName.size).toBe(NAMED.length);
    const samples = namedSamples();
    expect(samples.filter((sample) => sample.terms.length !== SAMPLE_LENGTH).map(({ id }) => id)).toEqual([]);
    expect(new Set(samples.map((sample) => sample.terms.slice(0, 25).join())).size).toBe(samples.length);
  });

  test('a shorter run is the beginning of a longer one', () => {
    const faulty = NAMED.filter(({ terms }) => terms(20).join() !== terms(30).slice(0, 20).join());
    expect(faulty.map(({ name }) => name)).toEqual([]);
  });

  test.each(Object.entries(PARI))('%s agrees with PARI', (name, expected) => {
    expect(terms(name, expected.length)).toBe(expected.join(' '));
  });

  // First terms as the literature prints them.
  test.each([
    ['Padovan numbers', '1 0 0 1 0 1 1 1 2 2 3 4 5 7 9 12'],
    ['Perrin numbers', '3 0 2 3 2 5 5 7 10 12 17 22 29'],
    ['tribonacci numbers', '0 0 1 1 2 4 7 13 24 44 81 149 274'],
    ['Narayana cows', '1 1 1 2 3 4 6 9 13 19 28 41 60 88'],
    ['cake numbers', '1 2 4 8 15 26 42 64 93 130'],
    ['regions of a circle', '1 2 4 8 16 31 57 99 163 256'],
    ['Fine numbers', '1 0 1 2 6 18 57 186 622 2120'],
    ['little Schroeder numbers', '1 1 3 11 45 197 903 4279 20793'],
    ['Apery numbers of zeta(3)', '1 5 73 1445 33001 819005'],
    ['Apery numbers of zeta(2)', '1 3 19 147 1251 11253 104959'],
    ['Domb numbers', '1 4 28 256 2716 31504'],
    ['Franel numbers', '1 2 10 56 346 2252 15184'],
    ['menage numbers', '1 -1 0 1 2 13 80 579 4738 43387'],
    ['Baxter permutations', '1 2 6 22 92 422 2074 10754'],
    ['secondary structures of RNA', '1 1 1 2 4 8 17 37 82 185 423'],
    ['Genocchi numbers', '1 1 3 17 155 2073 38227 929569'],
    ['Springer numbers', '1 1 3 11 57 361 2763 24611'],
    ['connected labelled graphs', '1 1 4 38 728 26704 1866256'],
    ['labelled acyclic digraphs', '1 1 3 25 543 29281 3781503'],
    ['2-regular graphs', '1 0 0 1 3 12 70 465 3507 30016'],
    ['Stern diatomic', '0 1 1 2 1 3 2 3 1 4 3 5 2 5 3 4 1'],
    ['Gray code', '0 1 3 2 6 7 5 4 12 13 15 14 10 11 9 8 24'],
    ['Josephus', '1 1 3 1 3 5 7 1 3 5 7 9 11 13 15 1'],
    ['Thue-Morse', '0 1 1 0 1 0 0 1 1 0 0 1 0 1 1 0'],
    ['Collatz steps to 1', '0 1 7 2 5 8 16 3 19 6 14 9 9 17 17 4 12'],
    ['Kolakoski', '1 2 2 1 1 2 1 2 2 1 2 2 1 1 2 1 1 2 2 1'],
    ['Golomb', '1 2 2 3 3 4 4 4 5 5 5 6 6 6 6 7 7 7 7 8'],
    ['Hofstadter Q', '1 1 2 3 3 4 5 5 6 6 6 8 8 8 10 9 10 11'],
    ['Hofstadter figures, R', '1 3 7 12 18 26 35 45 56 69 83 98'],
    ['Recaman', '0 1 3 6 2 7 13 20 12 21 11 22 10 23 9 24 8 25 43 62'],
    ['Van Eck', '0 0 1 0 2 0 2 2 1 6 0 5 0 2 6 5 4 0 5 3'],
    ['lengths of look and say', '1 2 2 4 6 6 8 10 14 20 26 34 46 62 78 102'],
    ['Gijswijt', '1 1 2 1 1 2 2 2 3 1 1 2 1 1 2 2 2 3 2 1'],
    ['sieve of Flavius Josephus', '1 3 7 13 19 27 39 49 63 79 91 109'],
    ['lucky numbers', '1 3 7 9 13 15 21 25 31 33 37 43 49 51 63 67'],
    ['Ulam numbers', '1 2 3 4 6 8 11 13 16 18 26 28 36 38 47 48'],
    ['Mian-Chowla', '1 2 4 8 13 21 31 45 66 81 97 123 148 182'],
    ['EKG', '1 2 4 6 3 9 12 8 10 5 15 18 14 7 21 24 16'],
    ['happy numbers', '1 7 10 13 19 23 28 31 32 44 49 68 70'],
    ['Smith numbers', '4 22 27 58 85 94 121 166 202 265'],
    ['practical numbers', '1 2 4 6 8 12 16 18 20 24 28 30 32 36'],
    ['emirps', '13 17 31 37 71 73 79 97 107 113 149 157'],
    ['Somos-4', '1 1 1 1 2 3 7 23 59 314 1529 8209 83313'],
    ['Somos-5', '1 1 1 1 1 2 3 5 11 37 83 274 1217 6161'],
    ['Wythoff array', '1 4 2 6 7 3 9 10 11 5'],
    ['Losanitsch triangle', '1 1 1 1 1 1 1 2 2 1 1 2 4 2 1 1 3 6 6 3 1'],
    ['Seidel-Entringer triangle', '1 0 1 0 1 1 0 1 2 2 0 2 4 5 5'],
    ['triangles with whole sides', '0 0 0 1 0 1 1 2 1 3 2 4 3 5 4 7 5'],
    ['generalised pentagonal numbers', '0 1 2 5 7 12 15 22 26 35 40'],
    ['generalised octagonal numbers', '0 1 5 8 16 21 33 40 56 65'],
    ['squares that a knight reaches in n moves', '1 8 32 68 96 120 148 176'],
    ['domino tilings of 4 X n', '1 1 5 11 36 95 281 781 2245'],
    ['domino tilings of 6 columns', '1 1 13 41 281 1183 6728 31529'],
    ['0-1 arrays of 2 columns without adjacent ones', '3 7 17 41 99 239'],
    ['0-1 arrays of 3 columns without adjacent ones', '5 17 63 227 827 2999'],
    ['0-1 arrays of 4 columns without adjacent ones', '8 41 227 1234 6743 36787'],
    ['kings that do not attack in 2 columns', '3 5 11 21 43 85'],
    ['kings that do not attack in 3 columns', '5 11 35 93 269 747'],
    ['0-1 arrays of 2 columns without a 2 X 2 block of ones', '4 15 57 216 819'],
    ['arrays of 3 columns in 3 colours, neighbours different', '12 54 246 1122'],
    ['necklaces of 2 colours', '1 2 3 4 6 8 14 20 36 60 108 188'],
    ['bracelets of 2 colours', '2 3 4 6 8 13 18 30 46 78 126'],
    ['Lyndon words of 2 letters', '2 1 2 3 6 9 18 30 56 99 186'],
    ['rooted trees', '1 1 2 4 9 20 48 115 286 719 1842'],
    ['trees', '1 1 1 1 2 3 6 11 23 47 106 235 551'],
    ['binary rooted trees, Wedderburn-Etherington', '0 1 1 1 2 3 6 11 23 46 98 207'],
    ['compositions into 1, 3 and 4', '1 1 1 2 4 6 9 15 25 40 64'],
    ['lattice points in a circle of radius n', '1 5 13 29 49 81 113 149 197'],
  ])('%s begins as printed', (name, expected) => {
    expect(terms(name, expected.split(' ').length)).toBe(expected);
  });

  // Two definitions of one sequence, each computed in its own way.
  test.each([
    ['Euler transform of all ones', 'partitions of n'],
    ['Euler transform of natural numbers', 'plane partitions'],
    ['weigh transform of all ones', 'partitions into distinct parts'],
    ['labelled forests of rooted trees', '(n + 1)^(n - 1)'],
    ['binomial transform of Fibonacci numbers', 'Fibonacci of odd index'],
    ['INVERT transform of Catalan numbers', 'Catalan numbers'],
    ['exp(x) cos(x)', 'real part of (1 + i)^n'],
    ['n + round(sqrt n)', 'numbers that are not squares'],
    ['partial sums of numbers of divisors', 'sums of tau'],
    ['self-convolution of triangular numbers', 'binomial(n + 5, 5)'],
  ])('%s is %s', (one, other) => {
    expect(terms(one, 40)).toBe(terms(other, 40));
  });
});
