import { createAlphabet } from '../alphabet.ts';

/**
 * The four letters of the ladder functions: z, y = zbar, p = 1 - z, q = 1 - zbar.
 *
 * @see Usyukina, Davydychev, "Exact results for three- and four-point ladder diagrams with an arbitrary number of
 *   rungs", Phys. Lett. B 305 (1993) 136
 */
export const LADDER = createAlphabet({
  name: 'ladder',
  variables: ['z', 'y'],
  letters: [
    { name: 'z', argument: 'z' },
    { name: 'y', argument: 'y' },
    { name: 'p', argument: '1 - z' },
    { name: 'q', argument: '1 - y' },
  ],
  symmetries: { conjugation: 'yzqp' },
});
