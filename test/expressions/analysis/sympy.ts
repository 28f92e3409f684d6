import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Limits by place: a number, 'inf', '-inf', 'undefined', or null where sympy gives none. */
export type ReferenceLimits = Readonly<Record<string, number | 'inf' | '-inf' | 'undefined' | null>>;

/** What values on a grid show of a formula on [low, high], a and b at the parameters. */
export interface ReferenceShape {
  readonly low: number;
  readonly high: number;
  readonly positive: boolean;
  readonly negative: boolean;
  readonly rises: boolean;
  readonly falls: boolean;
  readonly least: number;
  readonly most: number;
}

export interface ReferenceCase {
  readonly formula: string;
  readonly limits: ReferenceLimits;
  readonly series: readonly (readonly [number, number])[] | null;
  readonly derivative: readonly (number | null)[];
  readonly shape: ReferenceShape;
}

interface Reference {
  readonly parameters: Readonly<Record<string, number>>;
  readonly points: readonly number[];
  readonly order: number;
  readonly cases: readonly ReferenceCase[];
}

const path = fileURLToPath(new URL('../../fixtures/sympy/explain.json', import.meta.url));

/** Answers of sympy and mpmath; see the generator beside them. */
export const REFERENCE: Reference = JSON.parse(readFileSync(path, 'utf8'));

/** The cases by their formulas, for `test.each`; a formula may come with two intervals. */
export const CASES = REFERENCE.cases.map((reference) => [reference.formula, reference] as const);

/** Where the parameters lie that the limits are taken for. */
export const PARAMETER_DOMAIN = { a: [0.5, 3], b: [0.5, 3] } as const;

/** The interval of x for sign and trend, with the parameters held. */
export function boxOfCase({ shape }: ReferenceCase): Record<string, [number, number]> {
  const { a, b } = REFERENCE.parameters;
  return { x: [shape.low, shape.high], a: [a, a], b: [b, b] };
}
