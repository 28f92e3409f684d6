import type { RandomStream } from '../../core/index.ts';
import { constant, type Expression, size, variable } from '../../expressions/index.ts';
import { enumerateLibrary, type LibraryEntry } from '../library.ts';
import type { ProblemData } from '../problem.ts';
import type { Syntax } from '../syntax.ts';
import { FunctionSet } from '../tasks/function-set.ts';
import { powerProducts } from '../tasks/power-products.ts';
import { replaceAt } from '../tree-edit.ts';
import { PlaceValues } from './place-values.ts';

const ROWS = 64;
const MAX_LEVEL = 6;
const MOST_SIMPLE = 1500;
const MOST_POWERS = 600;
/** A scale or offset this near to 1 or 0 is left out. */
const EXACT = 1e-9;
/** Hits whose residual is not lower than that of a simpler one by this factor are no choice. */
const GAIN = 0.98;

/** A function a g + b that does what a place asks for. */
interface Hit {
  /** Index into the entries; -1 for a constant. */
  readonly entry: number;
  readonly scale: number;
  readonly offset: number;
  readonly residual: number;
}

/** Puts in a place of a tree the function of a library that does best what the place asks for. */
export class PlaceSolver {
  private readonly values: PlaceValues;
  private readonly entries: readonly LibraryEntry[];
  /** Values of all entries, shape [entries][rows]. */
  private readonly block: Float64Array;
  private readonly rows: number;
  private readonly hits: (Hit | undefined)[] = [];

  constructor(
    problem: ProblemData,
    private readonly syntax: Syntax,
  ) {
    const rows = Math.min(ROWS, problem.target.length);
    this.rows = rows;
    const leaves = problem.inputs.map((name, i) => ({
      name,
      tree: variable(name),
      values: problem.columns[i].subarray(0, rows),
    }));
    const weights = problem.weights?.subarray(0, rows) ?? new Float64Array(rows).fill(1);
    this.values = new PlaceValues(leaves, problem.target.subarray(0, rows), weights);
    const units = syntax.grammar.units?.constructs ? syntax.grammar.units : undefined;
    const set = new FunctionSet(syntax, units, MOST_SIMPLE + MOST_POWERS);
    const simple = enumerateLibrary(leaves, syntax.grammar, { maxLevel: MAX_LEVEL, maxEntries: MOST_SIMPLE });
    for (const { tree, values } of [...simple, ...powerProducts(leaves, syntax, MOST_POWERS)]) set.add(tree, values);
    this.entries = set.entries;
    this.block = new Float64Array(this.entries.length * rows);
    this.entries.forEach((entry, i) => {
      this.block.set(entry.values, i * rows);
    });
  }

  /**
   * The tree with a random place filled anew, or undefined where nothing fits.
   *
   * Of the functions that no simpler one outdoes, one is drawn evenly: which is best on these rows with the rest of
   * the tree still wrong is not which is right.
   */
  solve(tree: Expression, random: RandomStream): Expression | undefined {
    const position = random.integer(size(tree));
    if (!this.values.ask(tree, position)) return undefined;
    this.scan();
    const choices: Hit[] = [];
    let lowest = Infinity;
    for (const hit of this.hits) {
      if (!hit || !(hit.residual < GAIN * lowest)) continue;
      lowest = hit.residual;
      choices.push(hit);
    }
    if (choices.length === 0) return undefined;
    const { entry, scale, offset } = choices[random.integer(choices.length)];
    const { forms } = this.syntax;
    const filling = entry < 0 ? constant(offset) : forms.affine(scale, this.entries[entry].tree, offset);
    return filling && replaceAt(tree, position, filling);
  }

  /** The best hit of each complexity. */
  private scan(): void {
    const { rows, block, entries, hits } = this;
    const { wanted, weights } = this.values;
    hits.length = 0;
    let total = 0;
    let mean = 0;
    let square = 0;
    let largest = 0;
    for (let i = 0; i < rows; i++) if (weights[i] > 0) largest = Math.max(largest, Math.abs(wanted[i]));
    if (!(largest > 0 && largest < 1e100)) return;
    for (let i = 0; i < rows; i++) {
      if (!(weights[i] > 0)) {
        // A product with weight 0 must be 0.
        wanted[i] = 0;
        continue;
      }
      total += weights[i];
      mean += weights[i] * wanted[i];
      square += weights[i] * wanted[i] * wanted[i];
    }
    if (!(total > 0 && square < Infinity)) return;
    const spread = square - (mean * mean) / total;
    hits[1] = { entry: -1, scale: 0, offset: mean / total, residual: Math.max(0, spread) };
    for (let index = 0; index < entries.length; index++) {
      const start = index * rows;
      // Sums over even and over odd rows do not wait for one another.
      let g = 0;
      let gg = 0;
      let gz = 0;
      let oddG = 0;
      let oddGg = 0;
      let oddGz = 0;
      for (let i = 0; i + 1 < rows; i += 2) {
        const even = block[start + i];
        const weightedEven = weights[i] * even;
        g += weightedEven;
        gg += weightedEven * even;
        gz += weightedEven * wanted[i];
        const odd = block[start + i + 1];
        const weightedOdd = weights[i + 1] * odd;
        oddG += weightedOdd;
        oddGg += weightedOdd * odd;
        oddGz += weightedOdd * wanted[i + 1];
      }
      if (rows % 2 === 1) {
        const last = block[start + rows - 1];
        const weighted = weights[rows - 1] * last;
        g += weighted;
        gg += weighted * last;
        gz += weighted * wanted[rows - 1];
      }
      g += oddG;
      gg += oddGg;
      gz += oddGz;
      const { complexity } = entries[index];
      const scale = gz / gg;
      this.offer(complexity, index, scale, 0, square - gz * scale);
      const outside = gg - (g * g) / total;
      if (!(outside > 1e-10 * gg)) continue;
      const slope = (gz - (g * mean) / total) / outside;
      this.offer(complexity, index, slope, (mean - slope * g) / total, spread - slope * slope * outside);
    }
  }

  private offer(complexity: number, entry: number, scale: number, offset: number, residual: number): void {
    if (!Number.isFinite(residual) || scale === 0) return;
    const bare = Math.abs(scale - 1) < EXACT;
    const centred = offset === 0 || Math.abs(offset) < EXACT * Math.abs(scale);
    const total = complexity + (bare ? 0 : 2) + (centred ? 0 : 2);
    const left = Math.max(0, residual);
    const held = this.hits[total];
    if (held && held.residual <= left) return;
    this.hits[total] = { entry, scale: bare ? 1 : scale, offset: centred ? 0 : offset, residual: left };
  }
}

const solvers = new WeakMap<ProblemData, PlaceSolver>();

/** The solver of a problem; the islands of a thread share one. */
export function placeSolverOf(problem: ProblemData, syntax: Syntax): PlaceSolver {
  let solver = solvers.get(problem);
  if (!solver) {
    solver = new PlaceSolver(problem, syntax);
    solvers.set(problem, solver);
  }
  return solver;
}
