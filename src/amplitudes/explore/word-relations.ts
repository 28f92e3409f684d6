import { primeAt, reconstructRational } from '../../numerics/index.ts';
import { isAdmissible } from '../admissible-words.ts';
import { FORM_FACTOR } from '../alphabets/form-factor.ts';
import { FRONT_RELATIONS, TRIPLE_RELATIONS } from '../bootstrap/form-factor-spaces.ts';
import { pairRelations, type RelationText } from '../integrability.ts';
import { lettersKey, wordKey, wordText } from '../word.ts';

/** A linear relation between the coefficients of words that differ in a few neighbouring letters. */
export interface LetterRelation {
  /** Integrability, the relations on three letters, or those on the first letters. */
  readonly kind: 'pair' | 'triple' | 'front';
  /** Such as `F(ab) - F(ba) - F(bc) + F(cb) = 0`. */
  readonly text: string;
  /** Letters that differ. */
  readonly length: number;
  /** Whether it holds for the first letters only. */
  readonly atFront: boolean;
  /** Keys of words of `length` letters. */
  readonly words: readonly number[];
  /** What the coefficient of each is multiplied by: whole numbers without a common factor, the first positive. */
  readonly factors: readonly number[];
}

/** A relation at a place in a word. */
export interface RelationInstance {
  readonly relation: LetterRelation;
  /** Letters before the place. */
  readonly at: number;
  /** The words it relates that may have a coefficient, with their factors. */
  readonly terms: readonly { readonly key: number; readonly factor: number }[];
}

let table: readonly LetterRelation[] | undefined;

/**
 * Every relation of the form factor on neighbouring letters but those of forbidden pairs, with its images under the
 * symmetries.
 *
 * @example formFactorRelations().filter(({ kind }) => kind === 'triple')[0].text // 'F(aab) + F(abb) + F(acb) = 0'
 */
export function formFactorRelations(): readonly LetterRelation[] {
  table ??= [
    ...images('pair', integrable()),
    ...images('triple', TRIPLE_RELATIONS),
    ...images('front', FRONT_RELATIONS),
  ];
  return table;
}

/** The relations of integrability with whole numbers, as they follow from the arguments of the letters. */
function integrable(): RelationText[] {
  const p = primeAt(0);
  return pairRelations(FORM_FACTOR, p)
    .filter(({ words }) => words.length > 1)
    .map(({ words, residues, length }) => {
      const fractions = residues.map((residue) => reconstructRational(BigInt(residue), BigInt(p))!);
      const scale = fractions.reduce((product, { den }) => product * den, 1n);
      const factors = fractions.map(({ num, den }) => Number((num * scale) / den));
      return Object.fromEntries(words.map((word, i) => [wordText(FORM_FACTOR, length, word), factors[i]]));
    });
}

function images(kind: LetterRelation['kind'], relations: readonly RelationText[]): LetterRelation[] {
  const found = new Map<string, LetterRelation>();
  for (const relation of relations) {
    const { length } = Object.keys(relation)[0];
    for (const image of FORM_FACTOR.group) {
      const terms = Object.entries(relation).map(([word, factor]) => {
        const key = lettersKey(
          FORM_FACTOR.size,
          length,
          [...word].map((name) => image[FORM_FACTOR.letter(name)]),
        );
        return { key, factor };
      });
      terms.sort((one, other) => one.key - other.key);
      const scale = terms.reduce((divisor, { factor }) => gcd(divisor, factor), 0) * Math.sign(terms[0].factor);
      const factors = terms.map(({ factor }) => factor / scale);
      const words = terms.map(({ key }) => key);
      const text = relationText(words, factors, length);
      found.set(text, { kind, text, length, atFront: kind === 'front', words, factors });
    }
  }
  return [...found.values()];
}

function relationText(words: readonly number[], factors: readonly number[], length: number): string {
  const terms = words.map((word, i) => {
    const sign = factors[i] < 0 ? '-' : '+';
    const size = Math.abs(factors[i]);
    return `${sign} ${size === 1 ? '' : `${size} `}F(${wordText(FORM_FACTOR, length, word)})`;
  });
  return `${terms.join(' ').replace(/^\+ /, '')} = 0`;
}

function gcd(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}

/**
 * The relations that a word stands in, at every place.
 *
 * @param letters shape [weight]
 */
export function relationsAt(letters: Uint8Array): RelationInstance[] {
  const weight = letters.length;
  const { size } = FORM_FACTOR;
  const key = lettersKey(size, weight, letters);
  const image = letters.slice();
  const found: RelationInstance[] = [];
  for (const relation of formFactorRelations()) {
    const { length, words, factors, atFront } = relation;
    const places = weight < length ? 0 : atFront ? 1 : weight - length + 1;
    for (let at = 0; at < places; at++) {
      const window = lettersKey(size, length, letters.subarray(at, at + length));
      if (!words.includes(window)) continue;
      const unit = size ** (weight - at - length);
      const terms = words.flatMap((word, i) => {
        let rest = word;
        for (let j = length - 1; j >= 0; j--) {
          image[at + j] = rest % size;
          rest = (rest - image[at + j]) / size;
        }
        return isAdmissible(FORM_FACTOR, image) ? [{ key: key + (word - window) * unit, factor: factors[i] }] : [];
      });
      image.set(letters);
      found.push({ relation, at, terms });
    }
  }
  return found;
}

/** The letters of a word of the form factor. @throws AnsatzError "unknown-letter" | "word-too-long" */
export function lettersOf(word: string): Uint8Array {
  wordKey(FORM_FACTOR, word);
  return Uint8Array.from(word, (name) => FORM_FACTOR.letter(name));
}
