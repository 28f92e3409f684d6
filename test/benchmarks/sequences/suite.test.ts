import { describe, expect, test } from 'vitest';
import type { Guess, Guesser } from '../../../benchmarks/sequences/guesser.ts';
import type { SequenceSample } from '../../../benchmarks/sequences/sequence-sample.ts';
import { byFamily, bySet, calibrationOf, percentile } from '../../../benchmarks/sequences/tally.ts';
import { canBeAsked, runTrial, type SequenceTrial } from '../../../benchmarks/sequences/trial.ts';
import { resultOf, run } from '../../../benchmarks/suites/sequences/index.ts';
import { readSettings } from '../../../benchmarks/suites/sequences/settings.ts';
import { OptionError } from '../../../src/core/index.ts';

/** Knows arithmetic progressions, and that by the last two terms. */
const progressions: Guesser = async (terms, _, count) => {
  const [before, last] = terms.slice(-2);
  const step = last - before;
  const exceptions = terms.flatMap((term, i) => (term === last - step * BigInt(terms.length - 1 - i) ? [] : [i]));
  if (exceptions.length > 1) return { status: 'none', first: undefined };
  const next = Array.from({ length: count }, (_, i) => last + step * BigInt(i + 1));
  const first = { kind: 'polynomial', formula: `${step} n`, confidence: 0.99, next, exceptions };
  return { status: exceptions.length === 0 ? 'found' : 'weak', first };
};

const line = (slope: number, length = 45): SequenceSample => ({
  id: `line/${slope}`,
  family: 'line',
  terms: Array.from({ length }, (_, i) => BigInt(slope * i)),
  start: 0,
  lawful: true,
});
const misprint: SequenceSample = {
  ...line(3),
  terms: line(3).terms.map((term, i) => (i === 4 ? 13n : term)),
  corruptedAt: 4,
};

describe('a trial', () => {
  test('is right when all of the next ten terms are', async () => {
    expect(await runTrial(line(3), 'mix', 15, progressions)).toMatchObject({
      id: 'line/3',
      given: 15,
      status: 'found',
      kind: 'polynomial',
      confidence: 0.99,
      right: true,
      placeNamed: null,
      error: null,
    });
    const bent = { ...line(3), terms: line(3).terms.map((term, i) => (i === 24 ? term + 1n : term)) };
    expect((await runTrial(bent, 'mix', 15, progressions)).right).toBe(false);
    expect((await runTrial(bent, 'mix', 14, progressions)).right).toBe(true);
  });

  test('shows the guesser the given terms and their index, no more', async () => {
    let seen: unknown;
    const spy: Guesser = async (terms, start, count) => {
      seen = [terms, start, count];
      return { status: 'none', first: undefined };
    };
    await runTrial({ ...line(2), start: 1 }, 'mix', 3, spy);
    expect(seen).toEqual([[0n, 2n, 4n], 1, 10]);
  });

  test('knows a changed term by its place', async () => {
    expect(await runTrial(misprint, 'corrupted', 15, progressions)).toMatchObject({
      status: 'weak',
      right: true,
      placeNamed: true,
    });
    expect([canBeAsked(misprint, 15), canBeAsked(misprint, 4), canBeAsked(line(1, 24), 15)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('goes on after an error', async () => {
    const broken: Guesser = async () => {
      throw new TypeError('no');
    };
    expect(await runTrial(line(1), 'mix', 15, broken)).toMatchObject({
      status: 'none',
      right: false,
      error: 'TypeError: no',
    });
  });

  test('a guess of too few terms is not right', async () => {
    const short: Guesser = async (...given): Promise<Guess> => {
      const guess = await progressions(...given);
      return { ...guess, first: guess.first && { ...guess.first, next: guess.first.next.slice(0, 9) } };
    };
    expect((await runTrial(line(1), 'mix', 15, short)).right).toBe(false);
  });
});

const TRIAL: SequenceTrial = {
  id: 'one',
  set: 'mix',
  family: 'line',
  given: 15,
  status: 'found',
  kind: 'polynomial',
  formula: 'n',
  confidence: 0.96,
  right: true,
  milliseconds: 2,
  placeNamed: null,
  error: null,
};

describe('tallies', () => {
  test('count by set, length and family', () => {
    const wrong = { ...TRIAL, right: false, family: 'bits', milliseconds: 10 };
    const [all, longer] = bySet([TRIAL, wrong, { ...TRIAL, given: 25 }]);
    expect(all).toMatchObject({ set: 'mix', given: 15, trials: 2, found: 2, foundRight: 1, right: 1, answered: 2 });
    expect([all.placeNamed, all.percentile95Milliseconds, longer.given]).toEqual([null, 10, 25]);
    expect(byFamily([TRIAL, wrong]).map(({ family }) => family)).toEqual(['line', 'bits']);
  });

  test('percentiles', () => {
    const values = Array.from({ length: 100 }, (_, i) => 99 - i);
    expect([percentile(values, 0.5), percentile(values, 0.95), percentile([7], 0.95)]).toEqual([50, 95, 7]);
    expect(percentile([], 0.5)).toBeNaN();
  });

  test('calibration compares what was stated with what was right', () => {
    const trials = Array.from({ length: 100 }, (_, i): SequenceTrial => ({ ...TRIAL, right: i < 90 }));
    const { bins, largestDeviation } = calibrationOf([...trials, { ...TRIAL, confidence: null }]);
    expect(bins).toEqual([
      { low: 0.95, high: 0.98, trials: 100, meanConfidence: expect.closeTo(0.96, 10), shareRight: 0.9 },
    ]);
    expect(largestDeviation).toBeCloseTo(0.06, 10);
    expect(calibrationOf(trials.slice(0, 5)).largestDeviation).toBeNull();
  });
});

describe('the suite', () => {
  test('runs all sets with a guesser that is handed in', async () => {
    const lines: string[] = [];
    const log = (text: string) => lines.push(text);
    const rows = await run({ args: ['--count', '30'], log, guesser: progressions });
    const value = (name: string) => rows.find((row) => row.name === name)?.value;
    expect(value('mix 15: sequences')).toBe(30);
    expect(value('noise 25: found')).toBe(0);
    expect(value('corrupted 15: place named')).toBeGreaterThan(0);
    expect(rows.every((row) => Number.isFinite(row.value))).toBe(true);
    expect(lines.join('\n')).toContain('published recurrences');
  });

  test('writes sizes, tallies and what was found and wrong', () => {
    const settings = readSettings(['--set', 'mix,noise', '--half', 'test']);
    const result = resultOf(settings, [TRIAL, { ...TRIAL, given: 25 }, { ...TRIAL, id: 'two', right: false }]);
    expect(result).toMatchObject({ suite: 'sequences', seed: 1, half: 'test', sizes: { mix: 2, noise: 0 } });
    expect(result.foundAndWrong.map(({ id }) => id)).toEqual(['two']);
    expect(JSON.parse(JSON.stringify(result)).rows.length).toBe(result.rows.length);
  });

  test('flags', () => {
    expect(readSettings([])).toMatchObject({ count: 1000, seed: 1, half: 'all', quick: false });
    expect(readSettings([]).sets).toEqual(['mix', 'named', 'orbits', 'noise', 'corrupted']);
    expect(readSettings(['--quick']).count).toBeLessThan(100);
    expect(readSettings(['--quick', '--count', '7', '--seed', '3'])).toMatchObject({ count: 7, seed: 3 });
  });

  test.each([
    [['--count', '0']],
    [['--count', 'many']],
    [['--count', '1e9']],
    [['--seed', '-1']],
    [['--seed', '']],
    [['--half', 'third']],
    [['--set', 'oeis']],
    [['--colour']],
    [['stray']],
  ])('%j is an error', (flags) => {
    expect(() => readSettings(flags)).toThrow(OptionError);
  });
});
