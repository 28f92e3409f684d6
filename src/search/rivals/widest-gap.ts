import type { RandomStream } from '../../core/index.ts';
import { type Expression, evaluate } from '../../expressions/index.ts';
import { drawFractions, type Side, valueAt } from './box.ts';

/** The point where two laws differ most. */
export interface Gap {
  readonly where: Readonly<Record<string, number>>;
  readonly predictions: readonly [number, number];
  readonly separation: number;
}

const RANDOM_POINTS = 400;
/** Best random points from which the search goes on along one input after another. */
const STARTS = 4;
const ROUNDS = 4;
/** Places tried along an input, over all of it at first and then over an ever smaller part. */
const STEPS = 16;
const SHRINKING = 0.25;

/**
 * The point of a box where two laws differ most, both of them finite there: random points, then from the best of
 * them one input after another.
 *
 * @param distance of two predictions; NaN where they cannot be compared
 * @param random its state alone decides the points
 * @returns undefined when no point has both predictions
 */
export function widestGap(
  a: Expression,
  b: Expression,
  distance: (a: number, b: number) => number,
  sides: readonly Side[],
  random: RandomStream,
): Gap | undefined {
  const point: Record<string, number> = {};
  const separation = (fractions: readonly number[]): number => {
    sides.forEach((side, i) => {
      point[side.name] = valueAt(side, fractions[i]);
    });
    const apart = distance(evaluate(a, point), evaluate(b, point));
    return Number.isFinite(apart) ? apart : Number.NEGATIVE_INFINITY;
  };
  const found = Array.from({ length: RANDOM_POINTS }, () => {
    const fractions = drawFractions(sides, random);
    return { fractions, apart: separation(fractions) };
  });
  found.sort((one, other) => other.apart - one.apart);
  let widest: Place = found[0];
  for (const start of found.slice(0, STARTS)) {
    const climbed = climb(start, separation);
    if (climbed.apart > widest.apart) widest = climbed;
  }
  if (widest.apart === Number.NEGATIVE_INFINITY) return undefined;
  const where = Object.fromEntries(sides.map((side, i) => [side.name, valueAt(side, widest.fractions[i])]));
  return { where, predictions: [evaluate(a, where), evaluate(b, where)], separation: widest.apart };
}

interface Place {
  readonly fractions: readonly number[];
  readonly apart: number;
}

function climb(start: Place, separation: (fractions: readonly number[]) => number): Place {
  let fractions: readonly number[] = start.fractions;
  let apart = start.apart;
  let reach = 1;
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < fractions.length; i++) {
      const centre = fractions[i];
      for (let step = 0; step <= STEPS; step++) {
        const moved = centre + reach * ((2 * step) / STEPS - 1);
        const trial = fractions.with(i, Math.min(1, Math.max(0, moved)));
        const value = separation(trial);
        if (value > apart) {
          apart = value;
          fractions = trial;
        }
      }
    }
    reach *= SHRINKING;
  }
  return { fractions, apart };
}
