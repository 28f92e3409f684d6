import { dot } from '../scan.ts';
import { type Dictionary, shareOfLimited } from './dictionary.ts';
import { KeptSubsets } from './kept-subsets.ts';

export interface BeamOptions {
  /** Subsets of one size that are extended. */
  readonly beam: number;
  readonly depth: number;
  /** Classes of complexity, and subsets kept in each. */
  readonly classes: number;
  readonly keep: number;
}

/** Extensions of one subset that go on: the beam is not to hold the kin of one alone. */
const CHILDREN = 12;
/** A column whose square outside the subset is below this adds nothing that rounding does not. */
const INDEPENDENT_SQUARE = 1e-9;
/** Rows of new directions multiplied at once. */
const BLOCK = 32;

/** A subset with what it leaves of every column of the dictionary. */
interface State {
  readonly subset: readonly number[];
  /** Orthonormal directions of the subset. */
  readonly directions: readonly Float64Array[];
  /** Inner product of every column with what is left of the target, shape [count]. */
  readonly along: Float64Array;
  /** Square of every column outside the subset, shape [count]. */
  readonly outside: Float64Array;
  readonly residual: number;
}

/**
 * Orthogonal beam: every subset of the beam is extended by every column, the best extensions form the next beam.
 *
 * @param seeds by size less one: subsets that join the beam of their size
 * @returns the kept subsets of two columns, of three, and so on, each when the one before has been looked at
 */
export function* beamSearch(
  dictionary: Dictionary,
  seeds: readonly (readonly (readonly number[])[])[],
  { beam, depth, classes, keep }: BeamOptions,
): Generator<KeptSubsets> {
  let states = extendAll(
    dictionary,
    (seeds[0] ?? []).map((subset) => ({ subset, parent: undefined })),
  );
  for (let size = 2; size <= depth && states.length > 0; size++) {
    const kept = new KeptSubsets(classes, keep);
    const next = new KeptSubsets(1, beam);
    const parents = new Map<string, State>();
    for (const state of states) {
      const children = new KeptSubsets(1, CHILDREN);
      scanExtensions(dictionary, state, kept, children);
      for (const { subset, residual } of children.all()) {
        next.offer(0, subset, residual);
        parents.set(subset.join(), state);
      }
    }
    yield kept;
    if (size === depth) return;
    const chosen = new Map(next.all().map(({ subset }) => [subset.join(), subset]));
    for (const subset of seeds[size - 1] ?? []) chosen.set(subset.join(), subset);
    states = extendAll(
      dictionary,
      [...chosen].map(([key, subset]) => ({ subset, parent: parents.get(key) })),
    );
  }
}

/** Fits a state's remainder with each column outside it. */
function scanExtensions(dictionary: Dictionary, state: State, kept: KeptSubsets, children: KeptSubsets): void {
  const { count, complexities, limited, mostLimited } = dictionary;
  const { along, outside, residual, subset } = state;
  const cost = subset.reduce((sum, j) => sum + complexities[j], 0);
  const isFull = subset.reduce((sum, j) => sum + limited[j], 0) >= mostLimited;
  const share = shareOfLimited(dictionary, subset);
  const bounds = kept.thresholds;
  const childBound = children.thresholds;
  for (let j = 0; j < count; j++) {
    const square = outside[j];
    if (!(square > INDEPENDENT_SQUARE)) continue;
    const kind = cost + complexities[j];
    const bound = bounds[kind] > childBound[0] ? bounds[kind] : childBound[0];
    const explained = along[j] * along[j];
    if (!(explained > (residual - bound) * square)) continue;
    if (isFull && limited[j] === 1) continue;
    const extended = [...subset, j];
    const ownShare = limited[j] === 1 ? shareOfLimited(dictionary, extended) : share;
    const left = Math.max(0, residual - explained / square) / ownShare;
    if (left < bounds[kind]) kept.offer(kind, extended, left);
    if (left < childBound[0]) children.offer(0, extended, left);
  }
}

interface Extension {
  readonly subset: readonly number[];
  /** The state of all but one of the columns. */
  readonly parent: State | undefined;
}

/** States of subsets: the new directions of all of them are multiplied with the whole dictionary in blocks. */
function extendAll(dictionary: Dictionary, extensions: readonly Extension[]): State[] {
  const { rows, count, matrix, target } = dictionary;
  const states: State[] = [];
  const products = new Float64Array(BLOCK * count);
  const block = new Float64Array(BLOCK * rows);
  const waiting: { along: Float64Array; outside: Float64Array; component: number }[] = [];
  const flush = (): void => {
    if (waiting.length > 0) dictionary.products.with(block, waiting.length, products);
    waiting.forEach(({ along, outside, component }, k) => {
      const first = k * count;
      for (let j = 0; j < count; j++) {
        const product = products[first + j];
        along[j] -= component * product;
        outside[j] -= product * product;
      }
    });
    waiting.length = 0;
  };
  for (const { subset, parent } of extensions) {
    const directions = [...(parent?.directions ?? [])];
    const along = Float64Array.from(parent?.along ?? dictionary.along);
    const outside = parent ? Float64Array.from(parent.outside) : new Float64Array(count).fill(1);
    for (const j of subset) {
      if (parent?.subset.includes(j)) continue;
      const direction = orthonormal(matrix.subarray(j * rows, (j + 1) * rows), directions);
      if (!direction) continue;
      directions.push(direction);
      block.set(direction, waiting.length * rows);
      waiting.push({ along, outside, component: dot(direction, target) });
      if (waiting.length === BLOCK) flush();
    }
    states.push({ subset, directions, along, outside, residual: remainder(target, directions) });
  }
  flush();
  return states;
}

/** The part of a column outside orthonormal directions, of length 1; undefined when there is next to none. */
function orthonormal(column: Float64Array, directions: readonly Float64Array[]): Float64Array | undefined {
  const out = Float64Array.from(column);
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of directions) {
      const part = dot(out, direction);
      for (let i = 0; i < out.length; i++) out[i] -= part * direction[i];
    }
  }
  const square = dot(out, out);
  if (!(square > INDEPENDENT_SQUARE / 1e3)) return undefined;
  const norm = Math.sqrt(square);
  for (let i = 0; i < out.length; i++) out[i] /= norm;
  return out;
}

/** Square of what orthonormal directions leave of the target. */
function remainder(target: Float64Array, directions: readonly Float64Array[]): number {
  const left = Float64Array.from(target);
  for (const direction of directions) {
    const part = dot(left, direction);
    for (let i = 0; i < left.length; i++) left[i] -= part * direction[i];
  }
  return dot(left, left);
}
