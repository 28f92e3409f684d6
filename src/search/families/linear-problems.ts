import { constant, type Expression } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';
import { monomialTree } from '../monomial.ts';
import type { Task } from '../tasks/task.ts';
import { relativeTo, type View, wholeViewsOf } from '../tasks/views.ts';
import { columnsOf, type Hit, type Problem, type ProblemGroup, weightedFit } from './problem.ts';
import type { Part } from './shape.ts';

/** A known function of the leaves: a factor of the law or a second term. */
export interface Known {
  readonly tree: Expression;
  readonly values: Float64Array;
}

/** How much worse a fit without an offset may be for the law without it to be worth a fit. */
const NO_OFFSET = 4;

/** T(y) / m = a phi + b for factors m, most of them under equal weights. */
export function linearProblems(task: Task, forms: Forms, options: LinearOptions): ProblemGroup[] {
  const { factors, views: names, weighedFactors, keep, keepWithFactor } = options;
  const rows = task.target.length;
  const ones = new Float64Array(rows).fill(1);
  const userRoots = task.weights.map(Math.sqrt);
  const views = wholeViewsOf(task, forms).filter((view) => names.has(view.transform.name));
  const equal: Problem[] = [];
  const groups: ProblemGroup[] = [{ rootWeights: userRoots, basis: [ones], problems: equal }];
  const slopes = new Map(views.map((view) => [view, slopeOf(view, task)]));
  for (const view of views) {
    const slope = slopes.get(view)!;
    const plain = linearProblem(view, undefined, slope, forms, keep);
    equal.push(plain);
    if (view.transform.name !== 'y' && options.weighed) groups.push(single(view.weights, ones, plain));
    const relative = relativeTo(view);
    const weighed = relative?.map((w, i) => w * task.weights[i]);
    if (weighed && unequal(view.z) && (options.weighed || view.transform.name === 'y'))
      groups.push(single(weighed, ones, plain));
    const most = options.factorsOf(view.transform.name);
    for (const [i, factor] of factors.slice(0, most).entries()) {
      const problem = linearProblem(view, factor, slope, forms, keepWithFactor);
      if (!problem.z.every(Number.isFinite)) continue;
      equal.push(problem);
      if (view.transform.name !== 'y' || i >= weighedFactors) continue;
      groups.push(
        single(
          view.weights.map((w, row) => w * factor.values[row] ** 2),
          ones,
          problem,
        ),
      );
    }
  }
  return groups;
}

export interface LinearOptions {
  /** Names of the transforms. */
  readonly views: ReadonlySet<string>;
  readonly factors: readonly Known[];
  /** How many factors a transform is divided by. */
  readonly factorsOf: (transform: string) => number;
  /** Factors of the target itself that are tried under the user's weights too. */
  readonly weighedFactors: number;
  /** Whether each transform is tried under the weights of the target's own errors too. */
  readonly weighed: boolean;
  /** Shapes kept for a problem without a factor, and with one. */
  readonly keep: number;
  readonly keepWithFactor: number;
}

/** T(y) = a phi + c g + b for the terms g. */
export function secondTermProblems(
  task: Task,
  forms: Forms,
  terms: readonly Known[],
  names: ReadonlySet<string>,
  keep: number,
): ProblemGroup[] {
  const ones = new Float64Array(task.target.length).fill(1);
  const rootWeights = task.weights.map(Math.sqrt);
  const views = wholeViewsOf(task, forms).filter((view) => names.has(view.transform.name));
  const slopes = new Map(views.map((view) => [view, slopeOf(view, task)]));
  return terms.map((term) => ({
    rootWeights,
    basis: [ones, term.values],
    problems: views.map(
      (view): Problem => ({
        z: view.z,
        slope: slopes.get(view)!,
        keep,
        laws: (hit, { coefficients: fitted }) => {
          const { columns } = hit.shape;
          const [offset, coefficient] = fitted.subarray(columns);
          const second = forms.affine(coefficient, term.tree, 0);
          return partsOf(hit, fitted, forms).flatMap((part) => {
            const sum = forms.add(monomialTree(part.scale, part.factors, forms), second);
            return [view.back(forms.add(sum, constant(offset))), view.back(sum)];
          });
        },
      }),
    ),
  }));
}

function single(weights: Float64Array, ones: Float64Array, problem: Problem): ProblemGroup {
  return { rootWeights: weights.map(Math.sqrt), basis: [ones], problems: [problem] };
}

/** An error of the target by an error of z. */
export function slopeOf({ transform }: View, task: Task): Float64Array {
  return task.target.map((y) => 1 / transform.slope(y));
}

function linearProblem(
  view: View,
  factor: Known | undefined,
  slope: Float64Array,
  forms: Forms,
  keep: number,
): Problem {
  const z = factor ? view.z.map((value, i) => value / factor.values[i]) : view.z;
  return {
    z,
    slope: factor ? slope.map((value, i) => value * factor.values[i]) : slope,
    keep,
    laws: (hit, { coefficients: fitted, rootWeights, square }) => {
      const offset = fitted[hit.shape.columns];
      const alone = weightedFit(columnsOf(hit), z, rootWeights);
      const needsOffset = !(alone.square <= NO_OFFSET * square);
      const product = (part: Part): Expression | undefined =>
        monomialTree(part.scale, factor ? [...part.factors, { tree: factor.tree, exponent: 1 }] : part.factors, forms);
      const withOffset = partsOf(hit, fitted, forms).map((part) => {
        const sum = forms.add(monomialTree(part.scale, part.factors, forms), constant(offset));
        return view.back(factor ? forms.multiply(factor.tree, sum) : sum);
      });
      if (needsOffset) return withOffset;
      return [...withOffset, ...partsOf(hit, alone.coefficients, forms).map((part) => view.back(product(part)))];
    },
  };
}

function partsOf({ shape, argument, k, c }: Hit, fitted: Float64Array, forms: Forms): Part[] {
  return shape.parts(forms, argument, k, c, fitted).filter((part) => part !== undefined);
}

/** Whether sizes differ so much that equal weights see only the largest. */
function unequal(z: Float64Array): boolean {
  const sizes = z.map(Math.abs).sort();
  return sizes[Math.floor(0.9 * sizes.length)] > 20 * sizes[Math.floor(0.1 * sizes.length)];
}
