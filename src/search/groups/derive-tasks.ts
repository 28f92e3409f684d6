import { constant, type Expression } from '../../expressions/index.ts';
import { varies } from '../library.ts';
import { type Factor, monomialTree } from '../monomial.ts';
import type { Syntax } from '../syntax.ts';
import type { Effort, Leaf, Task } from '../tasks/task.ts';
import type { NamedConstant } from '../units/named-constants.ts';
import type { UnitRules } from '../units/unit-rules.ts';
import { constantSubsets } from './constant-subsets.ts';
import type { Exponents } from './exponent-space.ts';
import { piGroups, plainDimension } from './pi-groups.ts';
import {
  constantQuantity,
  inputQuantities,
  leafOf,
  type PowerProduct,
  powerProduct,
  productText,
} from './quantities.ts';
import { scaleTree } from './scale-tree.ts';
import type { TargetUnit } from './target-unit.ts';

interface Limits {
  readonly subsets: number;
  /** Prefactors of the first set of constants, and of each after it. */
  readonly prefactors: readonly [first: number, other: number];
}

const LIMITS: Readonly<Record<Effort, Limits>> = {
  full: { subsets: 20, prefactors: [16, 8] },
  quick: { subsets: 3, prefactors: [4, 2] },
};
/** Groups at most: more are no simplification. */
const MOST_GROUPS = 8;

/** The tasks of one set of constants; they share their leaves. */
export interface TaskFamily {
  readonly name: string;
  readonly tasks: readonly Task[];
}

/**
 * target = prefactor * F(groups): a task for F with every prefactor, for every set of constants, fewest first.
 *
 * @param target the dimension that the task's target has
 */
export function deriveTasks(
  task: Task,
  syntax: Syntax,
  units: UnitRules,
  constants: readonly NamedConstant[],
  target: TargetUnit,
  effort: Effort,
): TaskFamily[] {
  const limits = LIMITS[effort];
  const rows = task.target.length;
  const inputs = inputQuantities(task, units);
  if (inputs.length === 0) return [];
  const wanted = plainDimension(target.dimension);
  const known = constants.map(constantQuantity);
  const subsets = constantSubsets(
    inputs.map(({ dimension }) => dimension),
    wanted,
    known.map(({ dimension }) => dimension),
  );
  return subsets.slice(0, limits.subsets).flatMap((subset, index): TaskFamily | [] => {
    const quantities = [...inputs, ...subset.map((i) => known[i])];
    const made = new Map<Exponents, PowerProduct>();
    const useful = (exponents: Exponents): boolean => {
      const product = powerProduct(quantities, exponents, rows, 1);
      made.set(exponents, product);
      return usable(product);
    };
    const dimensions = quantities.map(({ dimension }) => dimension);
    const most = limits.prefactors[index === 0 ? 0 : 1];
    const { groups, prefactors } = piGroups(dimensions, wanted, most, useful);
    const leaves = sharedLeaves(
      task.leaves,
      subset.join(),
      groups.flatMap((exponents) => {
        const product = made.get(exponents)!;
        return varies(product.values) ? (leafOf(product, syntax) ?? []) : [];
      }),
    );
    if (leaves.length > MOST_GROUPS) return [];
    const name = subset.map((i) => known[i].name).join(',');
    const tasks = prefactors.flatMap((exponents): Task | [] => {
      const product = powerProduct(quantities, exponents, rows, target.scale);
      // Where the inputs are the groups, the task is the one that there was.
      if (product.factors.length === 0 && product.factor === 1 && sameLeaves(leaves, task.leaves)) return [];
      const text = `${task.name}${name === '' ? '' : `${name}: `}${productText(quantities, exponents)}`;
      return derived(task, text, leaves, product, syntax) ?? [];
    });
    return tasks.length === 0 ? [] : { name, tasks };
  });
}

const held = new WeakMap<readonly Leaf[], Map<string, readonly Leaf[]>>();

/** The groups do not depend on the target: tasks of the same inputs share them, and so the library over them. */
function sharedLeaves(inputs: readonly Leaf[], key: string, leaves: readonly Leaf[]): readonly Leaf[] {
  const known = held.get(inputs) ?? new Map<string, readonly Leaf[]>();
  held.set(inputs, known);
  const same = known.get(key);
  if (same) return same;
  known.set(key, leaves);
  return leaves;
}

function usable({ values, factor }: PowerProduct): boolean {
  if (!Number.isFinite(factor) || factor === 0) return false;
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]) || values[i] === 0) return false;
  return true;
}

function sameLeaves(leaves: readonly Leaf[], others: readonly Leaf[]): boolean {
  return leaves.length === others.length && leaves.every(({ tree }) => others.some((other) => other.tree === tree));
}

/** The task for F; undefined where target / prefactor is not finite. */
function derived(
  task: Task,
  name: string,
  leaves: readonly Leaf[],
  prefactor: PowerProduct,
  { forms }: Syntax,
): Task | undefined {
  const { values, factor, factors } = prefactor;
  const target = task.target.map((y, i) => y / values[i]);
  const weights = task.weights.map((w, i) => w * values[i] * values[i]);
  // Only ratios of weights mean anything; those of tiny quantities would underflow.
  const largest = weights.reduce((most, w) => Math.max(most, w), 0);
  if (!target.every(Number.isFinite) || !(largest > 0 && Number.isFinite(largest))) return undefined;
  const times = (scale: number, more: readonly Factor[]): Expression | undefined => {
    const tree = monomialTree(scale, [...factors, ...more], forms);
    return tree && task.wrap(tree);
  };
  return {
    name,
    leaves,
    target,
    weights: weights.map((w) => w / largest),
    wrap: (z) => {
      if (z.kind === 'constant') return times(factor * z.value, []);
      const [scale, rest] = splitScale(z);
      if (rest) return times(factor * scale, [rest]);
      const scaled = scaleTree(factor, z);
      return scaled ? times(1, [{ tree: scaled, exponent: 1 }]) : times(factor, [{ tree: z, exponent: 1 }]);
    },
  };
}

/** c and f of c * f, or c and the inverse of f of c / f. */
function splitScale(z: Expression): [number, Factor | undefined] {
  if (z.kind !== 'call') return [1, undefined];
  const [a, b] = z.arguments;
  const { name } = z.operator;
  if (name === 'mul' && a.kind === 'constant') return [a.value, { tree: b, exponent: 1 }];
  if (name === 'mul' && b.kind === 'constant') return [b.value, { tree: a, exponent: 1 }];
  if (name === 'div' && a.kind === 'constant') return [a.value, { tree: b, exponent: -1 }];
  return [1, undefined];
}

/** What a task without groups can be: a constant. */
export function meanOf({ target, weights }: Task): Expression {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < target.length; i++) {
    sum += weights[i] * target[i];
    total += weights[i];
  }
  return constant(sum / total);
}
