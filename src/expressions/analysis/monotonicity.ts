import { OptionError } from '../../core/index.ts';
import { evaluate } from '../evaluate.ts';
import type { Expression } from '../expression.ts';
import { boxOf, type Point, samplesOf, surelyBelow } from './box.ts';
import { convexlyDefined } from './convexly-defined.ts';
import { checkDomain, type Domain, sideOf } from './enclose.ts';
import { Encloser } from './encloser.ts';
import { signOn, split } from './sign.ts';
import { structuralTrend } from './structural-trend.ts';

/** Two points that differ in one variable, the first the lower one. */
export type Step = readonly [Point, Point];

/** How a formula moves with one variable, the others anywhere in the box; every word but 'undecided' is proven. */
export interface MonotonicityVerdict {
  /** Never falling, never rising, neither moving, or rising here and falling there. */
  readonly trend: 'increasing' | 'decreasing' | 'constant' | 'neither' | 'undecided';
  /** For 'increasing' and 'decreasing': the derivative is nowhere 0. */
  readonly strict?: boolean;
  /** A step on which the formula rises and one on which it falls, for 'neither'. */
  readonly witnesses?: readonly [Step, Step];
  /** The part that could not be settled, for 'undecided'. */
  readonly box?: Domain;
}

const LINES = 6;
const STEPS = 32;

/**
 * Whether a formula rises or falls with a variable on a box.
 *
 * The proof is the sign of the derivative by interval arithmetic, on a domain that is one piece and without jumps; a
 * refutation is two steps, one up and one down.
 *
 * @throws OptionError "bad-domain" | "no-such-variable"
 * @example monotonicityOf(parse('x / (1 + x)'), 'x', { x: [0, Infinity] }).trend // 'increasing'
 * @example monotonicityOf(parse('1 / x'), 'x', { x: [-1, 1] }).trend // 'neither'
 */
export function monotonicityOf(expression: Expression, name: string, domain: Domain = {}): MonotonicityVerdict {
  checkDomain(domain);
  return monotonicityOn(new Encloser(expression), name, domain);
}

/** As `monotonicityOf`, for a formula whose derivatives are at hand. */
export function monotonicityOn(encloser: Encloser, name: string, domain: Domain): MonotonicityVerdict {
  if (!encloser.names.includes(name)) {
    throw new OptionError('no-such-variable', 'name', `the formula has no variable "${name}"`);
  }
  const box = boxOf(encloser.names, domain);
  const [low, high] = sideOf(box, name);
  if (low === high) return { trend: 'constant' };
  const { rise, fall } = stepsOf(encloser.expression, name, box);
  if (rise && fall) return { trend: 'neither', witnesses: [rise, fall] };
  const structural = structuralTrend(encloser.expression, name);
  if (structural) return { trend: structural, strict: false };
  const slope = encloser.slope(name);
  if (!slope || !isOnePiece(encloser, name, box)) return { trend: 'undecided', box };
  const verdict = signOn(slope, box);
  switch (verdict.sign) {
    case 'zero':
      return { trend: 'constant' };
    case 'positive':
    case 'non-negative':
      return { trend: 'increasing', strict: verdict.sign === 'positive' };
    case 'negative':
    case 'non-positive':
      return { trend: 'decreasing', strict: verdict.sign === 'negative' };
    case 'both': {
      // The derivative has both signs: short steps show it, where f64 can tell them apart.
      const [up, down] = verdict.witnesses!.map((at) => shortStep(encloser.expression, name, box, at));
      const steps = [up, down].filter((step) => step !== null);
      const rising = rise ?? steps.find(([a, b]) => surelyBelow(encloser.expression, a, b));
      const falling = fall ?? steps.find(([a, b]) => surelyBelow(encloser.expression, b, a));
      return rising && falling ? { trend: 'neither', witnesses: [rising, falling] } : { trend: 'undecided', box };
    }
    default:
      return { trend: 'undecided', box: verdict.box ?? box };
  }
}

/** A step up and a step down, if lines through the box show them. */
function stepsOf(expression: Expression, name: string, box: Domain): { rise: Step | null; fall: Step | null } {
  let rise: Step | null = null;
  let fall: Step | null = null;
  for (const base of samplesOf(box, LINES)) {
    let before: Point | null = null;
    for (const value of gridOf(...sideOf(box, name))) {
      const at: Point = { ...base, [name]: value };
      if (before) {
        if (!rise && surelyBelow(expression, before, at)) rise = [before, at];
        if (!fall && surelyBelow(expression, at, before)) fall = [before, at];
        if (rise && fall) return { rise, fall };
      }
      before = Number.isFinite(evaluate(expression, at)) ? at : before;
    }
  }
  return { rise, fall };
}

/** Increasing numbers across an interval, over many scales where it has no bound. */
export function gridOf(low: number, high: number): number[] {
  const grid: number[] = [];
  const bounded = Number.isFinite(high - low);
  for (let k = 0; k <= STEPS; k++) {
    const u = k / STEPS;
    if (bounded) grid.push(k === STEPS ? high : low + (high - low) * u);
    else if (Number.isFinite(low)) grid.push(low + (k === 0 ? 0 : 10 ** (6 * u - 2)));
    else if (Number.isFinite(high)) grid.push(high - (k === STEPS ? 0 : 10 ** (6 * (1 - u) - 2)));
    else grid.push(Math.sinh(16 * (u - 0.5)));
  }
  return grid;
}

function shortStep(expression: Expression, name: string, box: Domain, at: Point): Step | null {
  const [low, high] = sideOf(box, name);
  for (let scale = 1e-2; scale > 1e-9; scale /= 4) {
    const reach = scale * Math.max(Math.abs(at[name]), Number.isFinite(high - low) ? high - low : 1);
    const a = { ...at, [name]: Math.max(low, at[name] - reach) };
    const b = { ...at, [name]: Math.min(high, at[name] + reach) };
    if (surelyBelow(expression, a, b) || surelyBelow(expression, b, a)) return [a, b];
  }
  return null;
}

const MOST_PIECES = 256;

/** True when the domain meets every line along the variable in one piece, on which no step jumps. */
function isOnePiece(encloser: Encloser, name: string, box: Domain): boolean {
  const convex = convexlyDefined(encloser.expression, name, box);
  const queue: { box: Domain; depth: number }[] = [{ box, depth: 0 }];
  for (let next = 0; next < queue.length; next++) {
    const { box: part, depth } = queue[next];
    const range = encloser.plain(part);
    if (range.defined === 'nowhere' && convex) continue;
    if (range.continuous && (range.defined === 'everywhere' || convex)) continue;
    const halves = queue.length < MOST_PIECES ? split(part, encloser.names, depth) : null;
    if (!halves) return false;
    for (const half of halves) queue.push({ box: half, depth: depth + 1 });
  }
  return true;
}
