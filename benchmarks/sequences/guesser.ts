/** What the judge needs to know of an answer. */
export interface Guess {
  readonly status: 'found' | 'weak' | 'none';
  /** Of the first candidate, the one that is judged; undefined without candidates. */
  readonly first: FirstCandidate | undefined;
}

export interface FirstCandidate {
  readonly kind: string;
  readonly formula: string;
  /** Stated probability, in 0..1, that the next terms are right. */
  readonly confidence: number;
  /** The terms after those given; undefined stands for one that is not whole. */
  readonly next: readonly (bigint | undefined)[];
  /** Positions in the given terms, from 0, that the law does not fit. */
  readonly exceptions: readonly number[];
}

/** Guesses the law of terms whose first index is `start`, and `count` further terms. */
export type Guesser = (terms: readonly bigint[], start: 0 | 1, count: number) => Promise<Guess>;

/** The shape of `guessSequence` as far as it is used here. */
interface Answer {
  readonly status: Guess['status'];
  readonly candidates: readonly {
    readonly kind: string;
    readonly formula: string;
    readonly confidence: number;
    next(count: number): Iterable<unknown>;
    readonly exceptions?: readonly { readonly index: number }[];
  }[];
}

/** A term as a bigint, as text, as a safe number or as a fraction {num, den}. */
function whole(term: unknown): bigint | undefined {
  if (typeof term === 'bigint') return term;
  if (typeof term === 'number') return Number.isSafeInteger(term) ? BigInt(term) : undefined;
  if (typeof term === 'string') return /^\s*[+-]?\d+\s*$/.test(term) ? BigInt(term.replace('+', '')) : undefined;
  const { num, den } = (term ?? {}) as { num?: unknown; den?: unknown };
  return whole(den) === 1n ? whole(num) : undefined;
}

/**
 * The guesser of the package, behind the interface of the judge.
 *
 * @throws Error when the package has none
 */
export async function loadGuesser(): Promise<Guesser> {
  const entry: Readonly<Record<string, unknown>> = await import('../../src/index.ts');
  const guessSequence = entry['guessSequence'];
  if (typeof guessSequence !== 'function') throw new Error('src/index.ts exports no guessSequence');
  return async (terms, start, count) => {
    const { status, candidates }: Answer = await guessSequence(terms, { start, explain: false });
    const [first] = candidates;
    if (first === undefined) return { status, first };
    const { kind, formula, confidence, exceptions = [] } = first;
    const places = exceptions.map(({ index }) => index - start);
    return {
      status,
      first: { kind, formula, confidence, next: Array.from(first.next(count), whole), exceptions: places },
    };
  };
}
