import { constantsOf, type Expression, evaluate, withConstants } from '../../expressions/index.ts';
import { goalReached, mayContinue, type SearchContext } from '../context.ts';
import { roughDescription } from '../description-length.ts';
import { exponentIndices } from '../exponents.ts';
import type { LibraryEntry } from '../library.ts';
import { project, scan } from '../scan.ts';
import { chooseCandidates } from '../sums/choose-candidates.ts';
import { distinct, termsOf } from '../sums/terms.ts';
import { weightings } from '../sums/weightings.ts';
import { libraryOf } from '../tasks/libraries.ts';
import { proposeFor, type Step, type Task } from '../tasks/task.ts';
import { viewsOf } from '../tasks/views.ts';

/** Laws of the front that are corrected, the shortest descriptions first. */
const MOST_LAWS = 6;
/** Terms that are looked at, those kept of a complexity, and those tried with a law under one weighting. */
const TERMS = 10_000;
const KEPT = 2;
const TRIED = 4;
/** Nodes by which a sum may shrink when its common factors are taken out. */
const SLACK = 10;
/** Relative step of a constant for the slope of a law in it. */
const STEP = 1e-6;

/**
 * Laws that are known and one term more, y = law + a f: the law's constants are free to first order while all functions
 * f are compared. Finds what is too small to be seen beside the law, and too different from it to stand in one sum.
 *
 * The laws are those of the user's target, so that it runs on no derived task. It reads the front, which obeys all
 * options; the comparison is by least squares whatever the loss, and what it proposes is fitted as everything else.
 */
export const corrections: Step & { readonly name: 'corrections' } = {
  name: 'corrections',
  async run(context, task) {
    const { log, hall, objective } = context;
    if (log.isDone('corrections') || task.target.length < 3) return;
    const laws = hall
      .front()
      .map((entry) => ({ ...entry, length: roughDescription(entry.tree, entry.loss, objective) }))
      .sort((a, b) => a.length - b.length)
      .slice(0, MOST_LAWS);
    const terms = termsBeside(context, task);
    const corrected: Expression[] = [];
    for (const law of laws) {
      if (goalReached(context) || !(await mayContinue(context))) return;
      corrected.push(...correct(context, task, law.tree, law.complexity, terms));
    }
    for (const law of corrected) proposeFor(context, task, law);
    if (!goalReached(context) && (await mayContinue(context))) log.finish('corrections');
  },
};

/** The law with the terms that explain most of what it leaves. */
function correct(
  context: SearchContext,
  task: Task,
  law: Expression,
  complexity: number,
  terms: readonly LibraryEntry[],
): Expression[] {
  const { forms, grammar } = context.syntax;
  const rows = rowsOf(task);
  const predicted = Float64Array.from(rows, (row) => evaluate(law, row));
  const left = task.target.map((y, i) => y - predicted[i]);
  const slopes = slopesOf(law, rows);
  if (![left, ...slopes].every((column) => column.every(Number.isFinite))) return [];
  const columns = terms.map(({ values }) => values);
  const sizes = terms.map((term) => term.complexity);
  const [plain] = viewsOf(task, forms);
  return weightings(plain).flatMap(({ weights }) => {
    const whole = task.target.reduce((sum, y, i) => sum + weights[i] * y * y, 0);
    const hits = scan(columns, sizes, project(left, weights, slopes), KEPT).map(({ feature, residual }) => ({
      term: terms[feature],
      size: complexity + 1 + sizes[feature],
      coefficients: slopes.length + 1,
      residual: residual / whole,
    }));
    return chooseCandidates(hits, left.length, grammar.maxSize + SLACK, TRIED).flatMap(({ term }) => {
      return forms.add(law, forms.affine(sizeBeside(left, term.values, weights), term.tree, 0)) ?? [];
    });
  });
}

/** Powers of the inputs alone reach further than those of all leaves, where known constants make more of these. */
function termsBeside(context: SearchContext, task: Task): LibraryEntry[] {
  const inputs = task.leaves.filter(({ tree }) => tree.kind === 'variable');
  const { powers } = libraryOf(
    context,
    inputs.length < task.leaves.length ? { ...task, leaves: inputs } : task,
    'full',
  );
  return distinct([powers, termsOf(context, task, 'full', TERMS)], TERMS);
}

function rowsOf({ leaves, target }: Task): Record<string, number>[] {
  return Array.from(target, (_, i) =>
    Object.fromEntries(
      leaves.flatMap(({ tree, values }) => (tree.kind === 'variable' ? [[tree.name, values[i]]] : [])),
    ),
  );
}

/** d law / d constant of the constants that are no exponents, each of shape [rows]. */
function slopesOf(law: Expression, rows: readonly Record<string, number>[]): Float64Array[] {
  const constants = constantsOf(law);
  const exponents = exponentIndices(law);
  return constants.flatMap((value, k) => {
    if (exponents.has(k)) return [];
    const step = STEP * (Math.abs(value) || 1);
    const moved = [1, -1].map((sign) =>
      withConstants(
        law,
        constants.map((c, j) => (j === k ? c + sign * step : c)),
      ),
    );
    return [Float64Array.from(rows, (row) => (evaluate(moved[0], row) - evaluate(moved[1], row)) / (2 * step))];
  });
}

/** The coefficient of a term alone in what is left, where a fit begins. */
function sizeBeside(left: Float64Array, term: Float64Array, weights: Float64Array): number {
  let along = 0;
  let square = 0;
  for (let i = 0; i < left.length; i++) {
    along += weights[i] * left[i] * term[i];
    square += weights[i] * term[i] ** 2;
  }
  return along / square || 1;
}
