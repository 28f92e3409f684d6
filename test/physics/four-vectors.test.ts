import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import {
  boost,
  compose,
  dot,
  inRestFrame,
  type LorentzTransform,
  PARITY,
  pairwiseDot,
  rambo,
  randomLorentz,
  randomRotation,
  rotation,
  transform,
} from '../../src/physics/index.ts';

const METRIC = [1, -1, -1, -1];
/** Rounding of a product whose terms are gamma^2 times as large as it. */
const rounding = (gamma: number): number => 1e-14 * gamma * gamma;

/** The largest entry of L^T eta L - eta. */
function violation(by: LorentzTransform): number {
  let worst = 0;
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) {
      const sum = METRIC.reduce((total, sign, k) => total + sign * by[4 * k + i] * by[4 * k + j], 0);
      worst = Math.max(worst, Math.abs(sum - (i === j ? METRIC[i] : 0)));
    }
  }
  return worst;
}

const random = () => new RandomStream(5);

const TRANSFORMS: readonly { name: string; gamma: number; make: () => LorentzTransform }[] = [
  { name: 'a boost', gamma: 3, make: () => boost([1, -2, 0.5], 3) },
  { name: 'a boost of 1000', gamma: 1000, make: () => boost([0.1, 0, 1], 1000) },
  { name: 'no boost', gamma: 1, make: () => boost([0, 0, 7], 1) },
  { name: 'a rotation', gamma: 1, make: () => rotation([1, 2, 3], 0.8) },
  { name: 'a random rotation', gamma: 1, make: () => randomRotation(random()) },
  { name: 'a random transform', gamma: 20, make: () => randomLorentz(random(), 20) },
  { name: 'parity', gamma: 1, make: () => PARITY },
];

describe.each(TRANSFORMS)('$name', ({ gamma, make }) => {
  test('keeps the products of four-vectors', () => {
    expect(violation(make())).toBeLessThan(rounding(gamma));
    const { momenta } = rambo(3, 10, [0, 1, 2], random());
    const [before, after] = [momenta, transform(make(), momenta)].map((of) => pairwiseDot(of, 3));
    for (const [i, value] of after.entries()) expect(Math.abs(value - before[i])).toBeLessThan(100 * rounding(gamma));
  });

  test('has its Lorentz factor, and does not turn time round', () => {
    expect(make()[0]).toBeCloseTo(gamma, 10);
  });
});

describe('transforms', () => {
  test('follow their closed forms', () => {
    const moved = transform(boost([0, 1, 0], 5 / 3), Float64Array.of(3, 1, 0, 2));
    [5, 1, 4, 2].forEach((value, i) => {
      expect(moved[i]).toBeCloseTo(value, 14);
    });
    const turned = transform(rotation([0, 0, 2], Math.PI / 2), Float64Array.of(7, 1, 0, 3));
    [7, 0, 1, 3].forEach((value, i) => {
      expect(turned[i]).toBeCloseTo(value, 14);
    });
  });

  test('compose in the order that they are written', () => {
    const [first, second] = [boost([1, 1, 0], 2), rotation([0, 1, 3], 1)];
    const momenta = rambo(2, 5, [0, 0], random()).momenta;
    const together = transform(compose(second, first), momenta);
    transform(second, transform(first, momenta)).forEach((value, i) => {
      expect(together[i]).toBeCloseTo(value, 12);
    });
  });

  test('are the same from the same stream, and draw every direction', () => {
    expect(randomLorentz(random(), 4)).toEqual(randomLorentz(random(), 4));
    const stream = random();
    let [sum, square] = [0, 0];
    for (let i = 0; i < 2000; i++) {
      const z = transform(randomRotation(stream), Float64Array.of(0, 0, 0, 1))[3];
      sum += z / 2000;
      square += (z * z) / 2000;
    }
    // Standard deviations .013 and .0067 at 2000 draws.
    expect(Math.abs(sum)).toBeLessThan(0.05);
    expect(Math.abs(square - 1 / 3)).toBeLessThan(0.027);
  });

  test('bring events to rest, with the products that they had', () => {
    const { momenta } = rambo(4, 10, [0, 1, 2], random());
    const moving = transform(randomLorentz(random(), 50), momenta);
    const resting = inRestFrame(moving, 3);
    const before = pairwiseDot(momenta, 3);
    pairwiseDot(resting, 3).forEach((value, i) => {
      expect(Math.abs(value - before[i])).toBeLessThan(100 * rounding(50));
    });
    [10, 0, 0, 0].forEach((value, k) => {
      expect(Math.abs(resting[k] + resting[k + 4] + resting[k + 8] - value)).toBeLessThan(10 * rounding(50));
    });
    expect(inRestFrame(Float64Array.of(2, 0, 0, 0), 1)).toEqual(Float64Array.of(2, 0, 0, 0));
    const light = Float64Array.of(3, 0, 0, 1, 1, 0, 0, 1);
    expect(() => inRestFrame(light, 1)).toThrow(expect.objectContaining({ code: 'no-rest-frame', data: { event: 1 } }));
  });

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])('refuse a Lorentz factor of %s', (gamma) => {
    expect(() => boost([0, 0, 1], gamma)).toThrow(expect.objectContaining({ code: 'gamma' }));
  });

  test('refuse what is no direction, and numbers that fill no four-vectors', () => {
    expect(() => boost([0, 0, 0], 2)).toThrow(expect.objectContaining({ code: 'direction' }));
    expect(() => rotation([1, 0], 2)).toThrow(/axis: expected shape \[3\], got \[2\]/);
    expect(() => transform(PARITY, new Float64Array(7))).toThrow(/momenta: expected a multiple of 4/);
    expect(() => dot(new Float64Array(8), new Float64Array(4))).toThrow(/b: expected 8 numbers/);
    expect(() => pairwiseDot(new Float64Array(16), 3)).toThrow(/multiple of 12/);
  });
});
