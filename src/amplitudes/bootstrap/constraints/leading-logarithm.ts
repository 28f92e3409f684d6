import { inverseMod } from '../../../numerics/index.ts';
import { seamShape } from '../train.ts';
import type { Constraint } from './constraint.ts';
import { NearCollinear } from './near-collinear.ts';
import { addTo, type LogLogSeries, type LogSeries, multiplied, ORDER } from './series.ts';

/** The last powers of x are not compared: those of the series are cut there. */
const COMPARED = ORDER - 2;

/**
 * The leading logarithm of the operator product expansion: the coefficient of T is that of one gluonic excitation of
 * the flux tube with its one-loop anomalous dimension.
 *
 * @see Sever, Tumanov, Wilhelm, "Operator product expansion for form factors", Phys. Rev. Lett. 126 (2021) 031602,
 *   https://arxiv.org/abs/2009.11297
 */
export const LEADING_LOGARITHM: Constraint = {
  name: 'OPE',
  title: 'the leading logarithm of the form-factor operator product expansion',
  equations({ seam, matrices, normalisation }, { loops, p, lower }) {
    const expansion = new NearCollinear(p);
    const [height, width] = seamShape(seam);
    const least = loops - 1;
    const count = normalisation.length;
    const ours = Array.from({ length: count }, (_, t) =>
      expansion.atOrderOne({ ...seam, matrix: matrices.slice(t * height * width, (t + 1) * height * width) }, least),
    );
    const known: LogLogSeries = new Map();
    const minusOneLoop: LogLogSeries = new Map();
    for (const [power, series] of expansion.atOrderZero(lower[1]!)) addTo(minusOneLoop, power, series, p - 1, p);
    // The logarithm of the ratio to the exponentiated one-loop result starts later.
    let powers: LogLogSeries = new Map([[0, unit()]]);
    for (let e = 1; e < loops; e++) {
      const next: LogLogSeries = new Map();
      for (const [power, series] of multiplied(powers, minusOneLoop, p))
        addTo(next, power, series, inverseMod(e, p), p);
      powers = next;
      const first = expansion.atOrderOne(lower[loops - e]!, 0);
      for (const [power, series] of multiplied(first, powers, p)) addTo(known, power, series, 1, p);
    }
    const wantedSeries = leadingLogarithm(loops, p);
    return compared(ours, known, wantedSeries, loops, p);
  },
};

function unit(): LogSeries {
  const series = new Uint32Array(ORDER);
  series[0] = 1;
  return series;
}

function compared(
  ours: readonly LogLogSeries[],
  known: LogLogSeries,
  leading: LogSeries,
  loops: number,
  p: number,
): { values: Uint32Array; wanted: Uint32Array } {
  const rows = Math.max(
    leading.length,
    ...[known, ...ours].flatMap((series) => Array.from(series.values(), ({ length }) => length)),
  );
  const perPower = (rows / ORDER) * COMPARED;
  const powers = Array.from({ length: loops + 2 }, (_, i) => loops - 1 + i);
  const equations = perPower * powers.length;
  const read = (series: LogSeries | undefined, out: Uint32Array, at: number): void => {
    for (let j = 0; j * ORDER < (series?.length ?? 0); j++) {
      out.set(series!.subarray(j * ORDER, j * ORDER + COMPARED), at + j * COMPARED);
    }
  };
  const values = new Uint32Array(ours.length * equations);
  const wanted = new Uint32Array(equations);
  const lowerPart = new Uint32Array(equations);
  powers.forEach((power, i) => {
    ours.forEach((series, t) => {
      read(series.get(power), values, t * equations + i * perPower);
    });
    read(known.get(power), lowerPart, i * perPower);
    if (power === loops - 1) read(leading, wanted, i * perPower);
  });
  return { values, wanted: wanted.map((value, i) => (value + p - lowerPart[i]) % p) };
}

/**
 * f_L, times S: the residue at eps = 0 of the sum over k of
 * 2 (-1)^k S^(2k+2) e^(2 eps ln S) g_k(eps)^(L-1) / ((L-1)! eps (k + eps) (k + 1 + eps)),
 * g_k = 2 (sum over j = 1 .. k+1 of 1/(j + eps) + sum over j = 0 .. k-1 of 1/(j + eps)).
 */
function leadingLogarithm(loops: number, p: number): LogSeries {
  const length = 2 * loops + 6;
  const powersOfLog = 3 * loops + 3;
  const out = new Uint32Array(powersOfLog * ORDER);
  let factorial = 1;
  for (let i = 2; i < loops; i++) factorial = (factorial * i) % p;
  for (let k = 0; k < ORDER - 1; k++) {
    let g = new Laurent(0, new Float64Array(length));
    for (let j = 1; j <= k + 1; j++) g = g.plus(Laurent.pole(j, length, p), p);
    for (let j = 0; j < k; j++) g = g.plus(Laurent.pole(j, length, p), p);
    g = g.times(Laurent.constant(2, length), p);
    let total = Laurent.pole(0, length, p)
      .times(Laurent.pole(k, length, p), p)
      .times(Laurent.pole(k + 1, length, p), p);
    for (let i = 1; i < loops; i++) total = total.times(g, p);
    let exponential = (2 * inverseMod(factorial, p)) % p;
    if (k % 2 === 1) exponential = p - exponential;
    for (let j = 0; j < powersOfLog; j++) {
      // e^(2 eps y) gives (2 eps)^j y^j / j!.
      if (j > 0) exponential = (((exponential * 2) % p) * inverseMod(j, p)) % p;
      out[j * ORDER + k + 1] = (exponential * total.coefficient(-1 - j)) % p;
    }
  }
  return out;
}

/** A Laurent series in eps modulo p: coefficients of eps^order, eps^(order + 1), ... */
class Laurent {
  constructor(
    private readonly order: number,
    private readonly coefficients: Float64Array,
  ) {}

  static constant(value: number, length: number): Laurent {
    const coefficients = new Float64Array(length);
    coefficients[0] = value;
    return new Laurent(0, coefficients);
  }

  /** 1 / (j + eps). */
  static pole(j: number, length: number, p: number): Laurent {
    if (j === 0) return new Laurent(-1, Laurent.constant(1, length).coefficients);
    const inverse = inverseMod(j, p);
    const coefficients = new Float64Array(length);
    let power = inverse;
    for (let i = 0; i < length; i++) {
      coefficients[i] = i % 2 === 0 ? power : p - power;
      power = (power * inverse) % p;
    }
    return new Laurent(0, coefficients);
  }

  coefficient(power: number): number {
    return this.coefficients[power - this.order] ?? 0;
  }

  plus(other: Laurent, p: number): Laurent {
    const order = Math.min(this.order, other.order);
    const sum = this.coefficients.map((_, i) => (this.coefficient(order + i) + other.coefficient(order + i)) % p);
    return new Laurent(order, sum);
  }

  times(other: Laurent, p: number): Laurent {
    const out = new Float64Array(this.coefficients.length);
    this.coefficients.forEach((a, i) => {
      if (a === 0) return;
      for (let j = 0; i + j < out.length; j++) out[i + j] = (out[i + j] + a * other.coefficients[j]) % p;
    });
    return new Laurent(this.order + other.order, out);
  }
}
