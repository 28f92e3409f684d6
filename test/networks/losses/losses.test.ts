import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  fDivergence,
  GENERATORS,
  LOSSES,
  type Loss,
  type LossName,
  type LossSettings,
  loss,
  randomDirections,
} from '../../../src/networks/index.ts';
import { gaussLegendre, normalCdf, normalQuantile } from '../../../src/numerics/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';
import { normal, slopes } from './gradient-check.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

const SINGLE_PRECISION = 2e-5;
/** Of a difference quotient, relative to the slope or to 1. */
const QUOTIENT = 1e-2;

/** Two Gaussians on a line. */
const [MU1, S1, MU2, S2] = [0.3, 1.1, -0.4, 0.8];
const SHIFT = MU1 - MU2;

interface Case {
  readonly name: LossName;
  readonly what: string;
  readonly inputs: () => Record<string, tf.Tensor>;
  readonly settings?: LossSettings;
  readonly value: number;
  readonly within: number;
  /** The inputs along which there are slopes. */
  readonly movable: readonly string[];
  readonly step?: number;
}

const RANGE = 9;
const grid = gaussLegendre(200);

function logNormal(x: number, mean: number, deviation: number): number {
  return -0.5 * ((x - mean) / deviation) ** 2 - Math.log(deviation * Math.sqrt(2 * Math.PI));
}

/** Logarithms of both Gaussians on the nodes of a quadrature. */
function densities(): Record<string, tf.Tensor> {
  const at = Array.from(grid.nodes, (x) => RANGE * x);
  return {
    logP: tf.tensor1d(at.map((x) => logNormal(x, MU1, S1))),
    logQ: tf.tensor1d(at.map((x) => logNormal(x, MU2, S2))),
    measure: tf.tensor1d(Array.from(grid.weights, (w) => RANGE * w)),
  };
}

/** Samples of a Gaussian at the middles of equal shares of probability: no noise. */
function quantiles(mean: number, deviation: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => mean + deviation * normalQuantile((i + 0.5) / count));
}

const column = (values: number[]): tf.Tensor => tf.tensor2d(values, [values.length, 1]);

function quadrature(f: (x: number) => number): number {
  return Array.from(grid.nodes, (x, i) => RANGE * grid.weights[i] * f(RANGE * x)).reduce(
    (sum, value) => sum + value,
    0,
  );
}

const divergence = (name: LossName, value: number, settings?: LossSettings): Case => ({
  name,
  what: `two Gaussians${settings ? ` ${JSON.stringify(settings)}` : ''}`,
  inputs: densities,
  settings,
  value,
  within: SINGLE_PRECISION,
  movable: ['logP', 'logQ'],
  step: 1e-2,
});

const KL = Math.log(S2 / S1) + (S1 ** 2 + SHIFT ** 2) / (2 * S2 ** 2) - 0.5;
const OVERLAP = Math.sqrt((2 * S1 * S2) / (S1 ** 2 + S2 ** 2)) * Math.exp(-(SHIFT ** 2) / (4 * (S1 ** 2 + S2 ** 2)));
const ALPHA = 0.7;
const MIXED = ALPHA * S2 ** 2 + (1 - ALPHA) * S1 ** 2;
const RENYI =
  (0.5 * ALPHA * SHIFT ** 2) / MIXED -
  Math.log(MIXED / (S1 ** (2 * (1 - ALPHA)) * S2 ** (2 * ALPHA))) / (2 * (ALPHA - 1));

/** The points where two Gaussians cross split the line; total variation from their distribution functions. */
function totalVariation(): number {
  const a = 1 / (2 * S2 ** 2) - 1 / (2 * S1 ** 2);
  const b = MU1 / S1 ** 2 - MU2 / S2 ** 2;
  const c = MU2 ** 2 / (2 * S2 ** 2) - MU1 ** 2 / (2 * S1 ** 2) + Math.log(S2 / S1);
  const root = Math.sqrt(b * b - 4 * a * c);
  const cuts = [(-b - root) / (2 * a), (-b + root) / (2 * a)];
  const inside = (mean: number, deviation: number): number =>
    normalCdf((cuts[1] - mean) / deviation) - normalCdf((cuts[0] - mean) / deviation);
  return Math.abs(inside(MU1, S1) - inside(MU2, S2));
}

/** Mean |N(mean, deviation)|. */
function folded(mean: number, deviation: number): number {
  const z = mean / deviation;
  return deviation * Math.sqrt(2 / Math.PI) * Math.exp(-0.5 * z * z) + mean * (1 - 2 * normalCdf(-z));
}

/** Entropic transport of Gaussians on a line at cost |x - y|^2: Janati et al., arXiv:2006.02572, theorem 1, epsilon = 2 sigma^2. */
function entropic(shift: number, a: number, b: number, epsilon: number): number {
  const sigma2 = epsilon / 2;
  const d = Math.sqrt(4 * a * a * b * b + sigma2 * sigma2);
  return shift ** 2 + a * a + b * b - d + sigma2 * (1 - Math.log(2 * sigma2)) + sigma2 * Math.log(d + sigma2);
}
const EPSILON = 0.5;
const SINKHORN = entropic(SHIFT, S1, S2, EPSILON) - 0.5 * (entropic(0, S1, S1, EPSILON) + entropic(0, S2, S2, EPSILON));

/** Mean of exp(-d^2 / 2 w^2) for d of N(shift, variance), w = 1. */
const kernelOf = (shift: number, variance: number): number =>
  Math.exp(-0.5 * (shift ** 2 / (1 + variance))) / Math.sqrt(1 + variance);

const lines = (count: number) => (): Record<string, tf.Tensor> => ({
  x: tf.tensor1d(quantiles(MU1, S1, count)),
  y: tf.tensor1d(quantiles(MU2, S2, count + 30)),
});
const clouds = (count: number) => (): Record<string, tf.Tensor> => ({
  x: column(quantiles(MU1, S1, count)),
  y: column(quantiles(MU2, S2, count + 30)),
});

/** A bivariate normal of that correlation, a grid of quantiles. */
function correlated(rho: number, count: number): Record<string, tf.Tensor> {
  const [a, b] = [quantiles(0, 1, count), quantiles(0, 1, count)];
  const pairs = a.flatMap((u) => b.map((v) => [u, rho * u + Math.sqrt(1 - rho * rho) * v] as const));
  return { score: tf.tensor1d(pairs.map(([, y]) => y)), mass: tf.tensor1d(pairs.map(([x]) => x)) };
}

/**
 * dCor^2 of a bivariate normal.
 *
 * @see Szekely, Rizzo, Bakirov 2007, theorem 7
 */
function squaredCorrelation(rho: number): number {
  const top = rho * Math.asin(rho) + Math.sqrt(1 - rho ** 2) - rho * Math.asin(rho / 2) - Math.sqrt(4 - rho ** 2) + 1;
  return top / (1 + Math.PI / 3 - Math.sqrt(3));
}

const MODE_BINS = 16;
const SLOPE = 0.8;
/** Scores whose distribution function is s + SLOPE P(m) s (1 - s), P a Legendre polynomial of m uniform in [-1, 1]. */
function dependentScores(order: 1 | 2): Record<string, tf.Tensor> {
  const perBin = 64;
  const rows = Array.from({ length: MODE_BINS * perBin }, (_, i) => {
    const middle = (2 * Math.floor(i / perBin) + 1) / MODE_BINS - 1;
    const u = ((i % perBin) + 0.5) / perBin;
    const k = SLOPE * (order === 1 ? middle : (3 * middle ** 2 - 1) / 2);
    // u = s + k s (1 - s), solved for s.
    const s = k === 0 ? u : (1 + k - Math.sqrt((1 + k) ** 2 - 4 * k * u)) / (2 * k);
    return { s, m: middle + 1e-4 * u };
  });
  return { score: tf.tensor1d(rows.map(({ s }) => s)), mass: tf.tensor1d(rows.map(({ m }) => m)) };
}
/** The variance over bins of the polynomial, times the integral of s^2 (1 - s)^2, 1/30. */
function modeValue(order: 1 | 2): number {
  const values = Array.from({ length: MODE_BINS }, (_, i) => {
    const middle = (2 * i + 1) / MODE_BINS - 1;
    return order === 1 ? middle : (3 * middle ** 2 - 1) / 2;
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / MODE_BINS;
  return (SLOPE ** 2 * values.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / MODE_BINS / 30;
}

const flowing = ['x', 'y'] as const;

/** Closed forms. Every loss that is not in PyTorch has a row at least. */
const CASES: readonly Case[] = [
  divergence('kullback-leibler', KL),
  divergence(
    'jensen-shannon',
    (() => {
      const [p, q] = [(x: number) => Math.exp(logNormal(x, MU1, S1)), (x: number) => Math.exp(logNormal(x, MU2, S2))];
      const entropy = (f: (x: number) => number): number => quadrature((x) => -f(x) * Math.log(f(x)));
      return entropy((x) => 0.5 * (p(x) + q(x))) - Math.log(2 * Math.PI * Math.E * S1 * S2) / 2;
    })(),
  ),
  // The quadrature does not see the kinks.
  { ...divergence('total-variation', totalVariation()), within: 1e-3, movable: [] },
  divergence('bhattacharyya', -Math.log(OVERLAP)),
  divergence('squared-hellinger', 1 - OVERLAP),
  {
    // p^2 / q must have a width: the narrower density comes first.
    ...divergence(
      'chi-squared',
      (S1 ** 2 / (S2 * Math.sqrt(2 * S1 ** 2 - S2 ** 2))) * Math.exp(SHIFT ** 2 / (2 * S1 ** 2 - S2 ** 2)) - 1,
    ),
    inputs: () => {
      const { logP, logQ, measure } = densities();
      return { logP: logQ, logQ: logP, measure };
    },
  },
  divergence('renyi', RENYI, { alpha: ALPHA }),
  divergence('renyi', KL, { alpha: 1 }),
  divergence('renyi', -2 * Math.log(OVERLAP), { alpha: 0.5 }),
  {
    name: 'donsker-varadhan',
    what: 'the critic log(p / q) of two Gaussians',
    inputs: () => {
      // The narrower density comes first: the other way round a mean of exponentials has a heavy tail.
      const critic = (x: number): number => logNormal(x, MU2, S2) - logNormal(x, MU1, S1);
      return {
        criticOfP: tf.tensor1d(quantiles(MU2, S2, 4000).map(critic)),
        criticOfQ: tf.tensor1d(quantiles(MU1, S1, 4000).map(critic)),
      };
    },
    value: Math.log(S1 / S2) + (S2 ** 2 + SHIFT ** 2) / (2 * S1 ** 2) - 0.5,
    within: 1e-3,
    movable: ['criticOfP', 'criticOfQ'],
  },
  {
    name: 'wasserstein',
    what: 'two Gaussians of one width',
    inputs: () => ({ x: tf.tensor1d(quantiles(MU1, S1, 30)), y: tf.tensor1d(quantiles(MU2, S1, 30)) }),
    value: SHIFT,
    within: 1e-5,
    movable: flowing,
    step: 1e-3,
  },
  {
    name: 'wasserstein',
    what: 'W_2^2 of two Gaussians',
    inputs: lines(2000),
    settings: { power: 2 },
    value: SHIFT ** 2 + (S1 - S2) ** 2,
    within: 2e-3,
    movable: [],
  },
  {
    name: 'wasserstein',
    what: 'weights, by hand',
    inputs: () => ({
      x: tf.tensor1d([3, 0]),
      xWeights: tf.tensor1d([1, 3]),
      y: tf.tensor1d([1, 5]),
      yWeights: tf.tensor1d([2, 2]),
    }),
    // u to 1/2: |0 - 1|; to 3/4: |0 - 5|; to 1: |3 - 5|.
    value: 0.5 + 1.25 + 0.5,
    within: SINGLE_PRECISION,
    movable: ['x', 'y', 'xWeights', 'yWeights'],
  },
  {
    name: 'sliced-wasserstein',
    what: 'two round clouds, W_2^2 = |shift|^2 / dimensions',
    inputs: () => {
      const x = normal([200, 3], 5);
      return { x, y: tf.add(x, tf.tensor1d([1, -2, 0.5])), directions: randomDirections(400, 3, new RandomStream(3)) };
    },
    settings: { power: 2 },
    value: (1 + 4 + 0.25) / 3,
    within: 0.1,
    movable: [],
  },
  {
    name: 'sliced-wasserstein',
    what: 'one direction',
    inputs: () => ({
      x: tf.tensor2d([
        [0, 9],
        [1, -9],
      ]),
      y: tf.tensor2d([
        [2, 0],
        [5, 0],
      ]),
      directions: tf.tensor2d([[1, 0]]),
    }),
    value: 3,
    within: SINGLE_PRECISION,
    movable: flowing,
  },
  {
    name: 'sinkhorn',
    what: 'two Gaussians',
    inputs: clouds(300),
    settings: { epsilon: EPSILON },
    value: SINKHORN,
    within: 1e-2,
    movable: flowing,
  },
  {
    name: 'sinkhorn',
    what: 'its slopes along weights',
    inputs: () => ({
      x: tf.tensor2d([
        [0, 0],
        [1, 0.5],
        [-1, 1],
      ]),
      y: tf.tensor2d([
        [0.5, 0],
        [2, 1],
      ]),
      xWeights: tf.tensor1d([1, 2, 1.5]),
      yWeights: tf.tensor1d([1, 1]),
    }),
    settings: { epsilon: 0.5, tolerance: 1e-6 },
    value: Number.NaN,
    within: 0,
    movable: ['x', 'y', 'xWeights', 'yWeights'],
  },
  {
    name: 'energy',
    what: 'two Gaussians',
    inputs: clouds(300),
    value: 2 * folded(SHIFT, Math.hypot(S1, S2)) - folded(0, Math.SQRT2 * S1) - folded(0, Math.SQRT2 * S2),
    within: 5e-3,
    movable: [],
  },
  {
    name: 'energy',
    what: 'clouds in two dimensions, weighted',
    inputs: () => ({ x: normal([6, 2], 1), y: normal([5, 2], 2), xWeights: tf.tensor1d([1, 2, 3, 1, 2, 3]) }),
    value: Number.NaN,
    within: 0,
    movable: ['x', 'y', 'xWeights'],
  },
  {
    name: 'mean-discrepancy',
    what: 'two Gaussians',
    inputs: clouds(300),
    value: kernelOf(0, 2 * S1 ** 2) + kernelOf(0, 2 * S2 ** 2) - 2 * kernelOf(SHIFT, S1 ** 2 + S2 ** 2),
    within: 2e-3,
    movable: flowing,
  },
  ...([0.25, 0.5, 0.9] as const).flatMap((rho): Case[] => [
    {
      name: 'squared-distance-correlation',
      what: `a bivariate normal of correlation ${rho}`,
      inputs: () => correlated(rho, 36),
      value: squaredCorrelation(rho),
      within: 6e-3,
      movable: rho === 0.5 ? ['score', 'mass'] : [],
    },
    {
      name: 'distance-correlation',
      what: `a bivariate normal of correlation ${rho}, published`,
      inputs: () => correlated(rho, 36),
      value: { 0.25: 0.2237, 0.5: 0.45413, 0.9: 0.86818 }[rho],
      within: 6e-3,
      movable: rho === 0.5 ? ['score'] : [],
    },
  ]),
  {
    name: 'moment-decomposition',
    what: 'a distribution linear in the mass, order 0',
    inputs: () => dependentScores(1),
    settings: { order: 0, bins: MODE_BINS },
    value: modeValue(1),
    within: 2e-5,
    movable: ['score'],
    step: 1e-5,
  },
  {
    name: 'moment-decomposition',
    what: 'the same, order 1, which allows it',
    inputs: () => dependentScores(1),
    settings: { order: 1, bins: MODE_BINS },
    value: 0,
    within: 2e-5,
    movable: [],
  },
  {
    name: 'moment-decomposition',
    what: 'a quadratic one, order 1',
    inputs: () => dependentScores(2),
    settings: { order: 1, bins: MODE_BINS },
    value: modeValue(2),
    within: 2e-5,
    movable: [],
  },
  {
    name: 'moment-decomposition',
    what: 'the same, order 2, which allows it',
    inputs: () => dependentScores(2),
    settings: { order: 2, bins: MODE_BINS },
    value: 0,
    within: 2e-5,
    movable: [],
  },
  {
    name: 'four-momentum',
    what: 'one GeV lost of ten, and half of one sideways',
    inputs: () => ({
      incoming: tf.tensor3d([[[10, 0, 0, 6]]]),
      outgoing: tf.tensor3d([
        [
          [4, 1, 0, 3],
          [5, -0.5, 0, 3],
        ],
      ]),
    }),
    value: (1 + 0.25) / 100,
    within: SINGLE_PRECISION,
    movable: ['incoming', 'outgoing'],
  },
  {
    name: 'on-shell',
    what: 'one of two off by 9 GeV^2',
    inputs: () => ({
      momenta: tf.tensor3d([
        [
          [5, 0, 0, 4],
          [10, 0, 6, 0],
        ],
      ]),
      masses: tf.tensor1d([0, 8]),
    }),
    value: 0.5 * (9 / 25) ** 2,
    within: SINGLE_PRECISION,
    movable: ['momenta', 'masses'],
  },
  {
    name: 'invariance',
    what: 'by hand',
    inputs: () => ({ before: tf.tensor2d([[1, 2]]), after: tf.tensor2d([[1, 5]]) }),
    value: 4.5,
    within: SINGLE_PRECISION,
    movable: ['before', 'after'],
  },
  {
    name: 'sum-rules',
    what: 'x (1 - x) integrates to 1/6, and x^2 to 1/3',
    inputs: () => {
      const { nodes, weights } = gaussLegendre(4);
      const x = Array.from(nodes, (t) => (1 + t) / 2);
      return {
        densities: tf.tensor2d([x.map((t) => t * (1 - t)), x.map((t) => t * t)]),
        measure: tf.tensor1d(Array.from(weights, (w) => w / 2)),
        expected: tf.tensor1d([1 / 6 + 0.1, 1 / 3 - 0.2]),
      };
    },
    value: 0.01 + 0.04,
    within: SINGLE_PRECISION,
    movable: ['densities'],
  },
  ...(['positivity', 'monotonicity', 'residual'] as const).map(
    (name): Case => ({
      name,
      what: 'by hand',
      inputs: () => ({
        [{ positivity: 'values', monotonicity: 'slopes', residual: 'residual' }[name]]: tf.tensor1d([2, -1, -3, 0.5]),
      }),
      value: name === 'residual' ? (4 + 1 + 9 + 0.25) / 4 : (1 + 9) / 4,
      within: SINGLE_PRECISION,
      movable: [{ positivity: 'values', monotonicity: 'slopes', residual: 'residual' }[name]],
    }),
  ),
];

interface TorchLoss {
  readonly name: LossName;
  readonly settings: LossSettings;
  readonly inputs: Readonly<Record<string, { shape: number[]; values: number[] }>>;
  readonly integers: readonly string[];
  readonly value: number;
  readonly gradients: Readonly<Record<string, { values: number[] }>>;
}
const path = fileURLToPath(new URL('../../fixtures/torch/losses.json', import.meta.url));
const TORCH: readonly TorchLoss[] = JSON.parse(readFileSync(path, 'utf8')).cases;

describe('the table of losses', () => {
  test('has an outside value for every row', () => {
    const checked = new Set<string>([...CASES.map(({ name }) => name), ...TORCH.map(({ name }) => name)]);
    expect(Object.keys(LOSSES).filter((name) => !checked.has(name))).toEqual([]);
  });

  test.each(CASES)('$name, $what', ({ name, inputs, settings, value, within, movable, step = 3e-3 }) => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const given = inputs();
      const found = loss(name, given, settings).dataSync()[0];
      if (!Number.isNaN(value)) expect(Math.abs(found - value)).toBeLessThanOrEqual(within);
      for (const one of slopes((at) => loss(name, at, settings), given, movable, step)) {
        const off = Math.abs(one.slope - one.quotient) / Math.max(Math.abs(one.slope), 0.1);
        expect(off, `${one.name}: ${one.slope}, quotient ${one.quotient}`).toBeLessThan(QUOTIENT);
      }
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each(TORCH)(
    '$name as in PyTorch, values and gradients',
    ({ name, settings, inputs, integers, value, gradients }) => {
      tf.tidy(() => {
        const given = Object.fromEntries(
          Object.entries(inputs).map(([key, { shape, values }]) => [
            key,
            tf.tensor(values, shape, integers.includes(key) ? 'int32' : 'float32'),
          ]),
        );
        expect(loss(name, given, settings).dataSync()[0]).toBeCloseTo(value, 4);
        for (const [key, { values }] of Object.entries(gradients)) {
          const found = tf
            .grad((x: tf.Tensor) => loss(name, { ...given, [key]: x }, settings))(given[key])
            .dataSync();
          values.forEach((slope, i) => {
            expect(Math.abs(found[i] - slope)).toBeLessThan(SINGLE_PRECISION * Math.max(1, Math.abs(slope)));
          });
        }
      });
    },
  );

  test.each(TORCH)('$name: an event of weight 2 counts as two events', ({ name, settings, inputs, integers }) => {
    tf.tidy(() => {
      const type = (key: string) => (integers.includes(key) ? 'int32' : 'float32');
      const given = Object.entries(inputs).map(([key, { shape, values }]) => [
        key,
        tf.tensor(values, shape, type(key)),
      ]);
      const plain = Object.fromEntries(given.filter(([key]) => key !== 'weights')) as Record<string, tf.Tensor>;
      const events = 7;
      const doubled = Object.fromEntries(
        Object.entries(plain).map(([key, x]) => [key, tf.concat([x, tf.slice(x, 0, 1)], 0)]),
      );
      const weights = tf.tensor1d(Array.from({ length: events }, (_, i) => (i === 0 ? 2 : 1)));
      const weighted = loss(name, { ...plain, weights }, settings).dataSync()[0];
      expect(weighted).toBeCloseTo(loss(name, doubled, settings).dataSync()[0], 4);
      expect(weighted).not.toBeCloseTo(loss(name, plain, settings).dataSync()[0], 6);
    });
  });
});

describe('divergences', () => {
  test.each(Object.keys(GENERATORS))('%s from its generator', (name) => {
    tf.tidy(() => {
      const { logP, logQ, measure } = densities();
      const found = fDivergence(GENERATORS[name], logP, logQ, measure).dataSync()[0];
      const [from, to] = name.startsWith('reverse-') ? [logQ, logP] : [logP, logQ];
      const row = name.replace('reverse-', '') as LossName;
      expect(found).toBeCloseTo(loss(row, { logP: from, logQ: to, measure }).dataSync()[0], 3);
    });
  });

  test('are zero, with slope zero, for one density and itself', () => {
    tf.tidy(() => {
      const { logP, measure } = densities();
      const names = (Object.keys(LOSSES) as LossName[]).filter((name) => 'logP' in LOSSES[name].inputs);
      expect(names.length).toBe(7);
      // Kullback-Leibler and Renyi are least only among normalised densities; total variation has a kink there.
      for (const name of names) {
        const of = (logQ: tf.Tensor): tf.Scalar => loss(name, { logP, logQ, measure });
        expect(Math.abs(of(logP).dataSync()[0])).toBeLessThan(1e-5);
        if (!['jensen-shannon', 'squared-hellinger', 'chi-squared'].includes(name)) continue;
        expect(tf.max(tf.abs(tf.grad(of)(tf.clone(logP)))).dataSync()[0]).toBeLessThan(1e-6);
      }
    });
  });

  test('are averages over samples when the measure is 1 / (N r)', () => {
    tf.tidy(() => {
      const x = quantiles(MU2, S2, 4000);
      const logQ = x.map((at) => logNormal(at, MU2, S2));
      const found = loss('squared-hellinger', {
        logP: tf.tensor1d(x.map((at) => logNormal(at, MU1, S1))),
        logQ: tf.tensor1d(logQ),
        measure: tf.tensor1d(logQ.map((log) => Math.exp(-log) / x.length)),
      });
      expect(found.dataSync()[0]).toBeCloseTo(1 - OVERLAP, 2);
    });
  });
});

describe('arguments', () => {
  const events = () => ({ prediction: tf.tensor1d([1, 2]), target: tf.tensor1d([1, 2]) });
  test.each([
    ['an unknown loss', () => loss('cubed' as LossName, {}), 'loss'],
    ['a missing argument', () => loss('squared', { prediction: tf.tensor1d([1]) }), 'argument'],
    ['an unknown argument', () => loss('squared', { ...events(), extra: tf.scalar(1) }), 'argument'],
    ['unequal lengths', () => loss('squared', { ...events(), target: tf.tensor1d([1]) }), 'shape'],
    ['an axis too many', () => loss('squared', { ...events(), target: tf.tensor2d([[1, 2]]) }), 'shape'],
    ['weights of another length', () => loss('squared', { ...events(), weights: tf.tensor1d([1]) }), 'shape'],
    ['no events', () => loss('squared', { prediction: tf.tensor1d([]), target: tf.tensor1d([]) }), 'shape'],
    ['an unknown setting', () => loss('huber', events(), { length: 1 }), 'setting'],
    ['a setting out of range', () => loss('huber', events(), { width: 0 }), 'range'],
    ['a level above 1', () => loss('quantile', events(), { level: 1.5 }), 'range'],
    [
      'more bins than events',
      () => loss('moment-decomposition', { score: tf.tensor1d([1, 2]), mass: tf.tensor1d([1, 2]) }),
      'range',
    ],
    [
      'a sample that is no number',
      () => loss('wasserstein', { x: tf.tensor1d([Number.NaN]), y: tf.tensor1d([1]) }),
      'not-finite',
    ],
    [
      'a transport that does not settle',
      () => loss('sinkhorn', { x: normal([20, 2], 1), y: normal([20, 2], 2) }, { epsilon: 1e-3, iterations: 5 }),
      'convergence',
    ],
  ] as const)('refuses %s', (_what, call, code) => {
    tf.tidy(() => {
      expect(call).toThrow(expect.objectContaining({ code }));
    });
  });

  test('rows state their families', () => {
    const families = new Set(Object.values(LOSSES).map((row: Loss) => row.family));
    expect([...families]).toEqual(['likelihood', 'regression', 'divergence', 'transport', 'dependence', 'physics']);
  });
});
