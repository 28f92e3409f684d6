import { inverseMod } from '../../../numerics/index.ts';

/** Powers of x = S^2 that are kept: 0 .. ORDER - 1. */
export const ORDER = 14;

/**
 * A polynomial in y = ln S with power series in x = S^2 as coefficients, modulo p: the residue of y^j x^n stands at
 * j * ORDER + n.
 */
export type LogSeries = Uint32Array;

/** The inverses of 1, 2, ... modulo p, at their own index. */
export function inverses(count: number, p: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => (i === 0 ? 0 : inverseMod(i, p)));
}

/** The series F without constant with S dF/dS = series, y = ln S. @param inverse of whole numbers, see `inverses` */
export function integrated(series: LogSeries, inverse: Uint32Array, p: number): LogSeries {
  const powers = series.length / ORDER;
  const out = new Uint32Array((powers + 1) * ORDER);
  for (let j = 0; j < powers; j++) out[(j + 1) * ORDER] = (series[j * ORDER] * inverse[j + 1]) % p;
  for (let n = 1; n < ORDER; n++) {
    // 2n F_j + (j + 1) F_{j+1} = series_j, from the highest power of y down.
    let above = 0;
    for (let j = powers - 1; j >= 0; j--) {
      const rest = series[j * ORDER + n] + p - ((above * (j + 1)) % p);
      above = ((rest % p) * inverse[2 * n]) % p;
      out[j * ORDER + n] = above;
    }
  }
  return out;
}

/** The series times 2x / (1 + x), which is S d/dS ln(1 + S^2). */
export function timesSquareForm(series: LogSeries, p: number): LogSeries {
  const out = new Uint32Array(series.length);
  for (let at = 0; at < series.length; at += ORDER) {
    for (let n = 1; n < ORDER; n++) out[at + n] = (2 * series[at + n - 1] + p - out[at + n - 1]) % p;
  }
  return out;
}

/** The series times x. */
export function timesX(series: LogSeries): LogSeries {
  const out = new Uint32Array(series.length);
  for (let at = 0; at < series.length; at += ORDER) out.set(series.subarray(at, at + ORDER - 1), at + 1);
  return out;
}

/** a + factor b; the longer of the two lengths. */
export function plusMultiple(a: LogSeries, b: LogSeries, factor: number, p: number): LogSeries {
  const out = new Uint32Array(Math.max(a.length, b.length));
  out.set(a);
  if (factor !== 0) for (let i = 0; i < b.length; i++) if (b[i] !== 0) out[i] = (out[i] + factor * b[i]) % p;
  return out;
}

/** The product of two series. */
export function product(a: LogSeries, b: LogSeries, p: number): LogSeries {
  const [rows, columns] = [a.length / ORDER, b.length / ORDER];
  const out = new Uint32Array((rows + columns - 1) * ORDER);
  for (let j = 0; j < rows; j++) {
    for (let n = 0; n < ORDER; n++) {
      const factor = a[j * ORDER + n];
      if (factor === 0) continue;
      for (let k = 0; k < columns; k++) {
        for (let m = 0; n + m < ORDER; m++) {
          const at = (j + k) * ORDER + n + m;
          out[at] = (out[at] + factor * b[k * ORDER + m]) % p;
        }
      }
    }
  }
  return out;
}

/** Polynomials in l = ln T with such series as coefficients, by power. */
export type LogLogSeries = Map<number, LogSeries>;

/** Adds factor * series to the coefficient of l^power. */
export function addTo(total: LogLogSeries, power: number, series: LogSeries, factor: number, p: number): void {
  const known = total.get(power);
  total.set(power, plusMultiple(known ?? new Uint32Array(ORDER), series, factor, p));
}

/** The product of two. */
export function multiplied(a: LogLogSeries, b: LogLogSeries, p: number): LogLogSeries {
  const out: LogLogSeries = new Map();
  for (const [i, left] of a) for (const [j, right] of b) addTo(out, i + j, product(left, right, p), 1, p);
  return out;
}
