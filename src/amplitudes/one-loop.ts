import { FORM_FACTOR } from './alphabets/form-factor.ts';
import { PolylogSymbol } from './symbol.ts';

/** The symbol of the three-gluon form factor at one loop: the normalisation of all others. */
export const ONE_LOOP = PolylogSymbol.from(
  FORM_FACTOR,
  ['bd', 'ce', 'af', 'bf', 'cd', 'ae'].map((word) => [word, -2]),
);
