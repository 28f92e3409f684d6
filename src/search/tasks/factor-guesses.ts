import type { Expression } from '../../expressions/index.ts';
import { leastSquares } from '../../numerics/index.ts';
import type { Forms } from '../forms.ts';
import type { LibraryEntry } from '../library.ts';
import { type Factor, monomialTree } from '../monomial.ts';
import { project, scan } from '../scan.ts';
import type { Part } from './derived.ts';
import type { Task } from './task.ts';

/** How a fitted exponent is read: to the nearest 1/q where it lies within `reach` of it, else as 0. */
const READINGS: readonly { readonly q: number; readonly reach: number }[] = [
  { q: 1, reach: 0.5 },
  { q: 1, reach: 0.25 },
  { q: 1, reach: 0.1 },
  { q: 1, reach: 0.03 },
  { q: 2, reach: 0.25 },
  { q: 2, reach: 0.07 },
];
/** Readings in the presence of a further factor f. */
const READINGS_WITH_FACTOR = [READINGS[2], READINGS[1]];
/** The same where another function stands in for the rest: slopes of its leaves mean nothing. */
const READINGS_BESIDE = [READINGS[2]];
const LARGEST_EXPONENT = 6;
const FUNCTIONS_KEPT = 10;
const BESIDE_KEPT = 3;

/**
 * Factors that a law may have in front: products of powers, and products of powers times f or 1/f, as the slopes of
 * log|target| against log|x_i| and log|f| suggest them.
 */
export function factorGuesses(task: Task, functions: readonly LibraryEntry[], forms: Forms): Part[] {
  const rows = task.target.length;
  const z = task.target.map((y) => Math.log(Math.abs(y)));
  if (!z.every(Number.isFinite)) return [];
  const logs = task.leaves.map(({ values }) => values.map((x) => Math.log(Math.abs(x))));
  const usable = logs.flatMap((log, i) => (log.every(Number.isFinite) ? i : []));
  const ones = new Float64Array(rows).fill(1);
  const basis = [ones, ...usable.map((i) => logs[i])];
  const guesses: Part[] = [];
  const seen = new Set<string>();
  const add = (
    slopes: ArrayLike<number>,
    { q, reach }: (typeof READINGS)[number],
    f?: LibraryEntry,
    power = 1,
  ): void => {
    const exponents = usable.map((_, k) => readExponent(slopes[k + 1], q, reach));
    const key = `${exponents.join()} ${power} ${f ? functions.indexOf(f) : ''}`;
    if (seen.has(key)) return;
    seen.add(key);
    const part = product(task, usable, exponents, f, power, forms);
    if (part) guesses.push(part);
  };
  const slopes = leastSquares(basis, z, 1e-9);
  for (const reading of READINGS) add(slopes, reading);
  const logValues = functions.map(({ values }) => {
    const log = values.map((f) => Math.log(Math.abs(f)));
    return log.every(Number.isFinite) ? log : undefined;
  });
  const best = scan(
    logValues,
    functions.map(() => 1),
    project(z, ones, basis),
    FUNCTIONS_KEPT,
  );
  const withFactor = (feature: number, beside: readonly Float64Array[], readings: typeof READINGS): void => {
    const fit = leastSquares([...basis, ...beside, logValues[feature]!], z, 1e-9);
    const power = fit[fit.length - 1] < 0 ? -1 : 1;
    for (const reading of readings) add(fit, reading, functions[feature], power);
  };
  if (best.length > 0) {
    // A factor of few leaves hides in what the other leaves do, until a function stands in for them.
    const stand = logValues[best[0].feature]!;
    const clearer = project(z, ones, [...basis, stand]);
    const sizes = functions.map(({ complexity }) => complexity);
    const hits = scan(logValues, sizes, clearer, 1).sort((a, b) => a.residual - b.residual);
    for (const { feature } of hits.slice(0, BESIDE_KEPT)) withFactor(feature, [stand], READINGS_BESIDE);
  }
  for (const { feature } of best) withFactor(feature, [], READINGS_WITH_FACTOR);
  return guesses;
}

function readExponent(x: number, q: number, reach: number): number {
  const nearest = Math.round(x * q) / q;
  return Math.abs(x - nearest) <= reach && Math.abs(nearest) <= LARGEST_EXPONENT ? nearest : 0;
}

/** Product of powers of some leaves, times f^power; undefined when it is 1. */
function product(
  { leaves, target }: Task,
  usable: readonly number[],
  exponents: readonly number[],
  f: LibraryEntry | undefined,
  power: number,
  forms: Forms,
): Part | undefined {
  const values = new Float64Array(target.length).fill(1);
  const factors: Factor[] = [];
  usable.forEach((leaf, k) => {
    if (exponents[k] === 0) return;
    factors.push({ tree: leaves[leaf].tree, exponent: exponents[k] });
    const column = leaves[leaf].values;
    for (let i = 0; i < values.length; i++) values[i] *= column[i] ** exponents[k];
  });
  if (f) {
    factors.push({ tree: f.tree, exponent: power });
    for (let i = 0; i < values.length; i++) values[i] *= f.values[i] ** power;
  }
  if (factors.length === 0 || !values.every((value) => Number.isFinite(value) && value !== 0)) return undefined;
  const tree: Expression | undefined = monomialTree(1, factors, forms);
  return tree && { tree, values };
}
