import type { Syntax } from '../syntax.ts';
import { argumentOf } from './argument.ts';
import { geometric, ONE_CONSTANT } from './grid.ts';
import { logShapes } from './log-shapes.ts';
import { columnsOf, type Hit, weightedFit } from './problem.ts';
import type { Shape } from './shape.ts';

/** Largest |k h| that counts as small; the grids of the shapes themselves begin below. */
const SMALL = 0.1;
/** Least: below it the term that fixes k, smaller by k h than the one that shows, is rounding. */
const LEAST = 1e-5;
/** Ratio of neighbouring k: the smaller k h is, the less the shape changes with k. */
const RATIO = 3;
/** Where the power of h that a function begins with is read off, and how far from a whole one it may be. */
const NEAR_ZERO = 1e-6;
const WHOLE = 1e-3;

/**
 * The shapes of products at arguments so small that they hardly differ from a power of h.
 *
 * log|phi(k h)| is then all but collinear with log|h|, which stands among the columns where h is a product of the
 * leaves. Without its leading power it is not: log|tanh(u) / u| = -u^2 / 3 + ...
 */
export function smallShapes(syntax: Syntax): Shape[] {
  return logShapes(syntax).flatMap((shape) => {
    if (shape.name === SUM) return smallSum(shape);
    const power = leadingPower(shape);
    return power === undefined ? [] : small(shape, power);
  });
}

const SUM = 'h + c';
const SMALL_SUM = 'small h';

function small(whole: Shape, power: number): Shape {
  return {
    ...whole,
    name: `small ${whole.name}`,
    whole,
    grid: (argument, ratio) => {
      const run = geometric(LEAST / argument.largest, SMALL / argument.largest, RATIO);
      const bothSigns = whole.grid(argument, ratio).runs.some((other) => other[0] < 0);
      return { runs: bothSigns ? [run, run.map((k) => -k)] : [run], c: ONE_CONSTANT };
    },
    fill: (argument, sample, k, c, first, second) => {
      whole.fill(argument, sample, k, c, first, second);
      if (power === 0) return;
      const values = argument[sample];
      for (let i = 0; i < values.length; i++) first[i] -= power * Math.log(Math.abs(k * values[i]));
    },
  };
}

/** h + c of a c much larger than h. */
function smallSum(whole: Shape): Shape {
  return {
    ...whole,
    name: SMALL_SUM,
    whole,
    grid: ({ largest }) => {
      const run = geometric(largest / SMALL, largest / LEAST, RATIO);
      return { runs: [run, run.map((c) => -c)], c: ONE_CONSTANT };
    },
    fill: (argument, sample, c, _c, first) => {
      const values = argument[sample];
      for (let i = 0; i < values.length; i++) first[i] = Math.log1p(values[i] / c);
    },
  };
}

/** p of phi(h) = a h^p + ... near 0; undefined where there is none. */
function leadingPower(shape: Shape): number | undefined {
  if (shape.columns !== 1) return undefined;
  const values = Float64Array.of(NEAR_ZERO, 2 * NEAR_ZERO);
  const logs = new Float64Array(2);
  shape.fill(argumentOf({ kind: 'constant', value: 0 }, values, Int32Array.of(0, 1), 0), 'all', 1, 0, logs, logs);
  const power = (logs[1] - logs[0]) / Math.LN2;
  return Math.abs(power - Math.round(power)) < WHOLE ? Math.round(power) : undefined;
}

/** Exponents of phi(k h) that laws have. */
const EXPONENTS = [1, -1, 2, -2, 0.5, -0.5];
/** Turns in which k is brought to an exponent; each leaves an error smaller by (k h)^2 or so. */
const TURNS = 6;

/**
 * A hit of a small shape for each simple exponent of the function: of small arguments the rows tell the product of the
 * exponent and a power of k, and little of the two alone.
 */
export function atSimpleExponents(hit: Hit): Hit[] {
  const { whole } = hit.shape;
  if (!whole) return [hit];
  return EXPONENTS.flatMap((exponent) => {
    const k = scaleOf(hit, exponent);
    return k === undefined ? [] : [{ ...hit, shape: whole, k }];
  });
}

/** The k at which the exponent is the best; undefined where there is none that is small. */
function scaleOf(hit: Hit, exponent: number): number | undefined {
  const { problem, group, argument } = hit;
  const best = (k: number): number =>
    weightedFit([...columnsOf({ ...hit, k }), ...group.basis], problem.z, group.rootWeights).coefficients[0];
  // What the column holds falls with a power of k, or of 1 / c.
  const order = Math.round(Math.log2(Math.abs(best(hit.k / 2) / best(hit.k))));
  if (order === 0) return undefined;
  let { k } = hit;
  for (let turn = 0; turn < TURNS; turn++) {
    const ratio = best(k) / exponent;
    if (!(ratio > 0 && ratio < Infinity)) return undefined;
    k *= ratio ** (1 / order);
  }
  const small = hit.shape.name === SMALL_SUM ? argument.largest / Math.abs(k) : argument.largest * Math.abs(k);
  return small < 1 ? k : undefined;
}
