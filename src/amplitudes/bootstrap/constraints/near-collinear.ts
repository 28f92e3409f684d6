import { inverseMod } from '../../../numerics/index.ts';
import { FORM_FACTOR } from '../../alphabets/form-factor.ts';
import type { Tower } from '../tower.ts';
import { seamShape, type Train } from '../train.ts';
import {
  addTo,
  integrated,
  inverses,
  type LogLogSeries,
  type LogSeries,
  ORDER,
  timesSquareForm,
  timesX,
} from './series.ts';

/** The power of T in a letter as T -> 0, and the powers of S and of 1 + S^2 beside it. */
const LEADING: Readonly<Record<string, readonly [t: number, s: number, square: number]>> = {
  a: [0, -1, 0],
  b: [-1, 0, 0],
  c: [0, 1, 0],
  d: [-1, 1, 0],
  e: [1, -1, 1],
  f: [-1, -1, 0],
};

/** What letters contribute at first order in T, times S: as series in x = S^2. */
const FIRST_ORDER: Readonly<Record<string, (series: LogSeries, p: number) => LogSeries>> = {
  a: (series) => timesX(series),
  c: (series) => series,
  e: (series, p) => timesSquareForm(series, p),
};

/** A vector of series, one for every element of a space. */
type SeriesVector = readonly LogSeries[];

/**
 * The expansion of symbols around the collinear limit in the flux-tube variables T and S, by words read from the end:
 * the letters that stand for S lie innermost, then those for ln T, one letter that brings the power of T, then ln T
 * again.
 */
export class NearCollinear {
  private readonly inverse: Uint32Array;
  private readonly letters = Array.from(FORM_FACTOR.names);

  constructor(readonly p: number) {
    this.inverse = inverses(128, p);
  }

  /** The terms without a power of T, by powers of l = ln T. */
  atOrderZero(train: Train): LogLogSeries {
    const { p } = this;
    const total: LogLogSeries = new Map();
    const weight = train.weight + train.backWeight;
    for (let inner = 0; inner <= weight; inner++) {
      const walk = this.withSeries(train, inner);
      for (let i = inner; i < weight; i++) walk.step(this.logarithms());
      addTo(total, weight - inner, walk.value(), factorialInverse(weight - inner, p), p);
    }
    return total;
  }

  /**
   * The coefficient of T, times S, by powers of l = ln T.
   *
   * @param least powers of l below this one are left out
   */
  atOrderOne(train: Train, least: number): LogLogSeries {
    const { p } = this;
    const total: LogLogSeries = new Map();
    const weight = train.weight + train.backWeight;
    for (let inner = 0; inner + least < weight; inner++) {
      const walk = this.withSeries(train, inner);
      for (let logs = 0; inner + logs < weight; logs++) {
        if (logs >= least) {
          const outer = weight - inner - logs - 1;
          for (const [name, prefactor] of Object.entries(FIRST_ORDER)) {
            const rest = walk.copy();
            rest.step(this.oneLetter(name));
            for (let i = 0; i < outer; i++) rest.step(this.logarithms());
            const series = prefactor(rest.value(), p);
            this.derivatives(total, series, logs, outer, least);
          }
        }
        walk.step(this.logarithms());
      }
    }
    return total;
  }

  /** (1 + d/dl)^-(outer + 1) on l^logs / logs! times a series. */
  private derivatives(total: LogLogSeries, series: LogSeries, logs: number, outer: number, least: number): void {
    const { p } = this;
    let factor = 1;
    for (let q = 0; q <= logs - least; q++) {
      if (q > 0) factor = (((factor * (outer + q)) % p) * (p - this.inverse[q])) % p;
      addTo(total, logs - q, series, (factor * factorialInverse(logs - q, p)) % p, p);
    }
  }

  private withSeries(train: Train, inner: number): Walk {
    const walk = new Walk(train, this.p);
    for (let i = 0; i < inner; i++) walk.step((series, letter) => this.integral(series, letter));
    return walk;
  }

  private integral(series: LogSeries, letter: number): LogSeries | undefined {
    const [, s, square] = LEADING[this.letters[letter]];
    if (s === 0 && square === 0) return undefined;
    const { p, inverse } = this;
    const plain = integrated(series, inverse, p).map((value) => (((s + p) % p) * value) % p);
    if (square === 0) return plain;
    return integrated(timesSquareForm(series, p), inverse, p).map((value, i) => (value * square + plain[i]) % p);
  }

  private logarithms(): LetterRule {
    const powers = this.letters.map((name) => (LEADING[name][0] + this.p) % this.p);
    return (series, letter) =>
      powers[letter] === 0 ? undefined : series.map((value) => (value * powers[letter]) % this.p);
  }

  private oneLetter(name: string): LetterRule {
    const wanted = FORM_FACTOR.letter(name);
    return (series, letter) => (letter === wanted ? series : undefined);
  }
}

/** What becomes of a series when a letter is read; undefined for nothing. */
type LetterRule = (series: LogSeries, letter: number) => LogSeries | undefined;

/** Reads words of a symbol from the end, letter by letter, with a rule for every letter. */
class Walk {
  private vector: SeriesVector;
  private read: number;

  constructor(
    private readonly train: Train,
    private readonly p: number,
    from?: { vector: SeriesVector; read: number },
  ) {
    this.vector = from?.vector ?? [one()];
    this.read = from?.read ?? 0;
  }

  copy(): Walk {
    return new Walk(this.train, this.p, { vector: this.vector, read: this.read });
  }

  step(rule: LetterRule): void {
    const { front, weight, back, backWeight } = this.train;
    if (this.read < backWeight) this.vector = prepended(back, this.read + 1, this.vector, rule, this.p);
    else this.vector = removed(front, weight - (this.read - backWeight), this.vector, rule, this.p);
    this.read++;
    if (this.read === backWeight) this.vector = this.sewn();
  }

  /** After the last letter. */
  value(): LogSeries {
    return this.vector[0];
  }

  private sewn(): SeriesVector {
    const [height, width] = seamShape(this.train);
    const { matrix } = this.train;
    return Array.from({ length: height }, (_, i) => combination(this.vector, (j) => matrix[i * width + j], this.p));
  }
}

function one(): LogSeries {
  const series = new Uint32Array(ORDER);
  series[0] = 1;
  return series;
}

/** The elements of a weight in terms of those one lower; words of the tower grow by the letter. */
function prepended(tower: Tower, weight: number, vector: SeriesVector, rule: LetterRule, p: number): SeriesVector {
  const { dims, letters, tensors } = tower;
  const ruled = vector.flatMap((series) => Array.from({ length: letters }, (_, x) => rule(series, x)));
  return Array.from({ length: dims[weight] }, (_, i) =>
    combination(ruled, (c) => tensors[weight][i * ruled.length + c], p),
  );
}

/** The last letter of the words of a tower is read: from values on elements of a weight to those one lower. */
function removed(tower: Tower, weight: number, vector: SeriesVector, rule: LetterRule, p: number): SeriesVector {
  const { dims, letters, tensors } = tower;
  const lower = dims[weight - 1];
  return Array.from({ length: lower }, (_, j) => {
    let sum: LogSeries = new Uint32Array(ORDER);
    for (let x = 0; x < letters; x++) {
      const before = combination(vector, (i) => tensors[weight][(i * lower + j) * letters + x], p);
      const series = rule(before, x);
      if (series) sum = combination([sum, series], () => 1, p);
    }
    return sum;
  });
}

function combination(
  vector: readonly (LogSeries | undefined)[],
  factor: (index: number) => number,
  p: number,
): LogSeries {
  const length = vector.reduce((longest, series) => Math.max(longest, series?.length ?? 0), ORDER);
  const out = new Uint32Array(length);
  vector.forEach((series, index) => {
    const f = series ? factor(index) : 0;
    if (!series || f === 0) return;
    for (let i = 0; i < series.length; i++) if (series[i] !== 0) out[i] = (out[i] + f * series[i]) % p;
  });
  return out;
}

function factorialInverse(n: number, p: number): number {
  let product = 1;
  for (let i = 2; i <= n; i++) product = (product * i) % p;
  return inverseMod(product, p);
}
