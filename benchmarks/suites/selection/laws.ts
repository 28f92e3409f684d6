/**
 * Laws to be told from their competitors under noise, made up for this: all of their constants that are no small
 * whole numbers or fractions are free, every input lies between 0.5 and 4.
 */
export const LAWS: readonly string[] = [
  '2.37 * x^1.5',
  '4.13 * exp(-0.73 * x)',
  '1.83 * log(x) + 3.37',
  '3.41 * x / (x + 1.27)',
  '1.73 * x^2 + 2.19',
  '2.61 * sqrt(x + 0.83)',
  '7.43 * x * exp(-1.13 * x)',
  '3.17 / (x^2 + 1.19)',
  '2.17 * x^2 / u',
  '1.43 * x + 3.71 * u',
  '2.83 * x * exp(-0.67 * u)',
  '3.19 * x * u / (x + u)',
  '1.61 * sqrt(x^2 + u^2)',
  '2.29 * x^2 + 1.37 * x * u',
  '4.57 * (1 / x - 1 / u)',
  '1.91 * log(x / u)',
  '3.23 * x * u / v^2',
  '1.87 * x * (u - v)',
  '2.47 * x + 1.31 * u * v',
  '1.57 * sqrt(x * u) / v',
  '2.69 * x^2 * exp(-u / v)',
  '1.79 * x * u + 0.93 * v^2',
  '2.13 * x * u^2 / (v * w)',
  '1.47 * x * u + 2.59 * v * w',
  '3.67 * (x - u) / (v + w)',
  '1.93 * x * u / sqrt(v) + 0.71 * w',
];
