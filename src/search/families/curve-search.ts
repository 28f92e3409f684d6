import type { Argument } from './argument.ts';
import { bracket, type Grid } from './grid.ts';
import type { Hit, ProblemGroup } from './problem.ts';
import { FINE, Refinement, ROUGH, type Start } from './refinement.ts';
import { Screen } from './screen.ts';
import type { Shape } from './shape.ts';

/** A shape of an argument, and the constants that are tried. */
export interface Curve {
  readonly argument: Argument;
  readonly shape: Shape;
  readonly grid: Grid;
}

export interface CurveSearch {
  readonly groups: readonly ProblemGroup[];
  readonly curves: readonly Curve[];
  /** Rows that everything is computed on; the second look takes all. */
  readonly few: Int32Array;
  /** Asked now and then; false ends the search. */
  readonly mayContinue: () => Promise<boolean>;
}

/** Curves that a problem looks at twice on the few rows, for each that it looks at on all: those that fit best ... */
const BEST_PER_HIT = 3;
/** ... and those whose misfit times the rank of their argument is least: laws have simple arguments. */
const SIMPLE_PER_HIT = 2;
/** Arguments of one shape among the candidates of a problem, as a share of all: similar curves must not crowd out others. */
const SHARE_OF_SHAPE = 0.15;
/** Columns and candidates between two questions whether to go on. */
const SLICE = 4000;
const SLICE_OF_CANDIDATES = 500;

/** A curve that does well at a point of its grid. */
interface Candidate {
  readonly curve: Curve;
  readonly point: number;
  /** By which candidates are compared, least first. */
  readonly misfit: number;
}

/**
 * Looks for the constants inside every curve that explain most of every problem.
 *
 * All points of a curve's grid meet all problems on a few rows, where each problem then refines its best curves: a
 * grid tells the right curve from a similar one only then. The best of these are refined on all rows.
 *
 * @returns undefined when the search was ended
 */
export async function searchCurves(search: CurveSearch): Promise<Hit[] | undefined> {
  const { groups, curves, few, mayContinue } = search;
  const screen = new Screen(groups, few);
  const problems = groups.flatMap((group) => group.problems);
  const held: Held[] = problems.map(() => ({ best: [], simple: [] }));
  let columns = 0;
  for (const curve of curves) {
    screen.reset();
    columns += curve.shape.columns === 2 ? screenPairs(screen, curve) : screenColumns(screen, curve);
    const handicap = 1 + curve.argument.rank;
    for (let p = 0; p < problems.length; p++) {
      if (screen.best[p] === 0) continue;
      const { keep } = problems[p];
      const misfit = 1 - screen.best[p];
      const point = screen.places[p];
      insert(held[p].best, { curve, point, misfit }, BEST_PER_HIT * keep);
      insert(held[p].simple, { curve, point, misfit: misfit * handicap }, SIMPLE_PER_HIT * keep);
    }
    if (columns > SLICE) {
      columns = 0;
      if (!(await mayContinue())) return undefined;
    }
  }
  return refineAll(search, held);
}

/** Points of the grid two at a time, since two columns cost little more than one. */
function screenColumns(screen: Screen, { argument, shape, grid: { runs, c } }: Curve): number {
  const { first, second } = screen;
  let point = 0;
  for (const run of runs) {
    for (let i = 0; i < run.length; i++) {
      for (let j = 0; j < c.length; j++, point++) {
        shape.fill(argument, 'few', run[i], c[j], point % 2 === 0 ? first : second, second);
        if (point % 2 === 1) screen.raiseEach(point - 1, point);
      }
    }
  }
  if (point % 2 === 1) {
    second.set(first);
    screen.raiseEach(point - 1, point - 1);
  }
  return point;
}

function screenPairs(screen: Screen, { argument, shape, grid: { runs, c } }: Curve): number {
  let point = 0;
  for (const run of runs) {
    for (let i = 0; i < run.length; i++) {
      for (let j = 0; j < c.length; j++, point++) {
        shape.fill(argument, 'few', run[i], c[j], screen.first, screen.second);
        screen.raiseBoth(point);
      }
    }
  }
  return point;
}

/** Refines the candidates of every problem on the few rows, and the best of these on all. */
async function refineAll({ groups, few, mayContinue }: CurveSearch, held: readonly Held[]): Promise<Hit[] | undefined> {
  const take = (values: Float64Array): Float64Array => Float64Array.from(few, (row) => values[row]);
  const hits: Hit[] = [];
  let at = 0;
  let candidates = 0;
  for (const group of groups) {
    const { rootWeights, basis } = group;
    const targets = group.problems.map((problem) => problem.z);
    const rough = new Refinement('few', {
      rootWeights: take(rootWeights),
      basis: basis.map(take),
      targets: targets.map(take),
    });
    const fine = new Refinement('all', { rootWeights, basis, targets });
    for (const [index, problem] of group.problems.entries()) {
      const found = distinct(held[at++]).map((candidate) => rough.refine(startOf(candidate), index, ROUGH));
      found.sort((a, b) => a.unexplained - b.unexplained);
      for (const start of found.slice(0, problem.keep)) {
        const { curve, k, c, unexplained } = fine.refine(start, index, FINE);
        const { argument, shape } = curve;
        hits.push({ argument, shape, problem, group, k, c, unexplained });
      }
      candidates += found.length;
    }
    if (candidates < SLICE_OF_CANDIDATES) continue;
    candidates = 0;
    if (!(await mayContinue())) return undefined;
  }
  return hits;
}

/** The point of a grid by its number in the order of the search. */
function startOf({ curve, point }: Candidate): Start {
  const { runs, c } = curve.grid;
  const j = point % c.length;
  let i = (point - j) / c.length;
  let r = 0;
  while (i >= runs[r].length) i -= runs[r++].length;
  const run = runs[r];
  return { curve, k: run[i], c: c[j], aroundK: bracket(run, i), aroundC: bracket(c, j), unexplained: 1 };
}

/** Candidates of a problem; a curve may stand in both lists. */
interface Held {
  readonly best: Candidate[];
  readonly simple: Candidate[];
}

function distinct({ best, simple }: Held): Candidate[] {
  const curves = new Set(best.map(({ curve }) => curve));
  return [...best, ...simple.filter(({ curve }) => !curves.has(curve))];
}

/** Keeps the list sorted, its length and the number of one shape's arguments within limits. */
function insert(list: Candidate[], candidate: Candidate, most: number): void {
  if (list.length >= most && list[most - 1].misfit <= candidate.misfit) return;
  let at = list.length;
  while (at > 0 && list[at - 1].misfit > candidate.misfit) at--;
  list.splice(at, 0, candidate);
  const { shape } = candidate.curve;
  let last = -1;
  let count = 0;
  for (let i = 0; i < list.length; i++) {
    if (list[i].curve.shape !== shape) continue;
    count++;
    last = i;
  }
  if (count > Math.max(2, SHARE_OF_SHAPE * most)) list.splice(last, 1);
  if (list.length > most) list.pop();
}
