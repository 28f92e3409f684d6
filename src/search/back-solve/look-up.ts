import type { Bank } from './bank.ts';
import { type Bend, LOGARITHM } from './bends.ts';
import { crossRatio } from './cross-ratio.ts';
import type { FunctionIndex } from './function-index.ts';
import type { Join } from './joins.ts';
import { FIRST_ROWS, KEY_ROWS } from './key-rows.ts';

/** A pair of functions that agree with a kind of law on the key rows. */
export interface Hit {
  readonly join: Join;
  readonly bend: Bend;
  /** Entries of the bank. */
  readonly f: number;
  readonly g: number;
  /** True for |v| = C g^p, false for bend(v) = (p + q g) / (1 + r g). */
  readonly isPower: boolean;
}

/** Functions that one pass of a join and a bend covers. */
const BLOCK = 256;
/** Relative change of z, and the least relative change of w it must make: z is then more than rounding in w. */
const PROBE = 1e-6;
const LEAST_CHANGE = 1e-12;

const tiled = new Float64Array(BLOCK * FIRST_ROWS);
const joined = new Float64Array(BLOCK * FIRST_ROWS);
const bent = new Float64Array(BLOCK * FIRST_ROWS);
const whole = { z: new Float64Array(KEY_ROWS), v: new Float64Array(KEY_ROWS), w: new Float64Array(KEY_ROWS) };
const moved = { z: new Float64Array(KEY_ROWS), w: new Float64Array(KEY_ROWS) };

/**
 * Every f and g of the bank with bend(join(z, f)) = (p + q g) / (1 + r g) on the key rows, in time that grows with
 * the functions and not with their pairs.
 *
 * @param keep receives each hit, of simple f first
 */
export function lookUp(
  z: Float64Array,
  rows: Int32Array,
  bank: Bank,
  join: Join,
  bends: readonly Bend[],
  keep: (hit: Hit) => void,
): void {
  for (let k = 0; k < KEY_ROWS; k++) {
    whole.z[k] = z[rows[k]];
    moved.z[k] = whole.z[k] * (1 + PROBE);
  }
  for (let i = 0; i < tiled.length; i++) tiled[i] = whole.z[i % FIRST_ROWS];
  const search = (index: FunctionIndex, key: number, bend: Bend, f: number, isPower: boolean): void => {
    let g = index.first(key);
    if (g < 0 || !isLaw(join, bend, bank.keyed.subarray(f * KEY_ROWS, (f + 1) * KEY_ROWS))) return;
    for (; g >= 0; g = index.after(g, key)) if (index.confirms(g, whole.w)) keep({ join, bend, f, g, isPower });
  };
  for (let from = join.withOne ? 0 : 1; from < bank.entries.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, bank.entries.length);
    const first = bank.first.subarray(from * FIRST_ROWS, to * FIRST_ROWS);
    const v = joined.subarray(0, first.length);
    const w = bent.subarray(0, first.length);
    join.apply(tiled, first, v);
    for (const bend of bends) {
      bend.apply(v, w);
      for (let at = 0, f = from; f < to; at += FIRST_ROWS, f++) {
        const key = crossRatio(w[at], w[at + 1], w[at + 2], w[at + 3]);
        if (Number.isNaN(key)) continue;
        if (bank.values.has(key)) search(bank.values, key, bend, f, false);
        if (bend === LOGARITHM && bank.logarithms.has(key)) search(bank.logarithms, key, bend, f, true);
      }
    }
  }
}

/** Bends all key rows of z and f; false when a sign is lost there or when z does not count beside f. */
function isLaw(join: Join, bend: Bend, f: Float64Array): boolean {
  join.apply(whole.z, f, whole.v);
  bend.apply(whole.v, whole.w);
  join.apply(moved.z, f, moved.w);
  bend.apply(moved.w, moved.w);
  for (let k = 0; k < KEY_ROWS; k++) {
    const w = whole.w[k];
    if (!Number.isFinite(w) || (bend.even && whole.v[k] * whole.v[0] < 0)) return false;
    if (Math.abs(moved.w[k] - w) <= LEAST_CHANGE * Math.abs(w)) return false;
  }
  return true;
}
