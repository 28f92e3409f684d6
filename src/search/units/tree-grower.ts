import type { RandomStream } from '../../core/index.ts';
import {
  ANY_DIMENSION,
  type Call,
  call,
  constant,
  type DimensionAlgebra,
  dimensionRuleOf,
  type Expression,
  type Operator,
  variable,
} from '../../expressions/index.ts';
import { replaceAt } from '../tree-edit.ts';
import { BLANK, Productions } from './productions.ts';
import { EXPONENTS, type Reachable } from './reachable.ts';
import { argumentSlot, fits, Slot } from './slots.ts';
import type { UnitAnalysis } from './unit-analysis.ts';

/** Nodes of a tree of inputs that stands for an input of a wanted dimension where there is none. */
const SMALL = 3;

/** Builds random trees that fit a slot and no others. */
export class TreeGrower {
  private readonly algebra: DimensionAlgebra;
  private readonly reachable: Reachable;
  private readonly inputs: readonly string[];
  private readonly operators: readonly Operator[];
  private readonly analysis: UnitAnalysis;
  private readonly byDimension = new Map<number, string[]>();
  private readonly productions: Productions;

  constructor(
    algebra: DimensionAlgebra,
    reachable: Reachable,
    inputs: readonly string[],
    operators: readonly Operator[],
    analysis: UnitAnalysis,
  ) {
    this.algebra = algebra;
    this.reachable = reachable;
    this.inputs = inputs;
    this.operators = operators;
    this.analysis = analysis;
    this.productions = new Productions(algebra, reachable, operators);
    for (const name of inputs) {
      const dimension = this.dimensionOf(name);
      this.byDimension.set(dimension, [...(this.byDimension.get(dimension) ?? []), name]);
    }
  }

  /** Inputs that may stand at a slot. */
  inputsAt(slot: number): readonly string[] {
    if (slot === Slot.any) return this.inputs;
    return this.byDimension.get(slot) ?? [];
  }

  /** Whether some tree fits a slot. */
  canFill(slot: number): boolean {
    if (slot === Slot.any) return true;
    if (slot === Slot.wild || slot < 0) return slot === Slot.wild && this.algebra.freeConstants;
    return this.algebra.freeConstants || this.productions.minimum(slot) < Infinity;
  }

  /** A tree of about `nodes` nodes, or as few as the slot allows; undefined when nothing fits. */
  grow(slot: number, nodes: number, random: RandomStream): Expression | undefined {
    let tree = this.leaf(slot, random);
    if (!tree) return undefined;
    for (let attempt = 0; attempt < 2 * nodes; attempt++) {
      const { count, nodes: all, slots } = this.analysis.read(tree, slot);
      if (count >= nodes) return tree;
      let leaves = 0;
      for (let at = 0; at < count; at++) if (all[at].kind !== 'call') leaves++;
      let chosen = random.integer(leaves);
      let at = 0;
      while (all[at].kind === 'call' || chosen-- > 0) at++;
      const grown: Expression | undefined = this.call(slots[at], random);
      if (grown) tree = replaceAt(tree, at, grown);
    }
    return tree;
  }

  /** The smallest that fits: an input or a constant, or a small tree where there is neither. */
  leaf(slot: number, random: RandomStream): Expression | undefined {
    if (!this.canFill(slot)) return undefined;
    const names = this.inputsAt(slot);
    const { freeConstants } = this.algebra;
    const number = freeConstants || slot === Slot.any || slot === 0;
    const small = names.length === 0 && slot > 0 && (!number || this.reachable.minimum(slot) <= SMALL);
    if (number && ((names.length === 0 && !small) || random.uniform() < 0.5)) return constant(random.normal());
    if (!small) return variable(names[random.integer(names.length)]);
    return this.smallest(slot, random) ?? (number ? constant(random.normal()) : undefined);
  }

  /** A random operator over the smallest arguments; undefined when no operator can have the slot. */
  call(slot: number, random: RandomStream): Expression | undefined {
    if (slot < 0 && slot !== Slot.any && slot !== Slot.wild) return undefined;
    return this.attempt(random, (operator) => this.callOf(operator, slot, random));
  }

  /**
   * A random operator over a tree and a partner.
   *
   * @param dimension of the tree
   */
  wrap(tree: Expression, dimension: number, slot: number, random: RandomStream): Expression | undefined {
    if (slot < 0 && slot !== Slot.any && slot !== Slot.wild) return undefined;
    return this.attempt(random, (operator) => {
      const index = operator.arity === 1 ? 0 : random.integer(2);
      return (
        this.partnered(operator, tree, dimension, index, slot, random) ??
        (operator.arity === 2 ? this.partnered(operator, tree, dimension, 1 - index, slot, random) : undefined)
      );
    });
  }

  /** Tries the operators from a random one on until one works. */
  private attempt(random: RandomStream, build: (operator: Operator) => Expression | undefined): Expression | undefined {
    const left = this.operators.slice();
    while (left.length > 0) {
      const at = random.integer(left.length);
      const built = build(left[at]);
      if (built) return built;
      left[at] = left[left.length - 1];
      left.pop();
    }
    return undefined;
  }

  private callOf(operator: Operator, slot: number, random: RandomStream): Expression | undefined {
    const rule = dimensionRuleOf(operator);
    if (rule.kind === 'power') return this.powerAt(operator, slot, random);
    if (operator.arity === 1) {
      const tree = this.leaf(this.productions.unarySlot(operator, slot), random);
      return tree && this.checked(call(operator, tree), slot);
    }
    const { freeConstants } = this.algebra;
    // Where constants are free a dimension out of the closure comes from them.
    const split = slot >= 0 && (!freeConstants || this.reachable.minimum(slot) < Infinity);
    const splits = split ? this.productions.splitsOf(operator, slot) : [];
    if (splits.length > 0 && (!freeConstants || random.uniform() < 0.5)) {
      const { first, second } = splits[random.integer(splits.length)];
      const [a, b] = [this.leaf(first, random), this.leaf(second, random)];
      return a && b && this.checked(call(operator, a, b), slot);
    }
    const index = random.integer(2);
    const start = rule.kind === 'tied' ? this.productions.tiedStart(operator, index, slot) : Slot.any;
    const tree = this.leaf(start, random);
    return tree && this.partnered(operator, tree, this.algebra.dimension(tree), index, slot, random);
  }

  /** A call over a tree at `index`, the partner grown; undefined when the two do not give the slot. */
  private partnered(
    operator: Operator,
    tree: Expression,
    dimension: number,
    index: number,
    slot: number,
    random: RandomStream,
  ): Expression | undefined {
    if (operator.arity === 1) {
      return fits(this.algebra.result(call(operator, tree) as Call, dimension, 0), slot)
        ? call(operator, tree)
        : undefined;
    }
    let partner: Expression | undefined;
    const exponent = dimensionRuleOf(operator).kind === 'power' && index === 0;
    if (exponent && dimension !== 0 && dimension !== ANY_DIMENSION) {
      // Only where the slot forgives it may a base with a dimension be raised.
      if (slot !== Slot.any) return undefined;
      partner = this.exponent(random);
    } else {
      // The place of the partner is empty; only the exponent of a power is ever looked at.
      const frame = index === 0 ? call(operator, tree, tree) : call(operator, BLANK, tree);
      const place = argumentSlot(this.algebra, frame, 1 - index, slot, dimension, dimension);
      partner = place === Slot.constant ? this.exponent(random) : this.leaf(place, random);
    }
    if (!partner) return undefined;
    return this.checked(index === 0 ? call(operator, tree, partner) : call(operator, partner, tree), slot);
  }

  /** A call whose dimension was meant to fit; undefined where it does not. */
  private checked(tree: Expression, slot: number): Expression | undefined {
    return fits(this.algebra.dimension(tree), slot) ? tree : undefined;
  }

  private powerAt(operator: Operator, slot: number, random: RandomStream): Expression | undefined {
    if (slot === 0 || (slot === Slot.any && random.uniform() < 0.5)) {
      const [base, exponent] = [this.leaf(0, random), this.leaf(0, random)];
      return base && exponent && this.checked(call(operator, base, exponent), slot);
    }
    const exponent = this.exponent(random);
    const frame = call(operator, BLANK, exponent);
    const base = this.leaf(argumentSlot(this.algebra, frame, 0, slot, 0, 0), random);
    return base && this.checked(call(operator, base, exponent), slot);
  }

  private exponent(random: RandomStream): Expression {
    const [numerator, denominator] = EXPONENTS[random.integer(EXPONENTS.length)];
    return constant(numerator / denominator);
  }

  /** A random tree of a definite dimension with as few nodes as it can have, or a few more. */
  private smallest(dimension: number, random: RandomStream): Expression | undefined {
    const names = this.inputsAt(dimension);
    if (names.length > 0) return variable(names[random.integer(names.length)]);
    if (dimension === 0) return constant(random.normal());
    const most = this.productions.minimum(dimension);
    return this.attempt(random, (operator) => {
      const rule = dimensionRuleOf(operator);
      if (rule.kind === 'power') {
        const fitting = EXPONENTS.filter((exponent) => this.productions.baseMinimum(dimension, exponent) + 2 <= most);
        if (fitting.length === 0) return undefined;
        const power = fitting[random.integer(fitting.length)];
        const base = this.smallest(this.productions.root(dimension, power), random);
        return base && call(operator, base, constant(power[0] / power[1]));
      }
      if (operator.arity === 1) {
        const inner = this.productions.argumentOf(operator, dimension);
        if (this.reachable.minimum(inner) + 1 > most) return undefined;
        const argument = this.smallest(inner, random);
        return argument && call(operator, argument);
      }
      const splits = this.productions.splitsOf(operator, dimension).filter(({ nodes }) => nodes + 1 <= most);
      if (splits.length === 0) return undefined;
      const { first, second } = splits[random.integer(splits.length)];
      const [a, b] = [this.smallest(first, random), this.smallest(second, random)];
      return a && b && call(operator, a, b);
    });
  }

  private dimensionOf(name: string): number {
    return this.algebra.variables.get(name) ?? 0;
  }
}
