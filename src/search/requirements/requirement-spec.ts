import { z } from 'zod';

const input = z.string().min(1);
const formula = z.union([z.number(), z.string().min(1)]);
const interval = z.tuple([z.number(), z.number()]);
const fixed = z.record(input, z.number()).describe('value of each input that is held: { x: 0 }');
const one = input.describe('the input it is about');
const several = z.array(input).min(2).describe('the inputs that are exchanged');

const shared = {
  for: z.record(input, interval).optional().describe('where it must hold; the range of the data by default'),
  mode: z.enum(['hard', 'soft']).default('hard').describe('hard: a law without it is discarded; soft: it costs'),
  weight: z.number().positive().optional().describe('factor of the squared violation; 1, or 1e6 when hard'),
};

const about = <K extends string>(kind: K, meaning: string) =>
  z.strictObject({ kind: z.literal(kind), in: one, ...shared }).describe(meaning);
const exchange = <K extends string>(kind: K, meaning: string) =>
  z.strictObject({ kind: z.literal(kind), in: several, ...shared }).describe(meaning);
const everywhere = <K extends string>(kind: K, meaning: string) =>
  z.strictObject({ kind: z.literal(kind), ...shared }).describe(meaning);

/**
 * One requirement as an object; its text form says the same: `{ kind: 'even', in: 'x' }` is 'even in x'.
 *
 * @example REQUIREMENT_SCHEMA.parse({ kind: 'value', at: { x: 0 }, equals: 1 }).mode // 'hard'
 */
export const REQUIREMENT_SCHEMA = z.discriminatedUnion('kind', [
  about('even', 'f(-x) = f(x)'),
  about('odd', 'f(-x) = -f(x)'),
  exchange('symmetric', 'f(b, a) = f(a, b)'),
  exchange('antisymmetric', 'f(b, a) = -f(a, b)'),
  z
    .strictObject({
      kind: z.literal('value'),
      at: fixed,
      equals: formula.describe('the value there: a number, or a formula in the other inputs'),
      ...shared,
    })
    .describe('value at a point, for all values of the inputs that are not held'),
  z
    .strictObject({
      kind: z.literal('slope'),
      by: input.describe('the input it is derived by'),
      at: fixed,
      equals: formula.describe('the derivative there: a number, or a formula in the other inputs'),
      ...shared,
    })
    .describe('first derivative at a point, for all values of the inputs that are not held'),
  z
    .strictObject({
      kind: z.literal('power'),
      power: z.number(),
      in: one,
      toward: z.enum(['inf', '-inf', '0']).describe('the limit'),
      ...shared,
    })
    .describe('asymptotic power: f grows as x^power toward the limit'),
  about('increasing', 'never falls as x grows'),
  about('decreasing', 'never rises as x grows'),
  about('convex', 'never above its chords in x'),
  about('concave', 'never below its chords in x'),
  everywhere('positive', 'f >= 0'),
  everywhere('negative', 'f <= 0'),
]);

/** One requirement as it is written; `mode` may be left out. */
export type RequirementSpec = z.input<typeof REQUIREMENT_SCHEMA>;
/** One requirement with its mode filled in; plain data that can be posted to a worker. */
export type ResolvedRequirement = z.output<typeof REQUIREMENT_SCHEMA>;
/** 'even' | 'odd' | ... */
export type RequirementKind = ResolvedRequirement['kind'];
/** The requirement of one kind. */
export type RequirementOf<K extends RequirementKind> = Extract<ResolvedRequirement, { kind: K }>;

/** The option `requirements` of a fit: each one as text or as an object. */
export const REQUIREMENTS_OPTION = z
  .array(z.union([z.string(), REQUIREMENT_SCHEMA]))
  .default([])
  .describe('what a law must obey beyond the data: "even in x", "f(x=0) = 1", "positive (soft)"');
