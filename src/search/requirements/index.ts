export { buildRequirements, REQUIREMENT_STREAM } from './build-requirements.ts';
export { parseRequirement } from './parse-requirement.ts';
export { type Range, rangesOf, targetScale } from './probe-space.ts';
export { prove, type Verdict } from './prove.ts';
export { readRequirements } from './read-requirements.ts';
export type { Requirement } from './requirement.ts';
export { createRequirementSet, REQUIREMENT_TOLERANCE, RequirementSet } from './requirement-set.ts';
export {
  REQUIREMENT_SCHEMA,
  REQUIREMENTS_OPTION,
  type RequirementKind,
  type RequirementSpec,
  type ResolvedRequirement,
} from './requirement-spec.ts';
export { requirementText } from './requirement-text.ts';
