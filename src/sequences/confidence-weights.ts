// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: the numbers are fitted

/**
 * Weights of the logistic regression, fitted by `npm run bench -- sequence-weights`.
 *
 * Mean loss 0.2175 nats on its own set.
 */
export const WEIGHTS = {
  constant: -0.788,
  transformed: -0.8176,
  share: -1.8811,
  gain: 0.3054,
  surplus: 1.718,
  reach: 0.1364,
  reachGain: -0.0448,
  terms: -1.0877,
  families: {
    algebraic: -0.053,
    'c-finite': 3.142,
    differential: 0.0,
    'digits of a constant': -0.218,
    interleaved: 0.173,
    'known functions': -2.203,
    multiplicative: -0.625,
    nonlinear: -0.299,
    'p-recursive': 2.091,
    polynomial: 0.444,
    'quasi-polynomial': 0.272,
    'rational generating function': -1.946,
    regular: -0.144,
    residues: 1.456,
    rounded: -3.403,
    triangle: 1.31,
  } as Readonly<Record<string, number>>,
};
