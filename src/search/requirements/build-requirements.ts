import type { RandomStream } from '../../core/index.ts';
import { KINDS } from './kinds/index.ts';
import type { KindRow } from './kinds/kind-row.ts';
import { ProbeSpace, type Range } from './probe-space.ts';
import type { Requirement } from './requirement.ts';
import type { RequirementKind, ResolvedRequirement } from './requirement-spec.ts';
import { requirementText } from './requirement-text.ts';

/** Label of the split of a run's random stream that probes are drawn from. */
export const REQUIREMENT_STREAM = 0x9e91;

/**
 * A symmetry holds by the form of a law, to rounding: with more room a constant that leans a little would pass, and
 * take a place on the front for it.
 */
const SYMMETRIES: ReadonlySet<RequirementKind> = new Set(['even', 'odd', 'symmetric', 'antisymmetric']);
const SYMMETRY_TOLERANCE = 1e-10;

/** Weight of a hard requirement in a penalty: strong enough that a fit ends within the tolerance. */
const HARD_WEIGHT = 1e6;

/**
 * Lays out the probe points of requirements.
 *
 * Equal arguments give equal points, so that a worker may build its own from the same plain data.
 *
 * @param specs from `readRequirements`
 * @param inputs names of the inputs
 * @param ranges least and greatest value of each input in the data, shape [inputs]; `for` of a requirement replaces them
 * @param targetScale what residuals are relative to, > 0
 * @param random the run's stream split by `REQUIREMENT_STREAM`; it is not advanced
 * @throws OptionError "bad-range" | "bad-requirement" for a range or a right-hand side that allows no points
 */
export function buildRequirements(
  specs: readonly ResolvedRequirement[],
  inputs: readonly string[],
  ranges: readonly Range[],
  targetScale: number,
  random: RandomStream,
): Requirement[] {
  return specs.map((spec, index) => {
    const own = inputs.map((input, i) => (spec.for && Object.hasOwn(spec.for, input) ? spec.for[input] : ranges[i]));
    const row = KINDS[spec.kind] as KindRow<ResolvedRequirement>;
    const measure = row.measure(spec, new ProbeSpace(inputs, own, random.split(index)), targetScale);
    return {
      text: requirementText(spec),
      mode: spec.mode,
      tolerance: SYMMETRIES.has(spec.kind) ? SYMMETRY_TOLERANCE : undefined,
      weight: spec.weight ?? (spec.mode === 'hard' ? HARD_WEIGHT : 1),
      inputs,
      spec,
      probes: measure.probes,
      residuals: measure.residuals,
      residualsOf: (values, out) => measure.residualsOf(values, out),
      slopesOf: (values, visit) => measure.slopesOf(values, visit),
    };
  });
}
