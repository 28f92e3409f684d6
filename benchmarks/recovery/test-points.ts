import type { RandomStream } from '../../src/core/index.ts';
import type { Expression } from '../../src/expressions/index.ts';
import { evaluateWithError } from '../../src/expressions/rounding-error.ts';
import { admits } from './law.ts';
import type { Problem } from './problem.ts';
import { drawPoint, type Point, type Range, widened } from './sampling.ts';

const INSIDE = 120;
/** Draws per wanted point. */
const PATIENCE = 100;
/**
 * How far beyond its range an input goes: decades at each end if logarithmic, else widths. Far enough that terms which
 * are small in the ranges are not.
 */
const BEYOND = [
  { points: 120, decades: 3, widths: 1 },
  { points: 120, decades: 12, widths: 1 },
  { points: 60, decades: 24, widths: 2 },
];
/** Share of the inputs that stay in their ranges: where all move at once most laws leave their domain. */
const STAYING = 0.3;
/** Rounding errors of a formula's value that are no difference, in units of their estimate. */
const ROUNDING = 8;
/** Points whose value is mostly rounding error say nothing; where the data lie there may be no better ones. */
const MOST_ROUNDING = { inside: 0.1, beyond: 1e-6 };

/** A point with the law's value there and what rounding has done to it. */
export interface TestPoint {
  readonly point: Point;
  readonly value: number;
  readonly rounding: number;
  readonly inside: boolean;
  /** How far out it was drawn: 0 inside, then the number of the step beyond. */
  readonly step: number;
}

/** A value and its rounding error. */
export function rounded(tree: Expression, point: Point): { value: number; rounding: number } {
  const { value, error } = evaluateWithError(tree, point);
  return { value, rounding: ROUNDING * error };
}

/**
 * Points where a law is compared with a candidate: some where the data lie, the others up to many decades beyond, so
 * that a series is told from its sum. Only points where the law is finite.
 */
export function testPoints(problem: Problem, law: Expression, random: RandomStream): TestPoint[] {
  const admitted = admits(problem);
  const own = problem.inputs.map(({ low, high }): Range => ({ low, high }));
  const points: TestPoint[] = [];
  const collect = (wanted: number, next: () => Point, step: number): void => {
    const inside = step === 0;
    for (let i = 0, found = 0; i < PATIENCE * wanted && found < wanted; i++) {
      const point = next();
      if (inside && !admitted(point)) continue;
      const { value, rounding } = rounded(law, point);
      const most = inside ? MOST_ROUNDING.inside : MOST_ROUNDING.beyond;
      if (!Number.isFinite(value) || value === 0 || !(rounding <= most * Math.abs(value))) continue;
      points.push({ point, value, rounding, inside, step });
      found++;
    }
  };
  collect(INSIDE, () => drawPoint(problem, own, random), 0);
  BEYOND.forEach(({ points, decades, widths }, i) => {
    const next = (): Point => {
      const reach = random.uniform();
      const ranges = problem.inputs.map((input, i) => {
        if (random.uniform() < STAYING) return own[i];
        const all = input.sampling === 'log' ? decades / Math.log10(input.high / input.low) : widths;
        return widened(input, reach * all);
      });
      return drawPoint(problem, ranges, random);
    };
    collect(points, next, i + 1);
  });
  return points;
}
