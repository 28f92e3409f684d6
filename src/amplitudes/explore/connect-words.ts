import { AnsatzError } from '../../core/index.ts';
import { isAdmissible } from '../admissible-words.ts';
import { FORM_FACTOR } from '../alphabets/form-factor.ts';
import { wordKey, wordLetters, wordText } from '../word.ts';
import { type LetterRelation, lettersOf, relationsAt } from './word-relations.ts';

/** A relation that two words stand in. */
export interface ConnectionStep {
  readonly from: string;
  readonly to: string;
  /** Such as `F(ab) - F(ba) - F(bc) + F(cb) = 0`. */
  readonly relation: string;
  readonly kind: LetterRelation['kind'];
  /** Letters of the words before the place. */
  readonly at: number;
}

/** A chain of relations between two words. */
export interface WordConnection {
  /** From the one word to the other, as few as possible; undefined when none was found. */
  readonly steps: readonly ConnectionStep[] | undefined;
  /** Words looked at. */
  readonly visited: number;
  /** Whether the bound ended the search: there may be a chain all the same. */
  readonly bounded: boolean;
}

/** How a word was come by. */
interface Link {
  /** The word before; -1 for the one at the end of the chain. */
  readonly before: number;
  readonly relation: LetterRelation | undefined;
  readonly at: number;
}

/** Words looked at by default. */
const MOST_WORDS = 200_000;

/**
 * A shortest chain of relations from one word of the form factor to another: neighbours in the chain stand in a relation
 * together. It is sought from both ends.
 *
 * @param most words to look at before the search is given up
 * @throws AnsatzError "unknown-letter" | "word-length" | "forbidden-word" for words whose coefficient is always zero
 * @example connectWords('aaaf', 'bbbf').steps?.length // 5
 */
export function connectWords(from: string, to: string, most = MOST_WORDS): WordConnection {
  const weight = from.length;
  if (to.length !== weight) {
    throw new AnsatzError('word-length', `"${to}" has ${to.length} letters`, `"${from}" has ${weight}`, { word: to });
  }
  for (const word of [from, to]) {
    if (isAdmissible(FORM_FACTOR, lettersOf(word))) continue;
    const hint = 'no relation leads to a word whose letters may not stand as they do';
    throw new AnsatzError('forbidden-word', `"${word}" has no coefficient in any symbol`, hint, { word });
  }
  const ends = [wordKey(FORM_FACTOR, from), wordKey(FORM_FACTOR, to)].map((key) => {
    return { links: new Map<number, Link>([[key, { before: -1, relation: undefined, at: 0 }]]), edge: [key] };
  });
  const visited = (): number => ends[0].links.size + ends[1].links.size;
  if (from === to) return { steps: [], visited: 1, bounded: false };
  const letters = new Uint8Array(weight);
  while (ends[0].edge.length > 0 && ends[1].edge.length > 0) {
    const side = ends[0].edge.length <= ends[1].edge.length ? 0 : 1;
    const [own, other] = [ends[side], ends[1 - side]];
    const next: number[] = [];
    for (const key of own.edge) {
      wordLetters(FORM_FACTOR.size, weight, key, letters);
      for (const { relation, at, terms } of relationsAt(letters)) {
        for (const { key: image } of terms) {
          if (own.links.has(image)) continue;
          own.links.set(image, { before: key, relation, at });
          if (other.links.has(image)) {
            return { steps: chain(ends[0].links, ends[1].links, image, weight), visited: visited(), bounded: false };
          }
          next.push(image);
        }
      }
      if (visited() > most) return { steps: undefined, visited: visited(), bounded: true };
    }
    own.edge = next;
  }
  return { steps: undefined, visited: visited(), bounded: false };
}

/** The chain through the word where both searches met. */
function chain(
  first: ReadonlyMap<number, Link>,
  second: ReadonlyMap<number, Link>,
  middle: number,
  weight: number,
): ConnectionStep[] {
  const steps: ConnectionStep[] = [];
  const step = (from: number, to: number, { relation, at }: Link): ConnectionStep => {
    const text = (key: number): string => wordText(FORM_FACTOR, weight, key);
    return { from: text(from), to: text(to), relation: relation!.text, kind: relation!.kind, at };
  };
  for (let key = middle, link = first.get(key)!; link.relation; key = link.before, link = first.get(key)!) {
    steps.unshift(step(link.before, key, link));
  }
  for (let key = middle, link = second.get(key)!; link.relation; key = link.before, link = second.get(key)!) {
    steps.push(step(key, link.before, link));
  }
  return steps;
}
