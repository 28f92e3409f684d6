import type { NamedSequence } from '../tools/named-row.ts';
import { ARRAYS } from './arrays.ts';
import { BINARY } from './binary.ts';
import { COMBINATORICS } from './combinatorics.ts';
import { CONSTANT_DIGITS, CONTINUED_FRACTIONS } from './constants.ts';
import { COUNTING } from './counting.ts';
import { DIGIT_GAMES } from './digit-games.ts';
import { DIVISORS } from './divisors.ts';
import { EXPONENTIAL } from './exponential.ts';
import { FIGURATE } from './figurate.ts';
import { FLOORS, QUASI_POLYNOMIALS } from './floors.ts';
import { FRACTIONS } from './fractions.ts';
import { LISTS } from './lists.ts';
import { NONLINEAR } from './nonlinear.ts';
import { ETA_PRODUCTS, PARTITIONS } from './partitions.ts';
import { PRIMES } from './primes.ts';
import { RECURRENCES } from './recurrences.ts';
import { TRANSFORMED } from './transforms.ts';
import { TRIANGLES } from './triangles.ts';

/** Every sequence with a name, each computed from its definition. */
export const NAMED: readonly NamedSequence[] = [
  ...FIGURATE,
  ...RECURRENCES,
  ...COMBINATORICS,
  ...DIVISORS,
  ...PARTITIONS,
  ...ETA_PRODUCTS,
  ...TRIANGLES,
  ...BINARY,
  ...CONSTANT_DIGITS,
  ...CONTINUED_FRACTIONS,
  ...PRIMES,
  ...LISTS,
  ...DIGIT_GAMES,
  ...EXPONENTIAL,
  ...FRACTIONS,
  ...QUASI_POLYNOMIALS,
  ...FLOORS,
  ...NONLINEAR,
  ...TRANSFORMED,
  ...ARRAYS,
  ...COUNTING,
];
