import { type Dictionary, LEAST_DETERMINANT, leftByOne, leftByTwo } from './dictionary.ts';
import type { KeptSubsets } from './kept-subsets.ts';

/** Rounding of a residual from a Gram matrix, to be divided by the determinant. */
export const GRAM_ROUNDING = 1e-15;

/** Inner products of columns outside those chosen so far, each of length 1, with each other and with the target. */
interface Level {
  /** Shape [columns][columns], symmetric. */
  readonly gram: Float64Array;
  readonly along: Float64Array;
  /** 1 for columns with something outside those chosen. */
  readonly isLeft: Uint8Array;
}

/**
 * All subsets of three columns or more among a few.
 *
 * One column after another is taken, and what it explains is removed from the Gram matrix of those behind it; the last
 * two are scanned as pairs.
 */
export class ExhaustiveScan {
  private readonly size: number;
  private readonly costs: Int32Array;
  private readonly limited: Uint8Array;
  private readonly whole: Level;
  private readonly chosen: number[] = [];

  /**
   * @param columns indices into the dictionary
   * @param gram inner products of the columns, shape [columns][columns], symmetric
   */
  constructor(
    private readonly dictionary: Dictionary,
    private readonly columns: readonly number[],
    gram: Float64Array,
  ) {
    this.size = columns.length;
    this.costs = Int32Array.from(columns, (j) => dictionary.complexities[j]);
    this.limited = Uint8Array.from(columns, (j) => dictionary.limited[j]);
    const along = Float64Array.from(columns, (j) => dictionary.along[j]);
    this.whole = { gram, along, isLeft: new Uint8Array(this.size).fill(1) };
  }

  /** Offers all subsets of `count` columns, 3 or more. */
  run(count: number, kept: KeptSubsets, seeds: KeptSubsets): void {
    this.chosen.length = 0;
    const levels = [this.whole];
    for (let depth = 3; depth < count; depth++) {
      const { size } = this;
      levels.push({ gram: new Float64Array(size * size), along: new Float64Array(size), isLeft: new Uint8Array(size) });
    }
    this.descend(levels, 0, 0, 1, kept, seeds);
  }

  private descend(
    levels: readonly Level[],
    depth: number,
    first: number,
    left: number,
    kept: KeptSubsets,
    seeds: KeptSubsets,
  ): void {
    const level = levels[depth];
    if (depth === levels.length - 1) {
      this.scanTriples(level, first, left, kept, seeds);
      return;
    }
    for (let h = first; h < this.size; h++) {
      if (level.isLeft[h] === 0) continue;
      remove(level, h, levels[depth + 1]);
      this.chosen.push(h);
      this.descend(levels, depth + 1, h + 1, left - level.along[h] ** 2, kept, seeds);
      this.chosen.pop();
    }
  }

  /** Triples from `first` on, beside the columns chosen already, which leave `share` of the target. */
  private scanTriples(
    { gram, along, isLeft }: Level,
    first: number,
    share: number,
    kept: KeptSubsets,
    seeds: KeptSubsets,
  ): void {
    const { size, costs, limited, columns, chosen, dictionary } = this;
    const { mostLimited, limitedHoldTarget } = dictionary;
    const bounds = kept.thresholds;
    const seedBound = seeds.thresholds;
    let chosenCost = 0;
    let chosenLimited = 0;
    for (const i of chosen) {
      chosenCost += costs[i];
      chosenLimited += limited[i];
    }
    // Of the columns outside the first: 1 / length, inner product with the target, with the first over length.
    const inverse = new Float64Array(size);
    const r = new Float64Array(size);
    const shadow = new Float64Array(size);
    for (let h = first; h < size; h++) {
      if (isLeft[h] === 0) continue;
      const rh = along[h];
      const left = share - rh * rh;
      for (let a = h + 1; a < size; a++) {
        const g = gram[h * size + a];
        const outside = 1 - g * g;
        inverse[a] = isLeft[a] === 1 && outside > LEAST_DETERMINANT ? 1 / Math.sqrt(outside) : 0;
        r[a] = (along[a] - g * rh) * inverse[a];
        shadow[a] = g * inverse[a];
      }
      for (let b = h + 1; b < size; b++) {
        const nb = inverse[b];
        if (nb === 0) continue;
        const rb = r[b];
        const gb = shadow[b];
        const square = rb * rb - GRAM_ROUNDING;
        const cost = chosenCost + costs[h] + costs[b];
        const row = b * size;
        for (let a = h + 1; a < b; a++) {
          const g = gram[row + a] * nb * inverse[a] - shadow[a] * gb;
          const determinant = 1 - g * g;
          const explained = square + r[a] * (r[a] - 2 * rb * g);
          const kind = cost + costs[a];
          const bound = bounds[kind] > seedBound[0] ? bounds[kind] : seedBound[0];
          if (!(explained > (left - bound) * determinant)) continue;
          if (!(determinant > LEAST_DETERMINANT) || inverse[a] === 0) continue;
          if (chosenLimited + limited[h] + limited[a] + limited[b] > mostLimited) continue;
          let residual = Math.max(0, left - explained / determinant);
          if (limitedHoldTarget) residual /= this.shareOfLimited(h, a, b);
          if (!(residual < bound)) continue;
          const subset = [columns[h], columns[a], columns[b]];
          for (const i of chosen) subset.push(columns[i]);
          if (residual < bounds[kind]) kept.offer(kind, subset, residual);
          if (residual < seedBound[0]) seeds.offer(0, subset, residual);
        }
      }
    }
  }

  /** What the limited ones of the chosen columns and of three more leave of the target on their own. */
  private shareOfLimited(h: number, a: number, b: number): number {
    const { limited, chosen, whole, size } = this;
    let p = -1;
    let q = -1;
    for (let k = chosen.length + 2; k >= 0; k--) {
      const i = k === 0 ? h : k === 1 ? a : k === 2 ? b : chosen[k - 3];
      if (limited[i] === 0) continue;
      if (p < 0) p = i;
      else q = i;
    }
    if (p < 0) return 1;
    if (q < 0) return leftByOne(whole.along[p]);
    return leftByTwo(whole.along[p], whole.along[q], whole.gram[p * size + q]);
  }
}

/** The columns behind h, outside h, of length 1. */
function remove({ gram, along, isLeft }: Level, h: number, out: Level): void {
  const size = along.length;
  const inverse = out.along;
  for (let a = h + 1; a < size; a++) {
    const g = gram[h * size + a];
    const outside = 1 - g * g;
    out.isLeft[a] = isLeft[a] === 1 && outside > LEAST_DETERMINANT ? 1 : 0;
    inverse[a] = out.isLeft[a] === 1 ? 1 / Math.sqrt(outside) : 0;
  }
  for (let a = h + 1; a < size; a++) {
    const g = gram[h * size + a];
    for (let b = h + 1; b < a; b++) {
      const product = (gram[a * size + b] - g * gram[h * size + b]) * inverse[a] * inverse[b];
      out.gram[a * size + b] = product;
      out.gram[b * size + a] = product;
    }
  }
  // The lengths are no longer needed: their place takes the inner products with the target.
  for (let a = h + 1; a < size; a++) out.along[a] = (along[a] - gram[h * size + a] * along[h]) * inverse[a];
}
