import type { Expression } from '../expression.ts';
import { cutOf, reliableValue } from './box.ts';
import { type Domain, sideOf } from './enclose.ts';
import { Encloser } from './encloser.ts';

/** A short interval with a zero. */
export interface ZeroBracket {
  readonly low: number;
  readonly high: number;
  /** The sign changes; the value is exactly 0 at an end without a change; or neither is proven. */
  readonly kind: 'crossing' | 'touching' | 'possible';
}

/** The zeros of a formula of one variable, in order. */
export interface Zeros {
  readonly zeros: readonly ZeroBracket[];
  /** Parts of the interval that were given up, at infinity or where zeros crowd. */
  readonly open: readonly (readonly [number, number])[];
}

interface Cell {
  readonly low: number;
  readonly high: number;
  readonly depth: number;
}

const MOST_CELLS = 800;
const DEEPEST = 60;
const MOST_ZEROS = 32;
/** Cells narrower than this, relative to their place, are not cut again. */
const NARROW = 1e-13;

/**
 * Brackets every zero of a formula of one variable on its interval.
 *
 * Cells whose enclosure holds no 0 are dropped, those with a derivative of one sign have one zero or none, the others
 * are halved. A zero that is listed as 'possible' is a narrow cell that could not be settled.
 */
export function zerosOf(expression: Expression, name: string, domain: Domain = {}): Zeros {
  const encloser = new Encloser(expression, 2);
  const [first, last] = sideOf(domain, name);
  const zeros: ZeroBracket[] = [];
  const open: [number, number][] = [];
  const cells: Cell[] = [{ low: first, high: last, depth: 0 }];
  // Widest cells first, so that a place where zeros crowd does not use up the patience.
  for (let next = 0; next < cells.length; next++) {
    const cell = cells[next];
    const { low, high, depth } = cell;
    const box: Domain = { [name]: [low, high] };
    const range = encloser.range(box);
    if (range.defined === 'nowhere' || range.nonzero || range.low > 0 || range.high < 0) continue;
    if (next > MOST_CELLS || zeros.length >= MOST_ZEROS) {
      open.push([low, high]);
      continue;
    }
    if (range.defined === 'everywhere' && range.continuous) {
      const slope = encloser.slope(name)?.range(box);
      if (slope?.defined === 'everywhere' && slope.nonzero && (slope.low >= 0 || slope.high <= 0)) {
        const found = onMonotoneCell(expression, name, cell);
        if (found === 'none') continue;
        if (found) {
          zeros.push(found);
          continue;
        }
      }
    }
    const at = cutOf(low, high);
    const narrow = Number.isFinite(high - low) && high - low <= NARROW * Math.max(Math.abs(low), Math.abs(high));
    if (narrow || depth >= DEEPEST || !(at > low && at < high)) {
      const found = Number.isFinite(high - low) ? settle(expression, name, cell) : null;
      if (found) zeros.push(found);
      else if (!Number.isFinite(high - low)) open.push([low, high]);
      continue;
    }
    cells.push({ low, high: at, depth: depth + 1 }, { low: at, high, depth: depth + 1 });
  }
  return { zeros: merged(zeros), open: joined(open) };
}

/** The zero of a function that rises or falls throughout, 'none', or null where rounding hides the signs. */
function onMonotoneCell(expression: Expression, name: string, { low, high }: Cell): ZeroBracket | 'none' | null {
  if (!Number.isFinite(high - low)) return null;
  const value = (x: number): number => reliableValue(expression, { [name]: x });
  let a = low;
  let b = high;
  const left = value(a);
  const right = value(b);
  if (left === 0) return { low: a, high: a, kind: 'crossing' };
  if (right === 0) return { low: b, high: b, kind: 'crossing' };
  if (Number.isNaN(left) || Number.isNaN(right)) return null;
  if (left > 0 === right > 0) return 'none';
  for (;;) {
    const middle = cutOf(a, b);
    if (!(middle > a && middle < b)) break;
    const between = value(middle);
    if (between === 0) return { low: middle, high: middle, kind: 'crossing' };
    if (Number.isNaN(between)) {
      const short = shortNumber(a, b);
      if (value(short) === 0) return { low: short, high: short, kind: 'crossing' };
      return tighten(value, a, b, left > 0);
    }
    if (between > 0 === left > 0) a = middle;
    else b = middle;
  }
  return { low: a, high: b, kind: 'crossing' };
}

/** The bracket shrunk from both sides as far as rounding lets the signs be known. */
function tighten(value: (x: number) => number, low: number, high: number, falls: boolean): ZeroBracket {
  let [a, b] = [low, high];
  const middle = a / 2 + b / 2;
  for (let share = 0.5; share > 1e-16; share /= 2) {
    const left = middle - share * (middle - low);
    const right = middle + share * (high - middle);
    if (value(left) > 0 === falls && !Number.isNaN(value(left)) && left > a) a = left;
    if (value(right) > 0 !== falls && !Number.isNaN(value(right)) && right < b) b = right;
  }
  return { low: a, high: b, kind: 'crossing' };
}

/**
 * A narrow cell: a short number inside may be an exact zero. Null where the values on it are all of one size, as beside
 * a pole or at the gap of sin(x)/x: the enclosure has no bound there, and the values show why.
 */
function settle(expression: Expression, name: string, { low, high }: Cell): ZeroBracket | null {
  const value = (x: number): number => reliableValue(expression, { [name]: x });
  for (const candidate of [low, high, shortNumber(low, high)]) {
    if (value(candidate) === 0) return { low: candidate, high: candidate, kind: 'touching' };
  }
  const sizes = [low, low + 0.3 * (high - low), high - 0.3 * (high - low), high].map(value).filter(Number.isFinite);
  const oneSign = sizes.every((size) => size > 0) || sizes.every((size) => size < 0);
  const even = Math.min(...sizes.map(Math.abs)) > 0.5 * Math.max(Math.abs(sizes[0]), Math.abs(sizes[sizes.length - 1]));
  return sizes.length >= 2 && oneSign && even ? null : { low, high, kind: 'possible' };
}

/** The number of 12 digits in the middle of an interval, where it has one. */
export function shortNumber(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  const short = Number(middle.toPrecision(12));
  const near = Math.abs(short - middle) <= high - low || Math.abs(short - middle) <= 1e-13 * Math.abs(middle);
  return low <= 0 && high >= 0 ? 0 : near ? short : middle;
}

/** In order; cells that meet at a zero share it. */
function merged(zeros: readonly ZeroBracket[]): ZeroBracket[] {
  const out: ZeroBracket[] = [];
  for (const zero of [...zeros].sort((a, b) => a.low - b.low || a.high - b.high)) {
    const last = out.at(-1);
    if (!last || zero.low > last.high) {
      out.push(zero);
      continue;
    }
    const known = last.kind !== 'possible' ? last : zero;
    out[out.length - 1] = known.kind !== 'possible' ? known : { low: last.low, high: zero.high, kind: 'possible' };
  }
  return out;
}

function joined(parts: readonly (readonly [number, number])[]): [number, number][] {
  const out: [number, number][] = [];
  for (const [low, high] of [...parts].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && last[1] === low) last[1] = high;
    else out.push([low, high]);
  }
  return out;
}
