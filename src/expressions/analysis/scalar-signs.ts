import { size, variablesOf } from '../expression.ts';
import { boxOf, type Point, samplesOf } from './box.ts';
import type { Domain } from './enclose.ts';
import { Encloser } from './encloser.ts';
import { roundedValue } from './rounded-value.ts';
import { keyOfScalar, type Scalar, tidy, ZERO } from './scalar.ts';
import { signOn } from './sign.ts';

/** Thrown where an expansion cannot tell how to go on; the answer is then unknown. */
export const UNDECIDED = { reason: 'an expansion could not decide' };
/** Thrown where an expansion takes more work than it is given; a longer one would too. */
export const EXHAUSTED = { reason: 'an expansion is too long' };
/** Thrown where a formula has no real value near the point. */
export const NOT_REAL = { reason: 'no real value' };

/** Rounding that is no number, in units of its estimate. */
const NOISE = 8;
const SAMPLES = 8;
const MOST_BOXES = 60;
/** Work, about the same time for a unit, after which an expansion is given up. */
const PATIENCE = 60_000;
/** Nodes of a coefficient beyond which it is not simplified. */
const LARGEST = 300;

/** Decides which coefficients are 0 and which sign they have, for the values that the other variables may take. */
export class ScalarSigns {
  private readonly known = new Map<string, -1 | 0 | 1 | null>();
  private readonly samples = new Map<string, readonly Point[]>();
  private work = 0;

  constructor(readonly domain: Domain) {}

  /** The scalar in its short form; 0 where it vanishes within rounding. */
  clean(a: Scalar): Scalar {
    if (++this.work > PATIENCE) throw EXHAUSTED;
    if (a.kind === 'rational') return a;
    if (a.kind === 'real') {
      if (!Number.isFinite(a.value)) throw UNDECIDED;
      return Math.abs(a.value) <= NOISE * a.error ? ZERO : a;
    }
    const nodes = size(a.expression);
    if (nodes > LARGEST) throw EXHAUSTED;
    this.work += 40 + 6 * nodes + nodes * nodes * 0.1;
    const short = tidy(a);
    if (short.kind !== 'symbolic') return this.clean(short);
    return this.vanishes(short) ? ZERO : short;
  }

  /** The sign. @throws UNDECIDED where the domain does not tell. */
  of(a: Scalar): -1 | 0 | 1 {
    if (a.kind === 'rational') return a.numerator > 0n ? 1 : a.numerator < 0n ? -1 : 0;
    if (a.kind === 'real') return Math.abs(a.value) <= NOISE * a.error ? 0 : a.value > 0 ? 1 : -1;
    const key = keyOfScalar(a);
    let sign = this.known.get(key);
    if (sign === undefined) {
      this.work += 2000;
      const verdict = signOn(new Encloser(a.expression, 1), this.domain, MOST_BOXES).sign;
      // A coefficient that is 0 at the edge of the domain only has its sign for all values beside it.
      if (verdict === 'positive' || verdict === 'non-negative') sign = 1;
      else if (verdict === 'negative' || verdict === 'non-positive') sign = -1;
      else sign = verdict === 'zero' ? 0 : null;
      this.known.set(key, sign);
    }
    if (sign === null) throw UNDECIDED;
    return sign;
  }

  private vanishes(a: Extract<Scalar, { kind: 'symbolic' }>): boolean {
    const names = variablesOf(a.expression);
    const id = names.join('\n');
    let points = this.samples.get(id);
    if (!points) {
      points = samplesOf(boxOf(names, this.domain), SAMPLES);
      this.samples.set(id, points);
    }
    let seen = 0;
    for (const at of points) {
      const { value, error } = roundedValue(a.expression, at);
      if (!Number.isFinite(value) || !Number.isFinite(error)) continue;
      if (Math.abs(value) > NOISE * error && value !== 0) return false;
      seen++;
    }
    return seen >= SAMPLES / 2;
  }
}
