import { FORM_FACTOR } from '../alphabets/form-factor.ts';
import { HEXAGON } from '../alphabets/hexagon.ts';
import { pairRelations, type RelationText, relationImages, type WordRelation } from '../integrability.ts';
import { firstLetters, functionTower, grown } from './function-space.ts';
import { projectedTower } from './projected-tower.ts';
import { emptyTower, type Tower } from './tower.ts';

/** Relations on three letters that stand side by side anywhere; their images under the symmetries count as well. */
export const TRIPLE_RELATIONS: readonly RelationText[] = [{ aab: 1, abb: 1, acb: 1 }];

/** Relations on the first letters. */
export const FRONT_RELATIONS: readonly RelationText[] = [
  { bd: 1, cd: -1 },
  { aaf: 1, abf: -2, bbf: 1 },
];

/** The letters of the form factor that those of the hexagon become under antipodal duality: a, b, c for d, e, f. */
export const DUAL_LETTERS = 'abcdef'.split('').map((name) => HEXAGON.letter('defabc'[FORM_FACTOR.letter(name)]));

/** All relations on neighbouring letters of the form factor modulo p. */
export function neighbourRelations(p: number): WordRelation[] {
  return [
    ...pairRelations(FORM_FACTOR, p),
    ...TRIPLE_RELATIONS.flatMap((relation) => relationImages(FORM_FACTOR, relation, p)),
  ];
}

/** The first letters of words of the form factor. @param weight letters at most */
export function frontTower(weight: number, p: number): Tower {
  return grown(emptyTower(FORM_FACTOR.size, p), weight, {
    anywhere: neighbourRelations(p),
    atFront: [
      ...firstLetters(FORM_FACTOR),
      ...FRONT_RELATIONS.flatMap((relation) => relationImages(FORM_FACTOR, relation, p)),
    ],
  });
}

/**
 * The last letters of words of the form factor, from the end: by antipodal duality they are the first letters of
 * six-gluon amplitudes where the letters y drop out.
 *
 * @see Dixon, Gurdogan, McLeod, Wilhelm, "Folding amplitudes into form factors: an antipodal duality", Phys. Rev.
 *   Lett. 128 (2022) 111602, https://arxiv.org/abs/2112.06243
 */
export function backTower(weight: number, p: number): Tower {
  return projectedTower(functionTower(HEXAGON, weight, p), DUAL_LETTERS);
}
