import {
  ANY_DIMENSION,
  call,
  DIMENSION_VIOLATION,
  type DimensionAlgebra,
  dimensionRuleOf,
  type Expression,
  type Operator,
  variable,
} from '../../expressions/index.ts';
import { EXPONENTS, type Reachable } from './reachable.ts';
import { argumentSlot, Slot } from './slots.ts';

/** Two dimensions whose operator gives a third, with the fewest nodes of both. */
export interface Split {
  readonly first: number;
  readonly second: number;
  readonly nodes: number;
}

/** Nodes beyond the smallest choice that a choice may take. */
const SLACK = 2;

/** Stands for an argument that is not there yet. */
export const BLANK: Expression = variable('');

/** How a dimension comes out of an operator: what its arguments may be, and how many nodes that takes. */
export class Productions {
  private readonly algebra: DimensionAlgebra;
  private readonly reachable: Reachable;
  private readonly operators: readonly Operator[];
  private readonly splits = new Map<Operator, Map<number, readonly Split[]>>();
  private readonly minima = new Map<number, number>();

  constructor(algebra: DimensionAlgebra, reachable: Reachable, operators: readonly Operator[]) {
    this.algebra = algebra;
    this.reachable = reachable;
    this.operators = operators;
  }

  /** The slot of the argument of a unary operator that stands at a slot. */
  unarySlot(operator: Operator, slot: number): number {
    return argumentSlot(this.algebra, call(operator, BLANK), 0, slot, 0, 0);
  }

  /** The slot of an argument of sums and their like where the other is free too. */
  tiedStart(operator: Operator, index: number, slot: number): number {
    return argumentSlot(this.algebra, call(operator, BLANK, BLANK), index, slot, ANY_DIMENSION, ANY_DIMENSION);
  }

  /** The dimension whose power is a dimension. */
  root(dimension: number, [n, d]: readonly [number, number]): number {
    return this.algebra.table.power(dimension, [d * Math.sign(n), Math.abs(n)]);
  }

  /** Fewest nodes of a base whose power is of a dimension. */
  baseMinimum(dimension: number, exponent: readonly [number, number]): number {
    return this.reachable.minimum(this.root(dimension, exponent));
  }

  /** The dimension whose function is of a dimension, or -1. */
  argumentOf(operator: Operator, dimension: number): number {
    const inner = this.unarySlot(operator, dimension);
    return inner >= 0 && this.combined(operator, inner, 0) === dimension ? inner : -1;
  }

  private combined(operator: Operator, a: number, b: number): number {
    const rule = dimensionRuleOf(operator);
    return rule.kind === 'power' ? DIMENSION_VIOLATION : this.algebra.combine(rule, a, b);
  }

  /** Fewest nodes of a tree of a dimension, also one operator beyond the closure. */
  minimum(dimension: number): number {
    const known = this.reachable.minimum(dimension);
    if (known < Infinity || dimension < 0) return known;
    let least = this.minima.get(dimension);
    if (least === undefined) {
      least = Math.min(Infinity, ...this.operators.map((operator) => this.minimumWith(operator, dimension)));
      this.minima.set(dimension, least);
    }
    return least;
  }

  private minimumWith(operator: Operator, dimension: number): number {
    if (dimensionRuleOf(operator).kind === 'power') {
      return 2 + Math.min(...EXPONENTS.map((exponent) => this.baseMinimum(dimension, exponent)));
    }
    if (operator.arity === 1) return 1 + this.reachable.minimum(this.argumentOf(operator, dimension));
    return 1 + (this.splitsOf(operator, dimension)[0]?.nodes ?? Infinity);
  }

  /** Pairs of known dimensions that a binary operator makes into another, the cheap ones. */
  splitsOf(operator: Operator, dimension: number): readonly Split[] {
    const memory = this.splits.get(operator) ?? new Map<number, readonly Split[]>();
    this.splits.set(operator, memory);
    let cheap = memory.get(dimension);
    if (!cheap) {
      const all = this.allSplits(operator, dimension).sort((a, b) => a.nodes - b.nodes);
      cheap = all.filter(({ nodes }) => nodes <= all[0].nodes + SLACK);
      memory.set(dimension, cheap);
    }
    return cheap;
  }

  private allSplits(operator: Operator, dimension: number): Split[] {
    const found: Split[] = [];
    const add = (first: number, second: number): void => {
      if (first < 0 || second < 0 || this.combined(operator, first, second) !== dimension) return;
      const nodes = this.reachable.minimum(first) + this.reachable.minimum(second);
      if (nodes < Infinity) found.push({ first, second, nodes });
    };
    const rule = dimensionRuleOf(operator);
    if (rule.kind === 'tied' && rule.power[0] !== 0) {
      add(this.tiedStart(operator, 0, dimension), this.tiedStart(operator, 1, dimension));
    } else if (rule.kind !== 'power') {
      const frame = call(operator, BLANK, BLANK);
      let least = Infinity;
      // The dimensions come by their size: what is left costs more than what was found.
      for (const first of this.reachable.dimensions) {
        if (this.reachable.minimum(first) + 1 > least + SLACK) break;
        const second = argumentSlot(this.algebra, frame, 1, dimension, first, ANY_DIMENSION);
        add(first, second === Slot.any ? 0 : second);
        least = Math.min(least, found.at(-1)?.nodes ?? Infinity);
      }
    }
    return found;
  }
}
