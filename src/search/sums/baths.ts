import { constant, type Expression } from '../../expressions/index.ts';
import { leastSquares } from '../../numerics/index.ts';
import type { LibraryEntry } from '../library.ts';
import { project, scan } from '../scan.ts';
import type { Syntax } from '../syntax.ts';
import type { Part } from '../tasks/derived.ts';
import type { Task } from '../tasks/task.ts';
import type { View } from '../tasks/views.ts';
import { type Candidate, chooseCandidates } from './choose-candidates.ts';
import { eliminationOrder } from './elimination-order.ts';

/** Powers of the leaves that stand together in a bath. */
export const BATHS = [1, 2];
/** The constant stands alone. */
export const NO_BATH = [0];
/** Share of a target below which a term of the bath is rounding. */
const NEGLIGIBLE = 1e-9;

/** A sum of parts with coefficients. */
interface Sum extends Candidate {
  readonly parts: readonly Part[];
  readonly scales: Float64Array;
}

/**
 * Laws T(y) = a f + b, and T(y) = a f + b + sum of c_i x_i^p for p = 1 and 2: with all leaves in the fit at once, a scan
 * of single functions finds what no search of triples reaches, such as the last term of a^2 + b^2 - 2 a b cos(t - s).
 *
 * Under noise every leaf explains something: leaves are taken out again one by one, that which explains least first,
 * and the sums of the shortest descriptions stay.
 *
 * @param baths powers p; 0 for none
 * @param keep functions f that are looked at, and laws, of each bath
 */
export function bathLaws(
  task: Task,
  view: View,
  terms: readonly LibraryEntry[],
  syntax: Syntax,
  baths: readonly number[],
  keep: number,
): Expression[] {
  const { forms, grammar } = syntax;
  const { z, weights } = view;
  const rows = z.length;
  const values = terms.map((term) => term.values);
  const complexities = terms.map(() => 1);
  const ones: Part = { tree: constant(1), values: new Float64Array(rows).fill(1) };
  return baths.flatMap((power) => {
    const bath = task.leaves.flatMap((leaf): Part[] => {
      const tree = power > 0 ? forms.power(leaf.tree, power) : undefined;
      return tree ? [{ tree, values: leaf.values.map((x) => x ** power) }] : [];
    });
    // One leaf beside a function is a pair, which is searched anyway.
    if ((power > 0 && bath.length < 2) || bath.length + 2 >= rows / 2) return [];
    const projection = project(z, weights, [ones.values, ...bath.map((part) => part.values)]);
    const sums = scan(values, complexities, projection, keep).flatMap(({ feature }) => {
      return sumsOf([terms[feature], ...bath, ones], z, projection.rootWeights, syntax);
    });
    return chooseCandidates(sums, rows, grammar.maxSize, keep).flatMap((sum) => treeOf(sum, syntax) ?? []);
  });
}

/** The least-squares sum of the parts that add more than rounding, and those of ever fewer of them. */
function sumsOf(parts: readonly Part[], z: Float64Array, rootWeights: Float64Array, syntax: Syntax): Sum[] {
  const weigh = (column: Float64Array): Float64Array => column.map((value, i) => value * rootWeights[i]);
  const target = weigh(z);
  const whole = lengthOf(target);
  let kept = parts.map((part) => ({ part, column: weigh(part.values) }));
  const fit = (): Float64Array =>
    leastSquares(
      kept.map(({ column }) => column),
      target,
    );
  const sizeOf = (): number => kept.reduce((sum, { part }) => sum + syntax.complexity(part.tree) + 1, -1);
  const sums: Sum[] = [];
  const add = (scales: Float64Array, coefficients: number): void => {
    const left = target.map((value, i) => value - kept.reduce((sum, { column }, k) => sum + scales[k] * column[i], 0));
    sums.push({
      parts: kept.map(({ part }) => part),
      scales,
      size: sizeOf(),
      coefficients,
      residual: (lengthOf(left) / whole) ** 2,
    });
  };
  const addInWholeRatios = (scales: Float64Array): void => {
    if (kept.length < 2 || kept.some(({ part }) => part.tree.kind === 'constant')) return;
    const ratios = wholeRatios(scales);
    const sum = target.map((_, i) => kept.reduce((total, { column }, k) => total + ratios[k] * column[i], 0));
    const [unit] = leastSquares([sum], target);
    const inRatio = ratios.map((ratio) => unit * ratio);
    add(inRatio, 1);
  };
  const first = fit();
  kept = kept.filter(({ column }, k) => Math.abs(first[k]) * lengthOf(column) > NEGLIGIBLE * whole);
  if (kept.length === 0) return [];
  const columns = kept.map(({ column }) => column);
  const order = eliminationOrder(columns, target).map((index) => kept[index]);
  for (const out of [...order, undefined]) {
    if (sizeOf() <= syntax.grammar.maxSize) {
      const scales = fit();
      add(scales, kept.length);
      addInWholeRatios(scales);
    }
    kept = kept.filter((item) => item !== out);
  }
  return sums;
}

/**
 * Whole numbers in the ratios of the coefficients.
 *
 * a^2 + b^2 - 2 a b cos t comes near 0, and with coefficients that are off by the noise it falls below: its root is
 * then no law of the data.
 */
function wholeRatios(scales: Float64Array): Float64Array {
  const unit = scales.reduce((least, scale) => Math.min(least, Math.abs(scale)), Infinity);
  return scales.map((scale) => Math.round(scale / unit));
}

function lengthOf(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

function treeOf({ parts, scales }: Sum, { forms }: Syntax): Expression | undefined {
  let sum: Expression | undefined;
  for (const [k, { tree }] of parts.entries()) {
    const term = tree.kind === 'constant' ? constant(scales[k]) : forms.affine(scales[k], tree, 0);
    sum = sum ? forms.add(sum, term) : term;
    if (!sum) return undefined;
  }
  return sum;
}
