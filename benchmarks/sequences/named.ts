import { NAMED } from './named/index.ts';
import { SAMPLE_LENGTH, type SequenceSample } from './sequence-sample.ts';
import type { NamedSequence } from './tools/named-row.ts';

export { NAMED };

/** Terms by which two sequences count as the same. */
const TELLING = 25;

/** A named sequence with its terms. */
export function namedSample(sequence: NamedSequence, length = SAMPLE_LENGTH): SequenceSample {
  const { name, family, start } = sequence;
  return { id: `named/${name}`, family, terms: sequence.terms(length), start, lawful: true };
}

/** All named sequences with their terms; of those that agree in 25 terms only the first. */
export function namedSamples(length = SAMPLE_LENGTH): SequenceSample[] {
  const seen = new Set<string>();
  return NAMED.map((sequence) => namedSample(sequence, length)).filter(({ terms }) => {
    const key = terms.slice(0, TELLING).join();
    return !seen.has(key) && seen.add(key);
  });
}
