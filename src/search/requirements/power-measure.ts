import { columnsOf } from './linear-measure.ts';
import type { Measure, SlopeVisitor } from './requirement.ts';

/** Decimal orders beyond the data at which the local exponent is taken. */
const ORDERS = [1, 2, 3, 4, 5, 6, 8, 12, 16];
/** Share of the lines that must have a value. */
const LEAST_DECIDED = 0.25;

/**
 * Local exponent log2(f(2x) / f(x)) - power, far out on several lines, each of which has one residual.
 *
 * Near the data a law has corrections to its leading power; too far out only rounding or overflow is left.
 * So each line counts at the order of x where it comes closest.
 */
export class PowerMeasure implements Measure {
  readonly probes: readonly Float64Array[];
  readonly residuals: number;

  /**
   * @param bases one point a line, shape [lines][inputs]
   * @param at index of the input that runs
   * @param size signed size of that input in the data
   * @param outward 1 toward infinity, -1 toward 0
   */
  constructor(
    private readonly power: number,
    bases: readonly (readonly number[])[],
    at: number,
    size: number,
    outward: 1 | -1,
  ) {
    this.residuals = bases.length;
    this.probes = columnsOf(
      bases.flatMap((base) =>
        ORDERS.flatMap((order) =>
          [1, 2].map((factor) => base.map((value, i) => (i === at ? factor * size * 10 ** (outward * order) : value))),
        ),
      ),
    );
  }

  residualsOf(values: Float64Array, out: Float64Array): void {
    let decided = 0;
    for (let line = 0; line < this.residuals; line++) {
      const best = this.best(values, line);
      if (best >= 0) {
        out[line] = this.deviation(values, best);
        decided++;
      } else if (this.isUndefined(values, line)) out[line] = 0;
      else {
        out[line] = Number.NaN;
        decided++;
      }
    }
    if (decided < LEAST_DECIDED * this.residuals) out.fill(Number.NaN, 0, this.residuals);
  }

  slopesOf(values: Float64Array, visit: SlopeVisitor): void {
    for (let line = 0; line < this.residuals; line++) {
      const best = this.best(values, line);
      if (best < 0) continue;
      visit(line, best, -1 / (Math.LN2 * values[best]));
      visit(line, best + 1, 1 / (Math.LN2 * values[best + 1]));
    }
  }

  private deviation(values: Float64Array, probe: number): number {
    return Math.log2(values[probe + 1] / values[probe]) - this.power;
  }

  /** The probe of a line, followed by its double, where the exponent comes closest; -1 when none has one. */
  private best(values: Float64Array, line: number): number {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < ORDERS.length; k++) {
      const probe = 2 * (line * ORDERS.length + k);
      const size = Math.abs(this.deviation(values, probe));
      if (size < least) {
        best = probe;
        least = size;
      }
    }
    return best;
  }

  private isUndefined(values: Float64Array, line: number): boolean {
    for (let i = 0; i < 2 * ORDERS.length; i++) {
      if (Number.isFinite(values[2 * line * ORDERS.length + i])) return false;
    }
    return true;
  }
}
