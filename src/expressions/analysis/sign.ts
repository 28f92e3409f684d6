import { type Expression, size } from '../expression.ts';
import { boxOf, cut, innerPoint, type Point, reliableValue, samplesOf } from './box.ts';
import { checkDomain, type Domain } from './enclose.ts';
import { Encloser } from './encloser.ts';
import type { Definedness } from './interval.ts';

/** The sign of a formula on a box; every word but 'undecided' is proven. */
export interface SignVerdict {
  readonly sign:
    | 'positive'
    | 'negative'
    | 'non-negative'
    | 'non-positive'
    | 'zero'
    | 'both'
    | 'undefined'
    | 'undecided';
  /** Whether the formula has a value everywhere on the box; the sign is that of the values it has. */
  readonly defined: Definedness;
  /** Points with a positive and a negative value, for 'both'. */
  readonly witnesses?: readonly [Point, Point];
  /** The part that could not be settled, for 'undecided'. */
  readonly box?: Domain;
}

const SAMPLES = 48;
const MOST_BOXES = 1500;
const FEWEST_BOXES = 60;
const PATIENCE = 100_000;
const DEEPEST = 48;
/** A box whose enclosure ends at 0 is cut a little further, to tell positive from non-negative. */
const DEEPEST_TOUCH = 12;
const MOST_TOUCHES = 120;

/**
 * The sign of a formula on a box, by adaptive bisection of interval enclosures.
 *
 * A proof holds for the exact values; points where the formula has none do not count. Enclosures that touch 0 without
 * an end are 'undecided', with the box that stays open.
 *
 * @throws OptionError "bad-domain"
 * @example signOf(parse('x^2 + x + 1'), { x: [-10, 10] }).sign // 'positive'
 */
export function signOf(expression: Expression, domain: Domain = {}): SignVerdict {
  checkDomain(domain);
  return signOn(new Encloser(expression), domain);
}

/** As `signOf`, for a formula whose derivatives are at hand. */
export function signOn(encloser: Encloser, domain: Domain, limit = MOST_BOXES): SignVerdict {
  const { expression, names } = encloser;
  // A box costs the more, the larger the formula and the more derivatives it has.
  const affordable = Math.round(PATIENCE / (size(expression) * (1 + names.length) ** 2));
  const mostBoxes = Math.min(limit, Math.max(FEWEST_BOXES, affordable));
  const whole = boxOf(names, domain);
  let positive: Point | null = null;
  let negative: Point | null = null;
  for (const at of samplesOf(whole, names.length === 0 ? 0 : SAMPLES)) {
    const value = reliableValue(expression, at);
    if (value > 0) positive ??= at;
    else if (value < 0) negative ??= at;
    if (positive && negative) break;
  }
  let least = Infinity;
  let most = -Infinity;
  let zeroFree = true;
  let defined: Definedness | null = null;
  const queue: { box: Domain; depth: number }[] = [{ box: whole, depth: 0 }];
  let seen = 0;
  for (let next = 0; next < queue.length; next++) {
    const { box, depth } = queue[next];
    const range = encloser.range(box);
    const open = !range.continuous || range.defined === 'maybe';
    const undecided = range.defined !== 'nowhere' && range.low < 0 && range.high > 0;
    if (undecided && !(positive && negative)) {
      const value = reliableValue(expression, innerPoint(box));
      if (value > 0) positive ??= innerPoint(box);
      else if (value < 0) negative ??= innerPoint(box);
    }
    if (positive && negative) return both(encloser, whole, positive, negative);
    const touching = range.defined !== 'nowhere' && !range.nonzero && (range.low === 0) !== (range.high === 0);
    const refined = (open && depth < 3) || (touching && depth < DEEPEST_TOUCH && seen < MOST_TOUCHES);
    if (undecided || (refined && names.length > 0)) {
      const halves = depth < DEEPEST && ++seen < mostBoxes ? split(box, names, depth) : null;
      if (halves) {
        for (const half of halves) queue.push({ box: half, depth: depth + 1 });
        continue;
      }
      if (undecided) return { sign: 'undecided', defined: encloser.plain(whole).defined, box };
    }
    defined = defined === null || defined === range.defined ? range.defined : 'maybe';
    if (range.defined === 'nowhere') continue;
    least = Math.min(least, range.low);
    most = Math.max(most, range.high);
    zeroFree &&= range.nonzero;
  }
  const known = defined ?? 'nowhere';
  if (least > most) return { sign: 'undefined', defined: known };
  if (least === 0 && most === 0) return { sign: 'zero', defined: known };
  if (least >= 0) return { sign: zeroFree ? 'positive' : 'non-negative', defined: known };
  if (most <= 0) return { sign: zeroFree ? 'negative' : 'non-positive', defined: known };
  // Boxes of either sign, proven, but no reliable value to show for one of them.
  return { sign: 'undecided', defined: known, box: whole };
}

function both(encloser: Encloser, whole: Domain, positive: Point, negative: Point): SignVerdict {
  return { sign: 'both', defined: encloser.plain(whole).defined, witnesses: [positive, negative] };
}

/** The box cut along its variables in turn; null when none of them can be cut. */
export function split(box: Domain, names: readonly string[], depth: number): readonly [Domain, Domain] | null {
  for (let i = 0; i < names.length; i++) {
    const halves = cut(box, names[(depth + i) % names.length]);
    if (halves) return halves;
  }
  return null;
}
