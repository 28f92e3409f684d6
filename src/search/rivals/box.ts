import type { RandomStream } from '../../core/index.ts';

/** Where an input may be measured. */
export interface Side {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** True when its values spread over the logarithm. */
  readonly logarithmic: boolean;
  /** True for whole numbers: quantum numbers, counts, the codes of categories. */
  readonly whole: boolean;
}

/** A positive input is spread over its logarithm from this ratio of its largest to its least value. */
const DECADE = 10;
/** Nearest to zero that a box reaches, in units of the value that lies nearest. */
const NEAREST = 0.5;

/**
 * The range of an input, wider by half its width on either side; over more than a decade, in the logarithm.
 *
 * An input of one sign keeps it: nobody measures a negative mass.
 *
 * @param values shape [rows], at least one
 * @example sideOf('x', [1, 2.5, 3]) // { name: 'x', low: 0.5, high: 4, logarithmic: false, whole: false }
 */
export function sideOf(name: string, values: ArrayLike<number>): Side {
  let low = Infinity;
  let high = -Infinity;
  let whole = true;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
    whole &&= Number.isInteger(values[i]);
  }
  if (low > 0 && high > DECADE * low) {
    const margin = Math.sqrt(high) / Math.sqrt(low);
    // Beyond the range of doubles there is no logarithm to spread over.
    const side = { name, low: low / margin, high: high * margin, logarithmic: low / margin > 0, whole };
    return whole ? rounded(side) : side;
  }
  const margin = (high - low) / 2;
  const side = {
    name,
    low: low >= 0 ? Math.max(low - margin, NEAREST * low) : low - margin,
    high: high <= 0 ? Math.min(high + margin, NEAREST * high) : high + margin,
    logarithmic: false,
    whole,
  };
  return whole ? rounded(side) : side;
}

/** The codes of categories: 1 to their number. */
export function categorySide(name: string, count: number): Side {
  return { name, low: 1, high: count, logarithmic: false, whole: true };
}

function rounded(side: Side): Side {
  return { ...side, low: Math.ceil(side.low), high: Math.floor(side.high) };
}

/** The value at a fraction of the way, 0 to 1, from the low end to the high one. */
export function valueAt({ low, high, logarithmic, whole }: Side, fraction: number): number {
  if (fraction <= 0) return low;
  if (fraction >= 1) return high;
  const value = logarithmic
    ? Math.exp((1 - fraction) * Math.log(low) + fraction * Math.log(high))
    : low + fraction * (high - low);
  return whole ? Math.round(value) : value;
}

/** Fractions of a random point, shape [sides]. */
export function drawFractions(sides: readonly Side[], random: RandomStream): number[] {
  return sides.map(() => random.uniform());
}
