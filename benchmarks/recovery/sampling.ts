import type { RandomStream } from '../../src/core/index.ts';
import type { Problem, ProblemInput } from './problem.ts';

/** A point: a value of every input. */
export type Point = Readonly<Record<string, number>>;

/** Where the values of an input are drawn from. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Draws an input from a range, which need not be its own, in the manner of the input. */
export function draw({ sampling, sign }: ProblemInput, { low, high }: Range, random: RandomStream): number {
  const u = random.uniform();
  let value: number;
  if (sampling === 'log') value = low * (high / low) ** u;
  else if (sampling === 'integer') value = Math.min(high, low + Math.floor(u * (high - low + 1)));
  else value = low + (high - low) * u;
  if (sign === 'negative' || (sign === 'either' && random.uniform() < 0.5)) value = -value;
  return value;
}

/** A range with `share` of its width more at each end, of its logarithm for logarithmic inputs; never across 0. */
export function widened({ sampling, low, high }: ProblemInput, share: number): Range {
  if (sampling === 'log') {
    const factor = (high / low) ** share;
    return { low: low / factor, high: high * factor };
  }
  const more = share * (high - low);
  const wide = { low: low >= 0 ? Math.max(0, low - more) : low - more, high: high + more };
  if (sampling !== 'integer') return wide;
  // A count that starts at 1 has no meaning at 0.
  return { low: Math.max(Math.ceil(wide.low), low > 0 ? 1 : Number.NEGATIVE_INFINITY), high: Math.floor(wide.high) };
}

/** A point of a problem, each input from its range. */
export function drawPoint(problem: Problem, ranges: readonly Range[], random: RandomStream): Point {
  return Object.fromEntries(problem.inputs.map((input, i) => [input.name, draw(input, ranges[i], random)]));
}

/** Whether every input of a point lies in its own range. */
export function inside(problem: Problem, point: Point): boolean {
  return problem.inputs.every(({ name, low, high, sign }) => {
    const value = sign === 'positive' ? point[name] : Math.abs(point[name]);
    return value >= low && value <= high;
  });
}
