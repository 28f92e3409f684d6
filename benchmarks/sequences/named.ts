import { NAMED } from './named/index.ts';
import { SAMPLE_LENGTH, type SequenceSample } from './sequence-sample.ts';
import type { NamedSequence } from './tools/named-row.ts';

export { NAMED };

/** A named sequence with its terms. */
export function namedSample(sequence: NamedSequence, length = SAMPLE_LENGTH): SequenceSample {
  const { name, family, start } = sequence;
  return { id: `named/${name}`, family, terms: sequence.terms(length), start, lawful: true };
}

/** All named sequences with their terms. */
export function namedSamples(length = SAMPLE_LENGTH): SequenceSample[] {
  return NAMED.map((sequence) => namedSample(sequence, length));
}
