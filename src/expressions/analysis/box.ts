import { RandomStream } from '../../core/index.ts';
import type { Expression } from '../expression.ts';
import { type Domain, sideOf } from './enclose.ts';
import { roundedValue } from './rounded-value.ts';

/** A number for every variable. */
export type Point = Readonly<Record<string, number>>;

/** Where an interval is cut in two: at its middle, on the scale that its ends suggest. */
export function cutOf(low: number, high: number): number {
  if (low === -Infinity && high === Infinity) return 0;
  if (high === Infinity) return low < 0 ? 0 : 4 * low + 1;
  if (low === -Infinity) return high > 0 ? 0 : 4 * high - 1;
  if (low > 0 && high > 64 * low) return Math.sqrt(low) * Math.sqrt(high);
  if (high < 0 && low < 64 * high) return -Math.sqrt(-low) * Math.sqrt(-high);
  return low < 0 && high > 0 && Math.max(-low, high) > 64 * Math.min(-low, high) ? 0 : low / 2 + high / 2;
}

/** The box cut in two along a variable, or null where f64 has no number between its ends. */
export function cut(box: Domain, name: string): readonly [Domain, Domain] | null {
  const [low, high] = sideOf(box, name);
  const at = cutOf(low, high);
  if (!(at > low && at < high)) return null;
  return [
    { ...box, [name]: [low, at] },
    { ...box, [name]: [at, high] },
  ];
}

/** The box restricted to the variables of a formula, each with an interval. */
export function boxOf(names: readonly string[], domain: Domain): Domain {
  const box: Record<string, readonly [number, number]> = Object.create(null);
  for (const name of names) box[name] = sideOf(domain, name);
  return box;
}

/** A point well inside a box, neither at a symmetric place nor far out. */
export function innerPoint(box: Domain): Record<string, number> {
  const at: Record<string, number> = Object.create(null);
  for (const [name, [low, high]] of Object.entries(box)) {
    if (low === high) at[name] = low;
    else if (Number.isFinite(low) && Number.isFinite(high)) at[name] = low + 0.5 * (high - low);
    else if (Number.isFinite(low)) at[name] = low + 1;
    else if (Number.isFinite(high)) at[name] = high - 1;
    else at[name] = 1;
  }
  return at;
}

/** A random number in an interval: evenly on a bounded one, over many scales on one without a bound. */
export function draw(low: number, high: number, random: RandomStream): number {
  if (low === high) return low;
  if (Number.isFinite(high - low)) return low + (high - low) * random.uniform();
  const far = 10 ** (4 * random.uniform() - 2);
  if (Number.isFinite(low)) return low + far;
  if (Number.isFinite(high)) return high - far;
  return random.uniform() < 0.5 ? far : -far;
}

const SEED = 1;

/** Points of a box: its inner point, its finite corners (up to 16), the origin, and random ones. */
export function samplesOf(box: Domain, count: number): Point[] {
  const names = Object.keys(box);
  const random = new RandomStream(SEED);
  const points: Point[] = [innerPoint(box)];
  if (names.length <= 4) {
    for (let corner = 0; corner < 1 << names.length; corner++) {
      const at: Record<string, number> = Object.create(null);
      names.forEach((name, i) => {
        at[name] = box[name][(corner >> i) & 1];
      });
      if (Object.values(at).every(Number.isFinite)) points.push(at);
    }
  }
  if (count > 0 && names.every((name) => box[name][0] < 0 && box[name][1] > 0)) {
    points.push(Object.fromEntries(names.map((name) => [name, 0])));
  }
  for (let k = 0; k < count; k++) {
    const at: Record<string, number> = Object.create(null);
    for (const name of names) at[name] = draw(...box[name], random);
    points.push(at);
  }
  return points;
}

/** Rounding noise that a value must exceed to count as what it is. */
const NOISE = 8;

/** The value, where it is finite and known better than its size; else NaN. 0 only when it is exact. */
export function reliableValue(expression: Expression, at: Point): number {
  const { value, error } = roundedValue(expression, at);
  if (!Number.isFinite(value) || !Number.isFinite(error)) return Number.NaN;
  return Math.abs(value) > NOISE * error || (value === 0 && error === 0) ? value : Number.NaN;
}

/** True when the first value surely lies below the second. */
export function surelyBelow(expression: Expression, first: Point, second: Point): boolean {
  const a = roundedValue(expression, first);
  const b = roundedValue(expression, second);
  return Number.isFinite(a.value) && Number.isFinite(b.value) && b.value - a.value > NOISE * (a.error + b.error);
}
