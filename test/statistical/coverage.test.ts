import { describe, expect, it } from 'vitest';
import { RandomStream, Table } from '../../src/core/index.ts';
import { poissonCdf } from '../../src/numerics/index.ts';
import { type FittedFormula, fitFormula, type StatisticsOptions } from '../../src/search/statistics/index.ts';

const quick = process.env['ANSATZ_QUICK'] === '1';
const EXPERIMENTS = quick ? 250 : 1000;
/** Three points of per cent, twice the error of a share of 1000; quick, three times that of 250. */
const TOLERANCE = quick ? 0.09 : 0.03;
const ONE_SIGMA = 0.6827;
/** With about 3 events in many bins the deviance exceeds a chi2: over 8000 experiments the p-values average this. */
const MEAN_P_OF_COUNTS = 0.46;

const X = Array.from({ length: 30 }, (_, i) => 0.15 * i);
const DECAY = { formula: 'a * exp(-b * x)', start: { a: 5, b: 0.7 } };
const decay = (x: number): number => 5 * Math.exp(-0.7 * x);

/** One pseudo-experiment: data drawn around the truth, and how they are to be fitted. */
interface Experiment {
  readonly table: Table;
  readonly options: StatisticsOptions;
}

interface Setting {
  readonly name: string;
  readonly formula: string;
  readonly truth: Readonly<Record<string, number>>;
  readonly draw: (random: RandomStream) => Experiment;
}

/** A deviate by inversion of the cdf, exact for small means. */
function poisson(mean: number, random: RandomStream): number {
  const u = random.uniform();
  let n = 0;
  while (poissonCdf(n, mean) < u) n++;
  return n;
}

const EDGES = Array.from({ length: 21 }, (_, i) => 0.3 * i);
/** Integral of n exp(-m / t) + s over a bin. */
const content = (low: number, high: number): number => 120 * (Math.exp(-low) - Math.exp(-high)) + 10 * (high - low);

/** Errors of every row plus one that all rows share. */
const SHARED = 0.1;
const OWN = 0.15;
const COVARIANCE = X.map((_, i) => X.map((_, j) => SHARED ** 2 + (i === j ? OWN ** 2 : 0)));

const SETTINGS: readonly Setting[] = [
  {
    name: 'Gaussian errors',
    formula: DECAY.formula,
    truth: DECAY.start,
    draw(random) {
      const s = X.map((x) => 0.1 + 0.05 * x);
      const y = X.map((x, i) => decay(x) + s[i] * random.normal());
      return { table: Table.from({ x: X, y, s }), options: { target: 'y', sigma: 's' } };
    },
  },
  {
    name: 'asymmetric errors',
    formula: DECAY.formula,
    truth: DECAY.start,
    draw(random) {
      const [up, down] = [X.map(() => 0.3), X.map(() => 0.15)];
      // The truth lies above the measured value with probability up / (up + down), and then by a half-normal of width up.
      const y = X.map((x) => {
        const above = random.uniform() < 0.3 / 0.45;
        return decay(x) - (above ? 0.3 : -0.15) * Math.abs(random.normal());
      });
      return { table: Table.from({ x: X, y, up, down }), options: { target: 'y', sigmaUp: 'up', sigmaDown: 'down' } };
    },
  },
  {
    name: 'correlated errors',
    formula: DECAY.formula,
    truth: DECAY.start,
    draw(random) {
      const shared = SHARED * random.normal();
      const y = X.map((x) => decay(x) + shared + OWN * random.normal());
      return { table: Table.from({ x: X, y }), options: { target: 'y', covariance: COVARIANCE } };
    },
  },
  {
    name: 'counts in bins',
    formula: 'n * exp(-m / t) + s',
    truth: { n: 120, t: 1, s: 10 },
    draw(random) {
      const [low, high] = [EDGES.slice(0, -1), EDGES.slice(1)];
      const counts = low.map((edge, i) => poisson(content(edge, high[i]), random));
      const bins = { binLow: 'low', binHigh: 'high', binVariable: 'm' };
      return {
        table: Table.from({ low, high, counts }),
        options: { target: 'counts', likelihood: 'poisson', ...bins },
      };
    },
  },
  {
    name: 'unknown errors',
    formula: DECAY.formula,
    truth: DECAY.start,
    draw(random) {
      const y = X.map((x) => decay(x) + 0.2 * random.normal());
      return { table: Table.from({ x: X, y }), options: { target: 'y' } };
    },
  },
];

function experiments({ formula, truth, draw }: Setting, seed: number): FittedFormula[] {
  return Array.from({ length: EXPERIMENTS }, (_, i) => {
    const { table, options } = draw(new RandomStream(seed).split(i));
    return fitFormula(formula, table, { ...options, start: truth, restarts: 0 });
  });
}

describe.each(SETTINGS)('intervals of 68.3% under $name', (setting) => {
  const fits = experiments(setting, 2024);
  const share = (covers: (fit: FittedFormula) => boolean): number => fits.filter(covers).length / fits.length;

  it.each(Object.entries(setting.truth))('cover the true %s = %d by the parabola', (name, truth) => {
    const covered = share(({ parameters }) => {
      const { value, error } = parameters.find((parameter) => parameter.name === name)!;
      return Math.abs(value - truth) <= error;
    });
    console.log(`${setting.name}, ${name}: ${(100 * covered).toFixed(1)}%`);
    expect(Math.abs(covered - ONE_SIGMA)).toBeLessThan(TOLERANCE);
  });

  it.each(Object.entries(setting.truth))('cover the true %s = %d by the profile', (name, truth) => {
    const covered = share((fit) => {
      const { low, high } = fit.profile(name);
      return low <= truth && truth <= high;
    });
    console.log(`${setting.name}, ${name} by the profile: ${(100 * covered).toFixed(1)}%`);
    expect(Math.abs(covered - ONE_SIGMA)).toBeLessThan(TOLERANCE);
  });

  it('and the mean p-value is that of a uniform one, or near it for counts', () => {
    const pValues = fits.flatMap(({ pValue }) => (pValue === undefined ? [] : [pValue]));
    if (setting.name === 'unknown errors') expect(pValues).toEqual([]);
    else {
      const mean = pValues.reduce((sum, p) => sum + p / pValues.length, 0);
      console.log(`${setting.name}, mean p-value: ${mean.toFixed(3)}`);
      const expected = setting.name === 'counts in bins' ? MEAN_P_OF_COUNTS : 0.5;
      expect(Math.abs(mean - expected)).toBeLessThan(TOLERANCE);
    }
  });
});
