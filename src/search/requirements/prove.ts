import { AnsatzError } from '../../core/index.ts';
import { canonicalKey, type Expression, evaluate } from '../../expressions/index.ts';
import { KINDS } from './kinds/index.ts';
import type { Claim, KindRow } from './kinds/kind-row.ts';
import type { Requirement } from './requirement.ts';
import { REQUIREMENT_TOLERANCE } from './requirement-set.ts';
import type { ResolvedRequirement } from './requirement-spec.ts';

/** What is known of a law and a requirement. */
export type Verdict = 'proven' | 'holds on probes' | 'violated';

/**
 * The final word on a requirement, hard or soft: checked at its probes, then by algebra.
 *
 * Parity, exchange, values and slopes are proven when the canonical forms of both sides are equal, with every
 * digit of the constants; the other kinds are checked at the probes only. A proof is one of algebra: where the
 * canonical form has a larger domain than the law, the probes decide.
 *
 * @param tolerance largest residual at a probe
 */
export function prove(
  tree: Expression,
  requirement: Requirement,
  tolerance = requirement.tolerance ?? REQUIREMENT_TOLERANCE,
): Verdict {
  const { probes, inputs, spec } = requirement;
  const values = Float64Array.from(probes[0], (_, k) =>
    evaluate(tree, Object.fromEntries(inputs.map((input, i) => [input, probes[i][k]]))),
  );
  const residuals = new Float64Array(requirement.residuals);
  requirement.residualsOf(values, residuals);
  if (!residuals.every((residual) => Math.abs(residual) <= tolerance)) return 'violated';
  const row = KINDS[spec.kind] as KindRow<ResolvedRequirement>;
  const claims = claimsOf(row, tree, requirement);
  const proven = claims?.every(([a, b]) => canonicalKey(a) === canonicalKey(b));
  return proven ? 'proven' : 'holds on probes';
}

/** Undefined where algebra has nothing to say, such as the derivative of a function that has none in the table. */
function claimsOf(row: KindRow<ResolvedRequirement>, tree: Expression, { spec }: Requirement): Claim[] | undefined {
  try {
    return row.claims?.(tree, spec);
  } catch (error) {
    if (error instanceof AnsatzError) return undefined;
    throw error;
  }
}
