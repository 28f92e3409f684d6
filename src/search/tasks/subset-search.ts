import { project } from '../scan.ts';
import { createDictionary, type Dictionary } from './dictionary.ts';
import { innerProducts } from './inner-products.ts';
import { KeptSubsets, type Subset } from './kept-subsets.ts';
import { beamSearch } from './subset-beam.ts';

export interface SubsetOptions {
  /** Columns of which all pairs are tried: half the simplest, half those that correlate best with the target. */
  readonly pool: number;
  /** Columns of the pool of which all triples are tried, chosen in the same way. */
  readonly triples: number;
  /** Subsets of one size that are extended by every column. */
  readonly beam: number;
  /** Largest subset. */
  readonly depth: number;
  /** Results of one subset size, and of one total complexity where `complexities` are given. */
  readonly keep: number;
  /** Columns of which a subset holds at most `mostLimited`. */
  readonly limited?: (index: number) => boolean;
  readonly mostLimited?: number;
  /** Complexity of each column, integers >= 0. */
  readonly complexities?: ArrayLike<number>;
}

/** Square of a column outside another, relative to its own, for the two to count. */
const LEAST_DETERMINANT = 1e-9;
/** Rounding of a residual from a Gram matrix, to be divided by the determinant. */
const GRAM_ROUNDING = 1e-15;
/** Ranks by Gram matrix are preliminary: this many times as many are kept until the exact ranking. */
const SPARE = 2;
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
  const settle = (kept: KeptSubsets): boolean => {
    let least = Infinity;
    for (const { subset } of kept.all()) {
      const residual = exactResidual(dictionary, subset);
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

  const triples = sized();
  const tripleSeeds = new KeptSubsets(1, options.beam);
  const inner = choose(dictionary, order, options.triples, pool);
  scanTriples(dictionary, pool, inner, gram, triples, tripleSeeds);
  if (settle(triples) || options.beam === 0) return finish(found, dictionary);

  const singleSeeds = order.slice(0, options.beam).map((j) => [j]);
  const known = [singleSeeds, seeds.all().map((s) => s.subset), tripleSeeds.all().map((s) => s.subset)];
  for (const kept of beamSearch(dictionary, known, { beam: options.beam, depth, classes, keep: keep * SPARE })) {
    if (settle(kept)) break;
  }
  return finish(found, dictionary);
}

/** Columns, that which explains most of the target first. */
function byCorrelation({ along, count }: Dictionary): number[] {
  return Array.from({ length: count }, (_, j) => j).sort((a, b) => along[b] ** 2 - along[a] ** 2 || a - b);
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
  innerProducts(gathered, size, gathered, size, rows, gramBlock, true);
  return gramBlock;
}

function scanPairs(
  { along, complexities, limited, mostLimited }: Dictionary,
  pool: readonly number[],
  gram: Float64Array,
  kept: KeptSubsets,
  seeds: KeptSubsets,
): void {
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
      if (limited[pool[i]] + limited[pool[j]] > mostLimited) continue;
      const residual = 1 - explained / determinant;
      if (residual < bounds[kind]) kept.offer(kind, [pool[i], pool[j]], residual);
      if (residual < seedBound[0]) seeds.offer(0, [pool[i], pool[j]], residual);
    }
  }
}

/** All triples: for every first column the others are made orthogonal to it, and their pairs are scanned. */
function scanTriples(
  { along, complexities, limited, mostLimited }: Dictionary,
  pool: readonly number[],
  inner: readonly number[],
  poolGram: Float64Array,
  kept: KeptSubsets,
  seeds: KeptSubsets,
): void {
  const size = inner.length;
  const position = new Map(pool.map((j, i) => [j, i]));
  const places = inner.map((j) => position.get(j) as number);
  const gram = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      gram[i * size + j] = poolGram[places[i] * pool.length + places[j]];
      gram[j * size + i] = gram[i * size + j];
    }
  }
  const costs = Int32Array.from(inner, (j) => complexities[j]);
  const capped = Uint8Array.from(inner, (j) => limited[j]);
  const bounds = kept.thresholds;
  const seedBound = seeds.thresholds;
  // Of the columns outside the first: 1 / length, inner product with the target, with the first over length.
  const inverse = new Float64Array(size);
  const r = new Float64Array(size);
  const shadow = new Float64Array(size);
  for (let h = 0; h < size; h++) {
    const rh = along[inner[h]];
    const left = 1 - rh * rh;
    for (let a = h + 1; a < size; a++) {
      const g = gram[h * size + a];
      const outside = 1 - g * g;
      inverse[a] = outside > LEAST_DETERMINANT ? 1 / Math.sqrt(outside) : 0;
      r[a] = (along[inner[a]] - g * rh) * inverse[a];
      shadow[a] = g * inverse[a];
    }
    for (let b = h + 1; b < size; b++) {
      const nb = inverse[b];
      if (nb === 0) continue;
      const rb = r[b];
      const gb = shadow[b];
      const square = rb * rb - GRAM_ROUNDING;
      const cost = costs[h] + costs[b];
      const row = b * size;
      for (let a = h + 1; a < b; a++) {
        const g = gram[row + a] * nb * inverse[a] - shadow[a] * gb;
        const determinant = 1 - g * g;
        const explained = square + r[a] * (r[a] - 2 * rb * g);
        const kind = cost + costs[a];
        const bound = bounds[kind] > seedBound[0] ? bounds[kind] : seedBound[0];
        if (!(explained > (left - bound) * determinant)) continue;
        if (!(determinant > LEAST_DETERMINANT) || inverse[a] === 0) continue;
        if (capped[h] + capped[a] + capped[b] > mostLimited) continue;
        const residual = left - explained / determinant;
        if (residual < bounds[kind]) kept.offer(kind, [inner[h], inner[a], inner[b]], residual);
        if (residual < seedBound[0]) seeds.offer(0, [inner[h], inner[a], inner[b]], residual);
      }
    }
  }
}

/** What a subset leaves of the target, by orthogonalisation. */
function exactResidual({ matrix, rows, target, ones }: Dictionary, subset: readonly number[]): number {
  const parts = subset.map((j) => matrix.subarray(j * rows, (j + 1) * rows));
  return project(target, ones, parts).remainderSquare;
}

function finish(found: readonly KeptSubsets[], { owners }: Dictionary): Subset[] {
  return found
    .flatMap((kept) => kept.all())
    .map(({ subset, residual }) => ({ subset: subset.map((j) => owners[j]), residual }))
    .sort((a, b) => a.residual - b.residual);
}
