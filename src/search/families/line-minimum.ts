const GOLDEN = (3 - Math.sqrt(5)) / 2;

/** Where a function of one variable is least, and its value there. */
export interface LineMinimum {
  readonly at: number;
  readonly value: number;
}

/**
 * Brent's search between `low` and `high`: parabolas where they help, golden sections elsewhere.
 *
 * A value that is not a number counts as infinite.
 *
 * @param start a point between them to begin with
 * @param tolerance relative, of the place
 * @see Brent, Algorithms for Minimization without Derivatives (1973), chapter 5
 */
export function lineMinimum(
  f: (x: number) => number,
  low: number,
  high: number,
  start: number,
  tolerance: number,
  evaluations: number,
): LineMinimum {
  const value = (x: number): number => {
    const y = f(x);
    return Number.isNaN(y) ? Infinity : y;
  };
  let a = low;
  let b = high;
  let x = start;
  let w = start;
  let v = start;
  let fx = value(x);
  let fw = fx;
  let fv = fx;
  let step = 0;
  let before = 0;
  for (let used = 1; used < evaluations; used++) {
    const middle = (a + b) / 2;
    const close = tolerance * Math.abs(x) + 1e-300;
    if (Math.abs(x - middle) <= 2 * close - (b - a) / 2) break;
    let parabolic = false;
    if (Math.abs(before) > close) {
      const r = (x - w) * (fx - fv);
      let q = (x - v) * (fx - fw);
      let p = (x - v) * q - (x - w) * r;
      q = 2 * (q - r);
      if (q > 0) p = -p;
      q = Math.abs(q);
      if (Number.isFinite(p) && Math.abs(p) < Math.abs((q * before) / 2) && p > q * (a - x) && p < q * (b - x)) {
        before = step;
        step = p / q;
        const u = x + step;
        if (u - a < 2 * close || b - u < 2 * close) step = x < middle ? close : -close;
        parabolic = true;
      }
    }
    if (!parabolic) {
      before = x < middle ? b - x : a - x;
      step = GOLDEN * before;
    }
    const u = Math.abs(step) >= close ? x + step : x + (step > 0 ? close : -close);
    const fu = value(u);
    if (fu <= fx) {
      if (u < x) b = x;
      else a = x;
      v = w;
      fv = fw;
      w = x;
      fw = fx;
      x = u;
      fx = fu;
      continue;
    }
    if (u < x) a = u;
    else b = u;
    if (fu <= fw || w === x) {
      v = w;
      fv = fw;
      w = u;
      fw = fu;
    } else if (fu <= fv || v === x || v === w) {
      v = u;
      fv = fu;
    }
  }
  return { at: x, value: fx };
}
