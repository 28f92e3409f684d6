import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { roundingOf } from '../../../src/search/back-solve/precision.ts';

const random = new RandomStream(4);
const values = Float64Array.from({ length: 60 }, () => 100 * random.normal());

describe('roundingOf', () => {
  it.each([
    ['double precision', (x: number) => x, 0],
    ['single precision', Math.fround, 2 ** -24],
    ['eight digits', (x: number) => Number(x.toPrecision(8)), 5e-8],
    ['ten digits', (x: number) => Number(x.toPrecision(10)), 5e-10],
    ['three digits, which may be exact', (x: number) => Number(x.toPrecision(3)), 0],
    ['whole numbers', Math.round, 0],
  ])('%s', (_name, round, rounding) => {
    expect(roundingOf(values.map((value) => round(value)))).toBeCloseTo(rounding, 15);
  });
});
