/**
 * Weights of the logistic regression, fitted by `npm run bench -- sequence-weights`.
 *
 * Mean loss 0.1711 nats on its own set.
 */
export const WEIGHTS = {
  constant: 2.4241,
  transformed: -0.151,
  share: -1.0299,
  gain: 0.4928,
  surplus: 1.8804,
  reach: -1.443,
  reachGain: -0.3909,
  terms: -1.9045,
  families: {
    algebraic: 0.0,
    'c-finite': 2.57,
    differential: 0.0,
    'digits of a constant': -1.542,
    interleaved: 0.412,
    'known functions': -1.309,
    multiplicative: -1.355,
    nonlinear: -0.0,
    'p-recursive': 1.031,
    polynomial: -0.219,
    'quasi-polynomial': 0.187,
    'rational generating function': -0.585,
    regular: -0.097,
    residues: 0.097,
    triangle: 0.809,
  } as Readonly<Record<string, number>>,
};
