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

/** Scores, and the share of laws of about that score that were right: from nine terms up. */
export const KNOTS: readonly (readonly [score: number, share: number])[] = [
  [-7.581, 0.0122],
  [-6.502, 0.0122],
  [-5.837, 0.0122],
  [-5.151, 0.0122],
  [-3.496, 0.0196],
  [-2.206, 0.0679],
  [-1.513, 0.2037],
  [-0.708, 0.3049],
  [-0.031, 0.3293],
  [0.659, 0.8171],
  [1.202, 0.8659],
  [1.603, 0.9146],
  [2.156, 0.9146],
  [2.711, 0.9444],
  [3.122, 0.939],
  [3.527, 0.9815],
  [4.478, 0.9947],
  [5.448, 0.9878],
  [5.969, 0.9878],
  [6.788, 0.9917],
];
