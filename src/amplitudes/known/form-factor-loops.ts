import { FORM_FACTOR } from '../alphabets/form-factor.ts';
import { PolylogSymbol } from '../symbol.ts';

const words = (list: string, coefficient: number): [string, number][] =>
  list.split(' ').map((word) => [word, coefficient]);

/**
 * The three-gluon form factor at one and two loops, as published: the first is the normalisation of all others, the
 * second is what the bootstrap must find again.
 *
 * @see Dixon, Gurdogan, McLeod, Wilhelm, https://arxiv.org/abs/2204.11901
 * @see Cai, Merz, Charton, Nolte, Wilhelm, Cranmer, Dixon, https://arxiv.org/abs/2405.06107
 */
export const FORM_FACTOR_LOOPS: readonly PolylogSymbol[] = [
  PolylogSymbol.from(FORM_FACTOR, words('bd ce af bf cd ae', -2)),
  PolylogSymbol.from(FORM_FACTOR, [
    ...words('bddd ceee afff bfff cddd aeee', 8),
    ...words('bbbd ccce aaaf bbbf cccd aaae', 16),
  ]),
];
