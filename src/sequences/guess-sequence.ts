import { now, OptionError } from '../core/index.ts';
import type { GuessStatus, SequenceCandidate, SequenceGuess } from './candidate.ts';
import { explainLaw } from './explain-law.ts';
import { findLaws } from './find-laws.ts';
import { type Ranked, rankCandidates } from './rank-candidates.ts';
import { searchedCandidate } from './searched-candidate.ts';
import { readTerms, type Term } from './terms.ts';

/** How a sequence is looked at. */
export interface GuessOptions {
  /** Index of the first term; 0 unless given. */
  readonly start?: number;
  /** Seconds after which what was found is answered; 10 unless given. */
  readonly timeLimit?: number;
  readonly signal?: AbortSignal;
  /** Whether recurrences, closed forms and growths are worked out as well; true unless given. */
  readonly explain?: boolean;
  /**
   * Seconds for a formula in n, u(n-1), u(n-2) by symbolic regression, where no exact law is found; 0 unless given, and
   * 10 for decimals.
   */
  readonly search?: number;
  /** Candidates at most; 5 unless given. */
  readonly most?: number;
}

/** Confidence from which a law counts as found. */
const FOUND = 0.93;

/** Decimal places from which terms count as measured or computed, not as fractions. */
const DECIMAL_PLACES = 4;
const DECIMAL_SECONDS = 10;

function isDecimal(given: readonly Term[]): boolean {
  return given.every(
    (term) => typeof term === 'string' && (/\.(\d+)\s*$/.exec(term)?.[1].length ?? 0) >= DECIMAL_PLACES,
  );
}

/**
 * Guesses the law of a sequence from its first terms, exactly.
 *
 * @param given u(start), u(start + 1), ...: integers, fractions, or their text; four at least
 * @throws DataError "too-few-terms", "unsafe-term"; ParseError "bad-number"; OptionError "bad-option"
 * @example (await guessSequence([1, 2, 4, 7, 11, 16])).candidates[0].formula // "(n^2 + n + 2)/2"
 */
export async function guessSequence(given: readonly Term[], options: GuessOptions = {}): Promise<SequenceGuess> {
  const { start = 0, timeLimit = 10, signal, explain = true, most = 5 } = options;
  if (!Number.isSafeInteger(start)) throw new OptionError('bad-option', 'start', 'must be an integer', 'give 0 or 1');
  if (!(timeLimit > 0)) throw new OptionError('bad-option', 'timeLimit', 'must be above 0', 'give seconds');
  const began = now();
  const terms = readTerms(given, start);
  const isOver = (): boolean => now() - began > timeLimit || (signal?.aborted ?? false);
  const found = await findLaws({ values: terms.values, start, isOver });
  const [first, ...others] = rankCandidates(found, terms).slice(0, most);
  const candidates = first ? [explain ? explained(first) : first.candidate] : [];
  candidates.push(...others.map(({ candidate }) => candidate));
  const seconds = options.search ?? (isDecimal(given) ? DECIMAL_SECONDS : 0);
  if (seconds > 0 && statusOf(candidates) !== 'found') {
    const searched = await searchedCandidate(given, terms, found.rawBits, seconds, signal);
    if (searched) candidates.unshift(searched);
  }
  return {
    status: statusOf(candidates),
    candidates,
    rawBits: found.rawBits,
    tried: seconds > 0 ? [...found.tried, 'search'] : found.tried,
    partial: isOver(),
    seconds: now() - began,
  };
}

function statusOf([first]: readonly SequenceCandidate[]): GuessStatus {
  if (!first) return 'none';
  return first.confidence >= FOUND ? 'found' : 'weak';
}

/** With recurrence, closed form and growth. Fractions are left out: their formulas are those of other integers. */
function explained({ candidate, laws, terms: { scale, values, start } }: Ranked): SequenceCandidate {
  return scale === 1n ? { ...candidate, ...explainLaw(laws, values, start) } : candidate;
}
