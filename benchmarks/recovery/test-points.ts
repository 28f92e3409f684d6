import type { RandomStream } from '../../src/core/index.ts';
import type { Expression } from '../../src/expressions/index.ts';
import { evaluateWithError } from '../../src/expressions/rounding-error.ts';
import { admits } from './law.ts';
import type { Problem } from './problem.ts';
import { drawPoint, type Point, type Range, widened } from './sampling.ts';

const INSIDE = 120;
const BEYOND = 240;
/** Draws per wanted point. */
const PATIENCE = 100;
/** How far beyond its range an input goes: decades at each end if logarithmic, else widths. */
const DECADES = 3;
const WIDTHS = 1;
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
}

/** A value and its rounding error. */
export function rounded(tree: Expression, point: Point): { value: number; rounding: number } {
  const { value, error } = evaluateWithError(tree, point);
  return { value, rounding: ROUNDING * error };
}

/**
 * Points where a law is compared with a candidate: a third where the data lie, the others up to three decades, or one
 * width, beyond, so that a series is told from its sum. Only points where the law is finite.
 */
export function testPoints(problem: Problem, law: Expression, random: RandomStream): TestPoint[] {
  const admitted = admits(problem);
  const own = problem.inputs.map(({ low, high }): Range => ({ low, high }));
  const shares = problem.inputs.map(({ low, high, sampling }) => {
    return sampling === 'log' ? DECADES / Math.log10(high / low) : WIDTHS;
  });
  const points: TestPoint[] = [];
  const collect = (wanted: number, next: () => Point | undefined, inside: boolean): void => {
    for (let i = 0, found = 0; i < PATIENCE * wanted && found < wanted; i++) {
      const point = next();
      if (point === undefined) continue;
      const { value, rounding } = rounded(law, point);
      const most = inside ? MOST_ROUNDING.inside : MOST_ROUNDING.beyond;
      if (!Number.isFinite(value) || value === 0 || !(rounding <= most * Math.abs(value))) continue;
      points.push({ point, value, rounding, inside });
      found++;
    }
  };
  const near = (): Point | undefined => {
    const point = drawPoint(problem, own, random);
    return admitted(point) ? point : undefined;
  };
  const far = (): Point => {
    const reach = random.uniform();
    const ranges = problem.inputs.map((input, i) => {
      // Some inputs stay: where all move at once most laws leave their domain.
      return random.uniform() < 0.4 ? own[i] : widened(input, reach * shares[i]);
    });
    return drawPoint(problem, ranges, random);
  };
  collect(INSIDE, near, true);
  collect(BEYOND, far, false);
  return points;
}
