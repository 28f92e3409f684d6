import type { ResolvedRequirement } from './requirement-spec.ts';

/** What a requirement measures of a law: values at probe points in, residuals out. */
export interface Measure {
  /** Points the law is evaluated at, shape [inputs][probes]. */
  readonly probes: readonly Float64Array[];
  /** Number of residuals; each is 0 where the property holds. */
  readonly residuals: number;
  /**
   * Residuals from the values at the probes; dimensionless: relative to a scale of the target.
   *
   * A residual is NaN where the property fails for want of a value. Points at which the law is undefined as a
   * whole, say at E < m, do not count, unless fewer than a quarter are left: then every residual is NaN.
   */
  residualsOf(values: Float64Array, out: Float64Array): void;
  /** Visits d residual / d value, sparse; residuals that are NaN or flat at 0 are passed over. */
  slopesOf(values: Float64Array, visit: SlopeVisitor): void;
}

/** Told d residual / d value, one entry at a time. */
export type SlopeVisitor = (residual: number, probe: number, slope: number) => void;

/** One property a law must have beyond fitting the data, checked on probe points. */
export interface Requirement extends Measure {
  /** How it was asked for: 'even in x'. */
  readonly text: string;
  readonly mode: 'hard' | 'soft';
  /** Largest residual that counts as met; that of the set when absent. */
  readonly tolerance?: number;
  /** Factor of the squared violation in a penalty: 1 by default, 1e6 for a hard requirement. */
  readonly weight: number;
  /** Names of the rows of `probes`. */
  readonly inputs: readonly string[];
  readonly spec: ResolvedRequirement;
}
