import { Rational } from '../numerics/index.ts';
import type { SequenceCandidate, SequenceGuess, Term } from '../sequences/index.ts';

/** A sequence as a thread is asked about it. */
export interface SequenceQuestion {
  readonly terms: readonly Term[];
  readonly start?: number;
  /** Terms to continue by. */
  readonly next: number;
  /** Seconds. */
  readonly timeLimit: number;
  /** Whether recurrence, closed form and growth of the first candidate are worked out. */
  readonly explain: boolean;
}

/** A candidate as JSON: numbers that may be long are text. */
export interface CandidateRecord {
  readonly label: SequenceCandidate['label'];
  readonly kind: string;
  readonly formula: string;
  readonly latex: string;
  readonly forms: readonly { readonly kind: string; readonly formula: string; readonly latex: string }[];
  readonly recurrence?: { readonly formula: string; readonly latex: string; readonly from: number };
  readonly closedForm?: {
    readonly text: string;
    readonly latex: string;
    readonly from: number;
    readonly proof?: string;
  };
  readonly asymptotics?: { readonly text: string; readonly latex?: string };
  readonly next: readonly string[];
  readonly coefficients: readonly string[];
  readonly initial: readonly string[];
  readonly surplus: number;
  readonly bits: number;
  readonly rawBits: number;
  readonly confidence: number;
  readonly exceptions: readonly { readonly index: number; readonly given: string; readonly expected: string }[];
}

/** What the terms of a sequence tell, as JSON. */
export interface SequenceRecord {
  readonly status: SequenceGuess['status'];
  readonly start: number;
  readonly candidates: readonly CandidateRecord[];
  readonly rawBits: number;
  readonly tried: readonly string[];
  readonly partial: boolean;
  readonly seconds: number;
}

/** What a thread says: that it is loaded, a record, or why there is none. */
export type WorkerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'record'; readonly record: SequenceRecord }
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

/** A candidate, with what is added where it is known. */
type Candidate = SequenceCandidate;

/** The record of a guess. */
export function sequenceRecord(guess: SequenceGuess, { terms, start = 0, next }: SequenceQuestion): SequenceRecord {
  const { status, rawBits, tried, partial, seconds } = guess;
  const candidates = guess.candidates.map((candidate) => candidateRecord(candidate, terms, start, next));
  return { status, start, candidates, rawBits, tried, partial, seconds };
}

function candidateRecord(candidate: Candidate, terms: readonly Term[], start: number, count: number): CandidateRecord {
  const {
    label,
    kind,
    formula,
    latex,
    forms,
    recurrence,
    closedForm,
    asymptotics,
    surplus,
    bits,
    rawBits,
    confidence,
  } = candidate;
  return {
    label,
    kind,
    formula,
    latex,
    forms,
    ...(recurrence && { recurrence }),
    ...(closedForm && {
      closedForm: {
        text: closedForm.text,
        latex: closedForm.latex,
        from: closedForm.from,
        proof: closedForm.proof,
      },
    }),
    ...(asymptotics && { asymptotics: { text: asymptotics.text, latex: asymptotics.latex } }),
    next: candidate.next(count).map(Rational.print),
    coefficients: candidate.coefficients.map(String),
    initial: candidate.initial.map(String),
    surplus,
    bits,
    rawBits,
    confidence,
    exceptions: candidate.exceptions.map(({ index, expected }) => ({
      index,
      given: termText(terms[index - start]),
      expected: Rational.print(expected),
    })),
  };
}

function termText(term: Term): string {
  return typeof term === 'object' ? Rational.print(term) : String(term).trim();
}
