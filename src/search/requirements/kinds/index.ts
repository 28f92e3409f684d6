import type { RequirementKind } from '../requirement-spec.ts';
import { ASYMPTOTIC } from './asymptotic.ts';
import { AT_A_POINT } from './at-a-point.ts';
import { EXCHANGE } from './exchange.ts';
import type { KindRows } from './kind-row.ts';
import { SHAPE } from './shape.ts';

/** Every kind of requirement by name; a new kind is a new row, and an entry of the schema and of the text. */
export const KINDS: KindRows<RequirementKind> = { ...EXCHANGE, ...AT_A_POINT, ...ASYMPTOTIC, ...SHAPE };
