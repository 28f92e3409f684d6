export { findAsymptotics } from './asymptotics/find-asymptotics.ts';
export type { GuessStatus, LawForm, SequenceCandidate, SequenceGuess } from './candidate.ts';
export type { ClosedForm, ClosedFormKind } from './closed-form/closed-form.ts';
export { findClosedForm } from './closed-form/find-closed-form.ts';
export { rationalGeneratingFunction } from './closed-form/generating-function.ts';
export * from './constants/index.ts';
export * from './constants/index.ts';
export * from './far-terms.ts';
export type { ArrayCandidate, ArrayGuess, ArrayOptions } from './guess-array.ts';
export { guessArray } from './guess-array.ts';
export { type GuessOptions, guessSequence } from './guess-sequence.ts';
export { isEquation } from './is-equation.ts';
export { parseSequence, type SequenceText } from './parse-sequence.ts';
export * from './recurrence.ts';
export * from './recurrence-text.ts';
export {
  type SearchedRecurrence,
  type SearchRecurrenceOptions,
  searchRecurrence,
} from './search-recurrence.ts';
export type { Term } from './terms.ts';
