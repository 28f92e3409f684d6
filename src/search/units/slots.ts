import {
  ANY_DIMENSION,
  type Call,
  constantValue,
  DIMENSION_VIOLATION,
  type DimensionAlgebra,
  type DimensionRule,
  dimensionRuleOf,
} from '../../expressions/index.ts';
import { type DimensionTable, INEXACT, type Rational, toRational } from '../../units/index.ts';

/**
 * What may stand at a place of a tree while the rest stays: the id of a dimension, or one of these.
 */
export const Slot = {
  /** A tree of any dimension. */
  any: ANY_DIMENSION,
  /** Only a tree whose dimension a free constant decides. */
  wild: -4,
  /** An exponent that must stay a constant; its value is free. */
  constant: -5,
  /** An exponent on whose value a dimension rests: nothing may change. */
  pinned: -6,
} as const;

/** Whether a tree of a dimension may stand at a slot. */
export function fits(dimension: number, slot: number): boolean {
  if (slot >= 0) return dimension === slot || dimension === ANY_DIMENSION;
  if (slot === Slot.any) return dimension !== DIMENSION_VIOLATION;
  return slot === Slot.wild && dimension === ANY_DIMENSION;
}

/** The dimension whose power is a dimension; the power is not 0. */
function root(table: DimensionTable, dimension: number, [n, d]: Rational): number {
  if (d === 1 && n === 1) return dimension;
  if (d === 1 && n === -1) return table.inverse(dimension);
  return table.power(dimension, [d * Math.sign(n), Math.abs(n)]);
}

/**
 * The slot of an argument of a call that stands at a slot, the other argument as it is.
 *
 * @param a dimension of the first argument
 * @param b dimension of the second
 */
export function argumentSlot(
  algebra: DimensionAlgebra,
  node: Call,
  index: number,
  slot: number,
  a: number,
  b: number,
): number {
  const rule = dimensionRuleOf(node.operator);
  if (slot === Slot.constant || slot === Slot.pinned) return slot;
  const other = index === 0 ? b : a;
  if (rule.kind === 'tied') return tiedSlot(algebra, rule, index, slot, other);
  if (rule.kind === 'product') return productSlot(algebra, rule.powers, index, slot, other);
  return index === 0 ? baseSlot(algebra, slot, constantValue(node.arguments[1])) : exponentSlot(slot, a);
}

function tiedSlot(
  { table }: DimensionAlgebra,
  { ratio, power }: Extract<DimensionRule, { kind: 'tied' }>,
  index: number,
  slot: number,
  other: number,
): number {
  if (slot === Slot.wild) return Slot.wild;
  if (slot >= 0 && power[0] !== 0) {
    const first = root(table, slot, power);
    return exact(index === 0 || first < 0 ? first : table.power(first, ratio));
  }
  if (other === INEXACT) return Slot.wild;
  return other < 0 ? Slot.any : exact(index === 0 ? root(table, other, ratio) : table.power(other, ratio));
}

function productSlot(
  { table }: DimensionAlgebra,
  powers: readonly (Rational | null)[],
  index: number,
  slot: number,
  other: number,
): number {
  const own = powers[index];
  if (own === null) return 0;
  if (own[0] === 0) return Slot.any;
  if (powers.length === 1) return slot >= 0 ? exact(root(table, slot, own)) : slot;
  const power = powers[1 - index];
  const rest = power === null || power[0] === 0 ? 0 : other >= 0 ? table.power(other, power) : other;
  if (slot === Slot.any || rest === ANY_DIMENSION) return Slot.any;
  if (slot === Slot.wild || rest === INEXACT) return Slot.wild;
  const wanted = table.product(slot, table.inverse(rest));
  return wanted < 0 ? Slot.wild : exact(root(table, wanted, own));
}

function baseSlot({ table }: DimensionAlgebra, slot: number, exponent: number): number {
  if (Number.isNaN(exponent)) return 0;
  if (exponent === 0) return Slot.any;
  if (slot < 0) return slot;
  const power = toRational(exponent);
  if (power) return exact(root(table, slot, power));
  return slot === 0 ? 0 : Slot.wild;
}

function exponentSlot(slot: number, base: number): number {
  if (base === 0 || (base === ANY_DIMENSION && (slot === 0 || slot === Slot.any))) return 0;
  return base === ANY_DIMENSION || slot === Slot.any ? Slot.constant : Slot.pinned;
}

/** A dimension out of range leaves room for free constants only. */
function exact(dimension: number): number {
  return dimension === INEXACT ? Slot.wild : dimension;
}
