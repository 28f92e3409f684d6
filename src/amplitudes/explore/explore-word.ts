import { AnsatzError, ShapeError } from '../../core/index.ts';
import { isAdmissible } from '../admissible-words.ts';
import { FORM_FACTOR } from '../alphabets/form-factor.ts';
import type { PolylogSymbol } from '../symbol.ts';
import { orbitOf } from '../symmetry.ts';
import { wordKey, wordText } from '../word.ts';
import { lettersOf, type RelationInstance, relationsAt } from './word-relations.ts';

/** A word and its coefficient. */
export interface WordCoefficient {
  readonly word: string;
  readonly coefficient: number;
}

/** A relation at a place in the word that is explored. */
export interface WordRelationRecord {
  /** Integrability, a relation on three letters, or one on the first letters. */
  readonly kind: 'pair' | 'triple' | 'front';
  /** Such as `F(ab) - F(ba) - F(bc) + F(cb) = 0`. */
  readonly relation: string;
  /** Letters of the word before the place. */
  readonly at: number;
  /** The words it relates that may have a coefficient, the explored one among them. */
  readonly terms: readonly (WordCoefficient & { readonly factor: number })[];
  /** Other words with a coefficient: those that fix this one. */
  readonly others: number;
}

/** What is known of a word of a symbol. */
export interface WordRecord extends WordCoefficient {
  /** Why the coefficient has to be zero, where a letter or a pair of letters says so. */
  readonly forbidden?: string;
  /** The images under the symmetry group, each once, in alphabetical order. */
  readonly orbit: readonly WordCoefficient[];
  /** The relations that it stands in; those that fix it from the fewest other words come first. */
  readonly relations: readonly WordRelationRecord[];
}

/**
 * A word of the form factor: its coefficient, its orbit, and the relations that fix it from other words.
 *
 * @param symbol of the form factor
 * @throws ShapeError for another alphabet
 * @throws AnsatzError "unknown-letter" | "word-length"
 * @example exploreWord(FORM_FACTOR_LOOPS[1], 'aaaf').orbit.length // 6
 */
export function exploreWord(symbol: PolylogSymbol, word: string): WordRecord {
  const { alphabet, weight } = symbol;
  if (alphabet !== FORM_FACTOR) {
    throw new ShapeError('symbol', 'letters of the form factor', `letters of ${alphabet.name}`);
  }
  const letters = lettersOf(word);
  if (word.length !== weight) {
    const message = `"${word}" has ${word.length} letters`;
    throw new AnsatzError('word-length', message, `give ${weight} letters`, { word });
  }
  const forbidden = reasonAgainst(letters);
  const at = (key: number): WordCoefficient => {
    return { word: wordText(alphabet, weight, key), coefficient: symbol.at(key) };
  };
  const own = wordKey(alphabet, word);
  const instances = forbidden === undefined ? differing(relationsAt(letters)) : [];
  const relations = instances.map((instance): WordRelationRecord => {
    const { kind, text } = instance.relation;
    const terms = instance.terms.map(({ key, factor }) => ({ ...at(key), factor }));
    const others = instance.terms.filter(({ key }) => key !== own && symbol.at(key) !== 0).length;
    return { kind, relation: text, at: instance.at, terms, others };
  });
  relations.sort(
    (one, other) => one.others - other.others || one.terms.length - other.terms.length || one.at - other.at,
  );
  return {
    ...at(own),
    ...(forbidden !== undefined && { forbidden }),
    orbit: orbitOf(alphabet, word).map((image) => at(wordKey(alphabet, image))),
    relations,
  };
}

/** Relations that say the same once words without a coefficient are left out count once. */
function differing(instances: readonly RelationInstance[]): RelationInstance[] {
  const signature = ({ terms }: RelationInstance): string =>
    terms.map(({ key, factor }) => `${key}:${factor / terms[0].factor}`).join();
  return [...new Map(instances.map((instance) => [signature(instance), instance])).values()];
}

function reasonAgainst(letters: Uint8Array): string | undefined {
  if (isAdmissible(FORM_FACTOR, letters)) return undefined;
  const { names, size, mayBegin, mayEnd, mayFollow } = FORM_FACTOR;
  const last = letters[letters.length - 1];
  if (!mayBegin[letters[0]]) return `no word begins with ${names[letters[0]]}`;
  if (!mayEnd[last]) return `no word ends with ${names[last]}`;
  const i = letters.findIndex((letter, at) => at > 0 && !mayFollow[letters[at - 1] * size + letter]);
  return `${names[letters[i - 1]]} and ${names[letters[i]]} do not stand side by side`;
}
