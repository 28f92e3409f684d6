export type { GuessStatus, LawForm, SequenceCandidate, SequenceGuess } from './candidate.ts';
export * from './constants/index.ts';
export type { ArrayCandidate, ArrayGuess, ArrayOptions } from './guess-array.ts';
export { guessArray } from './guess-array.ts';
export { type GuessOptions, guessSequence } from './guess-sequence.ts';
export * from './recurrence.ts';
export * from './recurrence-text.ts';
export type { Term } from './terms.ts';
