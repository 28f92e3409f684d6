import { DomainError } from '../core/index.ts';

const MOST_PARTS = 1000;
const ROUNDING = 1e-12;

/** Fractions over their least common denominator. */
export interface Fractions {
  readonly numerators: Float64Array;
  readonly denominator: number;
}

/**
 * The fractions that floats stand for: 1/3 is meant by 0.3333333333333333.
 *
 * @throws DomainError "not-a-fraction" when no denominator up to 1000 makes all of them whole
 * @example fractions([-1 / 2, 1 / 3]) // { numerators: Float64Array.of(-3, 2), denominator: 6 }
 */
export function fractions(values: readonly number[]): Fractions {
  for (let denominator = 1; denominator <= MOST_PARTS; denominator++) {
    const near = values.every((value) => {
      const part = value * denominator;
      return Math.abs(part - Math.round(part)) <= ROUNDING * Math.max(1, Math.abs(part));
    });
    if (!near || !values.every((value) => Math.abs(value) < 2 ** 31)) continue;
    return { numerators: Float64Array.from(values, (value) => Math.round(value * denominator) + 0), denominator };
  }
  throw new DomainError(
    'not-a-fraction',
    `${values.join(', ')} are no fractions`,
    `give numbers with a common denominator up to ${MOST_PARTS}`,
    { values },
  );
}
