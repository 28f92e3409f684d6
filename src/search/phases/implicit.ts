import { constant } from '../../expressions/index.ts';
import { goalReached, mayContinue, type SearchContext } from '../context.ts';
import type { LibraryEntry } from '../library.ts';
import { chooseCandidates } from '../sums/choose-candidates.ts';
import { type ImplicitLaw, implicitTree, type LeftSide, solveImplicit } from '../sums/implicit-law.ts';
import { distinct, termsOf } from '../sums/terms.ts';
import { weightings } from '../sums/weightings.ts';
import { libraryOf } from '../tasks/libraries.ts';
import { type SubsetOptions, searchSubsets } from '../tasks/subset-search.ts';
import { type Effort, proposeFor, type Step, type Task } from '../tasks/task.ts';
import { type View, viewsOf } from '../tasks/views.ts';

/** What is spent on one form of one view of the target. */
interface Plan extends SubsetOptions {
  /** Functions, and those of them that the target multiplies. */
  readonly free: number;
  readonly bound: number;
  readonly proposals: number;
}

const PLANS: Readonly<Record<Effort, { readonly plain: Plan; readonly transformed: Plan }>> = {
  full: {
    plain: {
      free: 2_000,
      bound: 1_500,
      pool: 900,
      triples: 400,
      quadruples: 90,
      beam: 12,
      depth: 5,
      keep: 2,
      proposals: 40,
    },
    transformed: {
      free: 600,
      bound: 300,
      pool: 400,
      triples: 140,
      quadruples: 40,
      beam: 5,
      depth: 4,
      keep: 2,
      proposals: 12,
    },
  },
  quick: {
    plain: { free: 300, bound: 200, pool: 200, triples: 70, quadruples: 30, beam: 2, depth: 4, keep: 1, proposals: 6 },
    transformed: { free: 120, bound: 60, pool: 100, triples: 40, beam: 0, depth: 3, keep: 1, proposals: 2 },
  },
};
/** Views of which another holds the law too: 1/y = n / d is y = d / n. */
const REDUNDANT: ReadonlySet<string> = new Set(['1/y', '1/y^2']);
/** Leaves that the target is multiplied by in turn. */
const MOST_LEADS = 6;
/** Nodes by which a sum may shrink when it is simplified. */
const SLACK = 10;

/**
 * Rational laws, by linear regression on functions and on multiples of the target by functions:
 * T(y) = sum of a f + T(y) sum of b g, so that T(y) = (sum of a f) / (1 - sum of b g) with at most two terms b g;
 * the same with T(y) times a leaf on the left; and roots of quadratic equations, y^2 = sum of a f + y sum of b g.
 *
 * What it proposes obeys the operators, units and sizes asked for; batches, loss functions and requirements act when
 * the proposals are fitted, not on the regression, which is one of least squares.
 */
export const implicit: Step & { readonly name: 'implicit' } = {
  name: 'implicit',
  async run(context, task, effort) {
    const { log, syntax } = context;
    if (task.leaves.length === 0 || task.target.length < 3) return;
    for (const view of viewsOf(task, syntax.forms)) {
      if (REDUNDANT.has(view.transform.name)) continue;
      const isPlain = view.transform.name === 'y';
      for (const [i, left] of (isPlain
        ? leftSides(task, effort)
        : [{ degree: 1, lead: one(task) } as const]
      ).entries()) {
        const plan = PLANS[effort][isPlain && i === 0 ? 'plain' : 'transformed'];
        // The many left sides are looked at under the last weights alone.
        for (const { name, weights } of i < 2 ? weightings(view) : weightings(view).slice(-1)) {
          if (goalReached(context) || !(await mayContinue(context))) return;
          const step = `implicit ${task.name} ${view.transform.name} ${i} ${name}`;
          if (log.isDone(step)) continue;
          lawsOf(context, task, view, weights, left, effort, plan);
          log.finish(step);
        }
      }
    }
    goalReached(context);
  },
};

/** The number 1 as a function. */
function one({ target }: Task): LibraryEntry {
  return { tree: constant(1), complexity: 1, values: new Float64Array(target.length).fill(1) };
}

/** y, y^2, and y times every leaf: (a b + c) / (a + b d) has three simple terms beside a y, and none beside y. */
function leftSides(task: Task, effort: Effort): LeftSide[] {
  const lead = one(task);
  const leaves = effort === 'full' ? task.leaves.slice(0, MOST_LEADS) : [];
  const leads = leaves.map(({ tree, values }) => ({ tree, values, complexity: 1 }));
  return [{ degree: 1, lead }, { degree: 2, lead }, ...leads.map((leaf): LeftSide => ({ degree: 1, lead: leaf }))];
}

function lawsOf(
  context: SearchContext,
  task: Task,
  view: View,
  weights: Float64Array,
  left: LeftSide,
  effort: Effort,
  plan: Plan,
): void {
  const { syntax } = context;
  const { z } = view;
  const { degree, lead } = left;
  const unit = one(task);
  const isLed = lead.tree.kind !== 'constant';
  const terms = termsOf(context, task, effort, plan.free);
  const free = [unit, ...terms];
  // Denominators are sums of powers more often than of anything else.
  const { powers } = libraryOf(context, task, effort);
  const bound = [...(degree === 2 || isLed ? [unit] : []), ...distinct([powers, terms], plan.bound)];
  // Both kinds in turn: the pool's simplest half is to hold both.
  const entries: LibraryEntry[] = [];
  const isBound: boolean[] = [];
  for (let i = 0; i < free.length; i++) {
    entries.push(free[i]);
    isBound.push(false);
    if (i >= bound.length) continue;
    entries.push(bound[i]);
    isBound.push(true);
  }
  const columns = entries.map(({ values }, j) => (isBound[j] ? values.map((value, i) => value * z[i]) : values));
  const complexities = entries.map(({ complexity }) => complexity);
  const target = z.map((value, i) => lead.values[i] * value ** degree);
  // To first order the left side minus the right moves by 2 z - b, or h - b, times the error of z.
  const rootWeights = weights.map((w, i) => Math.sqrt(w) / (Math.abs(degree === 2 ? 2 * z[i] : lead.values[i]) || 1));
  const limits = { limited: (j: number) => isBound[j], mostLimited: 2, limitedHoldTarget: degree === 1 };
  const found = searchSubsets(columns, target, rootWeights, [], { ...plan, complexities, ...limits });
  const candidates = found.flatMap(({ subset }) => {
    const of = (kind: boolean): LibraryEntry[] => subset.filter((j) => isBound[j] === kind).map((j) => entries[j]);
    if (of(true).length === 0 || of(false).length === 0) return [];
    const law = refined(left, of(false), of(true), z, weights);
    if (!law) return [];
    const size = subset.reduce((sum, j) => sum + complexities[j] + 1, lead.complexity);
    return [{ law, size, coefficients: subset.length, residual: residualOf(law, z, weights) }];
  });
  for (const { law } of chooseCandidates(candidates, z.length, syntax.grammar.maxSize + SLACK, plan.proposals)) {
    const tree = view.back(implicitTree(law, syntax.forms));
    proposeFor(context, task, tree && (syntax.simplify(tree) ?? tree));
    if (context.stoppedBy) return;
  }
}

/** Coefficients under the weights of z itself: those of the equation are divided by its slope in z. */
function refined(
  left: LeftSide,
  free: readonly LibraryEntry[],
  bound: readonly LibraryEntry[],
  z: Float64Array,
  weights: Float64Array,
): ImplicitLaw | undefined {
  const first = solveImplicit(left, free, bound, z, weights.map(Math.sqrt));
  if (!first) return undefined;
  const scaled = weights.map((w, i) => Math.sqrt(w) / Math.abs(first.slope[i]));
  const second = scaled.every(Number.isFinite) ? solveImplicit(left, free, bound, z, scaled) : undefined;
  return second && residualOf(second, z, weights) < residualOf(first, z, weights) ? second : first;
}

/** Weighted square of what the law leaves of z, as a share of that of z about its mean. */
function residualOf({ solved }: ImplicitLaw, z: Float64Array, weights: Float64Array): number {
  let total = 0;
  let mean = 0;
  for (let i = 0; i < z.length; i++) {
    total += weights[i];
    mean += weights[i] * z[i];
  }
  mean /= total;
  let left = 0;
  let spread = 0;
  for (let i = 0; i < z.length; i++) {
    left += weights[i] * (z[i] - solved[i]) ** 2;
    spread += weights[i] * (z[i] - mean) ** 2;
  }
  return left / spread;
}
