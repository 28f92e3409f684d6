import type { Expression } from '../expression.ts';
import { boxOf, innerPoint } from './box.ts';
import { checkDomain, type Domain } from './enclose.ts';
import { Encloser } from './encloser.ts';
import type { Interval } from './interval.ts';
import { roundedValue } from './rounded-value.ts';
import { split } from './sign.ts';

/** Bounds of a formula's values, with the values that come closest to them. */
export interface RangeRecord {
  /** No value lies below; infinite where no bound is proven. */
  readonly low: number;
  readonly high: number;
  /** Least and largest of the values that were met. */
  readonly least: number;
  readonly most: number;
}

interface Part {
  readonly box: Domain;
  readonly depth: number;
  readonly range: Interval;
}

const MOST_CUTS = 160;
/** Bounds this close to a value, relative to the values met, are not sharpened. */
const CLOSE = 1e-6;
const DEEPEST = 60;

/**
 * Proven bounds of a formula's values on a box, by branch and bound on interval enclosures.
 *
 * @throws OptionError "bad-domain"
 * @example rangeOf(parse('x * (1 - x)'), { x: [0, 1] }).high // 0.25
 */
export function rangeOf(expression: Expression, domain: Domain = {}): RangeRecord {
  checkDomain(domain);
  return rangeOn(new Encloser(expression), domain);
}

/** As `rangeOf`, for a formula whose derivatives are at hand. */
export function rangeOn(encloser: Encloser, domain: Domain): RangeRecord {
  const whole = boxOf(encloser.names, domain);
  const met = { least: Infinity, most: -Infinity };
  const parts: Part[] = [partOf(encloser, whole, 0, met)];
  sharpen(encloser, parts, met, (range) => range.low, 1);
  sharpen(encloser, parts, met, (range) => -range.high, -1);
  let low = Infinity;
  let high = -Infinity;
  for (const { range } of parts) {
    low = Math.min(low, range.low);
    high = Math.max(high, range.high);
  }
  return { low, high, least: met.least, most: met.most };
}

interface Met {
  least: number;
  most: number;
}

function partOf(encloser: Encloser, box: Domain, depth: number, met: Met): Part {
  const at = innerPoint(box);
  for (const candidate of [at, corner(box, 0), corner(box, 1)]) {
    if (!candidate) continue;
    const { value, error } = roundedValue(encloser.expression, candidate);
    // atan(log(0)) is finite in f64, but no value.
    if (!Number.isFinite(value) || !Number.isFinite(error)) continue;
    met.least = Math.min(met.least, value);
    met.most = Math.max(met.most, value);
  }
  return { box, depth, range: encloser.tight(box) };
}

function corner(box: Domain, end: 0 | 1): Record<string, number> | null {
  const at: Record<string, number> = Object.create(null);
  for (const [name, side] of Object.entries(box)) at[name] = side[end];
  return Object.values(at).every(Number.isFinite) ? at : null;
}

/** Cuts the part with the least bound until it is a value's own; `bound` and `sign` turn the upper end into a lower one. */
function sharpen(encloser: Encloser, parts: Part[], met: Met, bound: (range: Interval) => number, sign: 1 | -1): void {
  for (let cuts = 0; cuts < MOST_CUTS; cuts++) {
    let worst = 0;
    for (let i = 1; i < parts.length; i++) if (bound(parts[i].range) < bound(parts[worst].range)) worst = i;
    const { box, depth, range } = parts[worst];
    const value = sign > 0 ? met.least : -met.most;
    const scale = Math.max(Math.abs(met.least), Math.abs(met.most)) || 1;
    if (range.defined === 'nowhere' || bound(range) >= value - CLOSE * scale || depth >= DEEPEST) return;
    const halves = split(box, encloser.names, depth);
    if (!halves) return;
    parts.splice(worst, 1, ...halves.map((half) => partOf(encloser, half, depth + 1, met)));
  }
}
