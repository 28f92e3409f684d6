import { beforeAll, describe, expect, test } from 'vitest';
import { BASELINES, nextOfRecurrence, shareRight } from '../../benchmarks/suites/next-term/baselines.ts';
import { drawData } from '../../benchmarks/suites/next-term/data.ts';
import { FAMILIES } from '../../benchmarks/suites/next-term/families.ts';
import { learn } from '../../benchmarks/suites/next-term/learner.ts';
import { RandomStream } from '../../src/core/index.ts';
import { chooseBackend } from '../../src/tensors/index.ts';

const settings = { modulus: 97, count: 12, train: 60, test: 40, seed: 3 };

describe('the sequences of next-term', () => {
  test('are the same from the same seed, with residues for terms, and nothing trained on is a test', () => {
    const data = drawData(FAMILIES, settings);
    expect(drawData(FAMILIES, settings)).toEqual(data);
    expect(drawData(FAMILIES, { ...settings, seed: 4 }).train).not.toEqual(data.train);
    for (const part of [data.train, data.seenLaws, data.newLaws]) {
      expect(part.map(({ family }) => family)).toEqual(FAMILIES.map(({ name }) => name));
      const terms = part.flatMap(({ rows }) => rows).flat();
      expect(terms.every((term) => Number.isInteger(term) && term >= 0 && term < 97)).toBe(true);
    }
    data.train.forEach(({ rows }, i) => {
      const known = new Set(rows.map(String));
      for (const { rows } of [data.seenLaws[i], data.newLaws[i]]) {
        expect(rows.filter((row) => known.has(String(row)))).toEqual([]);
      }
    });
  });

  test('have no difference on both sides of the split', () => {
    const lines = FAMILIES.filter(({ name }) => name === 'polynomials of degree 1');
    const { train, newLaws } = drawData(lines, { ...settings, train: 2000, test: 500 });
    const differences = ([{ rows }]: typeof train) => new Set(rows.map(([a, b]) => (b - a + 97) % 97));
    const [seen, kept] = [differences(train), differences(newLaws)];
    expect([...kept].filter((difference) => seen.has(difference))).toEqual([]);
    expect(seen.size + kept.size).toBe(96);
  });

  test.each(FAMILIES)('of $name obey a recurrence exactly where the table says so', ({ name, isLinear, draw }) => {
    const random = new RandomStream(7);
    let right = 0;
    for (let i = 0; i < 100; i++) {
      const terms = draw(random, 97).terms(random, 12);
      if (nextOfRecurrence(terms.slice(0, -1), 97) === terms.at(-1)) right++;
    }
    if (isLinear) expect(right, name).toBe(100);
    else expect(right, name).toBeLessThan(60);
  });
});

test('the ways without a network say what they should', () => {
  const train = [
    {
      family: 'few',
      rows: [
        [1, 2, 3, 5],
        [4, 2, 3, 5],
        [0, 2, 3, 6],
        [9, 9, 9, 9],
      ],
    },
  ];
  const [most, again, pair, exact] = BASELINES.map(({ open }) => open(train, 97));
  expect([most([7, 8, 9]), again([7, 8, 9]), pair([8, 2, 3]), pair([8, 8, 8])]).toEqual([5, 9, 5, 0]);
  expect(exact([1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89])).toBe(144 - 97);
  expect(shareRight(again, train)).toEqual({ few: 0.25 });
});

describe('a small transformer', () => {
  beforeAll(async () => {
    await chooseBackend({ backend: 'wasm' });
  });

  test('says more last terms of laws it has not seen than the commonest term, or the last one again', async () => {
    const families = FAMILIES.filter(({ name }) => name === 'periodic');
    const data = drawData(families, { modulus: 11, count: 12, train: 1500, test: 200, seed: 1 });
    const network = { layers: 2, width: 32, heads: 4, epochs: 8, batchSize: 64, learningRate: 1e-2, weightDecay: 0.1 };
    const { newLaws, curve } = await learn(data, { ...network, modulus: 11, seed: 1 }, () => {});
    const others = BASELINES.slice(0, 2).map(({ open }) => shareRight(open(data.train, 11), data.newLaws)['periodic']);
    expect(Math.max(...others)).toBeLessThan(0.25);
    expect(newLaws['periodic']).toBeGreaterThan(2 * Math.max(...others));
    expect(curve.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(curve.at(-1)!.loss).toBeLessThan(curve[0].loss);
  });
});
