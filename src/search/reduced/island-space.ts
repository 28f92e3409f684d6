import { createWasmEvaluator } from '../../evaluation/index.ts';
import { Objective, type ObjectiveRules } from '../objective.ts';
import type { ProblemData } from '../problem.ts';
import { createSyntax, type Syntax } from '../syntax.ts';
import { reducedGrammar } from './reduction.ts';

/** What an island searches in: the user's own problem, or a reduction of it. */
export interface IslandSpace {
  readonly objective: Objective;
  readonly syntax: Syntax;
  /** Frees the memory that the space holds beside the user's own problem. */
  readonly dispose: () => void;
}

/**
 * One island in four evolves in a reduction where there is one; two reductions take turns. Laws of clusters of like
 * quantities, such as m (g h + v^2 / 2), are shorter in the inputs.
 */
const EVERY = 4;
const FIRST = 1;

/** The reduction that an island evolves in; -1 for the user's own problem. */
export function reductionOfIsland(index: number, reductions: number): number {
  if (reductions === 0 || index % EVERY !== FIRST) return -1;
  return Math.floor(index / EVERY) % reductions;
}

/** The user's own problem first, then its reductions, each with data and a program memory of its own. */
export function islandSpaces(
  syntax: Syntax,
  objective: Objective,
  reductions: readonly { readonly problem: ProblemData }[],
): IslandSpace[] {
  const own: IslandSpace = { objective, syntax, dispose: () => {} };
  if (reductions.length === 0) return [own];
  const reduced = createSyntax(reducedGrammar(syntax.grammar));
  const { constants, precision } = objective.rules;
  const rules: ObjectiveRules = { syntax: reduced, constants, precision };
  return [
    own,
    ...reductions.map(({ problem }) => {
      const evaluator = createWasmEvaluator({ precision });
      evaluator.setData(problem);
      return {
        objective: new Objective(problem, evaluator, rules),
        syntax: reduced,
        dispose: () => evaluator.dispose(),
      };
    }),
  ];
}

/** The space of an island among those of `islandSpaces`. */
export function spaceOfIsland(spaces: readonly IslandSpace[], index: number): IslandSpace {
  return spaces[1 + reductionOfIsland(index, spaces.length - 1)];
}
