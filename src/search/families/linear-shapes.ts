import { constant, type Expression, type Operator, variable } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';
import { monomialTree } from '../monomial.ts';
import type { Syntax } from '../syntax.ts';
import { type Argument, argumentOf } from './argument.ts';
import type { Grid } from './grid.ts';
import {
  dampedGrid,
  decayGrid,
  exponentGrid,
  fixedWaveGrid,
  offsetGrid,
  placeGrid,
  positiveScaleGrid,
  scaleGrid,
  waveGrid,
} from './grids-of-arguments.ts';
import { exponential, partOf, pointwise, reflected, type Shape, shifted } from './shape.ts';

/** Powers of h + c that stand beside an offset; the square and the first power are no new idea. */
const POWERS_OF_SUM: Readonly<Record<number, (h: number, c: number) => number>> = {
  [-1]: (h, c) => 1 / Math.abs(h + c),
  [0.5]: (h, c) => Math.sqrt(Math.abs(h + c)),
  [-0.5]: (h, c) => 1 / Math.sqrt(Math.abs(h + c)),
  [-2]: (h, c) => 1 / (h + c) ** 2,
  [1.5]: (h, c) => Math.abs(h + c) * Math.sqrt(Math.abs(h + c)),
};
const SUM_EXPONENTS = [-1, 0.5, -0.5, -2, 1.5];
/** Operators that a scale inside only multiplies, or that are no smooth function, or that have shapes of their own. */
const NOT_SCALED: ReadonlySet<string> = new Set([
  ...['neg', 'inv', 'square', 'cube', 'sqrt', 'cbrt', 'abs', 'sign', 'step', 'relu', 'floor', 'ceil'],
  ...['exp', 'exp2', 'expm1', 'log', 'log2', 'log10', 'sin', 'cos', 'tan', 'sinh', 'cosh'],
]);
const SCALED_POINTS = [0.3, 0.7, 0.9, 0.98];
/** Arguments of which any power is tried: of powers of powers there is no end. */
const MOST_POWERS = 12;
/** Share of a wave's amplitude from which its sine or its cosine alone is tried. */
const PURE_WAVE = 0.7;
/** Logarithms, and what their unit is in natural ones' inverse. */
const LOGARITHMS = [
  { name: 'log', unit: 1 },
  { name: 'log2', unit: Math.LN2 },
  { name: 'log10', unit: Math.LN10 },
];

/** Shapes of the laws a phi + b, those that the operators can express. */
export function linearShapes(syntax: Syntax): Shape[] {
  const { forms, grammar } = syntax;
  const all = [
    decay,
    ...[-1, 1].map(oneOverExponential),
    logarithmOfSum(forms),
    ...SUM_EXPONENTS.map(powerOfSum),
    power,
    wave(forms),
    hyperbolic('cosh', 1),
    hyperbolic('sinh', 1),
    hyperbolic('cosh', -1),
    ...(forms.has('tan') ? [tangent] : []),
    ...grammar.unary.filter(scales).map(scaledOperator),
  ];
  return all.filter((shape) => isExpressible(shape, forms));
}

/** Peaks and steps at a free place: their two constants make them dear. */
export function placedShapes(syntax: Syntax): Shape[] {
  const { forms, grammar } = syntax;
  const steps = grammar.unary.filter(({ name }) => ['tanh', 'erf', 'sigmoid', 'atan'].includes(name));
  const all = [gaussian, lorentzian, ...(steps.length > 0 ? steps.map(placedOperator) : [placedStep])];
  return all.filter((shape) => isExpressible(shape, forms));
}

/** Whether the operators can write the shape of an input. */
export function isExpressible(shape: Shape, forms: Forms): boolean {
  return shape
    .parts(forms, ANY_ARGUMENT, 0.5, 0.5, [1, 1])
    .some((part) => part && monomialTree(part.scale, part.factors, forms) !== undefined);
}

const ANY_ARGUMENT: Argument = argumentOf(variable('h'), Float64Array.of(1, 2), Int32Array.of(0, 1), 0);

const decay: Shape = {
  name: 'exp',
  columns: 1,
  grid: decayGrid,
  fill: pointwise((h, k) => Math.exp(k * h)),
  parts: (forms, { tree }, k, _c, [a]) => [partOf(a, exponential(forms, k, tree), 1)],
};

/** 1 / (exp(k h) + term); the other sign of k differs by a constant. */
function oneOverExponential(term: number): Shape {
  return {
    name: term > 0 ? '1/(exp + 1)' : '1/(exp - 1)',
    columns: 1,
    grid: positiveScaleGrid,
    fill: pointwise(term > 0 ? (h, k) => 1 / (Math.exp(k * h) + 1) : (h, k) => 1 / Math.expm1(k * h)),
    parts: (forms, { tree }, k, _c, [a]) => [partOf(a, forms.add(exponential(forms, k, tree), constant(term)), -1)],
  };
}

/** h + c where that is above 0 on the data, else -c - h. */
export function sumTree(forms: Forms, { tree, low }: Argument, c: number): Expression | undefined {
  return low + c < 0 ? reflected(forms, tree, -c) : shifted(forms, tree, c);
}

function powerOfSum(exponent: number): Shape {
  return {
    name: `(h + c)^${exponent}`,
    columns: 1,
    grid: offsetGrid,
    fill: pointwise(POWERS_OF_SUM[exponent]),
    parts: (forms, argument, c, _c, [a]) => [partOf(a, sumTree(forms, argument, c), exponent)],
  };
}

/** log(h + c), and log(1 + h / c), which needs no offset. */
function logarithmOfSum(forms: Forms): Shape {
  const name = LOGARITHMS.find(({ name }) => forms.has(name));
  return {
    name: 'log(h + c)',
    columns: 1,
    grid: offsetGrid,
    fill: pointwise((h, c) => Math.log(Math.abs(h + c))),
    parts: (_forms, argument, c, _c, [a]) => {
      if (!name) return [];
      const sum = sumTree(forms, argument, c);
      const relative = forms.add(constant(1), forms.affine(1 / c, argument.tree, 0));
      return [sum, relative].map((inside) => partOf(a * name.unit, forms.apply(name.name, inside), 1));
    },
  };
}

/** h^k: what a power law beside an offset needs. */
const power: Shape = {
  name: 'h^k',
  columns: 1,
  grid: (argument) =>
    argument.rank < MOST_POWERS || isSum(argument.tree) ? exponentGrid(argument) : { runs: [], c: argument.few },
  fill: pointwise((h, k) => h ** k),
  parts: (forms, { tree }, k, _c, [a]) => [partOf(a, forms.apply('pow', tree, constant(k)), 1)],
};

/** a sin(k h) + b cos(k h), which is one wave of any phase. */
function wave(forms: Forms): Shape {
  const phased = (h: Expression, k: number, amplitude: number, phase: number, name: string) =>
    partOf(amplitude, forms.apply(name, forms.affine(k, h, phase)), 1);
  return {
    name: 'wave',
    columns: 2,
    grid: waveGrid,
    fill: (argument, sample, k, _c, first, second) => {
      const values = argument[sample];
      for (let i = 0; i < values.length; i++) {
        first[i] = Math.sin(k * values[i]);
        second[i] = Math.cos(k * values[i]);
      }
    },
    parts: (_forms, { tree }, k, _c, [a, b]) => {
      const size = Math.hypot(a, b);
      return [
        phased(tree, k, size, Math.atan2(b, a), 'sin') ?? phased(tree, k, size, Math.atan2(-a, b), 'cos'),
        ...(Math.abs(a) > PURE_WAVE * size ? [phased(tree, k, a, 0, 'sin')] : []),
        ...(Math.abs(b) > PURE_WAVE * size ? [phased(tree, k, b, 0, 'cos')] : []),
      ];
    },
  };
}

/** exp(k g) times a wave of h, of any phase. */
export function dampedWave(forms: Forms, g: Argument): Shape {
  const free = wave(forms);
  return {
    name: 'damped wave',
    columns: 2,
    grid: dampedGrid,
    fill: (argument, sample, k, c, first, second) => {
      const values = argument[sample];
      const damping = g[sample];
      for (let i = 0; i < values.length; i++) {
        const size = Math.exp(k * damping[i]);
        first[i] = size * Math.sin(c * values[i]);
        second[i] = size * Math.cos(c * values[i]);
      }
    },
    parts: (_forms, argument, k, c, fitted) => {
      const tree = exponential(forms, k, g.tree);
      if (!tree) return [];
      return free
        .parts(forms, argument, c, 0, fitted)
        .map((part) => part && { scale: part.scale, factors: [{ tree, exponent: 1 }, ...part.factors] });
    },
  };
}

const tangent: Shape = {
  name: 'tan',
  columns: 1,
  grid: fixedWaveGrid,
  fill: pointwise((h, k) => Math.tan(k * h)),
  parts: (forms, { tree }, k, _c, [a]) => [partOf(a, forms.apply('tan', forms.affine(k, tree, 0)), 1)],
};

/** cosh(k h) or sinh(k h), or one over it. */
function hyperbolic(name: 'cosh' | 'sinh', exponent: 1 | -1): Shape {
  const f = Math[name];
  return {
    name: exponent > 0 ? name : `1/${name}`,
    columns: 1,
    grid: positiveScaleGrid,
    fill: pointwise(exponent > 0 ? (h, k) => f(k * h) : (h, k) => 1 / f(k * h)),
    parts: (forms, { tree }, k, _c, [a]) => {
      const own = forms.apply(name, forms.affine(k, tree, 0));
      return [
        own ? partOf(a, own, exponent) : partOf(exponent > 0 ? a / 2 : 2 * a, twice(forms, name, k, tree), exponent),
      ];
    },
  };
}

/** 2 cosh(k h) or 2 sinh(k h) of exponentials. */
export function twice(forms: Forms, name: 'cosh' | 'sinh', k: number, h: Expression): Expression | undefined {
  return forms.apply(name === 'cosh' ? 'add' : 'sub', exponential(forms, k, h), exponential(forms, -k, h));
}

function scaledOperator(operator: Operator): Shape {
  const { parity } = operator.facts;
  return {
    name: operator.name,
    columns: 1,
    grid: (argument, ratio) => scaledGrid(argument, ratio, parity !== undefined),
    fill: pointwise((h, k) => operator.apply(k * h, 0)),
    parts: (forms, { tree }, k, _c, [a]) => [partOf(a, forms.apply(operator.name, forms.affine(k, tree, 0)), 1)],
  };
}

/** Scales of an operator, with some near the edge of a domain that ends at 1. */
export function scaledGrid(argument: Argument, ratio: number, oneSign: boolean): Grid {
  const grid = oneSign ? positiveScaleGrid(argument, ratio) : scaleGrid(argument, ratio);
  const edge = Float64Array.from(SCALED_POINTS, (share) => share / argument.largest);
  return { runs: [...grid.runs, edge, ...(oneSign ? [] : [edge.map((k) => -k)])], c: grid.c };
}

/** Whether k in f(k h) is more than a factor or a term, and no shape is there for the operator. */
export function scales(operator: Operator): boolean {
  if (NOT_SCALED.has(operator.name)) return false;
  // f(k h) = g(k) f(h) for all k and h is a power.
  const { apply } = operator;
  return [
    [0.3, 0.7],
    [1.3, 2.9],
  ].some(([u, v]) => {
    const across = apply(2 * u, 0) * apply(v, 0) - apply(u, 0) * apply(2 * v, 0);
    return Math.abs(across) > 1e-9 * Math.abs(apply(2 * u, 0) * apply(v, 0));
  });
}

/** exp(-k^2 (h - c)^2) */
const gaussian: Shape = {
  name: 'gaussian',
  columns: 1,
  grid: placeGrid,
  fill: pointwise((h, k, c) => Math.exp(-((k * (h - c)) ** 2))),
  parts: (forms, { tree }, k, c, [a]) => [
    partOf(a, exponential(forms, -k * k, forms.power(shifted(forms, tree, -c), 2)), 1),
  ],
};

/** 1 / ((h - c)^2 + 1 / k^2) */
const lorentzian: Shape = {
  name: 'lorentzian',
  columns: 1,
  grid: placeGrid,
  fill: pointwise((h, k, c) => 1 / ((h - c) ** 2 + 1 / (k * k))),
  parts: (forms, { tree }, k, c, [a]) => [
    partOf(a, forms.add(forms.power(shifted(forms, tree, -c), 2), constant(1 / (k * k))), -1),
  ],
};

/** 1 / (exp(k (h - c)) + 1) */
const placedStep: Shape = {
  name: '1/(exp(k (h - c)) + 1)',
  columns: 1,
  grid: placeGrid,
  fill: pointwise((h, k, c) => 1 / (Math.exp(k * (h - c)) + 1)),
  parts: (forms, { tree }, k, c, [a]) => [
    partOf(a, forms.add(exponential(forms, k, shifted(forms, tree, -c)), constant(1)), -1),
  ],
};

/** f(k (h - c)) of an operator that steps from one value to another. */
function placedOperator(operator: Operator): Shape {
  return {
    name: `${operator.name}(k (h - c))`,
    columns: 1,
    grid: placeGrid,
    fill: pointwise((h, k, c) => operator.apply(k * (h - c), 0)),
    parts: (forms, { tree }, k, c, [a]) => [
      partOf(a, forms.apply(operator.name, forms.affine(k, shifted(forms, tree, -c), 0)), 1),
    ],
  };
}

function isSum(tree: Expression): boolean {
  return tree.kind === 'call' && (tree.operator.name === 'add' || tree.operator.name === 'sub');
}
