import { constant, type Expression } from '../../expressions/index.ts';
import { leastSquares } from '../../numerics/index.ts';
import type { Forms } from '../forms.ts';
import type { LibraryEntry } from '../library.ts';
import { project, scan } from '../scan.ts';
import type { Part } from '../tasks/derived.ts';
import type { Task } from '../tasks/task.ts';
import type { View } from '../tasks/views.ts';

/** Powers of the leaves that stand together in a bath. */
const BATHS = [1, 2];
const KEPT = 3;
/** Share of a target below which a term of the bath is rounding. */
const NEGLIGIBLE = 1e-9;

/**
 * Laws T(y) = a f + b + sum of c_i x_i^p for p = 1 and 2: with all leaves in the fit at once, a scan of single
 * functions finds what no search of triples reaches, such as the last term of a^2 + b^2 - 2 a b cos(t - s).
 */
export function bathLaws(task: Task, view: View, terms: readonly LibraryEntry[], forms: Forms): Expression[] {
  const { z, weights } = view;
  const rows = z.length;
  const values = terms.map((term) => term.values);
  const complexities = terms.map(() => 1);
  const ones: Part = { tree: constant(1), values: new Float64Array(rows).fill(1) };
  return BATHS.flatMap((power) => {
    const bath = task.leaves.flatMap((leaf): Part[] => {
      const tree = forms.power(leaf.tree, power);
      return tree ? [{ tree, values: leaf.values.map((x) => x ** power) }] : [];
    });
    // One leaf beside a function is a pair, which is searched anyway.
    if (bath.length < 2 || bath.length + 2 >= rows / 2) return [];
    const projection = project(z, weights, [ones.values, ...bath.map((part) => part.values)]);
    return scan(values, complexities, projection, KEPT).flatMap(({ feature }) => {
      const parts: Part[] = [terms[feature], ...bath, ones];
      return sumOf(parts, z, projection.rootWeights, forms) ?? [];
    });
  });
}

/** The least-squares sum of the parts, without those that add nothing but rounding. */
function sumOf(
  parts: readonly Part[],
  z: Float64Array,
  rootWeights: Float64Array,
  forms: Forms,
): Expression | undefined {
  const weigh = (column: Float64Array): Float64Array => column.map((value, i) => value * rootWeights[i]);
  const coefficients = leastSquares(
    parts.map((part) => weigh(part.values)),
    weigh(z),
  );
  const size = (values: Float64Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const whole = size(z);
  let sum: Expression | undefined;
  for (const [k, { tree, values }] of parts.entries()) {
    if (!(Math.abs(coefficients[k]) * size(values) > NEGLIGIBLE * whole)) continue;
    const term = tree.kind === 'constant' ? constant(coefficients[k]) : forms.affine(coefficients[k], tree, 0);
    sum = sum ? forms.add(sum, term) : term;
    if (!sum) return undefined;
  }
  return sum;
}
