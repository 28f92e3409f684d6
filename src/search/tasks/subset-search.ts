import { MatrixProducts } from '../../evaluation/index.ts';
import { createDictionary, type Dictionary, LEAST_DETERMINANT, leftByOne, shareOfLimited } from './dictionary.ts';
import { ExhaustiveScan, GRAM_ROUNDING } from './exhaustive-scan.ts';
import { KeptSubsets, type Subset } from './kept-subsets.ts';
import { beamSearch } from './subset-beam.ts';

export interface SubsetOptions {
  /** Columns of which all pairs are tried: half the simplest, half those that correlate best with the target. */
  readonly pool: number;
  /** Columns of the pool of which all triples are tried, chosen in the same way. */
  readonly triples: number;
  /** The same for subsets of four; none by default. */
  readonly quadruples?: number;
  /** Subsets of one size that are extended by every column. */
  readonly beam: number;
  /** Largest subset. */
  readonly depth: number;
  /** Results of one subset size, and of one total complexity where `complexities` are given. */
  readonly keep: number;
  /** Columns of which a subset holds at most `mostLimited`. */
  readonly limited?: (index: number) => boolean;
  readonly mostLimited?: number;
  /**
   * Limited columns are multiples of the target by functions. What they explain on their own is then no merit: a
   * residual is a share of what the limited columns of its subset leave. A subset holds at most two of them.
   */
  readonly limitedHoldTarget?: boolean;
  /** Complexity of each column, integers >= 0. */
  readonly complexities?: ArrayLike<number>;
}

/** Ranks by Gram matrix are preliminary: this many times as many are kept until the exact ranking. */
const SPARE = 2;
/** Square of a normalised column outside others that is rounding. */
const NOTHING_LEFT = 1e-18;
/** A subset below this share is the law; larger ones can add nothing. */
const EXACT = 1e-22;

/**
 * Best subsets of columns for the weighted least squares of target on basis + columns.
 *
 * Subsets of one column, all pairs of a pool by one Gram matrix, all triples of a smaller pool, and an orthogonal
 * beam over all columns for larger ones. A Gram matrix gives residuals to 1e-8 only, so the kept subsets are fitted
 * again by orthogonalisation: an exact law leaves 1e-26 and stands out from look-alikes.
 *
 * @param columns shape [columns][rows], simplest first; those that are not finite or lie in the basis are passed over
 * @param target shape [rows]
 * @param rootWeights square roots of the weights, shape [rows]
 * @param basis columns that every fit has, shape [any][rows]
 * @returns subsets of indices into `columns`, ascending; residuals as shares of the target's square outside the basis,
 *   least first; none where the basis holds the target
 */
export function searchSubsets(
  columns: readonly Float64Array[],
  target: Float64Array,
  rootWeights: Float64Array,
  basis: readonly Float64Array[],
  options: SubsetOptions,
): Subset[] {
  const dictionary = createDictionary(columns, target, rootWeights, basis, options);
  if (!dictionary) return [];
  const { keep, depth } = options;
  const classes = dictionary.complexities.reduce((most, c) => Math.max(most, c), 0) * depth + 1;
  // By size; pairs and triples come from the pool and from the beam.
  const found = Array.from({ length: depth + 1 }, () => new KeptSubsets(classes, keep));
  const scratch = new Float64Array((depth + 1) * dictionary.rows);
  const settle = (kept: KeptSubsets): boolean => {
    let least = Infinity;
    for (const { subset } of kept.all()) {
      const residual = exactResidual(dictionary, subset, scratch);
      const kind = subset.reduce((sum, j) => sum + dictionary.complexities[j], 0);
      const best = found[subset.length];
      if (residual < best.thresholds[kind]) best.offer(kind, subset, residual);
      least = Math.min(least, residual);
    }
    return least < EXACT;
  };
  const sized = (): KeptSubsets => new KeptSubsets(classes, keep * SPARE);

  const singles = sized();
  const order = byCorrelation(dictionary);
  for (let j = 0; j < dictionary.count; j++) {
    if (dictionary.limitedHoldTarget && dictionary.limited[j] === 1) continue;
    const residual = Math.max(0, 1 - dictionary.along[j] ** 2);
    const kind = dictionary.complexities[j];
    if (residual < singles.thresholds[kind]) singles.offer(kind, [j], residual);
  }
  if (settle(singles) || depth < 2) return finish(found, dictionary);

  const pool = choose(dictionary, order, options.pool, undefined);
  const gram = gramOf(dictionary, pool);
  const pairs = sized();
  const seeds = new KeptSubsets(1, options.beam);
  scanPairs(dictionary, pool, gram, pairs, seeds);
  if (settle(pairs) || depth < 3) return finish(found, dictionary);

  const seedsOf: (readonly number[])[][] = [];
  for (const [size, limit] of [options.triples, options.quadruples ?? 0].entries()) {
    const kept = sized();
    const best = new KeptSubsets(1, options.beam);
    const count = size + 3;
    if (count <= depth) scanFew(dictionary, pool, choose(dictionary, order, limit, pool), gram, count, kept, best);
    if (settle(kept)) return finish(found, dictionary);
    seedsOf.push(best.all().map(({ subset }) => subset));
  }
  if (options.beam === 0) return finish(found, dictionary);
  const canStart = (j: number): boolean => !dictionary.limitedHoldTarget || dictionary.limited[j] === 0;
  const singleSeeds = order
    .filter(canStart)
    .slice(0, options.beam)
    .map((j) => [j]);
  const known = [singleSeeds, seeds.all().map(({ subset }) => subset), ...seedsOf];
  for (const kept of beamSearch(dictionary, known, { beam: options.beam, depth, classes, keep: keep * SPARE })) {
    if (settle(kept)) break;
  }
  return finish(found, dictionary);
}

/** Columns, that which explains most of the target first; those that hold it in turn with the others, as they come. */
function byCorrelation({ along, count, limited, limitedHoldTarget }: Dictionary): number[] {
  const all = Array.from({ length: count }, (_, j) => j);
  const free = all.filter((j) => !limitedHoldTarget || limited[j] === 0);
  free.sort((a, b) => along[b] ** 2 - along[a] ** 2 || a - b);
  const others = all.filter((j) => limitedHoldTarget && limited[j] === 1);
  const longer = free.length > others.length ? free : others;
  return longer.flatMap((_, i) => [...free.slice(i, i + 1), ...others.slice(i, i + 1)]);
}

/** Half the first columns and half those first in `order`, ascending; of `among` where that is given. */
function choose(
  { count }: Dictionary,
  order: readonly number[],
  limit: number,
  among: readonly number[] | undefined,
): number[] {
  const candidates = among ?? Array.from({ length: count }, (_, j) => j);
  const allowed = new Set(candidates);
  const chosen = new Set(candidates.slice(0, Math.ceil(limit / 2)));
  for (const j of order) {
    if (chosen.size >= limit) break;
    if (allowed.has(j)) chosen.add(j);
  }
  return [...chosen].sort((a, b) => a - b);
}

let gramBlock = new Float64Array(0);

/** Inner products of the pool's columns; the upper triangle may hold anything. */
function gramOf({ matrix, rows }: Dictionary, pool: readonly number[]): Float64Array {
  const size = pool.length;
  const gathered = new Float64Array(size * rows);
  pool.forEach((j, i) => {
    gathered.set(matrix.subarray(j * rows, (j + 1) * rows), i * rows);
  });
  if (gramBlock.length < size * size) gramBlock = new Float64Array(size * size);
  new MatrixProducts(gathered, size, rows).gram(gramBlock);
  return gramBlock;
}

function scanPairs(
  dictionary: Dictionary,
  pool: readonly number[],
  gram: Float64Array,
  kept: KeptSubsets,
  seeds: KeptSubsets,
): void {
  const { along, complexities, limited, mostLimited, limitedHoldTarget } = dictionary;
  const most = limitedHoldTarget ? Math.min(1, mostLimited) : mostLimited;
  const size = pool.length;
  const r = Float64Array.from(pool, (j) => along[j]);
  const costs = Int32Array.from(pool, (j) => complexities[j]);
  const bounds = kept.thresholds;
  const seedBound = seeds.thresholds;
  for (let i = 0; i < size; i++) {
    const ri = r[i];
    const cost = costs[i];
    const row = i * size;
    for (let j = 0; j < i; j++) {
      const g = gram[row + j];
      const determinant = 1 - g * g;
      if (!(determinant > LEAST_DETERMINANT)) continue;
      const explained = ri * ri + r[j] * r[j] - 2 * g * ri * r[j] - GRAM_ROUNDING;
      const kind = cost + costs[j];
      const bound = bounds[kind] > seedBound[0] ? bounds[kind] : seedBound[0];
      if (!(explained > (1 - bound) * determinant)) continue;
      if (limited[pool[i]] + limited[pool[j]] > most) continue;
      let residual = Math.max(0, 1 - explained / determinant);
      if (limitedHoldTarget) {
        if (limited[pool[i]] === 1) residual /= leftByOne(ri);
        else if (limited[pool[j]] === 1) residual /= leftByOne(r[j]);
      }
      if (residual < bounds[kind]) kept.offer(kind, [pool[i], pool[j]], residual);
      if (residual < seedBound[0]) seeds.offer(0, [pool[i], pool[j]], residual);
    }
  }
}

/** All subsets of `count` columns among those of the pool that are chosen again. */
function scanFew(
  dictionary: Dictionary,
  pool: readonly number[],
  few: readonly number[],
  poolGram: Float64Array,
  count: number,
  kept: KeptSubsets,
  seeds: KeptSubsets,
): void {
  const size = few.length;
  const position = new Map(pool.map((j, i) => [j, i]));
  const places = few.map((j) => position.get(j) as number);
  const gram = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      gram[i * size + j] = poolGram[places[i] * pool.length + places[j]];
      gram[j * size + i] = gram[i * size + j];
    }
  }
  new ExhaustiveScan(dictionary, few, gram).run(count, kept, seeds);
}

/** What a subset leaves of the target, by orthogonalisation. */
function exactResidual(dictionary: Dictionary, subset: readonly number[], scratch: Float64Array): number {
  const { matrix, rows, target } = dictionary;
  let count = 0;
  for (const j of subset) {
    const first = count * rows;
    for (let i = 0; i < rows; i++) scratch[first + i] = matrix[j * rows + i];
    removeAll(scratch, count, rows);
    let square = 0;
    for (let i = 0; i < rows; i++) square += scratch[first + i] * scratch[first + i];
    if (!(square > NOTHING_LEFT)) continue;
    const norm = Math.sqrt(square);
    for (let i = 0; i < rows; i++) scratch[first + i] /= norm;
    count++;
  }
  scratch.set(target, count * rows);
  removeAll(scratch, count, rows);
  let residual = 0;
  for (let i = count * rows; i < (count + 1) * rows; i++) residual += scratch[i] * scratch[i];
  return residual / shareOfLimited(dictionary, subset);
}

/** Removes the first `count` rows, which are orthonormal, from the row behind them; twice, for the sake of rounding. */
function removeAll(matrix: Float64Array, count: number, length: number): void {
  const row = count * length;
  for (let pass = 0; pass < 2; pass++) {
    for (let k = 0; k < count; k++) {
      const other = k * length;
      let part = 0;
      for (let i = 0; i < length; i++) part += matrix[row + i] * matrix[other + i];
      for (let i = 0; i < length; i++) matrix[row + i] -= part * matrix[other + i];
    }
  }
}

function finish(found: readonly KeptSubsets[], { owners }: Dictionary): Subset[] {
  return found
    .flatMap((kept) => kept.all())
    .map(({ subset, residual }) => ({ subset: subset.map((j) => owners[j]), residual }))
    .sort((a, b) => a.residual - b.residual);
}
