import { constant, type Expression } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';
import { type Factor, monomialTree } from '../monomial.ts';
import type { ProductLaw, SignedPower } from './product-law.ts';

/** The tree of y that a law stands for; undefined when the operators cannot express it. */
export function lawTree(law: ProductLaw, forms: Forms): Expression | undefined {
  const { problem, leaves, powers } = law;
  const { task, transform } = problem;
  const factors: Factor[] = [];
  let expressible = true;
  const multiplyBy = (base: Expression, values: Float64Array, power: SignedPower): void => {
    const added = signedFactors(base, values, power, forms);
    if (added) factors.push(...added);
    else expressible = false;
  };
  leaves.forEach((power, i) => {
    multiplyBy(task.leaves[i].tree, task.leaves[i].values, power);
  });
  for (const power of powers) multiplyBy(power.column.entry.tree, power.column.entry.values, power);
  if (!expressible) return undefined;
  if (transform.additive) return logarithmOf(law, factors, forms);
  const exponentials = exponentialFactors(law, forms);
  if (!exponentials) return undefined;
  const product = monomialTree(law.scale, [...factors, ...exponentials], forms);
  const tree = transform.invert(product, forms);
  // A square gives the root above 0.
  return transform.even && task.target.some((y) => y < 0) ? forms.affine(-1, tree, 0) : tree;
}

/** base^exponent as factors that are real for bases of every sign that occurs. */
function signedFactors(
  base: Expression,
  values: Float64Array,
  { exponent, odd }: SignedPower,
  forms: Forms,
): Factor[] | undefined {
  if (exponent === 0 && !odd) return [];
  const below = values.some((value) => value < 0);
  const natural = Number.isInteger(exponent) && odd === (exponent % 2 !== 0);
  if (!below || natural) return exponent === 0 ? [] : [{ tree: base, exponent }];
  if (!values.some((value) => value > 0)) return factorOf(forms.affine(-1, base, 0), exponent);
  if (odd) {
    const rest = absolute(base, exponent - 1, forms);
    return rest && [{ tree: base, exponent: 1 }, ...rest];
  }
  return absolute(base, exponent, forms);
}

/** |base|^exponent; by way of the square where there is no absolute value. */
function absolute(base: Expression, exponent: number, forms: Forms): Factor[] | undefined {
  const direct = forms.apply('abs', base);
  return direct ? [{ tree: direct, exponent }] : factorOf(forms.power(base, 2), exponent / 2);
}

function factorOf(tree: Expression | undefined, exponent: number): Factor[] | undefined {
  return tree && [{ tree, exponent }];
}

/** One exp of a sum, or, where there is no exp, powers of constants. */
function exponentialFactors({ exponentials }: ProductLaw, forms: Forms): Factor[] | undefined {
  if (exponentials.length === 0) return [];
  const whole = forms.apply('exp', sumOf(exponentials, forms));
  if (whole) return [{ tree: whole, exponent: 1 }];
  const factors: Factor[] = [];
  for (const { coefficient, column } of exponentials) {
    const tree = forms.apply('pow', constant(Math.exp(coefficient)), column.entry.tree);
    if (!tree) return undefined;
    factors.push({ tree, exponent: 1 });
  }
  return factors;
}

function sumOf(terms: ProductLaw['exponentials'], forms: Forms): Expression | undefined {
  let sum: Expression | undefined;
  for (const { coefficient, column } of terms) {
    const term = forms.affine(coefficient, column.entry.tree, 0);
    sum = sum ? forms.add(sum, term) : term;
    if (!sum) return undefined;
  }
  return sum;
}

/** log of the product, the exponentials taken out as a sum. */
function logarithmOf({ scale, exponentials }: ProductLaw, factors: Factor[], forms: Forms): Expression | undefined {
  const terms = sumOf(exponentials, forms);
  if (factors.length === 0) return exponentials.length === 0 ? undefined : forms.add(terms, constant(Math.log(scale)));
  const log = forms.apply('log', monomialTree(scale, factors, forms));
  return exponentials.length === 0 ? log : forms.add(log, terms);
}
