import type { Expression } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';
import type { Bank } from './bank.ts';
import { fitCurve, fitPower } from './curves.ts';
import type { Hit } from './look-up.ts';

/** Relative change of z by which the error of w is probed. */
const PROBE = 1e-6;
/** z below this fraction of its median counts as that large. */
const SMALL = 1e-3;
/** Relative error of w that rounding inside it leaves. */
const ROUNDING = 1e-12;

/**
 * The law of z that a hit stands for, fitted on all rows of weight above 0.
 *
 * @param exact relative error of z at which a law is exact
 * @returns undefined when the law does not go through all rows, or when the operators cannot express it
 */
export function verify(
  hit: Hit,
  z: Float64Array,
  weights: Float64Array,
  bank: Bank,
  forms: Forms,
  exact: number,
): Expression | undefined {
  const { join, bend, isPower } = hit;
  const f = bank.entries[hit.f];
  const g = bank.entries[hit.g];
  const rows = z.length;
  const least = SMALL * medianSize(z);
  const steps = z.map((value) => PROBE * (Math.abs(value) + least));
  const bent = (values: Float64Array): { v: Float64Array; w: Float64Array } => {
    const v = new Float64Array(rows);
    join.apply(values, f.values, v);
    const w = new Float64Array(rows);
    bend.apply(v, w);
    return { v, w };
  };
  const { v, w } = bent(z);
  const up = bent(z.map((value, i) => value + steps[i])).w;
  const down = bent(z.map((value, i) => value - steps[i])).w;
  const errors = new Float64Array(rows).fill(Infinity);
  let sign = 0;
  for (let i = 0; i < rows; i++) {
    if (!(weights[i] > 0)) continue;
    sign ||= Math.sign(v[i]);
    if (!Number.isFinite(w[i]) || (bend.even && v[i] * sign < 0)) return undefined;
    const change = Math.max(finite(Math.abs(up[i] - w[i])), finite(Math.abs(down[i] - w[i])));
    const error = change + ROUNDING * (PROBE / exact) * Math.abs(w[i]);
    if (error > 0) errors[i] = error;
  }
  const most = (exact / PROBE) ** 2;
  const fit = isPower
    ? fitPower({ w, errors }, g.values.map(Math.log), g.tree, forms, most)
    : fitCurve({ w, errors }, g.values, g.tree, forms, most);
  if (!fit?.tree) return undefined;
  const t = isPower ? fit.tree : bend.invert(fit.tree, forms);
  return t && join.solve(t, bend.even ? sign : 1, f.tree, forms);
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function medianSize(z: Float64Array): number {
  return z.map(Math.abs).sort()[z.length >> 1];
}
