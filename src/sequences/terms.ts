import { DataError, ParseError } from '../core/index.ts';
import { Integer, Rational } from '../numerics/index.ts';

/** A term as a user gives it: an integer of any size, a fraction, or the text of one. */
export type Term = bigint | number | string | Rational;

/** The terms of a sequence, exactly. */
export interface Terms {
  /** u(start), u(start + 1), ..., each times `scale`. */
  readonly values: readonly bigint[];
  /** The least common denominator of the terms, 1 for integers. */
  readonly scale: bigint;
  /** The index of the first term. */
  readonly start: number;
}

/** Fewer terms than these say nothing. */
const FEWEST = 4;

/**
 * Reads the terms of a sequence.
 *
 * @param given u(start), u(start + 1), ...: integers, fractions, or their text such as "12", "-3/4", "0.25"
 * @param start the index of the first term
 * @throws DataError "too-few-terms" with fewer than four terms
 * @throws DataError "unsafe-term" where a number is not a safe integer: its digits are lost already
 * @throws ParseError "bad-number" where a text is not a number
 * @example readTerms([1, '3/2', 2n, 4], 0).values // [2n, 3n, 4n, 8n]
 */
export function readTerms(given: readonly Term[], start: number): Terms {
  if (given.length < FEWEST) {
    throw new DataError(
      'too-few-terms',
      `${given.length} ${given.length === 1 ? 'term is' : 'terms are'} too few to guess a law`,
      `give at least ${FEWEST}`,
      { count: given.length },
    );
  }
  const fractions = given.map((term, i) => readTerm(term, i));
  let scale = 1n;
  for (const { den } of fractions) if (den !== 1n) scale = Integer.lcm(scale, den);
  return { values: fractions.map(({ num, den }) => num * (scale / den)), scale, start };
}

function readTerm(term: Term, index: number): Rational {
  const place = `term ${index + 1}`;
  if (typeof term === 'bigint') return { num: term, den: 1n };
  if (typeof term === 'number') {
    if (Number.isSafeInteger(term)) return { num: BigInt(term), den: 1n };
    throw new DataError(
      'unsafe-term',
      `${place} is ${term}, which a float does not hold exactly`,
      'give it as text or as a bigint',
      { index, value: term },
    );
  }
  if (typeof term === 'string') {
    const text = term.trim();
    // Most terms are integers, and bigints are read faster than fractions.
    if (/^[+-]?\d+$/.test(text)) return { num: BigInt(text.replace(/^\+/, '')), den: 1n };
    try {
      return Rational.parse(text);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      const shown = text.length > 40 ? `${text.slice(0, 40)}...` : text;
      throw new ParseError(
        'bad-number',
        `${place}, "${shown}", is not a rational number`,
        error.position,
        error.expected,
      );
    }
  }
  if (typeof term?.num === 'bigint' && typeof term.den === 'bigint') return Rational.of(term.num, term.den);
  throw new DataError('bad-term', `${place} is not a number`, 'give integers, fractions, or their text', { index });
}
