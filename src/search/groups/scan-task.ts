import { leastSquares } from '../../numerics/index.ts';
import type { SearchContext } from '../context.ts';
import type { LibraryEntry } from '../library.ts';
import { interleave, type Library, libraryOf } from '../tasks/libraries.ts';
import { proposeFor, type Task } from '../tasks/task.ts';
import { relativeTo, type View, viewsOf } from '../tasks/views.ts';

/** Rows and functions that a scan looks at: there are hundreds of tasks. */
const SCANNED_ROWS = 48;
const SCANNED_FUNCTIONS = 1_800;
/** A function with less of its square outside the constants is one of them. */
const COLLINEAR = 1e-10;
/** Laws proposed at most, for each kind of weights. */
const MOST_PROPOSALS = 10;

interface Hit {
  readonly view: View;
  readonly entry: LibraryEntry;
  readonly weights: Float64Array;
  readonly offset: boolean;
  readonly complexity: number;
  /** Sum of squares that is left, as a part of that of the target. */
  readonly residual: number;
}

/** The laws T(z) = a f and T(z) = a f + b of a task, each the best up to its complexity. */
export interface TaskScan {
  readonly hits: readonly Hit[];
  /** Residual of the best law, as a part of the target's square. */
  readonly residual: number;
}

/** Looks for the laws of one small function, under every transform of the target. */
export function scanTask(context: SearchContext, task: Task): TaskScan {
  const entries = scannedFunctions(libraryOf(context, task, 'quick'));
  const rows = Math.min(SCANNED_ROWS, task.target.length);
  const square = squareOf(task, rows);
  const plain: Hit[] = [];
  const relative: Hit[] = [];
  for (const view of viewsOf(task, context.syntax.forms)) {
    // The weights of a view carry a residual of T(z) over to one of z, so that those of all views compare.
    scanView(view, view.weights, entries, rows, square, plain);
    const weights = relativeTo(view);
    if (weights) scanView(view, weights, entries, rows, rows, relative);
  }
  const hits = [...best(plain), ...best(relative)];
  return { hits, residual: Math.min(1, ...hits.map((hit) => hit.residual)) };
}

const chosen = new WeakMap<Library, readonly LibraryEntry[]>();

function scannedFunctions(library: Library): readonly LibraryEntry[] {
  let entries = chosen.get(library);
  if (!entries) {
    entries = interleave([library.simple, library.powers, library.products], SCANNED_FUNCTIONS);
    chosen.set(library, entries);
  }
  return entries;
}

/** The best function of each complexity, with and without an offset: both from the same sums. */
function scanView(
  view: View,
  weights: Float64Array,
  entries: readonly LibraryEntry[],
  rows: number,
  size: number,
  hits: Hit[],
): void {
  const { z } = view;
  let total = 0;
  let mean = 0;
  for (let i = 0; i < rows; i++) {
    total += weights[i];
    mean += weights[i] * z[i];
  }
  mean /= total;
  let square = 0;
  let centred = 0;
  for (let i = 0; i < rows; i++) {
    square += weights[i] * z[i] * z[i];
    centred += weights[i] * (z[i] - mean) ** 2;
  }
  if (!(size > 0 && Number.isFinite(size) && Number.isFinite(square) && total > 0)) return;
  const lowest: (Hit | undefined)[][] = [[], []];
  for (const entry of entries) {
    const f = entry.values;
    let ff = 0;
    let f1 = 0;
    let fz = 0;
    let fc = 0;
    for (let i = 0; i < rows; i++) {
      const wf = weights[i] * f[i];
      ff += wf * f[i];
      f1 += wf;
      fz += wf * z[i];
      fc += wf * (z[i] - mean);
    }
    const outside = ff - (f1 * f1) / total;
    for (let offset = 0; offset < 2; offset++) {
      if (offset === 1 && !(outside > COLLINEAR * ff)) continue;
      const left = offset === 1 ? centred - (fc * fc) / outside : square - (fz * fz) / ff;
      const complexity = entry.complexity + 2 * offset;
      const residual = Math.max(0, left) / size;
      const held = lowest[offset][complexity];
      if (!Number.isFinite(residual) || (held && held.residual <= residual)) continue;
      lowest[offset][complexity] = { view, entry, weights, offset: offset === 1, complexity, residual };
    }
  }
  for (const list of lowest) for (const hit of list) if (hit) hits.push(hit);
}

/** Proposes what a scan found. */
export function proposeScan(context: SearchContext, task: Task, { hits }: TaskScan): void {
  const { forms } = context.syntax;
  for (const { view, entry, weights, offset } of hits) {
    const rootWeights = weights.map(Math.sqrt);
    const weigh = (column: Float64Array): Float64Array => column.map((value, i) => value * rootWeights[i]);
    const columns = offset ? [weigh(entry.values), rootWeights] : [weigh(entry.values)];
    const [scale, shift = 0] = leastSquares(columns, weigh(view.z));
    const { invertScaled } = view.transform;
    proposeFor(
      context,
      task,
      invertScaled && !offset
        ? invertScaled(scale, entry.tree, forms)
        : view.back(forms.affine(scale, entry.tree, shift)),
    );
  }
}

function squareOf({ target, weights }: Task, rows: number): number {
  let total = 0;
  for (let i = 0; i < rows; i++) total += weights[i] * target[i] * target[i];
  return total;
}

/** Those that fit better than every simpler one. */
function best(hits: Hit[]): Hit[] {
  hits.sort((a, b) => a.complexity - b.complexity || a.residual - b.residual);
  const kept: Hit[] = [];
  let lowest = Infinity;
  for (const hit of hits) {
    if (!(hit.residual < lowest)) continue;
    lowest = hit.residual;
    kept.push(hit);
  }
  return kept.slice(-MOST_PROPOSALS);
}
