import { constant, type Expression } from '../../expressions/index.ts';
import type { SearchContext } from '../context.ts';
import { type LibraryEntry, valueKey, varies } from '../library.ts';
import { interleave, libraryOf } from '../tasks/libraries.ts';
import type { Effort, Leaf, Task } from '../tasks/task.ts';
import { squareSums } from './square-sums.ts';

/** A factor f^q, log|f| in the sum; or exp(a f), f in the sum. */
export interface LogColumn {
  readonly entry: LibraryEntry;
  readonly kind: 'power' | 'exponential';
  /** log|f| or f, shape [rows]; -Infinity where f = 0. */
  readonly values: Float64Array;
  /** The part outside {1, log|x_i|} with all rows alike, of length 1; undefined where a value is infinite. */
  readonly direction: Float64Array | undefined;
}

/** How much of each list is looked at. */
const LIMITS = {
  full: { simple: 8_000, elementary: 2_500, powers: 300, products: 1_200, exponentials: 4_200, squares: 2_000 },
  quick: { simple: 500, elementary: 300, powers: 100, products: 200, exponentials: 300, squares: 100 },
} as const;
const ALGEBRAIC: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'div', 'neg', 'inv', 'square', 'cube']);
/** Sizes of a monomial m for which 1 + m is more than 1 or m. */
const LARGEST_TERM = 1e6;
const SMALLEST_TERM = 1e-6;
/** Part of a column's norm outside the leaves' logarithms, below which the column is a power product itself. */
const LEAST_OUTSIDE = 1e-6;
/** Steps of a normalised column's values within which two columns are one. */
const KEY_STEPS = 1e9;

const held = new WeakMap<readonly Leaf[], Partial<Record<Effort, readonly LogColumn[]>>>();

/**
 * Factors of a product beside powers of the leaves, simplest first, two powers to an exponential.
 *
 * Powers of the leaves are free in every law, so that x f, f / x and f^2 are one direction: only the first is kept.
 */
export function logColumns(context: SearchContext, task: Task, effort: Effort): readonly LogColumn[] {
  let byEffort = held.get(task.leaves);
  if (!byEffort) {
    byEffort = {};
    held.set(task.leaves, byEffort);
  }
  byEffort[effort] ??= build(context, task, effort);
  return byEffort[effort];
}

function build(context: SearchContext, task: Task, effort: Effort): LogColumn[] {
  const library = libraryOf(context, task, effort);
  const limits = LIMITS[effort];
  const simple = library.simple.slice(0, limits.simple);
  const elementary = library.elementary.slice(0, limits.elementary);
  const terms = [library.powers.slice(0, limits.powers), library.products.slice(0, limits.products)];
  const sums = onesPlus(interleave(terms, Infinity), context);
  const directions = new Directions(task.leaves);
  const exponentials: LogColumn[] = [];
  const { forms } = context.syntax;
  if (forms.has('exp') || forms.has('pow')) {
    // Of functions with one direction the first stays: E / T before (E - T) / T.
    const each = Math.ceil(limits.exponentials / 3);
    const lists = [
      library.powers,
      simple.filter(({ tree }) => !growsFast(tree)),
      library.products.filter(({ tree }) => isAlgebraic(tree)),
    ].map((list) =>
      list.slice(0, each).flatMap((entry): LogColumn[] => {
        const direction = directions.take(entry.values);
        return direction ? [{ entry, kind: 'exponential', values: entry.values, direction }] : [];
      }),
    );
    exponentials.push(...interleave(lists, limits.exponentials));
  }
  const powers: LogColumn[] = [];
  const squares = squareSums(task.leaves, context.syntax, limits.squares);
  for (const entry of interleave([simple, elementary, sums, squares], Infinity)) {
    if (isNested(entry.tree)) continue;
    const values = entry.values.map((value) => Math.log(Math.abs(value)));
    const direction = directions.take(values);
    // A zero of the function may lie in a row that has no weight.
    if (direction || values.includes(-Infinity)) powers.push({ entry, kind: 'power', values, direction });
  }
  const out: LogColumn[] = [];
  for (let i = 0, j = 0; i < powers.length || j < exponentials.length; ) {
    if (i < powers.length) out.push(powers[i++]);
    if (i < powers.length) out.push(powers[i++]);
    if (j < exponentials.length) out.push(exponentials[j++]);
  }
  return out;
}

/** Whether an exp or a log stands in the tree: their exponentials are laws of other phases, or powers. */
function growsFast(tree: Expression): boolean {
  if (tree.kind !== 'call') return false;
  const { name } = tree.operator;
  return name === 'exp' || name === 'log' || tree.arguments.some(growsFast);
}

/** Made of whole powers, sums and products alone. */
function isAlgebraic(tree: Expression): boolean {
  if (tree.kind !== 'call') return true;
  const { name } = tree.operator;
  if (name === 'pow') {
    const [base, exponent] = tree.arguments;
    return exponent.kind === 'constant' && Number.isInteger(exponent.value) && isAlgebraic(base);
  }
  return ALGEBRAIC.has(name) && tree.arguments.every(isAlgebraic);
}

/** exp of what has an exp or log itself. */
function isNested(tree: Expression): boolean {
  return tree.kind === 'call' && tree.operator.name === 'exp' && growsFast(tree.arguments[0]);
}

/** 1 + f and 1 - f. */
function onesPlus(terms: readonly LibraryEntry[], { syntax }: SearchContext): LibraryEntry[] {
  const { forms, grammar } = syntax;
  const units = grammar.units?.constructs ? grammar.units : undefined;
  const out: LibraryEntry[] = [];
  for (const { tree: f, values: of } of terms) {
    let largest = 0;
    for (let i = 0; i < of.length; i++) largest = Math.max(largest, Math.abs(of[i]));
    if (largest > LARGEST_TERM || largest < SMALLEST_TERM) continue;
    for (const sign of [1, -1]) {
      const tree = sign > 0 ? forms.add(f, constant(1)) : forms.apply('sub', constant(1), f);
      if (!tree || (units && !units.admits(tree))) continue;
      const values = of.map((value) => 1 + sign * value);
      if (varies(values)) out.push({ tree, complexity: syntax.complexity(tree), values });
    }
  }
  return out.sort((a, b) => a.complexity - b.complexity);
}

/** Tells apart columns by their directions outside the space of constants and of the leaves' logarithms. */
class Directions {
  private readonly seen = new Set<number>();
  private readonly basis: Float64Array[] = [];
  private readonly scratch: Float64Array;
  private readonly key = new Float64Array(8);

  constructor(leaves: readonly Leaf[]) {
    const rows = leaves[0].values.length;
    this.scratch = new Float64Array(rows);
    const logs = leaves.map((leaf) => leaf.values.map((x) => Math.log(Math.abs(x))));
    for (const column of [new Float64Array(rows).fill(1), ...logs]) {
      const norm = this.remainder(column);
      if (norm > 0) this.basis.push(this.scratch.map((value) => value / norm));
    }
  }

  /** The direction of a column; undefined when it has none, or that of an earlier column. */
  take(column: Float64Array): Float64Array | undefined {
    const norm = this.remainder(column);
    if (!(norm > 0)) return undefined;
    const { scratch, key } = this;
    let largest = 0;
    for (let i = 0; i < Math.min(key.length, scratch.length); i++) {
      if (Math.abs(scratch[i]) > 1.001 * Math.abs(scratch[largest])) largest = i;
    }
    const unit = scratch[largest] < 0 ? -KEY_STEPS / norm : KEY_STEPS / norm;
    for (let i = 0; i < key.length; i++) key[i] = Math.round((scratch[i] ?? 0) * unit);
    const hash = valueKey(key);
    if (this.seen.has(hash)) return undefined;
    this.seen.add(hash);
    return scratch.map((value) => value / norm);
  }

  /** Leaves the part outside the basis in `scratch`; its norm, 0 where nothing is left, NaN where a value is infinite. */
  private remainder(column: Float64Array): number {
    const { scratch, basis } = this;
    const rows = scratch.length;
    let whole = 0;
    for (let i = 0; i < rows; i++) {
      scratch[i] = column[i];
      whole += column[i] * column[i];
    }
    if (!Number.isFinite(whole)) return NaN;
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < basis.length; k++) {
        const q = basis[k];
        let along = 0;
        for (let i = 0; i < rows; i++) along += q[i] * scratch[i];
        for (let i = 0; i < rows; i++) scratch[i] -= along * q[i];
      }
    }
    let outside = 0;
    for (let i = 0; i < rows; i++) outside += scratch[i] * scratch[i];
    return outside > LEAST_OUTSIDE ** 2 * whole ? Math.sqrt(outside) : 0;
  }
}
