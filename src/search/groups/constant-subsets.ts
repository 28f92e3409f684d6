import { ExponentSpace, rankOf } from './exponent-space.ts';

/** Constants that a law may hold at a time. */
const MOST_CONSTANTS = 3;

/**
 * Sets of constants that may stand in a law beside the inputs, as indices: those that put the target's dimension into
 * the span and each of whose constants can take part; fewest first, then those with fewest groups.
 *
 * @param inputs dimensions of the inputs, shape [inputs][base]
 * @param constants dimensions of the constants, shape [constants][base]
 */
export function constantSubsets(
  inputs: readonly (readonly number[])[],
  wanted: readonly number[],
  constants: readonly (readonly number[])[],
  most = MOST_CONSTANTS,
): number[][] {
  const found: { subset: number[]; groups: number }[] = [];
  const consider = (subset: number[]): void => {
    const chosen = subset.map((index) => constants[index]);
    // Constants that make a pure number among themselves would make the same law in many ways.
    if (rankOf(chosen) < chosen.length) return;
    const all = [...inputs, ...chosen];
    const space = new ExponentSpace(all);
    if (!space.spans(wanted)) return;
    for (let i = 0; i < chosen.length; i++) {
      const without = new ExponentSpace([...inputs, ...chosen.filter((_, k) => k !== i)]);
      // A constant that no group needs, nor the prefactor, has the exponent 0 everywhere.
      if (without.rank < space.rank && without.spans(wanted)) return;
    }
    const groups = all.length - space.rank;
    // Constants that make the dimension among themselves, beside inputs that make nothing, are no law.
    if (groups === 0 && new ExponentSpace([wanted.map(() => 0), ...chosen]).spans(wanted)) return;
    found.push({ subset, groups });
  };
  const extend = (subset: number[], from: number, size: number): void => {
    if (subset.length === size) {
      consider(subset);
      return;
    }
    for (let index = from; index < constants.length; index++) extend([...subset, index], index + 1, size);
  };
  for (let size = 0; size <= Math.min(most, constants.length); size++) extend([], 0, size);
  const order = new Map(found.map((entry, i) => [entry, i]));
  return found
    .sort((a, b) => a.subset.length - b.subset.length || a.groups - b.groups || order.get(a)! - order.get(b)!)
    .map(({ subset }) => subset);
}
