import { constant, type Expression, variable } from '../../expressions/index.ts';
import { leastSquares } from '../../numerics/index.ts';
import { goalReached, mayContinue, type Phase, propose, type SearchContext } from '../context.ts';
import { enumerateLibrary, type LibraryEntry } from '../library.ts';
import { monomialTree, snapExponent } from '../monomial.ts';
import { type Projection, project, scan, scanPairs } from '../scan.ts';
import { TARGET_TRANSFORMS, type TargetTransform, transformTarget } from '../targets.ts';
import { libraryOf } from '../tasks/libraries.ts';
import { rootTask } from '../tasks/task.ts';
import { commonSign } from './monomials.ts';

/** A short library first: it holds most laws, and a run that finds one there never builds the long one. */
const SHORT_LIBRARY = { maxLevel: 9, maxEntries: 1_200 };
/** Features that take part in the pairs, and pairs kept per complexity. */
const PAIR_FEATURES = 320;
const PAIRS_KEPT = 3;
const KEPT_PER_COMPLEXITY = 3;

/**
 * Small functions of the inputs, and the laws that one or two of them make under a transform of the target:
 * T(y) = a f + b, log y = a log f + sum of p_i log x_i + b, and T(y) = a f + b g + c.
 */
export const enumerate: Phase = {
  name: 'enumerate',
  async run(context) {
    const task = rootTask(context);
    const { leaves } = task;
    const rows = leaves[0].values.length;
    for (const size of ['short', 'long']) {
      const begun = `${size} begun`;
      if (!context.log.isDone(begun)) {
        if (goalReached(context) || !(await mayContinue(context))) return;
        context.log.finish(begun);
      }
      const library =
        size === 'short'
          ? enumerateLibrary(leaves, context.syntax.grammar, SHORT_LIBRARY)
          : libraryOf(context, task, 'full').simple;
      await scanAll(context, library, rows, `${size} `);
      if (library.length < SHORT_LIBRARY.maxEntries) break;
    }
    goalReached(context);
  },
};

async function scanAll(
  context: SearchContext,
  library: readonly LibraryEntry[],
  rows: number,
  step: string,
): Promise<void> {
  const { problem } = context.objective;
  const ones = new Float64Array(rows).fill(1);
  for (const transform of TARGET_TRANSFORMS) {
    if (context.log.isDone(step + transform.name)) {
      if (goalReached(context)) break;
      continue;
    }
    if (!(await mayContinue(context))) return;
    const transformed = transformTarget(transform, problem.target, problem.weights, rows);
    if (!transformed || !transform.invert(variable(problem.inputs[0]), context.syntax.forms)) continue;
    const { z, w } = transformed;
    const affine = project(z, w, [ones]);
    const terms = `${step}${transform.name} terms`;
    if (!context.log.isDone(terms)) {
      singleTerms(context, library, transform, z, project(z, w, []), []);
      singleTerms(context, library, transform, z, affine, [ones]);
      context.log.finish(terms);
    }
    if (!(await mayContinue(context))) return;
    if (!goalReached(context)) pairs(context, library, transform, z, affine, ones);
    context.log.finish(step + transform.name);
    // An exact law was found, but a simpler one may still follow from the prefactors.
    if (goalReached(context)) break;
  }
  if (context.log.isDone(`${step}prefactors`)) return;
  prefactors(context, library, rows, ones);
  context.log.finish(`${step}prefactors`);
}

/** z = a f, or z = a f + b when the basis holds the ones. */
function singleTerms(
  context: SearchContext,
  library: readonly LibraryEntry[],
  transform: TargetTransform,
  z: Float64Array,
  projection: Projection,
  basis: readonly Float64Array[],
): void {
  const hits = scan(values(library), complexities(library), projection, KEPT_PER_COMPLEXITY);
  for (const hit of hits) {
    const { tree, values: f } = library[hit.feature];
    const [scale, offset = 0] = weightedFit([f, ...basis], z, projection.rootWeights);
    if (basis.length === 0 && transform.invertScaled) {
      propose(context, transform.invertScaled(scale, tree, context.syntax.forms));
    } else {
      propose(context, transform.invert(context.syntax.forms.affine(scale, tree, offset), context.syntax.forms));
    }
  }
}

/** z = a f + b g + c over the simplest features and those that correlate best. */
function pairs(
  context: SearchContext,
  library: readonly LibraryEntry[],
  transform: TargetTransform,
  z: Float64Array,
  projection: Projection,
  ones: Float64Array,
): void {
  const { forms } = context.syntax;
  const best = scan(values(library), complexities(library), projection, PAIR_FEATURES)
    .sort((a, b) => a.residual - b.residual)
    .slice(0, PAIR_FEATURES / 2)
    .map((hit) => library[hit.feature]);
  const chosen = [...new Set([...library.slice(0, PAIR_FEATURES / 2), ...best])];
  for (const hit of scanPairs(values(chosen), complexities(chosen), projection, PAIRS_KEPT)) {
    const f = chosen[hit.first];
    const g = chosen[hit.second];
    const [a, b, c] = weightedFit([f.values, g.values, ones], z, projection.rootWeights);
    const sum = forms.add(forms.affine(a, f.tree, 0), forms.affine(b, g.tree, 0));
    propose(context, transform.invert(forms.add(sum, constant(c)), forms));
    propose(context, transform.invert(sum, forms));
    if (context.stoppedBy) return;
  }
}

/** log|y| = b + sum of p_i log x_i + (log|f| or a log|f| or a f): any power-law prefactor is free. */
function prefactors(context: SearchContext, library: readonly LibraryEntry[], rows: number, ones: Float64Array): void {
  const { problem } = context.objective;
  const { forms } = context.syntax;
  const sign = commonSign(problem.target, rows);
  if (sign === 0) return;
  const z = new Float64Array(rows);
  const w = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    z[i] = Math.log(Math.abs(problem.target[i]));
    w[i] = (problem.weights ? problem.weights[i] : 1) * problem.target[i] ** 2;
  }
  const positive = problem.inputs.map((_, i) => i).filter((i) => commonSign(problem.columns[i], rows) === 1);
  const logs = positive.map((i) => problem.columns[i].subarray(0, rows).map(Math.log));
  const factors = (exponents: ArrayLike<number>, tolerance: number) =>
    positive.map((i, k) => ({
      tree: variable(problem.inputs[i]) as Expression,
      exponent: snapExponent(exponents[k], tolerance),
    }));
  const logValues = library.map((entry) => logarithm(entry.values));
  const projection = project(z, w, [ones, ...logs]);
  for (const hit of scan(logValues, complexities(library), projection, KEPT_PER_COMPLEXITY)) {
    const entry = library[hit.feature];
    const fit = weightedFit([ones, ...logs, logValues[hit.feature]!], z, projection.rootWeights);
    for (const tolerance of [0.02, 0.1]) {
      const last = { tree: entry.tree, exponent: snapExponent(fit[positive.length + 1], tolerance) };
      propose(context, monomialTree(sign * Math.exp(fit[0]), [...factors(fit.subarray(1), tolerance), last], forms));
    }
  }
  if (!forms.has('exp')) return;
  for (const hit of scan(values(library), complexities(library), projection, KEPT_PER_COMPLEXITY)) {
    const entry = library[hit.feature];
    const fit = weightedFit([ones, ...logs, entry.values], z, projection.rootWeights);
    const exponential = forms.apply('exp', forms.affine(fit[positive.length + 1], entry.tree, 0));
    if (!exponential) continue;
    for (const tolerance of [0.02, 0.1]) {
      const list = [...factors(fit.subarray(1), tolerance), { tree: exponential, exponent: 1 }];
      propose(context, monomialTree(sign * Math.exp(fit[0]), list, forms));
    }
  }
}

function values(library: readonly LibraryEntry[]): Float64Array[] {
  return library.map((entry) => entry.values);
}

function complexities(library: readonly LibraryEntry[]): number[] {
  return library.map((entry) => entry.complexity);
}

/** Natural logarithm of positive values; undefined when one is not positive. */
function logarithm(feature: Float64Array): Float64Array | undefined {
  const out = new Float64Array(feature.length);
  for (let i = 0; i < feature.length; i++) {
    if (!(feature[i] > 0)) return undefined;
    out[i] = Math.log(feature[i]);
  }
  return out;
}

function weightedFit(columns: readonly Float64Array[], z: Float64Array, rootWeights: Float64Array): Float64Array {
  const weigh = (column: Float64Array): Float64Array => column.map((value, i) => value * rootWeights[i]);
  return leastSquares(columns.map(weigh), weigh(z));
}
