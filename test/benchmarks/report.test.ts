import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fnv1a, halfOf } from '../../benchmarks/recovery/half.ts';
import { readSuite } from '../../benchmarks/recovery/problem.ts';
import { PUBLISHED } from '../../benchmarks/recovery/published.ts';
import { median, wilson } from '../../benchmarks/recovery/rate.ts';
import { RESULT_SCHEMA, RESULTS, resultFile, type Trial } from '../../benchmarks/recovery/result.ts';
import { chosenProblems, readSettings } from '../../benchmarks/recovery/settings.ts';
import { failuresOf, lineOf, rowsOf, summaryOf } from '../../benchmarks/recovery/summary.ts';
import { runTrial } from '../../benchmarks/recovery/trial.ts';
import { resultOf } from '../../benchmarks/suites/recovery/index.ts';
import { OptionError } from '../../src/core/index.ts';
import { fit } from '../../src/search/index.ts';

const TRIAL: Trial = {
  problem: 'one',
  half: 'development',
  seed: 1,
  law: '2 * x',
  best: true,
  front: true,
  how: 'canonical-form',
  reason: 'one canonical form',
  lookAlike: false,
  seconds: 1,
  evaluations: 100,
  stoppedBy: 'floor',
  phase: null,
  expression: 'x * 2',
  found: 'x * 2',
  lowest: 'x * 2',
  size: 6,
  trueSize: 3,
  r2Inside: 1,
  r2Outside: null,
  error: null,
};
const FAILED: Trial = { ...TRIAL, problem: 'two', half: 'test', best: false, front: false, found: null, seconds: 60 };
const ON_FRONT: Trial = { ...FAILED, problem: 'three', front: true, found: '2 * x', expression: '2.1 * x' };

describe('rates', () => {
  test("Wilson's interval of 8 in 10, and at the ends", () => {
    // Closed form at z = 1.959964, as tabulated for 80% of 10.
    const { low, high, rate } = wilson(8, 10);
    expect([rate, low, high].map((value) => Number(value.toFixed(4)))).toEqual([0.8, 0.4902, 0.9433]);
    expect(wilson(0, 10)).toMatchObject({ low: 0, high: expect.closeTo(0.2775, 4) });
    expect(wilson(10, 10)).toMatchObject({ low: expect.closeTo(0.7225, 4), high: 1 });
    expect(wilson(0, 0)).toMatchObject({ low: 0, high: 1 });
  });

  test('property: the ends are the shares that are 1.96 standard errors from what was seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, share) => {
        const k = Math.min(n - 1, Math.max(1, Math.round(share * n)));
        const { low, high, rate } = wilson(k, n);
        for (const p of [low, high]) {
          expect(Math.abs(rate - p) / Math.sqrt((p * (1 - p)) / n)).toBeCloseTo(1.959964, 5);
        }
      }),
    );
  });

  test('medians', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
  });
});

describe('halves', () => {
  test('follow the published hash', () => {
    // Test vectors of FNV-1a, 32 bits (Fowler, Noll, Vo).
    expect([fnv1a(''), fnv1a('a'), fnv1a('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
    expect([halfOf('a'), halfOf('')]).toEqual(['development', 'test']);
  });

  test('share FastSRB about equally', () => {
    const { problems } = readSuite('fastsrb');
    const development = problems.filter(({ name }) => halfOf(name) === 'development');
    expect(development.length).toBeGreaterThan(50);
    expect(development.length).toBeLessThan(70);
  });
});

describe('flags', () => {
  test('defaults', () => {
    expect(readSettings([])).toMatchObject({
      suite: 'fastsrb',
      seconds: 60,
      clock: 'wall',
      trials: 1,
      noise: undefined,
      units: false,
      half: 'all',
      phases: undefined,
      threads: 1,
      jobs: 1,
    });
    expect(readSettings(['--quick']).seconds).toBeLessThan(6);
  });

  test('are read', () => {
    const flags = '--suite empirical --seconds 2.5 --trials 3 --noise 0.1 --noise-kind multiplicative --units on'.split(
      ' ',
    );
    expect(readSettings(flags)).toMatchObject({
      suite: 'empirical',
      seconds: 2.5,
      trials: 3,
      noise: 0.1,
      noiseKind: 'multiplicative',
      units: true,
    });
    expect(readSettings(['--phases', 'monomials,evolve']).phases).toEqual(['monomials', 'evolve']);
    const without = readSettings(['--without', 'evolve']).phases!;
    expect(without).not.toContain('evolve');
    expect(without).toContain('monomials');
  });

  test.each([
    [['--suite', 'nowhere']],
    [['--clock', 'sun']],
    [['--clock', 'cpu', '--threads', '2']],
    [['--seconds', '0']],
    [['--seconds', 'soon']],
    [['--trials', '1.5']],
    [['--noise', '-1']],
    [['--units', 'yes']],
    [['--half', 'third']],
    [['--phases', 'sleep']],
    [['--phases', 'evolve', '--without', 'evolve']],
    [['--label', '../../up']],
    [['--colour']],
    [['stray']],
  ])('%j is an error', (flags) => {
    expect(() => readSettings(flags)).toThrow(OptionError);
  });

  test('choose problems by name and by half', () => {
    const { problems } = readSuite('fastsrb');
    const names = (...flags: string[]) => chosenProblems(problems, readSettings(flags)).map(({ name }) => name);
    expect(names()).toHaveLength(120);
    expect(names('--problems', 'I.12.1,B?')).toEqual(['I.12.1', 'B8', 'B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'B9']);
    // A dot is a dot.
    expect(names('--problems', 'I.1.')).toEqual([]);
    expect(names('--half', 'test').length + names('--half', 'development').length).toBe(120);
    expect(names('--half', 'test').every((name) => halfOf(name) === 'test')).toBe(true);
    expect(names('--quick')).toHaveLength(8);
  });
});

describe('the report', () => {
  const settings = readSettings(['--label', 'made-up']);

  test('counts best and front apart, by half', () => {
    const { all, development, test: kept } = summaryOf([TRIAL, FAILED, ON_FRONT]);
    expect([all.best.successes, all.front.successes, all.best.trials]).toEqual([1, 2, 3]);
    expect([development.best.rate, kept.best.rate, kept.front.rate]).toEqual([1, 0, 0.5]);
    expect([all.medianSeconds, all.medianSizeRatio, all.medianR2Outside]).toEqual([1, 2, null]);
    expect(summaryOf([]).all.best).toMatchObject({ trials: 0, rate: null });
  });

  test('lists what failed, with what the front held', () => {
    const failures = failuresOf([TRIAL, FAILED, ON_FRONT]);
    expect(failures.map(({ problem }) => problem)).toEqual(['two', 'three']);
    expect(failures[1].why).toContain('on the front as 2 * x');
  });

  test('keeps to the schema, also through JSON and while it goes on', () => {
    for (const trials of [[], [TRIAL], [TRIAL, FAILED, ON_FRONT]]) {
      const result = resultOf(settings, trials, { commit: null, planned: 3 });
      expect(RESULT_SCHEMA.parse(JSON.parse(JSON.stringify(result))).finished).toBe(trials.length === 3);
    }
  });

  test('gives rows with numbers, and a line for a trial', () => {
    const rows = rowsOf(summaryOf([TRIAL, FAILED, ON_FRONT]), 69.4);
    expect(rows[0]).toMatchObject({ name: 'all: law is best', value: 100 / 3, reference: 69.4 });
    expect(rows.every(({ value }) => Number.isFinite(value))).toBe(true);
    expect(lineOf(TRIAL, 1, 20)).toMatch(/^\[ 1\/20\] one #1 +best +1\.00 s/);
    expect(lineOf({ ...FAILED, error: 'Error: broken' }, 20, 20)).toContain('Error: broken');
    expect(lineOf(ON_FRONT, 20, 20)).toContain('on front');
  });

  test('published figures have sources', () => {
    for (const rate of Object.values(PUBLISHED).flat()) {
      expect(rate.percent).toBeGreaterThan(0);
      expect(rate.percent).toBeLessThanOrEqual(100);
      expect(rate.source).not.toBe('');
    }
  });

  test('recorded results keep to the schema and to their trials', () => {
    const files = readdirSync(RESULTS).filter((file) => /^recovery-.*\.json$/.test(file));
    for (const file of files) {
      const result = RESULT_SCHEMA.parse(JSON.parse(readFileSync(join(RESULTS, file), 'utf8')));
      expect([file, result.summary]).toEqual([file, JSON.parse(JSON.stringify(summaryOf(result.trials)))]);
    }
    expect(resultFile('fastsrb', 'noisy', true)).toMatch(/recovery-fastsrb-noisy\.quick\.json$/);
  });
});

describe('a trial', () => {
  const suite = readSuite('fastsrb');
  const problem = suite.problems.find(({ name }) => name === 'I.34.27')!;

  test('searches, judges and measures', async () => {
    const stages: string[] = [];
    const settings = readSettings(['--seconds', '20', '--units', 'on']);
    const trial = await runTrial(suite, problem, 1, settings, fit, (stage) => stages.push(stage));
    expect(stages).toEqual(['search', 'judge']);
    expect(trial).toMatchObject({ problem: 'I.34.27', best: true, front: true, error: null });
    expect(trial.r2Inside).toBeGreaterThan(0.999999);
    expect(trial.r2Outside).toBeGreaterThan(0.999999);
    expect(trial.expression).toBe(trial.found);
  });

  test('tells the constants of nature by name when asked to, whether the law holds them or not', async () => {
    const settings = readSettings(['--constants', 'on']);
    let told: unknown;
    const ask = runTrial(
      suite,
      problem,
      1,
      settings,
      (_, options) => {
        told = options.knownConstants;
        throw new Error('asked enough');
      },
      () => {},
    );
    await expect(ask).rejects.toThrow('asked enough');
    expect(told).toMatchObject({
      c: { unit: 'm/s' },
      G: { unit: 'm^3/(kg s^2)' },
      hbar: { value: 6.626e-34 / (2 * Math.PI) },
    });
    expect(Object.keys(told as object)).toHaveLength(5);
  });
});
