import { PowerMeasure } from '../power-measure.ts';
import type { KindRows } from './kind-row.ts';

/** Lines on which an asymptotic power is checked when other inputs vary. */
const LINES = 6;

/** Growth toward a limit. */
export const ASYMPTOTIC: KindRows<'power'> = {
  power: {
    measure: (spec, space) => {
      const [low, high] = space.range(spec.in);
      const size = Math.max(Math.abs(low), Math.abs(high)) || 1;
      // Zero is approached from the side of the data.
      const sign = spec.toward === '-inf' || (spec.toward === '0' && high <= 0 && low < 0) ? -1 : 1;
      const bases = space.points(LINES, { [spec.in]: 0 });
      return new PowerMeasure(spec.power, bases, space.index(spec.in), sign * size, spec.toward === '0' ? -1 : 1);
    },
  },
};
