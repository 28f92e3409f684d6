import type { RandomStream } from '../../core/index.ts';

/** Least and greatest value of an input. */
export type Range = readonly [number, number];

/** A positive range this wide is covered evenly in the logarithm. */
const WIDE = 1000;

/** The box from which probe points are drawn. */
export class ProbeSpace {
  constructor(
    readonly inputs: readonly string[],
    /** Shape [inputs]. */
    private readonly ranges: readonly Range[],
    private readonly random: RandomStream,
  ) {}

  index(input: string): number {
    return this.inputs.indexOf(input);
  }

  range(input: string): Range {
    return this.ranges[this.index(input)];
  }

  /**
   * Points spread over the box as a Latin hypercube: one in each of `count` slices of every input, the first and
   * the last at its ends.
   *
   * @param held values of inputs that do not vary
   * @returns shape [count][inputs]; a single point when nothing varies
   */
  points(count: number, held: Readonly<Record<string, number>> = {}): number[][] {
    const free = this.inputs.map((input) => !Object.hasOwn(held, input));
    const total = free.includes(true) ? count : 1;
    const points = Array.from({ length: total }, () => this.inputs.map((input, i) => (free[i] ? 0 : held[input])));
    this.inputs.forEach((_, i) => {
      if (!free[i]) return;
      const order = this.random.permutation(total);
      for (let k = 0; k < total; k++) {
        const slice = order[k];
        const fraction = slice === 0 ? 0 : slice === total - 1 ? 1 : (slice + this.random.uniform()) / total;
        points[k][i] = between(this.ranges[i], fraction);
      }
    });
    return points;
  }

  /**
   * Lines along one input, each from end to end of its range: a long one when it is the only input, else several
   * at different values of the others. Places between are shaken, for poles like to sit at round numbers.
   *
   * @returns shape [lines][points][inputs]
   */
  lines(input: string): number[][][] {
    const at = this.index(input);
    const alone = this.inputs.length === 1;
    const steps = alone ? 32 : 8;
    const range = this.ranges[at];
    return this.points(alone ? 1 : 6, { [input]: range[0] }).map((base) =>
      Array.from({ length: steps + 1 }, (_, k) => {
        const shake = k === 0 || k === steps ? 0 : this.random.uniform() / 2 - 0.25;
        return replaced(base, at, between(range, (k + shake) / steps));
      }),
    );
  }
}

/** The point with one coordinate changed. */
export function replaced(point: readonly number[], at: number, value: number): number[] {
  return point.map((old, i) => (i === at ? value : old));
}

/** The place in a range that a fraction of [0, 1] marks. */
function between([low, high]: Range, fraction: number): number {
  if (fraction === 0 || low === high) return low;
  if (fraction === 1) return high;
  return low > 0 && high / low > WIDE ? low * (high / low) ** fraction : low + (high - low) * fraction;
}

/** Least and greatest value of every column, shape [inputs]. */
export function rangesOf(columns: readonly Float64Array[]): Range[] {
  return columns.map((column) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const value of column) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return [low, high];
  });
}

/** The scale that residuals are relative to: standard deviation of the target, or its size when that is 0. */
export function targetScale(target: Float64Array): number {
  let mean = 0;
  for (const value of target) mean += value / target.length;
  let square = 0;
  for (const value of target) square += (value - mean) ** 2 / target.length;
  return Math.sqrt(square) || Math.abs(mean) || 1;
}
