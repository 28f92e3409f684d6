import type { RandomStream } from '../core/index.ts';
import type { Expression } from '../expressions/index.ts';
import type { ObjectiveRules } from './objective.ts';
import type { ProblemData } from './problem.ts';
import {
  buildRequirements,
  createRequirementSet,
  REQUIREMENT_STREAM,
  rangesOf,
  targetScale,
} from './requirements/index.ts';
import type { Syntax } from './syntax.ts';
import type { ObjectiveWire } from './wire.ts';

/** The rules of an objective out of plain data; a worker makes the same ones. @param random stream of the seed */
export function createObjectiveRules(
  wire: ObjectiveWire,
  syntax: Syntax,
  problem: ProblemData,
  random: RandomStream,
): ObjectiveRules {
  const { constants, requirements, precision } = wire;
  const { columns, inputs, target } = problem;
  const stream = random.split(REQUIREMENT_STREAM);
  const build = (mode: 'hard' | 'soft') => {
    const specs = requirements.filter((requirement) => requirement.mode === mode);
    if (specs.length === 0) return undefined;
    return createRequirementSet(buildRequirements(specs, inputs, rangesOf(columns), targetScale(target), stream));
  };
  const { units } = syntax.grammar;
  const penalty = wire.dimensionalConstraintPenalty;
  const surcharge =
    units && !units.constructs
      ? (tree: Expression): number => (units.violations(syntax.express(tree)) > 0 ? penalty : 0)
      : undefined;
  return { syntax, constants, precision, surcharge, hard: build('hard'), soft: build('soft') };
}
