import { constant, type Expression } from '../../expressions/index.ts';
import { type Bank, bankOf } from '../back-solve/bank.ts';
import { keyRows } from '../back-solve/key-rows.ts';
import { LINKS } from '../back-solve/links.ts';
import { type Hit, lookUp } from '../back-solve/look-up.ts';
import { roundingOf } from '../back-solve/precision.ts';
import { verify } from '../back-solve/verify.ts';
import { goalReached, mayContinue, type SearchContext } from '../context.ts';
import type { Forms } from '../forms.ts';
import { libraryOf } from '../tasks/libraries.ts';
import { type Effort, proposeFor, type Step, type Task } from '../tasks/task.ts';
import { type View, wholeViewsOf } from '../tasks/views.ts';
import { commonSign } from './monomials.ts';

/** Fewer rows than this do not tell a law from a coincidence. */
const FEWEST_ROWS = 8;
/** Relative error at which a law in double precision is exact: a look-alike is seldom that good. */
const EXACT = 1e-9;
/** The same for rounded values, in units of the rounding. */
const ROUNDINGS = 16;
/** Hits of each size that are looked at, hits that are fitted on all rows, and laws that are proposed. */
const LIMITS: Readonly<Record<Effort, { perSize: number; verified: number; proposed: number }>> = {
  full: { perSize: 48, verified: 400, proposed: 80 },
  quick: { perSize: 12, verified: 60, proposed: 16 },
};

/** A hit with the view it was found in. */
interface Found extends Hit {
  readonly view: View;
}

/**
 * Exact laws in two known functions: bend(join(z, f)) = (p + q g) / (1 + r g) with z the target under a transform,
 * and bend(join(z, f)) = p log g + c. For z / f and the square that is z = f * sqrt(p + q g), f / sqrt(p + q g) and
 * so on; `LINKS` lists the kinds.
 *
 * For every f, all g are found by one look-up of a cross ratio, so that the time grows with the functions and not
 * with their pairs. Noise hides every law from it: a cross ratio has to agree to nine
 * digits, or to what single precision or seven printed digits leave of it. The loss, weights
 * above 0, the likelihood and the noise model play no part until a law is proposed, and a law of a template's part
 * is not looked for.
 */
export const backSolve = {
  name: 'backSolve',
  async run(context: SearchContext, task: Task, effort: Effort): Promise<void> {
    const { forms } = context.syntax;
    if (task.target.length < FEWEST_ROWS || goalReached(context)) return;
    const library = libraryOf(context, task, effort);
    const rows = keyRows(task, library.simple);
    if (!rows) return;
    const exact = Math.max(EXACT, ROUNDINGS * roundingOf(task.target));
    const bank = bankOf(library, rows, exact);
    const limits = LIMITS[effort];
    const bySize: Found[][] = [];
    for (const view of allViews(task, forms)) {
      for (const link of LINKS) {
        if (link.view !== view.transform.name) continue;
        if (!(await mayContinue(context))) return;
        const leaf = task.leaves[0].tree;
        const bends = link.bends.filter((bend) => {
          const t = bend.invert(leaf, forms);
          return t !== undefined && view.back(link.join.solve(t, 1, leaf, forms)) !== undefined;
        });
        lookUp(view.z, rows, bank, link.join, bends, (hit) => {
          const size = bank.entries[hit.f].complexity + bank.entries[hit.g].complexity;
          bySize[size] ??= [];
          if (bySize[size].length < limits.perSize) bySize[size].push({ ...hit, view });
        });
      }
    }
    const hits = bySize.flat().slice(0, limits.verified);
    for (const laws of lawsBySize(context, task, bank, exact, hits, limits.proposed)) {
      if (!laws) continue;
      const step = `backSolve ${task.name} ${laws[0].size}`;
      if (!context.log.isDone(step)) {
        for (const { tree } of laws) proposeFor(context, task, tree);
        context.log.finish(step);
      }
      // The first law that ends the search is the simplest.
      if (goalReached(context) || !(await mayContinue(context))) return;
    }
  },
} as const satisfies Step;

/** A law of the task's target, and the complexity of the law of the user's target that it makes. */
interface Law {
  readonly tree: Expression;
  readonly size: number;
}

/** The laws that hold on all rows and that the grammar admits, simplest first and without repetition. */
function lawsBySize(
  { syntax }: SearchContext,
  task: Task,
  bank: Bank,
  exact: number,
  hits: readonly Found[],
  most: number,
): (Law[] | undefined)[] {
  const seen = new Set<string>();
  const laws: Law[] = [];
  for (const hit of hits) {
    const { view } = hit;
    const tree = view.back(verify(hit, view.z, task.weights, bank, syntax.forms, exact));
    const whole = tree && task.wrap(tree);
    const size = whole ? syntax.admitted(whole) : Infinity;
    if (size === Infinity || seen.has(syntax.key(whole!))) continue;
    seen.add(syntax.key(whole!));
    laws.push({ tree: tree!, size });
  }
  const bySize: Law[][] = [];
  for (const law of laws.sort((a, b) => a.size - b.size).slice(0, most)) {
    bySize[law.size] ??= [];
    bySize[law.size].push(law);
  }
  return bySize;
}

/** The views of a task; those of a negative target are also those of its opposite, which has roots and logarithms. */
function allViews(task: Task, forms: Forms): View[] {
  const views = wholeViewsOf(task, forms);
  if (commonSign(task.target, task.target.length) !== -1) return views;
  const opposite = wholeViewsOf({ ...task, target: task.target.map((y) => -y) }, forms).map((view) => ({
    ...view,
    back: (z: Expression | undefined) => forms.multiply(constant(-1), view.back(z)),
  }));
  return [...views, ...opposite.filter(({ transform }) => !views.some((view) => view.transform === transform))];
}
