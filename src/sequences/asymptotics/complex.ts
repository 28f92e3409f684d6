/** A complex number of doubles: real and imaginary part. */
export type Complex = readonly [number, number];

/**
 * Arithmetic of complex doubles, and all roots of a polynomial.
 *
 * @example Complex.multiply([0, 1], [0, 1]) // [-1, 0]
 */
export const Complex = {
  add: (a: Complex, b: Complex): Complex => [a[0] + b[0], a[1] + b[1]],
  subtract: (a: Complex, b: Complex): Complex => [a[0] - b[0], a[1] - b[1]],
  multiply: (a: Complex, b: Complex): Complex => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]],
  divide: (a: Complex, b: Complex): Complex => {
    const size = b[0] * b[0] + b[1] * b[1];
    return [(a[0] * b[0] + a[1] * b[1]) / size, (a[1] * b[0] - a[0] * b[1]) / size];
  },
  modulus: (a: Complex): number => Math.hypot(a[0], a[1]),
  roots,
};

/** All roots at once, by the iteration of Aberth and Ehrlich; coefficients ascending, square-free. */
function roots(coefficients: readonly number[]): Complex[] {
  const degree = coefficients.length - 1;
  const lead = coefficients[degree];
  const radius = 1 + Math.max(...coefficients.slice(0, -1).map((c) => Math.abs(c / lead)));
  const found: Complex[] = Array.from({ length: degree }, (_, k) => {
    const angle = (2 * Math.PI * (k + 0.35)) / degree;
    return [0.5 * radius * Math.cos(angle), 0.5 * radius * Math.sin(angle)];
  });
  for (let round = 0; round < 300; round++) {
    let change = 0;
    for (let k = 0; k < degree; k++) {
      const [value, slope] = horner(coefficients, found[k]);
      if (Complex.modulus(value) === 0) continue;
      const newton = Complex.divide(value, slope);
      let sum: Complex = [0, 0];
      for (let j = 0; j < degree; j++) {
        if (j !== k) sum = Complex.add(sum, Complex.divide([1, 0], Complex.subtract(found[k], found[j])));
      }
      const step = Complex.divide(newton, Complex.subtract([1, 0], Complex.multiply(newton, sum)));
      if (!Number.isFinite(step[0]) || !Number.isFinite(step[1])) continue;
      found[k] = Complex.subtract(found[k], step);
      change = Math.max(change, Complex.modulus(step) / Math.max(Complex.modulus(found[k]), 1e-300));
    }
    if (change < 1e-15) break;
  }
  return found.map(([re, im]) => (Math.abs(im) < 1e-11 * Math.hypot(re, im) ? [re, 0] : [re, im]));
}

function horner(coefficients: readonly number[], at: Complex): [Complex, Complex] {
  let value: Complex = [0, 0];
  let slope: Complex = [0, 0];
  for (let power = coefficients.length - 1; power >= 0; power--) {
    slope = Complex.add(Complex.multiply(slope, at), value);
    value = Complex.add(Complex.multiply(value, at), [coefficients[power], 0]);
  }
  return [value, slope];
}
