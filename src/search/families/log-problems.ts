import { constant, type Expression } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';
import { type Factor, monomialTree, snapExponent } from '../monomial.ts';
import type { Leaf, Task } from '../tasks/task.ts';
import { type Hit, type Problem, type ProblemGroup, weightedFit } from './problem.ts';

/** A quantity M made of the target whose law is one product, and the law of the target made of that of M. */
interface ProductTarget {
  readonly name: string;
  /** log|M|, and the sign of M; NaN where there is none. */
  readonly log: (y: number) => number;
  readonly sign: (y: number) => number;
  /** |d log|M| / dy| */
  readonly slope: (y: number) => number;
  readonly invert: (product: Expression | undefined, forms: Forms) => Expression | undefined;
}

function ofValue(
  name: string,
  value: (y: number) => number,
  slope: (y: number) => number,
  invert: ProductTarget['invert'],
): ProductTarget {
  return {
    name,
    log: (y) => Math.log(Math.abs(value(y))),
    sign: (y) => Math.sign(value(y)),
    slope: (y) => Math.abs(slope(y) / value(y)),
    invert,
  };
}

const oneMore = (product: Expression | undefined, forms: Forms): Expression | undefined =>
  forms.add(constant(1), product);
const oneLess = (product: Expression | undefined, forms: Forms): Expression | undefined =>
  forms.apply('sub', product, constant(1)) ?? forms.add(product, constant(-1));

/** Products tried, the target itself first. */
const PRODUCT_TARGETS: readonly ProductTarget[] = [
  ofValue(
    'y',
    (y) => y,
    () => 1,
    (product) => product,
  ),
  ofValue(
    'y - 1',
    (y) => y - 1,
    () => 1,
    oneMore,
  ),
  ofValue(
    'y + 1',
    (y) => y + 1,
    () => 1,
    oneLess,
  ),
  ofValue(
    '1/y - 1',
    (y) => 1 / y - 1,
    (y) => 1 / (y * y),
    (product, forms) => forms.power(oneMore(product, forms), -1),
  ),
  ofValue(
    'y^2 - 1',
    (y) => (y > 0 ? y * y - 1 : Number.NaN),
    (y) => 2 * y,
    (product, forms) => forms.power(oneMore(product, forms), 0.5),
  ),
  ofValue(
    '1/y^2 - 1',
    (y) => (y > 0 ? 1 / (y * y) - 1 : Number.NaN),
    (y) => 2 / (y * y * y),
    (product, forms) => forms.power(oneMore(product, forms), -0.5),
  ),
  {
    name: 'exp y',
    log: (y) => y,
    sign: () => 1,
    slope: () => 1,
    invert: (product, forms) => forms.apply('log', product),
  },
  ofValue(
    'log y',
    (y) => (y > 0 ? Math.log(y) : Number.NaN),
    (y) => 1 / y,
    (product, forms) => forms.apply('exp', product),
  ),
];

/** Ways of reading fitted exponents as rational numbers, the nearest first. */
const READINGS: readonly ((p: number) => number)[] = [
  (p) => snapExponent(p, 0.02),
  (p) => snapExponent(p, 0.1),
  (p) => (Math.abs(p - Math.round(2 * p) / 2) < 0.24 ? Math.round(2 * p) / 2 : p),
];

/**
 * log|M| = b + sum of p_i log|x_i| + q log|phi|, under equal relative errors and, for the target itself, under the
 * user's weights.
 *
 * @param count how many of the quantities M are tried
 */
export function logProblems(task: Task, forms: Forms, count: number, keep: number): ProblemGroup[] {
  const { leaves, target, weights } = task;
  const rows = target.length;
  const ones = new Float64Array(rows).fill(1);
  const usable = leaves.filter(({ values }) => values.every((x) => x !== 0));
  const logs = usable.map(({ values }) => values.map((x) => Math.log(Math.abs(x))));
  const basis = [ones, ...logs];
  const problems: Problem[] = [];
  const groups: ProblemGroup[] = [{ rootWeights: weights.map(Math.sqrt), basis, problems }];
  for (const of of PRODUCT_TARGETS.slice(0, count)) {
    if (!of.invert(leaves[0].tree, forms)) continue;
    const z = target.map(of.log);
    const slope = target.map((y) => 1 / of.slope(y));
    if (!z.every(Number.isFinite) || !slope.every(Number.isFinite)) continue;
    const problem = logProblem(of, z, slope, task, usable, forms, keep);
    problems.push(problem);
    if (of.name !== 'y') continue;
    groups.push({ rootWeights: slope.map((s, i) => Math.abs(s) * Math.sqrt(weights[i])), basis, problems: [problem] });
  }
  return groups.filter((group) => group.problems.length > 0);
}

/** Root-mean-square error of log|M| up to which a power law is nearly the law. */
const NEARLY = 0.05;

/** Relative error of log|M| that is rounding. */
const ROUNDING = 1e-14;

/** Those of the problems that a power law nearly solves: what is left may be a function of a small argument. */
export function nearlyPowers(groups: readonly ProblemGroup[]): ProblemGroup[] {
  return groups.flatMap((group) => {
    const { rootWeights, basis } = group;
    const weight = rootWeights.reduce((sum, root) => sum + root * root, 0);
    const problems = group.problems.filter(({ z }) => {
      const size = z.reduce((sum, value, i) => sum + (value * rootWeights[i]) ** 2, 0);
      const { square } = weightedFit(basis, z, rootWeights);
      return square < NEARLY ** 2 * weight && square > ROUNDING ** 2 * size;
    });
    return problems.length > 0 ? [{ ...group, problems }] : [];
  });
}

function logProblem(
  of: ProductTarget,
  z: Float64Array,
  slope: Float64Array,
  { target }: Task,
  usable: readonly Leaf[],
  forms: Forms,
  keep: number,
): Problem {
  return {
    z,
    slope,
    keep,
    laws: (hit, { coefficients: fitted }) => {
      const { argument, shape, k, c } = hit;
      const { columns } = shape;
      const scale = Math.exp(fitted[columns]);
      const seen = new Set<string>();
      return READINGS.flatMap((read) => {
        const exponents = usable.map((_, i) => read(fitted[columns + 1 + i]));
        // The coefficients of one column are exponents; those of two stand elsewhere.
        const own = columns === 1 ? [read(fitted[0])] : fitted.subarray(0, columns);
        const raw = shape.name === 'exp(q h)' ? fitted.subarray(0, 1) : own;
        const key = [...exponents, ...raw].join();
        if (seen.has(key)) return [];
        seen.add(key);
        const sign = of.sign(target[0]) * signOf(hit, exponents, raw[0], usable);
        const factors = usable.map((leaf, i): Factor => ({ tree: leaf.tree, exponent: exponents[i] }));
        return shape
          .parts(forms, argument, k, c, raw)
          .map(
            (part) =>
              part && of.invert(monomialTree(sign * scale * part.scale, [...factors, ...part.factors], forms), forms),
          );
      });
    },
  };
}

/** Sign of the product at the first row. */
function signOf(
  { shape, argument, k, c }: Hit,
  exponents: readonly number[],
  q: number,
  leaves: readonly Leaf[],
): number {
  let sign = odd(q) ? (shape.sign?.(argument.all[0], k, c) ?? 1) : 1;
  leaves.forEach(({ values }, i) => {
    if (values[0] < 0 && odd(exponents[i])) sign = -sign;
  });
  return sign || 1;
}

function odd(exponent: number): boolean {
  return Math.abs(exponent) % 2 === 1;
}
