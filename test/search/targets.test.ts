import { describe, expect, it } from 'vitest';
import { TARGET_TRANSFORMS, transformTarget } from '../../src/search/targets.ts';

const named = (name: string) => TARGET_TRANSFORMS.find((transform) => transform.name === name)!;
const target = Float64Array.from({ length: 40 }, (_, i) => 0.2 + 0.1 * i);

describe('transformTarget', () => {
  it('passes over a few rows that noise has carried below 0, and believes those near 0 no more than these', () => {
    const noisy = target.slice();
    noisy[0] = -0.5;
    const { z, w, isWhole } = transformTarget(named('y^2'), noisy, undefined, 40)!;
    expect(isWhole).toBe(false);
    expect(w[0]).toBe(0);
    expect(z.every(Number.isFinite)).toBe(true);
    expect(z[30]).toBeCloseTo(noisy[30] ** 2, 12);
    // 0.3 lies nearer to 0 than -0.5 does, 0.6 farther.
    expect(w[1]).toBeCloseTo(1 / (2 * 0.5) ** 2, 12);
    expect(w[4]).toBeCloseTo(1 / (2 * noisy[4]) ** 2, 12);
    // A logarithm near 0 is known worse, not better.
    expect(transformTarget(named('log y'), noisy, undefined, 40)!.w[1]).toBeCloseTo(noisy[1] ** 2, 12);
  });

  it('has nothing to say of a target of both signs', () => {
    const mixed = target.map((y, i) => (i % 4 === 0 ? -y : y));
    expect(transformTarget(named('y^2'), mixed, undefined, 40)).toBeUndefined();
  });

  it('is whole on a target above 0', () => {
    expect(transformTarget(named('y^2'), target, undefined, 40)).toMatchObject({ isWhole: true });
  });
});
