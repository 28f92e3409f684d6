import type { Dimension } from '../../units/index.ts';
import { ExponentSpace, type Exponents, rankOf } from './exponent-space.ts';

/** Products of powers of quantities, as exponents by quantity. */
export interface PiGroups {
  /** Independent products without a dimension, cheapest first. */
  readonly groups: readonly Exponents[];
  /** Products of the wanted dimension, cheapest first. */
  readonly prefactors: readonly Exponents[];
}

/** What a product of half-integer powers costs on top. */
const HALF_COST = 1.2;
/** Finer exponents, tried one after another where halves give nothing. */
const FINER_STEPS = [1 / 3, 1 / 4, 1 / 5, 1 / 6];

/** Exponents of the base units as numbers. */
export function plainDimension(dimension: Dimension): number[] {
  return dimension.map(([numerator, denominator]) => numerator / denominator);
}

/**
 * Dimensionless groups and prefactors of quantities: by Buckingham's theorem a law between them is
 * target = prefactor * F(groups).
 *
 * The groups are the shortest independent integer basis, shortest by the sum of |exponents|; there are as many as
 * quantities less the rank of their dimensions. Prefactors are integer and half-integer products.
 *
 * @param wanted dimension of the target
 * @param mostPrefactors number of prefactors at most
 * @param useful says whether a product of powers may be used; all by default
 * @see Buckingham, Phys. Rev. 4 (1914) 345
 */
export function piGroups(
  dimensions: readonly (readonly number[])[],
  wanted: readonly number[],
  mostPrefactors: number,
  useful: (exponents: Exponents) => boolean = () => true,
): PiGroups {
  const space = new ExponentSpace(dimensions);
  return {
    groups: basis(space, dimensions.length, useful),
    prefactors: prefactorsOf(space, wanted, mostPrefactors, useful),
  };
}

function basis(space: ExponentSpace, count: number, useful: (exponents: Exponents) => boolean): Exponents[] {
  const wanted = count - space.rank;
  const chosen: Exponents[] = [];
  if (wanted === 0) return chosen;
  for (const { exponents } of space.solutions(new Array<number>(space.baseUnits).fill(0), 1)) {
    if (chosen.length === wanted) break;
    // A group and its powers are one; of a group and its inverse the one with fewer negative powers comes first.
    if (exponents.every((exponent) => exponent === 0)) continue;
    if (rankOf([...chosen, exponents]) === chosen.length || !useful(exponents)) continue;
    chosen.push(exponents);
  }
  return chosen;
}

function prefactorsOf(
  space: ExponentSpace,
  wanted: readonly number[],
  most: number,
  useful: (exponents: Exponents) => boolean,
): Exponents[] {
  const isWhole = (exponents: Exponents): boolean => exponents.every(Number.isInteger);
  let found = space
    .solutions(wanted, 0.5)
    .map(({ exponents, cost }) => ({ exponents, cost: isWhole(exponents) ? cost : cost + HALF_COST }));
  // Whole powers are searched further out than halves.
  const known = new Set(found.map(({ exponents }) => exponents.join()));
  for (const solution of space.solutions(wanted, 1)) if (!known.has(solution.exponents.join())) found.push(solution);
  for (const step of FINER_STEPS) if (found.length === 0) found = space.solutions(wanted, step);
  const kept: Exponents[] = [];
  for (const { exponents } of found.sort((a, b) => a.cost - b.cost)) {
    if (kept.length === most) break;
    if (useful(exponents)) kept.push(exponents);
  }
  return kept;
}
