// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: the numbers are fitted

/**
 * Weights of the logistic regression, fitted by `npm run bench -- sequence-weights`.
 *
 * Mean loss 0.1592 nats on its own set.
 */
export const WEIGHTS = {
  constant: 2.2723,
  transformed: -0.0288,
  share: -1.1221,
  gain: 0.3471,
  surplus: 2.0534,
  reach: -2.4282,
  reachGain: -0.1518,
  terms: -1.8811,
  families: {
    algebraic: -0.0,
    'c-finite': 2.744,
    differential: 0.0,
    'digits of a constant': -1.203,
    interleaved: 0.903,
    'known functions': -0.61,
    multiplicative: -1.289,
    nonlinear: -0.0,
    'p-recursive': 1.377,
    polynomial: 0.411,
    'quasi-polynomial': -0.025,
    'rational generating function': -0.453,
    regular: 0.052,
    residues: 0.466,
    rounded: -3.371,
    triangle: 0.999,
  } as Readonly<Record<string, number>>,
};
