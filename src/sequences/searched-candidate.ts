import { Rational } from '../numerics/index.ts';
import type { SequenceCandidate } from './candidate.ts';
import { confidenceOf, evidenceOf } from './confidence.ts';
import { searchRecurrence } from './search-recurrence.ts';
import type { Term, Terms } from './terms.ts';

/** Terms before that a formula may read, in the order in which they are tried. */
const LAGS = [0, 1, 2];
/** Bits of a node of a formula. */
const NODE_BITS = 5;
/** Terms beyond this are not needed to search. */
const MOST_TERMS = 200;
/** Digits of the floats that a formula of decimals gives. */
const DIGITS = 12;

/** A formula in n and the terms before, by symbolic regression; it meets every term. */
export async function searchedCandidate(
  given: readonly Term[],
  { values, start }: Terms,
  rawBits: number,
  seconds: number,
  signal: AbortSignal | undefined,
): Promise<SequenceCandidate | undefined> {
  for (const lags of LAGS) {
    if (signal?.aborted || given.length < lags + 6) break;
    const found = await searchRecurrence(given.slice(0, MOST_TERMS), {
      start,
      lags,
      timeLimit: seconds / LAGS.length,
      ...(signal && { signal }),
    });
    if (!found || given.length > MOST_TERMS) continue;
    const bits = NODE_BITS * found.complexity;
    const surplus = values.length - lags - found.complexity;
    return {
      label: 'conjecture',
      kind: 'search',
      formula: `u(n) = ${found.formula}`,
      latex: `u_n = ${found.latex}`,
      forms: [],
      coefficients: [],
      initial: values.slice(0, lags),
      surplus,
      bits,
      rawBits,
      confidence: confidenceOf(evidenceOf({ kind: 'search', bits, surplus, reach: lags }, rawBits, values.length)),
      exceptions: [],
      next: (count) =>
        found.next(count).map((term) => (typeof term === 'number' ? Rational.parse(term.toPrecision(DIGITS)) : term)),
    };
  }
  return undefined;
}
