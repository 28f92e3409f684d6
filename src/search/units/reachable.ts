import {
  ANY_DIMENSION,
  type DimensionAlgebra,
  type DimensionRule,
  dimensionRuleOf,
  isDefinite,
  type Operator,
} from '../../expressions/index.ts';
import type { Rational } from '../../units/index.ts';

/** Exponents that a search gives to a base with a dimension. */
export const EXPONENTS: readonly Rational[] = [
  [2, 1],
  [-1, 1],
  [1, 2],
  [-2, 1],
  [3, 1],
  [-1, 2],
  [3, 2],
  [-3, 1],
  [-3, 2],
  [1, 3],
  [2, 3],
];

/** How far the closure of the inputs' dimensions goes. */
export interface ReachLimits {
  /** Nodes of the largest trees considered. */
  readonly nodes: number;
  /** Dimensions kept in all, those of the smallest trees. */
  readonly dimensions: number;
}

const LIMITS: ReachLimits = { nodes: 9, dimensions: 500 };

/** The rules of the operators, each once: for dimensions, a sum is a difference. */
function distinctRules(operators: readonly Operator[]): DimensionRule[] {
  const rules = new Map(operators.map(dimensionRuleOf).map((rule) => [JSON.stringify(rule), rule]));
  return [...rules.values()];
}

/**
 * The dimensions that trees have, and the fewest nodes each of them takes.
 *
 * Free constants count where they leave a dimension definite, as in sin(c x) or x + c; a product with one has none.
 */
export class Reachable {
  /** Dimensions, those of the smallest trees first. */
  readonly dimensions: number[] = [];
  /** Every dimension of a tree of so many nodes or fewer is known, by the exponents above. */
  readonly nodes: number;
  private readonly fewest = new Map<number, number>();
  private readonly algebra: DimensionAlgebra;

  constructor(
    algebra: DimensionAlgebra,
    inputs: readonly string[],
    operators: readonly Operator[],
    limits: ReachLimits = LIMITS,
  ) {
    this.algebra = algebra;
    const levels: number[][] = [[], []];
    const add = (dimension: number, nodes: number): void => {
      if (!isDefinite(dimension) || this.fewest.has(dimension)) return;
      if (this.dimensions.length >= limits.dimensions) {
        full = true;
        return;
      }
      this.fewest.set(dimension, nodes);
      this.dimensions.push(dimension);
      levels[nodes].push(dimension);
    };
    let full = false;
    for (const name of inputs) add(algebra.variables.get(name) ?? 0, 1);
    if (!algebra.freeConstants) add(0, 1);
    const rules = distinctRules(operators);
    let complete = 1;
    for (let nodes = 2; nodes <= limits.nodes && !full; nodes++) {
      // A free constant stands beside the definite dimensions of one node.
      const below = (n: number): readonly number[] =>
        n === 1 && algebra.freeConstants ? [...levels[1], ANY_DIMENSION] : levels[n];
      levels.push([]);
      for (const rule of rules) this.apply(rule, nodes, below, add, () => full);
      if (!full) complete = nodes;
    }
    this.nodes = complete;
  }

  /** Fewest nodes of a tree of a dimension; Infinity for one that is not known. */
  minimum(dimension: number): number {
    return this.fewest.get(dimension) ?? Infinity;
  }

  private apply(
    rule: DimensionRule,
    nodes: number,
    below: (n: number) => readonly number[],
    add: (dimension: number, nodes: number) => void,
    full: () => boolean,
  ): void {
    if (rule.kind === 'power') this.powers(nodes, below, add);
    else if (rule.kind === 'tied') this.ties(rule, nodes, below, add);
    else if (rule.powers.length === 1) for (const a of below(nodes - 1)) add(this.algebra.combine(rule, a, 0), nodes);
    else {
      for (let n = 1; n < nodes - 1 && !full(); n++) {
        for (const a of below(n)) for (const b of below(nodes - 1 - n)) add(this.algebra.combine(rule, a, b), nodes);
      }
    }
  }

  /** A base of any dimension to a constant exponent, or pure numbers. */
  private powers(
    nodes: number,
    below: (n: number) => readonly number[],
    add: (dimension: number, nodes: number) => void,
  ): void {
    if (nodes < 3) return;
    for (const a of below(nodes - 2)) {
      if (a >= 0) for (const exponent of EXPONENTS) add(this.algebra.table.power(a, exponent), nodes);
    }
    for (let n = 1; n < nodes - 1; n++) {
      const pure = (id: number): boolean => id === 0 || id === ANY_DIMENSION;
      if (below(n).some(pure) && below(nodes - 1 - n).includes(0)) add(0, nodes);
    }
  }

  /** Of two arguments that depend on each other, the first has one partner and free constants. */
  private ties(
    rule: Extract<DimensionRule, { kind: 'tied' }>,
    nodes: number,
    below: (n: number) => readonly number[],
    add: (dimension: number, nodes: number) => void,
  ): void {
    const { algebra } = this;
    for (let n = 1; n < nodes - 1; n++) {
      const rest = nodes - 1 - n;
      for (const a of below(n)) {
        if (a === ANY_DIMENSION) for (const b of below(rest)) add(algebra.combine(rule, a, b), nodes);
        else {
          const partner = algebra.table.power(a, rule.ratio);
          if (this.minimum(partner) === rest) add(algebra.combine(rule, a, partner), nodes);
          if (rest === 1 && algebra.freeConstants) add(algebra.combine(rule, a, ANY_DIMENSION), nodes);
        }
      }
    }
  }
}
