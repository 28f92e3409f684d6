import type { Expression } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';

/** A transform T of the target whose logarithm may be a sum of logarithms: T(y) is then a product. */
export interface LogTransform {
  readonly name: string;
  readonly apply: (y: number) => number;
  /** log|T(y)|, without overflow. */
  readonly log: (y: number) => number;
  /** |d log|T| / dy|. */
  readonly slope: (y: number) => number;
  /** y, given T(y); of a square the root >= 0. */
  readonly undo: (t: number) => number;
  /** The tree of y given that of T(y). */
  readonly invert: (t: Expression | undefined, forms: Forms) => Expression | undefined;
  /** True where T loses the sign of y: it must be the same in every row. */
  readonly even?: boolean;
  /** True where y is the logarithm of the product, so that it is written as a sum. */
  readonly additive?: boolean;
}

const root = (t: Expression | undefined, offset: number, forms: Forms) => forms.power(forms.affine(1, t, offset), 0.5);

/** Transforms tried, simplest first. */
export const LOG_TRANSFORMS: readonly LogTransform[] = [
  {
    name: 'y',
    apply: (y) => y,
    log: (y) => Math.log(Math.abs(y)),
    slope: (y) => 1 / Math.abs(y),
    undo: (t) => t,
    invert: (t) => t,
  },
  {
    name: 'exp y',
    apply: () => 1,
    log: (y) => y,
    slope: () => 1,
    undo: (t) => Math.log(t),
    invert: (t, forms) => forms.apply('log', t),
    additive: true,
  },
  {
    name: 'y - 1',
    apply: (y) => y - 1,
    log: (y) => Math.log(Math.abs(y - 1)),
    slope: (y) => 1 / Math.abs(y - 1),
    undo: (t) => t + 1,
    invert: (t, forms) => forms.affine(1, t, 1),
  },
  {
    name: 'y + 1',
    apply: (y) => y + 1,
    log: (y) => Math.log(Math.abs(y + 1)),
    slope: (y) => 1 / Math.abs(y + 1),
    undo: (t) => t - 1,
    invert: (t, forms) => forms.affine(1, t, -1),
  },
  {
    name: 'y^2 - 1',
    apply: (y) => (y - 1) * (y + 1),
    log: (y) => Math.log(Math.abs(y - 1)) + Math.log(Math.abs(y + 1)),
    slope: (y) => Math.abs((2 * y) / ((y - 1) * (y + 1))),
    undo: (t) => Math.sqrt(t + 1),
    invert: (t, forms) => root(t, 1, forms),
    even: true,
  },
  {
    name: 'y^2 + 1',
    apply: (y) => y * y + 1,
    log: (y) => 2 * Math.log(Math.hypot(y, 1)),
    slope: (y) => (2 * Math.abs(y)) / (y * y + 1),
    undo: (t) => Math.sqrt(t - 1),
    invert: (t, forms) => root(t, -1, forms),
    even: true,
  },
];
