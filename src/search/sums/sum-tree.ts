import { constant, type Expression } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';

export interface Term {
  readonly scale: number;
  readonly tree: Expression;
}

/** Sum of scaled terms and an offset, a positive term first; a zero offset leaves no trace. */
export function sumTree(terms: readonly Term[], offset: number, forms: Forms): Expression | undefined {
  const ordered = [...terms].sort((a, b) => Number(b.scale > 0) - Number(a.scale > 0));
  let sum: Expression | undefined;
  ordered.forEach(({ scale, tree }, i) => {
    if (i === 0) sum = forms.affine(scale, tree, 0);
    else sum = scale < 0 ? difference(sum, -scale, tree, forms) : forms.add(sum, forms.affine(scale, tree, 0));
  });
  if (offset === 0 || terms.length === 0) return terms.length === 0 ? constant(offset) : sum;
  return forms.add(sum, constant(offset));
}

function difference(
  sum: Expression | undefined,
  scale: number,
  tree: Expression,
  forms: Forms,
): Expression | undefined {
  return forms.apply('sub', sum, forms.affine(scale, tree, 0)) ?? forms.add(sum, forms.affine(-scale, tree, 0));
}
