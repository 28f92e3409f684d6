import type { Measure, SlopeVisitor } from './requirement.ts';

/** One value in a residual: probe and coefficient. */
export type Term = readonly [probe: number, coefficient: number];

export interface LinearRules {
  /** Residuals count above 0 only: the sum must not be positive. */
  readonly oneSided?: boolean;
  /** A residual is violated when some of its values exist and others do not: f(-x) must exist where f(x) does. */
  readonly together?: boolean;
}

/** Share of the residuals that must have values, or the requirement is not met. */
const LEAST_DECIDED = 0.25;

/** Collects probe points, and residuals that are sums of coefficient * value - offset. */
export class LinearDesign {
  private readonly points: (readonly number[])[] = [];
  private readonly terms: Term[] = [];
  private readonly starts: number[] = [0];
  private readonly offsets: number[] = [];

  /** Adds a point, shape [inputs]; returns its number. */
  probe(point: readonly number[]): number {
    return this.points.push(point) - 1;
  }

  residual(terms: readonly Term[], offset = 0): void {
    this.terms.push(...terms);
    this.starts.push(this.terms.length);
    this.offsets.push(offset);
  }

  measure(rules: LinearRules = {}): Measure {
    return new LinearMeasure(
      columnsOf(this.points),
      Int32Array.from(this.starts),
      Int32Array.from(this.terms, ([probe]) => probe),
      Float64Array.from(this.terms, ([, coefficient]) => coefficient),
      Float64Array.from(this.offsets),
      rules,
    );
  }
}

/** Points, shape [points][inputs], as columns. */
export function columnsOf(points: readonly (readonly number[])[]): Float64Array[] {
  return points[0].map((_, i) => Float64Array.from(points, (point) => point[i]));
}

class LinearMeasure implements Measure {
  readonly residuals: number;

  constructor(
    readonly probes: readonly Float64Array[],
    private readonly starts: Int32Array,
    private readonly probe: Int32Array,
    private readonly coefficient: Float64Array,
    private readonly offset: Float64Array,
    private readonly rules: LinearRules,
  ) {
    this.residuals = offset.length;
  }

  residualsOf(values: Float64Array, out: Float64Array): void {
    const { residuals, rules } = this;
    let decided = 0;
    for (let r = 0; r < residuals; r++) {
      const present = this.present(values, r);
      if (present === this.starts[r + 1] - this.starts[r]) {
        const sum = this.sum(values, r);
        out[r] = rules.oneSided && sum < 0 ? 0 : sum;
        decided++;
      } else out[r] = rules.together && present > 0 ? Number.NaN : 0;
    }
    if (decided < LEAST_DECIDED * residuals) out.fill(Number.NaN, 0, residuals);
  }

  slopesOf(values: Float64Array, visit: SlopeVisitor): void {
    const { starts, rules } = this;
    for (let r = 0; r < this.residuals; r++) {
      if (this.present(values, r) < starts[r + 1] - starts[r]) continue;
      if (rules.oneSided && this.sum(values, r) <= 0) continue;
      for (let i = starts[r]; i < starts[r + 1]; i++) visit(r, this.probe[i], this.coefficient[i]);
    }
  }

  /** How many values of a residual are finite. */
  private present(values: Float64Array, r: number): number {
    let count = 0;
    for (let i = this.starts[r]; i < this.starts[r + 1]; i++) if (Number.isFinite(values[this.probe[i]])) count++;
    return count;
  }

  private sum(values: Float64Array, r: number): number {
    let sum = -this.offset[r];
    for (let i = this.starts[r]; i < this.starts[r + 1]; i++) sum += this.coefficient[i] * values[this.probe[i]];
    return sum;
  }
}
