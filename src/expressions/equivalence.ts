import { OptionError, RandomStream } from '../core/index.ts';
import { canonicalKey } from './canonical.ts';
import { evaluate } from './evaluate.ts';
import { call, type Expression, variablesOf } from './expression.ts';
import { DIV, SUB } from './operators/arithmetic.ts';
import { evaluateWithError } from './rounding-error.ts';
import { simplify } from './simplify/simplify.ts';

/** How two formulas are compared. */
export interface EquivalenceOptions {
  /** Interval of each variable; without one, half the points lie in [0.1, 3] and half in [-3, 3]. */
  readonly domain?: Readonly<Record<string, readonly [number, number]>>;
  /** Points at which both formulas are finite, and must agree; 64 by default. */
  readonly points?: number;
  /** Largest relative difference; 1e-10 by default. */
  readonly tolerance?: number;
  /** 0 by default. */
  readonly seed?: number;
  /** What the formulas may differ by; 'nothing' by default. */
  readonly upTo?: 'nothing' | 'constant' | 'factor';
}

/** Whether two formulas are one function, and how that was found. */
export interface Equivalence {
  readonly equivalent: boolean;
  readonly decidedBy: 'canonical-form' | 'numeric-identity' | 'undetermined';
  /** Points at which both formulas were finite; 0 when no point was needed. */
  readonly points: number;
  /** Largest relative difference seen. */
  readonly worst: number;
}

/** Draws per wanted point before the domain is given up. */
const PATIENCE = 64;
/** Rounding noise that is no difference, in units of its estimate. */
const NOISE = 8;

/**
 * Are two formulas the same function: by canonical form, else by values at random points.
 *
 * Points where either formula is not finite do not count; when fewer than a quarter of the wanted points
 * are left, the answer is no and `decidedBy` says 'undetermined'. Up to a constant, the difference must be
 * constant; up to a factor, the ratio, which is not 0.
 *
 * @throws OptionError "bad-domain" | "bad-points"
 * @example equivalent(parse('sin(2*x)'), parse('2*sin(x)*cos(x)')).equivalent // true
 */
export function equivalent(a: Expression, b: Expression, options: EquivalenceOptions = {}): Equivalence {
  const { domain = {}, points: wanted = 64, tolerance = 1e-10, seed = 0, upTo = 'nothing' } = options;
  if (!(Number.isInteger(wanted) && wanted > 0)) {
    throw new OptionError('bad-points', 'points', `${wanted}`, 'give a positive whole number');
  }
  for (const [name, [low, high]] of Object.entries(domain)) {
    if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high)) {
      throw new OptionError(
        'bad-domain',
        'domain',
        `[${low}, ${high}] for ${name}`,
        'give finite limits, the lower first',
      );
    }
  }
  if (equalForms(a, b, upTo)) return { equivalent: true, decidedBy: 'canonical-form', points: 0, worst: 0 };

  const names = [...new Set([...variablesOf(a), ...variablesOf(b)])];
  const random = new RandomStream(seed);
  const samples: Sample[] = [];
  for (let draw = 0; draw < PATIENCE * wanted && samples.length < wanted; draw++) {
    const positive = draw % 2 === 0;
    const values: Record<string, number> = Object.create(null);
    for (const name of names) {
      const [low, high] = Object.hasOwn(domain, name) ? domain[name] : positive ? [0.1, 3] : [-3, 3];
      values[name] = low + (high - low) * random.uniform();
    }
    const left = evaluateWithError(a, values);
    const right = evaluateWithError(b, values);
    const noise = NOISE * (left.error + right.error);
    if (!Number.isFinite(left.value) || !Number.isFinite(right.value) || !Number.isFinite(noise)) continue;
    samples.push({ a: left.value, b: right.value, noise });
  }
  if (samples.length < wanted / 4) {
    return { equivalent: false, decidedBy: 'undetermined', points: samples.length, worst: Number.NaN };
  }
  const worst = largestDifference(samples, upTo);
  return { equivalent: worst <= tolerance, decidedBy: 'numeric-identity', points: samples.length, worst };
}

interface Sample {
  readonly a: number;
  readonly b: number;
  readonly noise: number;
}

function equalForms(a: Expression, b: Expression, upTo: EquivalenceOptions['upTo']): boolean {
  if (canonicalKey(a) === canonicalKey(b)) return true;
  if (upTo === 'nothing') return false;
  const rest = simplify(call(upTo === 'constant' ? SUB : DIV, a, b));
  if (variablesOf(rest).length > 0) return false;
  const value = evaluate(rest, {});
  return Number.isFinite(value) && (upTo === 'constant' || value !== 0);
}

function largestDifference(samples: readonly Sample[], upTo: EquivalenceOptions['upTo']): number {
  let offset = 0;
  let factor = 1;
  if (upTo === 'constant') {
    // The median is untouched by a few points that are all noise.
    const differences = samples.map((sample) => sample.a - sample.b).sort((p, q) => p - q);
    offset = differences[differences.length >> 1];
  } else if (upTo === 'factor') {
    const largest = samples.reduce((best, sample) => (Math.abs(sample.b) > Math.abs(best.b) ? sample : best));
    factor = largest.a / largest.b;
    if (!Number.isFinite(factor) || factor === 0) return Number.POSITIVE_INFINITY;
  }
  let worst = 0;
  for (const { a, b, noise } of samples) {
    const other = factor * b + offset;
    const size = Math.max(Math.abs(a), Math.abs(b), Math.abs(other));
    const excess = Math.abs(a - other) - noise * Math.max(1, Math.abs(factor));
    if (excess > 0) worst = Math.max(worst, size > 0 ? excess / size : Number.POSITIVE_INFINITY);
  }
  return worst;
}
