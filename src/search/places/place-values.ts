import { type Expression, size } from '../../expressions/index.ts';
import type { Leaf } from '../tasks/task.ts';
import { INVERSE_RULES } from './inverse-rules.ts';

/** Least share of the rows on which a place must be able to do what is asked of it. */
const LEAST_SHARE = 0.75;

/**
 * What a place in a tree asks for: the values there with which the tree gives the target.
 *
 * Everything above the place is inverted from the root down, with the other arguments as they are.
 */
export class PlaceValues {
  /** Values asked for, shape [rows]; meaningless where the weight is 0. */
  readonly wanted: Float64Array;
  /** Weights that carry those of the target to the place, to first order. */
  readonly weights: Float64Array;
  private readonly rows: number;
  private readonly columns = new Map<string, Float64Array>();
  /** Scratch by depth of recursion. */
  private readonly pool: Float64Array[] = [];

  constructor(
    leaves: readonly (Leaf & { readonly name: string })[],
    private readonly target: Float64Array,
    private readonly targetWeights: Float64Array,
  ) {
    this.rows = target.length;
    this.wanted = new Float64Array(this.rows);
    this.weights = new Float64Array(this.rows);
    for (const leaf of leaves) this.columns.set(leaf.name, leaf.values);
  }

  /** Fills `wanted` and `weights` for the node at a pre-order position; false where they say too little. */
  ask(tree: Expression, position: number): boolean {
    const { wanted, weights, rows } = this;
    wanted.set(this.target);
    weights.set(this.targetWeights);
    let node = tree;
    let left = position;
    while (left > 0) {
      if (node.kind !== 'call') return false;
      const rules = INVERSE_RULES[node.operator.name];
      if (!rules) return false;
      left--;
      let index = 0;
      while (left >= size(node.arguments[index])) left -= size(node.arguments[index++]);
      const argument: Expression = node.arguments[index];
      const rule = rules[index];
      const current = this.evaluate(argument, 0);
      const other = node.arguments.length > 1 ? this.evaluate(node.arguments[1 - index], 1) : current;
      for (let i = 0; i < rows; i++) {
        const value = rule.solve(wanted[i], other[i], current[i]);
        const slope = rule.slope(value, other[i]);
        const weight = weights[i] * slope * slope;
        wanted[i] = value;
        weights[i] = Number.isFinite(value) && weight < Infinity ? weight : 0;
      }
      node = argument;
    }
    let usable = 0;
    for (let i = 0; i < rows; i++) if (weights[i] > 0) usable++;
    return usable >= LEAST_SHARE * rows;
  }

  /** Values of a tree on the rows; good until the next call at this depth or below. */
  private evaluate(tree: Expression, depth: number): Float64Array {
    if (tree.kind === 'variable') {
      const column = this.columns.get(tree.name);
      if (column) return column;
    }
    this.pool[depth] ??= new Float64Array(this.rows);
    const out = this.pool[depth];
    if (tree.kind !== 'call') return out.fill(tree.kind === 'constant' ? tree.value : Number.NaN);
    const { apply } = tree.operator;
    const a = this.evaluate(tree.arguments[0], depth + 1);
    if (tree.arguments.length === 1) {
      for (let i = 0; i < this.rows; i++) out[i] = apply(a[i], 0);
      return out;
    }
    const b = this.evaluate(tree.arguments[1], depth + 2);
    for (let i = 0; i < this.rows; i++) out[i] = apply(a[i], b[i]);
    return out;
  }
}
