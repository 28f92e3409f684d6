import { ExponentSpace, rankOf } from '../groups/exponent-space.ts';
import { plainDimension } from '../groups/pi-groups.ts';
import type { NamedConstant } from './named-constants.ts';

/** A product of powers of known constants. */
export interface ConstantProduct {
  readonly factors: readonly { readonly constant: NamedConstant; readonly exponent: number }[];
  /** In coherent units. */
  readonly value: number;
  /** Relative standard uncertainty. */
  readonly uncertainty: number;
  /** Sum of |exponent|. */
  readonly cost: number;
}

/** Constants of a product at most, fewer where many are known. */
const MOST_FACTORS = 4;
const MOST_OF_MANY = 3;
const MANY = 10;
const LARGEST_COST = 12;
/** Without units any product could be meant: only the simplest are. */
const LARGEST_COST_WITHOUT_UNITS = 2;

/** Products of powers of constants that have a dimension, simplest first; of any dimension where none is given. */
export function constantProducts(
  constants: readonly NamedConstant[],
  wanted: readonly number[] | undefined,
): ConstantProduct[] {
  const most = wanted ? (constants.length > MANY ? MOST_OF_MANY : MOST_FACTORS) : 2;
  const found: ConstantProduct[] = [];
  const add = (subset: readonly NamedConstant[], exponents: readonly number[]): void => {
    if (exponents.some((exponent) => exponent === 0)) return;
    const cost = exponents.reduce((sum, exponent) => sum + Math.abs(exponent), 0);
    if (cost > (wanted ? LARGEST_COST : LARGEST_COST_WITHOUT_UNITS)) return;
    const value = subset.reduce((product, { coherent }, i) => product * coherent ** exponents[i], 1);
    const uncertainty = subset.reduce((sum, constant, i) => sum + Math.abs(exponents[i]) * constant.uncertainty, 0);
    if (!(value > 0 && Number.isFinite(value))) return;
    const factors = subset.map((constant, i) => ({ constant, exponent: exponents[i] }));
    found.push({ factors, value, uncertainty, cost });
  };
  const consider = (subset: readonly NamedConstant[]): void => {
    const dimensions = subset.map(({ dimension }) => plainDimension(dimension));
    if (!wanted) {
      for (const exponents of subset.length === 1 ? [[1], [-1], [2], [-2]] : signs) add(subset, exponents);
      return;
    }
    // Of h and hbar one is enough; a pure number may stand beside anything.
    const measured = dimensions.filter((dimension) => dimension.some((exponent) => exponent !== 0));
    if (rankOf(measured) < measured.length) return;
    for (const { exponents } of new ExponentSpace(dimensions).solutions(wanted, 0.5)) add(subset, exponents);
  };
  const extend = (subset: readonly NamedConstant[], from: number): void => {
    if (subset.length > 0) consider(subset);
    if (subset.length === most) return;
    for (let i = from; i < constants.length; i++) extend([...subset, constants[i]], i + 1);
  };
  extend([], 0);
  return found.sort((a, b) => a.cost - b.cost);
}

const signs = [1, -1].flatMap((a) => [1, -1].map((b) => [a, b]));
