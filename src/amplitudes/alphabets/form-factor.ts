import { createAlphabet } from '../alphabet.ts';

/**
 * The six letters of the three-gluon form factor in planar N = 4 super Yang-Mills theory; u + v + w = 1.
 *
 * First letters say where amplitudes have branch cuts, last ones follow from supersymmetry; which letters may stand
 * side by side is the extended Steinmann condition found in the symbols up to five loops.
 *
 * @see Dixon, Gurdogan, McLeod, Wilhelm, "Bootstrapping a stress-tensor form factor through eight loops",
 *   JHEP 07 (2022) 153, https://arxiv.org/abs/2204.11901
 */
export const FORM_FACTOR = createAlphabet({
  name: 'form factor',
  variables: ['u', 'v'],
  abbreviations: { w: '1 - u - v' },
  letters: [
    { name: 'a', argument: 'sqrt(u / (v * w))' },
    { name: 'b', argument: 'sqrt(v / (w * u))' },
    { name: 'c', argument: 'sqrt(w / (u * v))' },
    { name: 'd', argument: '(1 - u) / u' },
    { name: 'e', argument: '(1 - v) / v' },
    { name: 'f', argument: '(1 - w) / w' },
  ],
  first: 'abc',
  last: 'def',
  notAdjacent: ['de', 'ef', 'df', 'ad', 'be', 'cf'],
  symmetries: { cycle: 'bcaefd', flip: 'bacedf' },
});
