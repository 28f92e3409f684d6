import { OptionError } from '../../core/index.ts';
import type { Arithmetic } from './arithmetic.ts';

/** Fixed four-vectors by name, and what they leave of the symmetry; a new one is a new row. */
export const SPURIONS = {
  /** Both beams, along z: what is left are rotations about z and, but for the size of the beams, boosts along it. */
  beam: [
    [1, 0, 0, 1],
    [1, 0, 0, -1],
  ],
  /** The direction of time: rotations are left. */
  time: [[1, 0, 0, 0]],
} as const satisfies Record<string, readonly (readonly number[])[]>;

/** The name of a set of fixed vectors. */
export type SpurionName = keyof typeof SPURIONS;

/** How many scalars mark them: one a name. @throws OptionError "spurion" */
export function spurionCount(names: readonly SpurionName[]): number {
  const unknown = names.find((name) => !Object.hasOwn(SPURIONS, name));
  if (unknown !== undefined) {
    throw new OptionError('spurion', 'spurions', `"${unknown}"`, `give ${Object.keys(SPURIONS).join(', ')}`);
  }
  return names.length;
}

/**
 * Puts fixed vectors beside the particles of every event, each kind marked by a scalar of its own.
 *
 * @param x momenta and scalars, shape [batch, particles, 4 + scalars]
 * @returns x of shape [batch, particles + vectors, 4 + scalars + names], and its mask
 */
export function addSpurions<A>(
  on: Arithmetic<A>,
  x: A,
  names: readonly SpurionName[],
  mask?: A,
): readonly [A, A | undefined] {
  if (names.length === 0) return [x, mask];
  const [batch, particles, width] = on.shape(x);
  const rows = names.flatMap((name, kind) =>
    SPURIONS[name].map((vector) => [
      ...vector,
      ...Array<number>(width - 4).fill(0),
      ...names.map((_, i) => (i === kind ? 1 : 0)),
    ]),
  );
  const unmarked = on.constant(new Float64Array(batch * particles * names.length), [batch, particles, names.length]);
  const repeated = Array.from({ length: batch }, () => rows).flat(2);
  const fixed = on.constant(repeated, [batch, rows.length, width + names.length]);
  const all = on.concat([on.concat([x, unmarked], -1), fixed], 1);
  if (!mask) return [all, undefined];
  const ones = on.constant(new Float64Array(batch * rows.length).fill(1), [batch, rows.length]);
  return [all, on.concat([mask, ones], 1)];
}
