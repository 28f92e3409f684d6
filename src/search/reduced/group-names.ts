import type { Expression } from '../../expressions/index.ts';

/** Groups of a reduction at most: more are no simplification. */
export const MOST_GROUPS = 8;
/** Reductions at most. */
export const MOST_REDUCTIONS = 2;

/** Name of a group as a variable; no input of a user can be called so. */
export function groupName(reduction: number, group: number): string {
  return `group ${reduction}.${group}`;
}

/** All names that groups may have. */
export const GROUP_NAMES: readonly string[] = Array.from({ length: MOST_REDUCTIONS * MOST_GROUPS }, (_, i) =>
  groupName(Math.floor(i / MOST_GROUPS), i % MOST_GROUPS),
);

const reductionOfName = new Map(GROUP_NAMES.map((name, i) => [name, Math.floor(i / MOST_GROUPS)]));

/** The reduction in whose groups a tree is written; -1 for one in the user's own inputs, undefined for a constant. */
export function reductionOfTree(tree: Expression): number | undefined {
  if (tree.kind === 'constant') return undefined;
  if (tree.kind === 'variable') return reductionOfName.get(tree.name) ?? -1;
  for (const argument of tree.arguments) {
    const found = reductionOfTree(argument);
    if (found !== undefined) return found;
  }
  return undefined;
}
