import { constant, type Expression } from '../expressions/index.ts';
import type { Forms } from './forms.ts';

export interface Factor {
  readonly tree: Expression;
  readonly exponent: number;
}

/** Denominators of the exponents that laws are made of. */
const DENOMINATORS = [1, 2, 3, 4];

/** The simplest rational within `tolerance` of x, or x itself. */
export function snapExponent(x: number, tolerance: number): number {
  for (const denominator of DENOMINATORS) {
    const numerator = Math.round(x * denominator);
    if (Math.abs(x - numerator / denominator) <= tolerance && Math.abs(numerator) <= 12) return numerator / denominator;
  }
  return x;
}

/** scale * product of f^p, negative exponents below a fraction line where the operators allow one. */
export function monomialTree(scale: number, factors: readonly Factor[], forms: Forms): Expression | undefined {
  const kept = factors.filter((factor) => factor.exponent !== 0);
  const product = (list: readonly Factor[], sign: number): Expression | undefined => {
    let tree: Expression | undefined;
    for (const factor of list) {
      const power = forms.power(factor.tree, sign * factor.exponent);
      if (!power) return undefined;
      tree = tree ? forms.multiply(tree, power) : power;
      if (!tree) return undefined;
    }
    return tree;
  };
  const above = kept.filter((factor) => factor.exponent > 0);
  const below = kept.filter((factor) => factor.exponent < 0);
  if (kept.length === 0) return constant(scale);
  if (below.length === 0) return forms.multiply(constant(scale), product(above, 1));
  const numerator = above.length === 0 ? constant(scale) : forms.multiply(constant(scale), product(above, 1));
  return forms.divide(numerator, product(below, -1)) ?? forms.multiply(constant(scale), product(kept, 1));
}
