import { OptionError } from '../../core/index.ts';
import { primeAt } from '../../numerics/index.ts';
import { type Alphabet, longestWord } from '../alphabet.ts';
import { pairRelations, type WordRelation } from '../integrability.ts';
import { emptyTower, type GrowthRules, grow, type Tower } from './tower.ts';

/** Rules that the first letters of words obey. */
export function firstLetters(alphabet: Alphabet): WordRelation[] {
  return Array.from(alphabet.mayBegin.entries()).flatMap(([letter, may]) =>
    may ? [] : [{ words: [letter], residues: [1], length: 1 }],
  );
}

/**
 * Symbols of functions of an alphabet: the first-entry condition, adjacency and integrability.
 *
 * @param weight letters at most
 */
export function functionTower(alphabet: Alphabet, weight: number, p: number): Tower {
  return grown(emptyTower(alphabet.size, p), weight, {
    anywhere: pairRelations(alphabet, p),
    atFront: firstLetters(alphabet),
  });
}

/**
 * How many independent symbols of functions an alphabet has at each weight: the first-entry condition, adjacency and
 * integrability, modulo a prime.
 *
 * @param weight letters at most
 * @returns dimensions at weight 1 .. `weight`
 * @throws OptionError "weight"; ParseError | DomainError for letters that are not products of powers
 * @example functionCounts(HEXAGON_FREE, 4) // [3, 9, 26, 75]
 */
export function functionCounts(alphabet: Alphabet, weight: number, p = primeAt(0)): number[] {
  const longest = longestWord(alphabet);
  if (!Number.isInteger(weight) || weight < 1 || weight > longest) {
    throw new OptionError('weight', 'weight', `${weight}`, `give a whole number from 1 to ${longest}`);
  }
  return functionTower(alphabet, weight, p).dims.slice(1);
}

/** Adds weights to a tower up to `weight`. */
export function grown(tower: Tower, weight: number, rules: GrowthRules): Tower {
  while (tower.dims.length <= weight) grow(tower, rules);
  return tower;
}
