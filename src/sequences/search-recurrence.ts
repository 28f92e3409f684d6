import { DataError, OptionError, Table } from '../core/index.ts';
import { type Expression, evaluate, toLatex } from '../expressions/index.ts';
import { Rational } from '../numerics/index.ts';
import { fit } from '../search/index.ts';
import { evaluateExactly } from './exact-evaluation.ts';
import type { Term } from './terms.ts';

/** How a formula in n and the terms before is searched for. */
export interface SearchRecurrenceOptions {
  /** Index of the first term; 1 unless given. */
  readonly start?: number;
  /** Terms before that the formula may read: u1 = u(n-1), u2 = u(n-2), ...; 1 unless given. */
  readonly lags?: number;
  /** Seconds at most; 10 unless given. */
  readonly timeLimit?: number;
  readonly seed?: number;
  /** Operators of the search, as those of `fit`. */
  readonly binaryOperators?: readonly string[];
  readonly unaryOperators?: readonly string[];
  readonly maxSize?: number;
  readonly signal?: AbortSignal;
}

/** A formula for u(n) in n, u1 = u(n-1), u2 = u(n-2), ... A conjecture. */
export interface SearchedRecurrence {
  readonly label: 'conjecture';
  readonly formula: string;
  readonly latex: string;
  readonly complexity: number;
  /** Whether every term is met exactly; where not, every term is met to the digits that were given. */
  readonly exact: boolean;
  /** Largest difference between formula and term. */
  readonly residual: number;
  /** The next terms: fractions where the formula is exact, floats elsewhere. */
  next(count: number): (Rational | number)[];
}

/** Digits of a float beyond which a term says no more. */
const FLOAT_DIGITS = 15;

/** A term, and half a unit of its last place; 0 where it is exact. */
interface Reading {
  readonly exact: Rational;
  readonly value: number;
  readonly error: number;
}

/**
 * Searches a formula for the n-th term in n and the terms before, by symbolic regression.
 *
 * Integers and fractions are verified exactly; decimals to half a unit of the last digit that was given.
 *
 * @param given u(start), u(start + 1), ...: six at least; decimals as text, for their digits count
 * @returns the simplest formula of the front that meets every term; undefined where none does
 * @throws DataError "too-few-terms"; ParseError "bad-number"; OptionError "bad-option"
 * @example (await searchRecurrence([1, 2, 6, 24, 120, 720, 5040, 40320]))?.formula // "n * u1"
 */
export async function searchRecurrence(
  given: readonly Term[],
  options: SearchRecurrenceOptions = {},
): Promise<SearchedRecurrence | undefined> {
  const { start = 1, lags = 1, timeLimit = 10, seed = 0, signal } = options;
  if (!Number.isInteger(lags) || lags < 0 || lags > 6) {
    throw new OptionError('bad-option', 'lags', 'must be a whole number from 0 to 6');
  }
  if (given.length < lags + 5) {
    throw new DataError('too-few-terms', `${given.length} terms are too few for a search`, `give ${lags + 5} or more`);
  }
  const readings = given.map(readingOf);
  const rows = readings.slice(lags);
  const columns: Record<string, number[]> = { n: rows.map((_, i) => start + lags + i) };
  for (let lag = 1; lag <= lags; lag++) columns[`u${lag}`] = rows.map((_, i) => readings[i + lags - lag].value);
  const model = await fit(Table.from({ ...columns, u: rows.map(({ value }) => value) }), {
    target: 'u',
    seed,
    timeLimit,
    ...(options.binaryOperators && { binaryOperators: [...options.binaryOperators] }),
    ...(options.unaryOperators && { unaryOperators: [...options.unaryOperators] }),
    ...(options.maxSize !== undefined && { maxSize: options.maxSize }),
    ...(signal && { signal }),
  });
  for (const { tree, complexity, expression } of model.front) {
    const verified = verify(tree, readings, start, lags);
    if (!verified) continue;
    return {
      label: 'conjecture',
      formula: expression,
      latex: toLatex(tree),
      complexity,
      ...verified,
      next: (count) => nextTerms(tree, readings, start, lags, count, verified.exact),
    };
  }
  return undefined;
}

function readingOf(term: Term, index: number): Reading {
  const text = typeof term === 'object' ? Rational.print(Rational.of(term.num, term.den)) : String(term).trim();
  const exact = Rational.parse(text);
  const decimals = /\.(\d+)/.exec(text)?.[1].length;
  const value = Rational.toNumber(exact);
  if (!Number.isFinite(value)) {
    throw new DataError('term-too-large', `term ${index + 1} is too large for a search`, 'give terms below 1e308');
  }
  // Half a unit of the last place, or what a float can hold.
  const error = decimals === undefined ? 0 : Math.max(0.5 * 10 ** -decimals, Math.abs(value) * 10 ** -FLOAT_DIGITS);
  return { exact, value, error };
}

function variablesAt(
  terms: readonly { readonly exact: Rational; readonly value: number }[],
  at: number,
  start: number,
  lags: number,
): { exact: Record<string, Rational>; floats: Record<string, number> } {
  const exact: Record<string, Rational> = { n: Rational.of(start + at) };
  const floats: Record<string, number> = { n: start + at };
  for (let lag = 1; lag <= lags; lag++) {
    exact[`u${lag}`] = terms[at - lag].exact;
    floats[`u${lag}`] = terms[at - lag].value;
  }
  return { exact, floats };
}

function verify(
  tree: Expression,
  readings: readonly Reading[],
  start: number,
  lags: number,
): { exact: boolean; residual: number } | undefined {
  let isExact = true;
  let residual = 0;
  for (let at = lags; at < readings.length; at++) {
    const { exact, floats } = variablesAt(readings, at, start, lags);
    const reading = readings[at];
    if (reading.error === 0) {
      const value = evaluateExactly(tree, exact);
      if (!value || !Rational.equal(value, reading.exact)) return undefined;
      continue;
    }
    isExact = false;
    const difference = Math.abs(evaluate(tree, floats) - reading.value);
    // What was read before is known to its digits only: twice the error is granted.
    if (!(difference <= 2 * reading.error)) return undefined;
    residual = Math.max(residual, difference);
  }
  return { exact: isExact, residual };
}

function nextTerms(
  tree: Expression,
  readings: readonly Reading[],
  start: number,
  lags: number,
  count: number,
  isExact: boolean,
): (Rational | number)[] {
  const terms: { exact: Rational; value: number }[] = [...readings];
  const found: (Rational | number)[] = [];
  for (let i = 0; i < count; i++) {
    const { exact, floats } = variablesAt(terms, terms.length, start, lags);
    const next = isExact ? evaluateExactly(tree, exact) : undefined;
    const value = next ? Rational.toNumber(next) : evaluate(tree, floats);
    if (isExact ? !next : !Number.isFinite(value)) break;
    terms.push({ exact: next ?? Rational.ZERO, value });
    found.push(next ?? value);
  }
  return found;
}
