import { now, OptionError } from '../core/index.ts';
import { Rational } from '../numerics/index.ts';
import type { GuessStatus, SequenceCandidate, SequenceGuess } from './candidate.ts';
import { confidenceOf, evidenceOf } from './confidence.ts';
import { findLaws } from './find-laws.ts';
import type { Law } from './law.ts';
import { readTerms, type Term, type Terms } from './terms.ts';

/** How a sequence is looked at. */
export interface GuessOptions {
  /** Index of the first term; 0 unless given. */
  readonly start?: number;
  /** Seconds after which what was found is answered; 10 unless given. */
  readonly timeLimit?: number;
  readonly signal?: AbortSignal;
  /** Candidates at most; 5 unless given. */
  readonly most?: number;
}

/** Confidence from which a law counts as found. */
const FOUND = 0.9;
/** Terms ahead that tell candidates apart. */
const AHEAD = 10;

/**
 * Guesses the law of a sequence from its first terms, exactly.
 *
 * @param given u(start), u(start + 1), ...: integers, fractions, or their text; four at least
 * @throws DataError "too-few-terms", "unsafe-term"; ParseError "bad-number"; OptionError "bad-option"
 * @example (await guessSequence([1, 2, 4, 7, 11, 16])).candidates[0].formula // "(n^2 + n + 2)/2"
 */
export async function guessSequence(given: readonly Term[], options: GuessOptions = {}): Promise<SequenceGuess> {
  const { start = 0, timeLimit = 10, signal, most = 5 } = options;
  if (!Number.isSafeInteger(start)) throw new OptionError('bad-option', 'start', 'must be an integer', 'give 0 or 1');
  if (!(timeLimit > 0)) throw new OptionError('bad-option', 'timeLimit', 'must be above 0', 'give seconds');
  const began = now();
  const terms = readTerms(given, start);
  const isOver = (): boolean => now() - began > timeLimit || (signal?.aborted ?? false);
  const { laws, misprints, tried, rawBits } = findLaws({ values: terms.values, start, isOver });
  const misread = misprints.map(({ law, place, expected }): SequenceCandidate => {
    const exceptions = [{ index: start + place, expected: Rational.of(expected, terms.scale) }];
    const candidate = candidateOf([law], terms.scale, rawBits);
    // One misprint is as good a guess as a law that is not sure.
    return { ...candidate, exceptions, confidence: Math.min(candidate.confidence, 0.5) };
  });
  const candidates = [...candidatesOf(laws, terms, rawBits), ...misread]
    .toSorted((a, b) => a.bits - b.bits)
    .slice(0, most);
  return {
    status: statusOf(candidates),
    candidates,
    rawBits,
    tried,
    partial: isOver(),
    seconds: now() - began,
  };
}

function statusOf([first]: readonly SequenceCandidate[]): GuessStatus {
  if (!first) return 'none';
  return first.confidence >= FOUND && first.exceptions.length === 0 ? 'found' : 'weak';
}

/** Kinds of laws as people like to read them; others come after. */
const READABLE: readonly string[] = ['polynomial', 'quasi-polynomial', 'c-finite', 'p-recursive', 'algebraic'];

/** Laws with the same next terms make one candidate; the candidates by the bits of their shortest law. */
function candidatesOf(laws: readonly Law[], { scale }: Terms, rawBits: number): SequenceCandidate[] {
  const groups = new Map<string, Law[]>();
  for (const law of laws.toSorted((a, b) => a.bits - b.bits)) {
    const ahead = law.extend(AHEAD);
    if (!ahead) continue;
    // A sequence of integers goes on with integers.
    if (scale === 1n && ahead.some(({ den }) => den !== 1n)) continue;
    const key = ahead.map(Rational.print).join();
    const group = groups.get(key);
    if (group) group.push(law);
    else groups.set(key, [law]);
  }
  return [...groups.values()].map((group) => candidateOf(group, scale, rawBits));
}

/** @param group laws with the same next terms, the shortest first */
function candidateOf(group: readonly Law[], scale: bigint, rawBits: number): SequenceCandidate {
  const shortest = group[0];
  const rank = (law: Law): number => (READABLE.indexOf(law.kind) + READABLE.length + 1) % (READABLE.length + 1);
  const sorted = group.toSorted((a, b) => rank(a) - rank(b));
  const law = sorted[0];
  const forms = new Map(sorted.map(({ kind, formula, latex }) => [formula, { kind, formula, latex }]));
  forms.delete(law.formula);
  const surplus = Math.max(...group.map((other) => other.surplus));
  return {
    label: 'conjecture',
    kind: law.kind,
    formula: law.formula,
    latex: law.latex,
    forms: [...forms.values()],
    coefficients: law.coefficients,
    initial: law.initial,
    surplus,
    bits: shortest.bits,
    rawBits,
    confidence: confidenceOf(evidenceOf({ bits: shortest.bits, surplus }, rawBits)),
    exceptions: [],
    next: (count) => (law.extend(count) ?? []).map(({ num, den }) => Rational.of(num, den * scale)),
  };
}
