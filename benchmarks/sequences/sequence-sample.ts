/** An integer sequence that the guesser is steered or judged by. */
export interface SequenceSample {
  /** Unique, and the same on every machine; its hash decides the half. */
  readonly id: string;
  readonly family: string;
  /** From the natural first index; 40 or more. */
  readonly terms: readonly bigint[];
  /** Index of the first term. */
  readonly start: 0 | 1;
  /** Whether there is a law to be found; false for noise and for sequences with a changed term. */
  readonly lawful: boolean;
  /** Position in `terms` of the term that was changed, where one was. */
  readonly corruptedAt?: number;
}

/** Terms that a sample has when nothing else is asked for: 25 given, 10 asked, and some to spare. */
export const SAMPLE_LENGTH = 45;
