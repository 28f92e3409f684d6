import type { Expression } from '../../expressions/index.ts';
import { type Factor, monomialTree } from '../monomial.ts';
import type { Syntax } from '../syntax.ts';
import type { Leaf, Task } from '../tasks/task.ts';
import type { NamedConstant } from '../units/named-constants.ts';
import type { UnitRules } from '../units/unit-rules.ts';
import type { Exponents } from './exponent-space.ts';
import { plainDimension } from './pi-groups.ts';

/** What products of powers are made of: an input on the probe rows, or a constant. */
export interface Quantity {
  readonly name: string;
  /** Exponents of the base units. */
  readonly dimension: readonly number[];
  /** Coherent units in one of its own; of a constant its value. */
  readonly scale: number;
  /** Undefined for a constant. */
  readonly leaf: Leaf | undefined;
}

/** The inputs among a task's leaves, as they are measured. */
export function inputQuantities({ leaves }: Task, units: UnitRules): Quantity[] {
  return leaves.flatMap((leaf): Quantity | [] => {
    const { tree } = leaf;
    const unit = tree.kind === 'variable' ? units.units.inputs.get(tree.name) : undefined;
    if (!unit || tree.kind !== 'variable') return [];
    return { name: tree.name, dimension: plainDimension(unit.dimension), scale: unit.scale, leaf };
  });
}

/** A constant among the quantities. */
export function constantQuantity({ name, coherent, dimension }: NamedConstant): Quantity {
  return { name, dimension: plainDimension(dimension), scale: coherent, leaf: undefined };
}

/** A product of powers on the probe rows, as a tree of the inputs with what constants and units give in one number. */
export interface PowerProduct {
  readonly factor: number;
  readonly factors: readonly Factor[];
  /** With the factor, shape [rows]. */
  readonly values: Float64Array;
}

const SAME = 1e-12;

/** A product of powers of quantities in coherent units, divided by `unit` of them. */
export function powerProduct(
  quantities: readonly Quantity[],
  exponents: Exponents,
  rows: number,
  unit = 1,
): PowerProduct {
  let factor = 1 / unit;
  const factors: Factor[] = [];
  const values = new Float64Array(rows).fill(1);
  quantities.forEach(({ scale, leaf }, i) => {
    const exponent = exponents[i];
    if (exponent === 0) return;
    factor *= scale ** exponent;
    if (!leaf) return;
    factors.push({ tree: leaf.tree, exponent });
    for (let row = 0; row < rows; row++) values[row] *= leaf.values[row] ** exponent;
  });
  if (Math.abs(factor - 1) < SAME) factor = 1;
  else for (let row = 0; row < rows; row++) values[row] *= factor;
  return { factor, factors, values };
}

/** The product as a leaf; undefined when the operators cannot express it. */
export function leafOf({ factor, factors, values }: PowerProduct, { forms }: Syntax): Leaf | undefined {
  const tree: Expression | undefined = monomialTree(factor, factors, forms);
  return tree && { tree, values };
}

/** The exponents as text, for names of tasks: "m c^2". */
export function productText(quantities: readonly Quantity[], exponents: Exponents): string {
  const parts = quantities.flatMap(({ name }, i) => {
    const exponent = exponents[i];
    return exponent === 0 ? [] : exponent === 1 ? name : `${name}^${Number(exponent.toFixed(3))}`;
  });
  return parts.length === 0 ? '1' : parts.join(' ');
}
