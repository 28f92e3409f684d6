import type { Expression } from '../../../expressions/index.ts';
import type { ProbeSpace } from '../probe-space.ts';
import type { Measure } from '../requirement.ts';
import type { RequirementKind, RequirementOf, ResolvedRequirement } from '../requirement-spec.ts';

/** Two formulas whose equality proves a requirement. */
export type Claim = readonly [Expression, Expression];

/** One kind of requirement: how it is measured, and what algebra would prove it. */
export interface KindRow<Spec extends ResolvedRequirement> {
  /**
   * @param scale scale of the target, > 0
   * @throws OptionError "bad-range" | "bad-requirement" when the points cannot be laid out
   */
  measure(spec: Spec, space: ProbeSpace, scale: number): Measure;
  /** Pairs of formulas that are equal if, and only if, the law has the property; absent when no pair says so. */
  claims?(tree: Expression, spec: Spec): Claim[];
}

/** Rows of some kinds by name. */
export type KindRows<K extends RequirementKind> = { readonly [Name in K]: KindRow<RequirementOf<Name>> };
