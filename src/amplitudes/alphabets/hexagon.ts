import { type AlphabetDefinition, createAlphabet } from '../alphabet.ts';

/** The nine letters of six-particle amplitudes, in the variables y that make them rational. */
const NINE_LETTERS: AlphabetDefinition = {
  name: 'hexagon, before adjacency',
  variables: ['p', 'q', 'r'],
  abbreviations: {
    u: 'p * (1 - q) * (1 - r) / ((1 - p * q) * (1 - p * r))',
    v: 'q * (1 - r) * (1 - p) / ((1 - q * r) * (1 - q * p))',
    w: 'r * (1 - p) * (1 - q) / ((1 - r * p) * (1 - r * q))',
  },
  letters: [
    { name: 'a', argument: 'u / (v * w)' },
    { name: 'b', argument: 'v / (w * u)' },
    { name: 'c', argument: 'w / (u * v)' },
    { name: 'd', argument: '(1 - u) / u' },
    { name: 'e', argument: '(1 - v) / v' },
    { name: 'f', argument: '(1 - w) / w' },
    { name: 'x', argument: 'p' },
    { name: 'y', argument: 'q' },
    { name: 'z', argument: 'r' },
  ],
  first: 'abc',
  symmetries: { cycle: 'bcaefdyzx', flip: 'bacedfyxz' },
};

/** The nine letters with the first-entry condition alone: every hexagon function has a symbol in them. */
export const HEXAGON_FREE = createAlphabet(NINE_LETTERS);

/**
 * The nine letters of six-gluon amplitudes in planar N = 4 super Yang-Mills theory, with the extended Steinmann
 * relations; x, y, z are the letters y_u, y_v, y_w, and p, q, r their values.
 *
 * @see Caron-Huot, Dixon, Dulat, von Hippel, McLeod, Papathanasiou, "The cosmic Galois group and extended Steinmann
 *   relations for planar N = 4 SYM amplitudes", JHEP 09 (2019) 061, https://arxiv.org/abs/1906.07116
 */
export const HEXAGON = createAlphabet({
  ...NINE_LETTERS,
  name: 'hexagon',
  notAdjacent: ['ab', 'ac', 'bc', 'ad', 'be', 'cf'],
});
