import { constant, type Expression } from '../../expressions/index.ts';
import { leastSquares } from '../../numerics/index.ts';
import type { Forms } from '../forms.ts';

/** w on all rows with the error that each may have: the unit in which a misfit is measured. */
export interface Observed {
  readonly w: Float64Array;
  /** Shape [rows], above 0; Infinity for a row that does not count. */
  readonly errors: Float64Array;
}

/** A curve w(g) that goes through all rows. */
export interface CurveFit {
  readonly curve: string;
  readonly tree: Expression | undefined;
}

/** A law of w in g with up to three constants, linear in them once multiplied out. */
interface Curve {
  readonly name: string;
  /** Columns and right-hand side of the linear problem, row by row. */
  readonly columns: readonly ((g: number, w: number) => number)[];
  readonly right: (g: number, w: number) => number;
  /** w given the solution. */
  readonly value: (c: Float64Array, g: number) => number;
  readonly tree: (c: Float64Array, g: Expression, forms: Forms) => Expression | undefined;
  /** What the linear problem multiplies a misfit of w by; 1 when absent. */
  readonly factor?: (c: Float64Array, g: number) => number;
}

const one = (): number => 1;
const ofG = (g: number): number => g;
const ofW = (_g: number, w: number): number => w;

/** The curves, fewest constants first. */
const CURVES: readonly Curve[] = [
  { name: 'g', columns: [], right: ofW, value: (_c, g) => g, tree: (_c, g) => g },
  {
    name: 'a g',
    columns: [ofG],
    right: ofW,
    value: (c, g) => c[0] * g,
    tree: (c, g, forms) => forms.affine(c[0], g, 0),
  },
  {
    name: 'g + b',
    columns: [one],
    right: (g, w) => w - g,
    value: (c, g) => g + c[0],
    tree: (c, g, forms) => forms.add(g, constant(c[0])),
  },
  {
    name: 'b - g',
    columns: [one],
    right: (g, w) => w + g,
    value: (c, g) => c[0] - g,
    tree: (c, g, forms) => forms.apply('sub', constant(c[0]), g) ?? forms.affine(-1, g, c[0]),
  },
  {
    name: 'a g + b',
    columns: [ofG, one],
    right: ofW,
    value: (c, g) => c[0] * g + c[1],
    tree: (c, g, forms) => forms.affine(c[0], g, c[1]),
  },
  {
    name: 'a / (g + c)',
    columns: [one, (_g, w) => -w],
    right: (g, w) => w * g,
    value: (c, g) => c[0] / (g + c[1]),
    tree: (c, g, forms) => forms.divide(constant(c[0]), forms.add(g, constant(c[1]))),
    factor: (c, g) => g + c[1],
  },
  {
    name: 'a g / (g + c)',
    columns: [ofG, (_g, w) => -w],
    right: (g, w) => w * g,
    value: (c, g) => (c[0] * g) / (g + c[1]),
    tree: (c, g, forms) => forms.multiply(constant(c[0]), forms.divide(g, forms.add(g, constant(c[1])))),
    factor: (c, g) => g + c[1],
  },
  {
    name: 'a + b / (g + c)',
    columns: [ofG, one, (_g, w) => -w],
    right: (g, w) => w * g,
    value: (c, g) => (c[0] * g + c[1]) / (g + c[2]),
    tree: (c, g, forms) =>
      forms.add(forms.divide(constant(c[1] - c[0] * c[2]), forms.add(g, constant(c[2]))), constant(c[0])),
    factor: (c, g) => g + c[2],
  },
];

/**
 * The curve of fewest constants through all rows.
 *
 * @param most largest mean square misfit, in units of the errors
 * @returns undefined when none goes through
 */
export function fitCurve(
  { w, errors }: Observed,
  g: Float64Array,
  tree: Expression,
  forms: Forms,
  most: number,
): CurveFit | undefined {
  for (const curve of CURVES) {
    const solution = solve(curve, w, errors, g, most);
    if (solution) return { curve: curve.name, tree: curve.tree(solution, tree, forms) };
  }
  return undefined;
}

/** Solves twice: the linear problem weighs rows by g + c, which is known after the first time. */
function solve(
  curve: Curve,
  w: Float64Array,
  errors: Float64Array,
  g: Float64Array,
  most: number,
): Float64Array | undefined {
  let weights = errors.map((error) => 1 / error);
  for (let pass = 0; pass < (curve.factor ? 2 : 1); pass++) {
    const weigh = (column: (g: number, w: number) => number): Float64Array =>
      w.map((value, i) => (weights[i] > 0 ? column(g[i], value) * weights[i] : 0));
    const solution = leastSquares(curve.columns.map(weigh), weigh(curve.right));
    if (misfit(curve, solution, w, errors, g) <= most) return solution;
    const { factor } = curve;
    if (factor) weights = errors.map((error, i) => 1 / (error * Math.abs(factor(solution, g[i])))).map(finite);
  }
  return undefined;
}

function finite(weight: number): number {
  return Number.isFinite(weight) ? weight : 0;
}

/** Mean square misfit in units of the errors. */
function misfit(curve: Curve, c: Float64Array, w: Float64Array, errors: Float64Array, g: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < w.length; i++) {
    if (errors[i] === Infinity) continue;
    const gap = (curve.value(c, g[i]) - w[i]) / errors[i];
    sum += gap * gap;
    count++;
  }
  return sum / count;
}

/** w = p log g + c: C g^p, which is |v| where w is its logarithm. */
export function fitPower(
  { w, errors }: Observed,
  logG: Float64Array,
  tree: Expression,
  forms: Forms,
  most: number,
): CurveFit | undefined {
  for (const curve of CURVES) {
    if (!POWERS.has(curve.name)) continue;
    const solution = solve(curve, w, errors, logG, most);
    if (!solution) continue;
    const [p, shift] = curve.name === 'a g' ? [solution[0], 0] : [solution[0], solution[1]];
    const rounded = Math.abs(12 * p - Math.round(12 * p)) < 1e-7 ? Math.round(12 * p) / 12 : p;
    return { curve: 'C g^p', tree: forms.multiply(constant(Math.exp(shift)), forms.power(tree, rounded)) };
  }
  return undefined;
}

/** Curves of log g that are powers of g. */
const POWERS: ReadonlySet<string> = new Set(['a g', 'a g + b']);
