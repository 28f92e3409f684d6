import type { NamedSequence } from '../tools/named-row.ts';
import { COMBINATORICS } from './combinatorics.ts';
import { DIVISORS } from './divisors.ts';
import { FIGURATE } from './figurate.ts';
import { ETA_PRODUCTS, PARTITIONS } from './partitions.ts';
import { RECURRENCES } from './recurrences.ts';

/** Every sequence with a name, each computed from its definition. */
export const NAMED: readonly NamedSequence[] = [
  ...FIGURATE,
  ...RECURRENCES,
  ...COMBINATORICS,
  ...DIVISORS,
  ...PARTITIONS,
  ...ETA_PRODUCTS,
];
