import { constant, type Expression, type Operator } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';
import type { Syntax } from '../syntax.ts';
import type { Argument } from './argument.ts';
import { type Grid, geometric, ONE_CONSTANT } from './grid.ts';
import { fixedWaveGrid, offsetGrid, placeGrid, positiveScaleGrid, scaleGrid } from './grids-of-arguments.ts';
import { isExpressible, scaledGrid, scales, sumTree, twice } from './linear-shapes.ts';
import { exponential, type Part, partOf, pointwise, reflected, type Shape, shifted } from './shape.ts';

/**
 * Shapes of the laws scale * product of x_i^p_i * phi^q: their columns are log|phi|, computed where phi itself would
 * cancel or overflow.
 */
export function logShapes(syntax: Syntax): Shape[] {
  const { forms, grammar } = syntax;
  const own = grammar.unary.filter(
    (operator) => scales(operator) || ['sin', 'cos', 'tan', 'log', 'log2', 'log10'].includes(operator.name),
  );
  const hasTanh = forms.has('tanh');
  const all = [
    exponentialLess,
    exponentialMore,
    sum,
    hyperbolic('cosh'),
    hyperbolic('sinh'),
    ...(hasTanh ? [] : [hyperbolicTangent]),
    ...own.map(operatorShape),
  ];
  return all.filter((shape) => isExpressible(shape, forms));
}

/** The same with a free place of the argument. */
export function placedLogShapes({ forms }: Syntax): Shape[] {
  return [gaussianFactor, squareMore, placedExponentialMore].filter((shape) => isExpressible(shape, forms));
}

const ONE_POINT: Grid = { runs: [Float64Array.of(1)], c: ONE_CONSTANT };

/** log exp(q h) = q h: the one shape whose constant is linear. */
export const exponentialFactor: Shape = {
  name: 'exp(q h)',
  columns: 1,
  grid: () => ONE_POINT,
  fill: pointwise((h) => h),
  parts: (forms, { tree }, _k, _c, [q]) => [partOf(1, exponential(forms, q, tree), 1)],
};

/** log exp(p h + q h^2). */
const gaussianFactor: Shape = {
  name: 'exp(p h + q h^2)',
  columns: 2,
  grid: () => ONE_POINT,
  fill: (argument, sample, _k, _c, first, second) => {
    const values = argument[sample];
    for (let i = 0; i < values.length; i++) {
      first[i] = values[i];
      second[i] = values[i] * values[i];
    }
  },
  parts: (forms, { tree }, _k, _c, [p, q]) => {
    if (q === 0) return [];
    const place = -p / (2 * q);
    const inside = forms.power(shifted(forms, tree, -place), 2);
    const sum = forms.add(forms.affine(p, tree, 0), forms.affine(q, forms.power(tree, 2), 0));
    return [
      partOf(Math.exp(-q * place * place), exponential(forms, q, inside), 1),
      partOf(1, exponential(forms, 1, sum), 1),
    ];
  },
};

/** exp(k h) - 1, written 1 - exp(k h) where that is above 0. */
const exponentialLess: Shape = {
  name: 'exp - 1',
  columns: 1,
  grid: scaleGrid,
  fill: pointwise((h, k) => logExpm1(k * h)),
  parts: (forms, { tree, all }, k, _c, [q]) => {
    const e = exponential(forms, k, tree);
    const above = k * all[0] > 0;
    return [partOf(1, above ? less(forms, e) : forms.apply('sub', constant(1), e), q)];
  },
};

const exponentialMore: Shape = {
  name: 'exp + 1',
  columns: 1,
  grid: scaleGrid,
  fill: pointwise((h, k) => logExpPlus1(k * h)),
  parts: (forms, { tree }, k, _c, [q]) => [partOf(1, forms.add(exponential(forms, k, tree), constant(1)), q)],
};

/** h + c, or its negative. */
const sum: Shape = {
  name: 'h + c',
  columns: 1,
  grid: offsetGrid,
  fill: pointwise((h, c) => Math.log(Math.abs(h + c))),
  parts: (forms, argument, c, _c, [q]) => [partOf(1, sumTree(forms, argument, c), q)],
};

function hyperbolic(name: 'cosh' | 'sinh'): Shape {
  return {
    name,
    columns: 1,
    grid: positiveScaleGrid,
    fill: pointwise(name === 'cosh' ? (h, k) => logCosh(k * h) : (h, k) => logSinh(k * h)),
    parts: (forms, { tree }, k, _c, [q]) => {
      const own = forms.apply(name, forms.affine(k, tree, 0));
      return [own ? partOf(1, own, q) : partOf(0.5 ** q, twice(forms, name, k, tree), q)];
    },
    sign: name === 'cosh' ? undefined : (h) => Math.sign(h),
  };
}

/** tanh(k h) = (exp(2 k h) - 1) / (exp(2 k h) + 1). */
const hyperbolicTangent: Shape = {
  name: 'tanh',
  columns: 1,
  grid: positiveScaleGrid,
  fill: pointwise((h, k) => logSinh(k * h) - logCosh(k * h)),
  parts: (forms, { tree }, k, _c, [q]): (Part | undefined)[] => {
    const e = exponential(forms, 2 * k, tree);
    const above = less(forms, e);
    const below = forms.add(e, constant(1));
    if (!above || !below) return [];
    return [
      {
        scale: 1,
        factors: [
          { tree: above, exponent: q },
          { tree: below, exponent: -q },
        ],
      },
    ];
  },
  sign: (h) => Math.sign(h),
};

const WAVES: ReadonlySet<string> = new Set(['sin', 'cos', 'tan']);
const LOGARITHMS: ReadonlySet<string> = new Set(['log', 'log2', 'log10']);

function operatorShape(operator: Operator): Shape {
  const { name, facts } = operator;
  return {
    name,
    columns: 1,
    grid: (argument, ratio) => {
      if (WAVES.has(name)) return fixedWaveGrid(argument, ratio);
      if (!LOGARITHMS.has(name)) return scaledGrid(argument, ratio, facts.parity !== undefined);
      const { low, high } = argument;
      return { runs: low > 0 ? [geometric(1e-3 / high, 1e3 / low, ratio)] : [], c: ONE_CONSTANT };
    },
    fill: pointwise((h, k) => Math.log(Math.abs(operator.apply(k * h, 0)))),
    parts: (forms, { tree }, k, _c, [q]) => [partOf(1, forms.apply(name, forms.affine(k, tree, 0)), q)],
    sign: (h, k) => Math.sign(operator.apply(k * h, 0)),
  };
}

/** (h - c)^2 + 1 / k^2 */
const squareMore: Shape = {
  name: '(h - c)^2 + g',
  columns: 1,
  grid: placeGrid,
  fill: pointwise((h, k, c) => Math.log((h - c) ** 2 + 1 / (k * k))),
  parts: (forms, { tree }, k, c, [q]) => [
    partOf(1, forms.add(forms.power(shifted(forms, tree, -c), 2), constant(1 / (k * k))), q),
  ],
};

/** exp(k (h - c)) + 1; for both signs of k, which differ by more than a factor. */
const placedExponentialMore: Shape = {
  name: 'exp(k (h - c)) + 1',
  columns: 1,
  grid: (argument, ratio) => {
    const grid = placeGrid(argument, ratio);
    return { runs: [...grid.runs, ...grid.runs.map((run) => run.map((k) => -k))], c: grid.c };
  },
  fill: pointwise((h, k, c) => logExpPlus1(k * (h - c))),
  parts: (forms, { tree }, k, c, [q]) => [
    partOf(1, forms.add(exponential(forms, k, place(forms, tree, c)), constant(1)), q),
  ],
};

/** exp(k (h - c) / x) + 1 for another input x, as of energies above a level in units of a temperature. */
export function placedExponentialOver(x: Argument): Shape {
  const over = { few: x.few.map((value) => 1 / value), all: x.all.map((value) => 1 / value) };
  const typical = Math.sqrt(over.all.reduce((sum, value) => sum + value * value, 0) / over.all.length);
  return {
    name: 'exp(k (h - c) / x) + 1',
    columns: 1,
    grid: (argument, ratio) => {
      const { runs, c } = placedExponentialMore.grid(argument, ratio);
      const scaled = runs.map((run) => run.map((k) => k / typical));
      return { runs: Number.isFinite(typical) && typical > 0 ? scaled : [], c };
    },
    fill: (argument, sample, k, c, first) => {
      const values = argument[sample];
      const divisors = over[sample];
      for (let i = 0; i < values.length; i++) first[i] = logExpPlus1(k * (values[i] - c) * divisors[i]);
    },
    parts: (forms, { tree }, k, c, [q]) => {
      const quotient = forms.divide(place(forms, tree, c), x.tree);
      return [partOf(1, forms.add(exponential(forms, k, quotient), constant(1)), q)];
    },
  };
}

function place(forms: Forms, tree: Expression, c: number): Expression | undefined {
  return shifted(forms, tree, -c) ?? forms.affine(-1, reflected(forms, tree, c), 0);
}

function less(forms: Forms, e: Expression | undefined): Expression | undefined {
  return forms.apply('sub', e, constant(1)) ?? forms.add(e, constant(-1));
}

/** log|e^u - 1| */
export function logExpm1(u: number): number {
  return u > 0 ? u + Math.log(-Math.expm1(-u)) : Math.log(-Math.expm1(u));
}

/** log(e^u + 1) */
export function logExpPlus1(u: number): number {
  return u > 0 ? u + Math.log1p(Math.exp(-u)) : Math.log1p(Math.exp(u));
}

/** log cosh u */
export function logCosh(u: number): number {
  const size = Math.abs(u);
  return size + Math.log1p(Math.exp(-2 * size)) - Math.LN2;
}

/** log|sinh u| */
export function logSinh(u: number): number {
  const size = Math.abs(u);
  return size + Math.log(-Math.expm1(-2 * size)) - Math.LN2;
}
