import { leastSquares } from '../../numerics/index.ts';
import { goalReached, mayContinue, type SearchContext } from '../context.ts';
import type { LibraryEntry } from '../library.ts';
import { BATHS, bathLaws, NO_BATH } from '../sums/baths.ts';
import { chooseCandidates } from '../sums/choose-candidates.ts';
import { sumTree } from '../sums/sum-tree.ts';
import { termsOf } from '../sums/terms.ts';
import { weightings } from '../sums/weightings.ts';
import { libraryOf } from '../tasks/libraries.ts';
import { type SubsetOptions, searchSubsets } from '../tasks/subset-search.ts';
import { type Effort, proposeFor, type Step, type Task } from '../tasks/task.ts';
import { type View, viewsOf } from '../tasks/views.ts';

/** What is spent on one view of the target. */
interface Plan extends SubsetOptions {
  readonly columns: number;
  readonly proposals: number;
}

/** On the target itself, and on each of its transforms. */
const PLANS: Readonly<Record<Effort, { readonly plain: Plan; readonly transformed: Plan }>> = {
  full: {
    plain: { columns: 10_000, pool: 1_200, triples: 400, beam: 20, depth: 5, keep: 2, proposals: 60 },
    transformed: { columns: 3_000, pool: 500, triples: 160, beam: 6, depth: 4, keep: 2, proposals: 25 },
  },
  quick: {
    plain: { columns: 800, pool: 240, triples: 70, beam: 4, depth: 4, keep: 1, proposals: 8 },
    transformed: { columns: 300, pool: 120, triples: 40, beam: 0, depth: 3, keep: 1, proposals: 3 },
  },
};
/** A constant that moves the sum by less, relative to the sum's size, is nought. */
const NEGLIGIBLE = 1e-9;
/** Terms up to which a sum is also tried without its constant. */
const FEW_TERMS = 3;

/** Terms that are tried among all leaves at once, and laws of each bath that are fitted. */
const BATH: Readonly<Record<Effort, { readonly terms: number; readonly keep: number }>> = {
  full: { terms: Infinity, keep: 3 },
  quick: { terms: 2_000, keep: 1 },
};

/**
 * Sums: T(y) = a_1 f_1 + ... + a_k f_k + b with up to five functions f without free constants, by linear regression.
 *
 * Looks for the law of every transform T of the target, under the weights that T carries over and under relative ones.
 * What it proposes obeys the operators, units and sizes asked for; batches, loss functions and requirements act when
 * the proposals are fitted, not on the regression, which is one of least squares.
 */
export const sums: Step & { readonly name: 'sums' } = {
  name: 'sums',
  async run(context, task, effort) {
    const { log, syntax } = context;
    if (task.leaves.length === 0 || task.target.length < 3) return;
    const step = `sums ${task.name} `;
    const isDone = (name: string): boolean => log.isDone(step + name);
    for (const view of viewsOf(task, syntax.forms)) {
      if (goalReached(context) || !(await mayContinue(context))) return;
      const part = `${view.transform.name} bath`;
      if (isDone(part)) continue;
      const { terms, keep } = BATH[effort];
      const among = bathLaws(task, view, termsOf(context, task, effort, terms), syntax, BATHS, keep);
      const alone = bathLaws(task, view, libraryOf(context, task, effort).pairs, syntax, NO_BATH, keep);
      for (const law of [...alone, ...among]) proposeFor(context, task, view.back(law));
      log.finish(step + part);
    }
    for (const [i, view] of viewsOf(task, syntax.forms).entries()) {
      const plan = PLANS[effort][i === 0 && view.transform.name === 'y' ? 'plain' : 'transformed'];
      for (const { name, weights } of weightings(view)) {
        if (goalReached(context) || !(await mayContinue(context))) return;
        const part = `${view.transform.name} ${name}`;
        if (isDone(part)) continue;
        sumsOf(context, task, view, weights, termsOf(context, task, effort, plan.columns), plan);
        log.finish(step + part);
      }
    }
  },
};

function sumsOf(
  context: SearchContext,
  task: Task,
  view: View,
  weights: Float64Array,
  terms: readonly LibraryEntry[],
  plan: Plan,
): void {
  const { forms, grammar } = context.syntax;
  const rows = view.z.length;
  const ones = new Float64Array(rows).fill(1);
  const rootWeights = weights.map(Math.sqrt);
  const complexities = terms.map((term) => term.complexity);
  const columns = terms.map((term) => term.values);
  const found = searchSubsets(columns, view.z, rootWeights, [ones], { ...plan, complexities });
  const candidates = found.map(({ subset, residual }) => ({
    subset,
    residual,
    coefficients: subset.length,
    size: subset.reduce((sum, j) => sum + complexities[j] + 1, -1),
  }));
  for (const { subset } of chooseCandidates(candidates, rows, grammar.maxSize, plan.proposals)) {
    const parts = subset.map((j) => columns[j]);
    const propose = (basis: readonly Float64Array[]): boolean => {
      const fitted = fit([...parts, ...basis], view.z, rootWeights);
      const scaled = subset.map((j, k) => ({ scale: fitted[k], tree: terms[j].tree }));
      const offset = basis.length > 0 && !isNegligible(fitted, parts) ? fitted[subset.length] : 0;
      proposeFor(context, task, view.back(sumTree(scaled, offset, forms)));
      return offset !== 0;
    };
    const hasOffset = propose([ones]);
    if (hasOffset && subset.length <= FEW_TERMS) propose([]);
    if (context.stoppedBy) return;
  }
}

/** Whether the constant, the last coefficient, is rounding beside the terms. */
function isNegligible(coefficients: Float64Array, parts: readonly Float64Array[]): boolean {
  const offset = Math.abs(coefficients[parts.length]);
  return parts.some((part, k) => part.every((value) => offset < NEGLIGIBLE * Math.abs(coefficients[k] * value)));
}

function fit(columns: readonly Float64Array[], z: Float64Array, rootWeights: Float64Array): Float64Array {
  const weigh = (column: Float64Array): Float64Array => column.map((value, i) => value * rootWeights[i]);
  return leastSquares(columns.map(weigh), weigh(z));
}
