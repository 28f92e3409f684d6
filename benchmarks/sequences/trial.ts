import type { Guesser } from './guesser.ts';
import type { SequenceSample } from './sequence-sample.ts';

/** Terms that are asked for. */
export const ASKED = 10;

/** What came of one sequence at one number of given terms. */
export interface SequenceTrial {
  readonly id: string;
  readonly set: string;
  readonly family: string;
  readonly given: number;
  readonly status: 'found' | 'weak' | 'none';
  readonly kind: string | null;
  readonly formula: string | null;
  readonly confidence: number | null;
  /** Whether the first candidate has all of the next ten terms. */
  readonly right: boolean;
  readonly milliseconds: number;
  /** Of a sequence with a changed term: whether its place is named, and no other. */
  readonly placeNamed: boolean | null;
  readonly error: string | null;
}

/** Whether a sample has enough terms to be asked at this length; a changed term must be among the given ones. */
export function canBeAsked({ terms, corruptedAt }: SequenceSample, given: number): boolean {
  return terms.length >= given + ASKED && (corruptedAt === undefined || corruptedAt < given);
}

/** Gives the first terms of a sample to the guesser and judges its first candidate by the next ten. */
export async function runTrial(
  sample: SequenceSample,
  set: string,
  given: number,
  guesser: Guesser,
): Promise<SequenceTrial> {
  const { id, family, terms, start, corruptedAt } = sample;
  const begin = performance.now();
  const outcome = await attempt(() => guesser(terms.slice(0, given), start, ASKED));
  const milliseconds = performance.now() - begin;
  const { guess, error } = outcome;
  const first = guess?.first;
  const asked = terms.slice(given, given + ASKED);
  const right = first !== undefined && first.next.length >= ASKED && asked.every((term, i) => first.next[i] === term);
  return {
    id,
    set,
    family,
    given,
    status: guess?.status ?? 'none',
    kind: first?.kind ?? null,
    formula: first?.formula ?? null,
    confidence: first?.confidence ?? null,
    right,
    milliseconds,
    placeNamed:
      corruptedAt === undefined ? null : first?.exceptions.length === 1 && first.exceptions[0] === corruptedAt,
    error,
  };
}

/** A guesser that throws has failed on one sequence, not on the set. */
async function attempt<T>(ask: () => Promise<T>): Promise<{ guess?: T; error: string | null }> {
  try {
    return { guess: await ask(), error: null };
  } catch (reason) {
    return { error: reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason) };
  }
}
