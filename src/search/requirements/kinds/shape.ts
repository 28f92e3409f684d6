import { OptionError } from '../../../core/index.ts';
import { LinearDesign } from '../linear-measure.ts';
import type { ProbeSpace } from '../probe-space.ts';
import type { Measure } from '../requirement.ts';
import type { RequirementOf } from '../requirement-spec.ts';
import type { KindRow, KindRows } from './kind-row.ts';

/** Points at which a sign is checked. */
const POINTS = 32;

function linesOf(space: ProbeSpace, input: string): number[][][] {
  const [low, high] = space.range(input);
  if (high > low) return space.lines(input);
  const message = `"${input}" is ${low} in every row, which says nothing of its change`;
  throw new OptionError('bad-range', 'requirements', message, `name a range: for ${input} in 0..1`);
}

/** How far f falls (rises, for -1) from each point of a line to the next, in scales of the target. */
function monotone(sign: 1 | -1): KindRow<RequirementOf<'increasing' | 'decreasing'>> {
  return {
    measure: (spec, space, scale) => {
      const design = new LinearDesign();
      for (const line of linesOf(space, spec.in)) {
        const probes = line.map((point) => design.probe(point));
        for (let k = 1; k < probes.length; k++) {
          design.residual([
            [probes[k - 1], sign / scale],
            [probes[k], -sign / scale],
          ]);
        }
      }
      return design.measure({ oneSided: true });
    },
  };
}

/** How far f is above (below, for -1) the chord through the neighbours of a point. */
function curved(sign: 1 | -1): KindRow<RequirementOf<'convex' | 'concave'>> {
  return {
    measure: (spec, space, scale) => {
      const design = new LinearDesign();
      const at = space.index(spec.in);
      for (const line of linesOf(space, spec.in)) {
        const probes = line.map((point) => design.probe(point));
        for (let k = 1; k + 1 < probes.length; k++) {
          const [before, here, after] = [line[k - 1][at], line[k][at], line[k + 1][at]];
          const share = (here - before) / (after - before);
          design.residual([
            [probes[k - 1], (-sign * (1 - share)) / scale],
            [probes[k], sign / scale],
            [probes[k + 1], (-sign * share) / scale],
          ]);
        }
      }
      return design.measure({ oneSided: true });
    },
  };
}

/** How far f is below 0 (above, for -1). */
function signed(sign: 1 | -1): KindRow<RequirementOf<'positive' | 'negative'>> {
  return {
    measure: (_, space, scale): Measure => {
      const design = new LinearDesign();
      for (const point of space.points(POINTS)) design.residual([[design.probe(point), -sign / scale]]);
      return design.measure({ oneSided: true });
    },
  };
}

/** Sign, monotony and curvature. */
export const SHAPE: KindRows<'increasing' | 'decreasing' | 'convex' | 'concave' | 'positive' | 'negative'> = {
  increasing: monotone(1),
  decreasing: monotone(-1),
  convex: curved(1),
  concave: curved(-1),
  positive: signed(1),
  negative: signed(-1),
};
