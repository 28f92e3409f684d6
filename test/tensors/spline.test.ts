import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { OptionError, RandomStream, ShapeError } from '../../src/core/index.ts';
import {
  chooseBackend,
  rationalQuadraticSpline,
  type SplineOptions,
  splineParameterCount,
} from '../../src/tensors/index.ts';
import { WAYS } from './fixture.ts';

const SINGLE_PRECISION = 2e-5;
const INVERSE = 1e-4;

/** Every kind of spline in both directions; sizes that leave lanes of a vector empty among them. */
const CASES: readonly { readonly name: string; readonly count: number; readonly options: SplineOptions }[] = [
  { name: 'linear tails', count: 61, options: {} },
  { name: 'linear tails, 3 bins, wide', count: 6, options: { bins: 3, bound: 7 } },
  { name: 'linear tails, 1 bin', count: 9, options: { bins: 1, bound: 2 } },
  { name: 'circular', count: 63, options: { bins: 8, bound: Math.PI, tails: 'circular' } },
  { name: 'circular, 1 bin', count: 5, options: { bins: 1, tails: 'circular' } },
  { name: 'circular, large minimum', count: 32, options: { bins: 5, tails: 'circular', minimum: 0.1 } },
].flatMap(({ name, count, options }) =>
  [false, true].map((inverse) => ({
    name: inverse ? `${name}, inverse` : name,
    count,
    options: { ...options, inverse } as SplineOptions,
  })),
);

/** The largest difference, relative to the largest value or to 1. */
function distance(found: readonly number[], expected: readonly number[]): number {
  const scale = Math.max(1, ...expected.map(Math.abs));
  return Math.max(...found.map((value, i) => Math.abs(value - expected[i]))) / scale;
}

/** One spline in double precision, by the formulas of the paper; the inverse by bisection. */
function reference(x: number, p: readonly number[], options: SplineOptions): [value: number, log: number] {
  const { bins = 8, bound = 3, tails = 'linear', minimum = 1e-3, inverse = false } = options;
  const circular = tails === 'circular';
  if (!circular && Math.abs(x) > bound) return [x, 0];
  const knotsOf = (raw: readonly number[]): number[] => {
    const top = Math.max(...raw);
    const e = raw.map((value) => Math.exp(value - top));
    const sum = e.reduce((a, b) => a + b);
    const knots = [-bound];
    for (const one of e) knots.push(knots.at(-1)! + 2 * bound * (minimum + (1 - bins * minimum) * (one / sum)));
    return knots;
  };
  const [xs, ys] = [knotsOf(p.slice(0, bins)), knotsOf(p.slice(bins, 2 * bins))];
  const free = p.slice(2 * bins);
  const raw = circular ? [...free, free[0]] : [0, ...free, 0];
  const d = raw.map((value) => minimum + Math.log1p(Math.exp(value + Math.log(Math.expm1(1 - minimum)))));
  const forward = (at: number): [number, number] => {
    const k = Math.max(
      0,
      Math.min(
        bins - 1,
        xs.findLastIndex((knot) => knot <= at),
      ),
    );
    const [width, height] = [xs[k + 1] - xs[k], ys[k + 1] - ys[k]];
    const s = height / width;
    const t = (at - xs[k]) / width;
    const under = s + (d[k + 1] + d[k] - 2 * s) * t * (1 - t);
    const value = ys[k] + (height * (s * t * t + d[k] * t * (1 - t))) / under;
    const rise = d[k + 1] * t * t + 2 * s * t * (1 - t) + d[k] * (1 - t) ** 2;
    return [value, Math.log((s * s * rise) / under ** 2)];
  };
  const turned = circular ? x - 2 * bound * Math.floor((x + bound) / (2 * bound)) : x;
  if (!inverse) return forward(turned);
  let [low, high] = [-bound, bound];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (forward(middle)[0] < turned) low = middle;
    else high = middle;
  }
  return [low, -forward(low)[1]];
}

function draw(count: number, options: SplineOptions, spread = 1.5): { x: number[]; p: number[]; width: number } {
  const random = new RandomStream(31);
  const { bound = 3 } = options;
  const width = splineParameterCount(options);
  const single = (value: number): number => Math.fround(value);
  // A fifth of the elements lie outside.
  const x = Array.from({ length: count }, () => single(2.5 * bound * (random.uniform() - 0.5)));
  const p = Array.from({ length: count * width }, () => single(spread * random.normal()));
  return { x, p, width };
}

function weights(count: number): [number[], number[]] {
  const random = new RandomStream(5);
  const some = (): number[] => Array.from({ length: count }, () => Math.fround(random.normal()));
  return [some(), some()];
}

describe.each(WAYS)('on %s', (_name, backend) => {
  beforeAll(async () => {
    await chooseBackend(backend);
  });

  test.each(CASES)('$name: the values of double precision, and its difference quotients', ({ count, options }) => {
    const { x, p, width } = draw(count, options);
    const expected = x.map((one, i) => reference(one, p.slice(i * width, (i + 1) * width), options));
    const [wv, wl] = weights(count);
    const before = tf.memory().numTensors;
    const found = tf.tidy(() => {
      const [tx, tp] = [tf.tensor1d(x), tf.tensor2d(p, [count, width])];
      const { values, logDerivatives } = rationalQuadraticSpline(tx, tp, options);
      const total = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
        const result = rationalQuadraticSpline(a, b, options);
        const weighted = tf.mul(result.values, tf.tensor1d(wv));
        return tf.sum(tf.add(weighted, tf.mul(result.logDerivatives, tf.tensor1d(wl))));
      };
      const slopes = tf.grads(total)([tx, tp]);
      return [values, logDerivatives, ...slopes].map((one) => [...one.dataSync()]);
    });
    expect(tf.memory().numTensors).toBe(before);
    expect(
      distance(
        found[0],
        expected.map(([value]) => value),
      ),
    ).toBeLessThan(SINGLE_PRECISION);
    expect(
      distance(
        found[1],
        expected.map(([, log]) => log),
      ),
    ).toBeLessThan(SINGLE_PRECISION);
    const step = 1e-6;
    const quotient = (i: number, j: number): number => {
      const own = p.slice(i * width, (i + 1) * width);
      const at = (sign: number): number => {
        const moved = own.map((value, k) => (k === j ? value + sign * step : value));
        const [value, log] = reference(j < 0 ? x[i] + sign * step : x[i], moved, options);
        return wv[i] * value + wl[i] * log;
      };
      return (at(1) - at(-1)) / (2 * step);
    };
    const ofX = x.map((_, i) => quotient(i, -1));
    const ofP = p.map((_, at) => quotient(Math.floor(at / width), at % width));
    expect(distance(found[2], ofX)).toBeLessThan(1e-4);
    expect(distance(found[3], ofP)).toBeLessThan(1e-4);
  });

  test.each(CASES.filter(({ options }) => !options.inverse))('$name: goes there and back', ({ options }) => {
    const count = 2000;
    const { x, p, width } = draw(count, options, 1);
    const { bound = 3, tails } = options;
    const inside = tails === 'circular' ? x.map((one) => Math.fround(one * 0.79)) : x;
    tf.tidy(() => {
      const [tx, tp] = [tf.tensor1d(inside), tf.tensor2d(p, [count, width])];
      const there = rationalQuadraticSpline(tx, tp, options);
      const back = rationalQuadraticSpline(there.values, tp, { ...options, inverse: true });
      const slopes = there.logDerivatives.dataSync().map(Math.exp);
      const sums = tf.add(there.logDerivatives, back.logDerivatives).dataSync();
      back.values.dataSync().forEach((value, i) => {
        // On a circle the two ends are one point.
        const plain = Math.abs(value - inside[i]);
        const apart = tails === 'circular' ? Math.min(plain, 2 * bound - plain) : plain;
        // What rounding took from y comes back divided by the slope.
        expect(apart * Math.min(1, slopes[i])).toBeLessThan(0.1 * INVERSE);
        if (slopes[i] < 0.1) return;
        expect(apart).toBeLessThan(INVERSE);
        expect(Math.abs(sums[i])).toBeLessThan(1e-3);
      });
    });
  });

  test('is the identity outside the tails, and everywhere where the parameters are 0', () => {
    tf.tidy(() => {
      const random = new RandomStream(3);
      const outside = tf.tensor1d([-1e30, -50, -3.0001, 3.0001, 8, Number.POSITIVE_INFINITY]);
      const p = tf.tensor2d(
        Float32Array.from({ length: 6 * 23 }, () => random.normal()),
        [6, 23],
      );
      for (const inverse of [false, true]) {
        const result = rationalQuadraticSpline(outside, p, { inverse });
        expect(result.values.dataSync()).toEqual(outside.dataSync());
        expect([...result.logDerivatives.dataSync()].every((log) => log === 0)).toBe(true);
        for (const tails of ['linear', 'circular'] as const) {
          const x = tf.linspace(-2.999, 2.999, 41);
          const zeros = tf.zeros([41, splineParameterCount({ tails })]);
          const plain = rationalQuadraticSpline(x, zeros, { tails, inverse });
          const apart = tf.max(tf.abs(tf.sub(plain.values, x))).dataSync()[0];
          expect(apart).toBeLessThan(1e-6);
          expect(tf.max(tf.abs(plain.logDerivatives)).dataSync()[0]).toBeLessThan(2e-6);
        }
      }
    });
  });

  test('hands a NaN on, and stays finite for parameters far out', () => {
    tf.tidy(() => {
      const x = tf.tensor1d([Number.NaN, 0.5, -2, 1]);
      const p = tf.tensor2d(
        Float32Array.from({ length: 4 * 23 }, (_, i) => 300 * Math.sin(i * i)),
        [4, 23],
      );
      const { values, logDerivatives } = rationalQuadraticSpline(x, p);
      expect([...values.dataSync()].map(Number.isFinite)).toEqual([false, true, true, true]);
      expect([...logDerivatives.dataSync()].slice(1).every(Number.isFinite)).toBe(true);
    });
  });
});

test.each<[string, SplineOptions]>([
  ['no bins', { bins: 0 }],
  ['half a bin', { bins: 2.5 }],
  ['too many bins for their minimum', { bins: 10, minimum: 0.1 }],
  ['no domain', { bound: 0 }],
  ['a domain without end', { bound: Number.POSITIVE_INFINITY }],
  ['tails that it does not know', { tails: 'cubic' as never }],
])('refuses %s', (_, options) => {
  expect(() => tf.tidy(() => rationalQuadraticSpline(tf.zeros([2]), tf.zeros([2, 23]), options))).toThrow(OptionError);
});

test('names parameters of another shape', () => {
  const attempt = (): unknown => tf.tidy(() => rationalQuadraticSpline(tf.zeros([2, 3]), tf.zeros([2, 3, 24])));
  expect(attempt).toThrow(ShapeError);
  expect(attempt).toThrow('parameters: expected shape [2, 3, 23], got [2, 3, 24]');
});
