import { DomainError } from '../core/index.ts';
import type { Alphabet } from './alphabet.ts';
import { linearCombination, sameSymbol } from './linear-combination.ts';
import { PolylogSymbol } from './symbol.ts';
import { coefficientRange, LARGEST_EXACT, type TermBuffer } from './term-buffer.ts';

/** A symbol with fractions: an integer symbol over one denominator, in lowest terms, so that equal ones look equal. */
export interface RationalSymbol {
  readonly symbol: PolylogSymbol;
  /** Positive; no divisor of it divides every coefficient. */
  readonly denominator: number;
}

/**
 * The greatest common divisor of integers; 0 for none or for zeros alone.
 *
 * @example greatestCommonDivisor([12, -18], 0) // 6
 */
export function greatestCommonDivisor(values: ArrayLike<number>, start = 0, count = values.length): number {
  let divisor = Math.abs(start);
  for (let i = 0; i < count && divisor !== 1; i++) {
    let value = Math.abs(values[i]);
    while (value !== 0) [divisor, value] = [value, divisor % value];
  }
  return divisor;
}

/** A symbol over a denominator, in lowest terms. @throws DomainError "coefficient-range" for denominators beyond 2^53 */
export function rationalSymbol(symbol: PolylogSymbol, denominator = 1): RationalSymbol {
  checkDenominator(denominator);
  if (symbol.terms === 0) return { symbol, denominator: 1 };
  const divisor = greatestCommonDivisor(symbol.coefficients, denominator);
  if (divisor === 1) return { symbol, denominator };
  const { alphabet, weight, keys } = symbol;
  const reduced = symbol.coefficients.map((coefficient) => coefficient / divisor);
  return { symbol: new PolylogSymbol(alphabet, weight, keys, reduced), denominator: denominator / divisor };
}

/** The terms of a buffer over a denominator, in lowest terms. @throws DomainError "coefficient-range" */
export function bufferOver(
  buffer: TermBuffer,
  alphabet: Alphabet,
  weight: number,
  denominator: number,
): RationalSymbol {
  checkDenominator(denominator);
  const divisor = buffer.count === 0 ? denominator : greatestCommonDivisor(buffer.values, denominator, buffer.count);
  return { symbol: buffer.toSymbol(alphabet, weight, divisor), denominator: denominator / divisor };
}

function checkDenominator(denominator: number): void {
  if (!(Number.isInteger(denominator) && denominator > 0 && denominator <= LARGEST_EXACT)) {
    throw coefficientRange(denominator, 'the denominator');
  }
}

/**
 * The symbol of a rational one that has no fractions.
 *
 * @throws DomainError "not-an-integer"
 */
export function integerSymbol({ symbol, denominator }: RationalSymbol): PolylogSymbol {
  if (denominator === 1) return symbol;
  throw new DomainError(
    'not-an-integer',
    `coefficients over ${denominator}`,
    'keep the denominator, or scale the function first',
    { denominator },
  );
}

/** Whether two symbols are equal, fractions and all. */
export function sameRationalSymbol(one: RationalSymbol, other: RationalSymbol): boolean {
  return one.denominator === other.denominator && sameSymbol(one.symbol, other.symbol);
}

/**
 * A sum of symbols with fractions, with integer factors.
 *
 * @throws ShapeError for alphabets or weights that differ; DomainError "not-an-integer" | "coefficient-range"
 */
export function rationalCombination(parts: readonly (readonly [RationalSymbol, number])[]): RationalSymbol {
  const common = parts.reduce((product, [{ denominator }]) => {
    return (product / greatestCommonDivisor([product, denominator])) * denominator;
  }, 1);
  checkDenominator(common);
  const sum = linearCombination(
    parts.map(([{ symbol, denominator }, factor]) => [symbol, factor * (common / denominator)] as const),
  );
  return rationalSymbol(sum, common);
}
