import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream, threefry2x32 } from '../../src/core/index.ts';

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');

describe('threefry2x32', () => {
  // Known answers of the Random123 distribution, kat_vectors, threefry2x32 20.
  it.each([
    [0, 0, 0, 0, '6b200159', '99ba4efe'],
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, '1cb996fc', 'bb002be7'],
    [0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3, 'c4923a9c', '483df7a0'],
  ])('key %d %d counter %d %d', (key0, key1, counter0, counter1, first, second) => {
    const out = new Int32Array(2);
    threefry2x32(key0 | 0, key1 | 0, counter0 | 0, counter1 | 0, out);
    expect([hex(out[0]), hex(out[1])]).toEqual([first, second]);
  });
});

describe('RandomStream', () => {
  it('gives the same draws for the same seed and splits', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, label) => {
        const a = new RandomStream(seed).split(label);
        const b = new RandomStream(seed);
        b.uniform();
        const c = b.split(label);
        for (let i = 0; i < 5; i++) expect(a.uint32()).toBe(c.uint32());
      }),
    );
  });

  it('tells seeds beyond 32 bits apart', () => {
    expect(new RandomStream(1).uint32()).not.toBe(new RandomStream(1 + 2 ** 32).uint32());
  });

  it('splits into streams without correlation', () => {
    const root = new RandomStream(3);
    const a = root.split(1);
    const b = root.split(2);
    const n = 20_000;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (a.uniform() - 0.5) * (b.uniform() - 0.5);
    expect(Math.abs((12 * sum) / n)).toBeLessThan(5 / Math.sqrt(n));
  });

  it('draws uniform and normal deviates with the right moments', () => {
    const random = new RandomStream(11);
    const n = 40_000;
    let mean = 0;
    let square = 0;
    let fourth = 0;
    for (let i = 0; i < n; i++) {
      const z = random.normal();
      mean += z / n;
      square += z ** 2 / n;
      fourth += z ** 4 / n;
    }
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(square - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(fourth - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
    const uniforms = Array.from({ length: n }, () => random.uniform());
    expect(Math.min(...uniforms)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniforms)).toBeLessThan(1);
  });

  it('permutes', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 50 }), (seed, length) => {
        const order = new RandomStream(seed).permutation(length);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
      }),
    );
  });

  it('draws by weight', () => {
    const random = new RandomStream(5);
    const counts = [0, 0, 0];
    for (let i = 0; i < 30_000; i++) counts[random.weighted([1, 0, 3])]++;
    expect(counts[1]).toBe(0);
    expect(counts[2] / counts[0]).toBeCloseTo(3, 0);
  });
});
