import { type Expression, parse, print, simplify, size, variable, withConstants } from '../../expressions/index.ts';
import { Role } from '../../numerics/index.ts';
import { parseUnit } from '../../units/index.ts';
import { exponentIndices } from '../exponents.ts';
import { plainDimension } from '../groups/pi-groups.ts';
import type { Objective } from '../objective.ts';
import type { Grammar } from '../problem.ts';
import type { NamedLaw } from '../result.ts';
import { exactCost } from '../tree-cost.ts';
import { type ConstantProduct, constantProducts } from './constant-products.ts';
import { constantUnits } from './constant-units.ts';
import type { NamedConstant } from './named-constants.ts';
import type { FitUnits } from './unit-rules.ts';

/** Relative distance within which a number of an exact law is the closed one. */
const EXACT = 1e-6;
/** Relative root mean square below which data are exact. */
const EXACT_FIT = 1e-7;
/** Standard errors, as if the other constants were known, within which a name is tried; they are larger in truth. */
const TRIED_ERRORS = 30;
/** Rise of the log-likelihood ratio that a name may cost: three standard errors. */
const MOST_RISE = 9;
/** Probability that a name fits by chance. */
const MOST_CHANCE = 0.02;
/** Half the interval of the logarithm in which the competing closed forms are counted. */
const NEIGHBOURHOOD = 2;

interface Multiplier {
  readonly value: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly pi: number;
  readonly cost: number;
}

/** p/q pi^n, simplest first. */
const MULTIPLIERS: readonly Multiplier[] = createMultipliers();

function createMultipliers(): Multiplier[] {
  const list: Multiplier[] = [];
  for (let denominator = 1; denominator <= 15; denominator++) {
    for (let numerator = 1; numerator <= 64; numerator++) {
      if (greatestDivisor(numerator, denominator) > 1) continue;
      for (let pi = -4; pi <= 5; pi++) {
        const cost = Math.log2(numerator) + Math.log2(denominator) + Math.abs(pi);
        list.push({ value: (numerator / denominator) * Math.PI ** pi, numerator, denominator, pi, cost });
      }
    }
  }
  return list.sort((a, b) => a.cost - b.cost);
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

interface Name {
  readonly multiplier: Multiplier;
  readonly product: ConstantProduct;
  /** Relative distance of the fitted constant. */
  readonly distance: number;
  readonly cost: number;
}

/** A variable that no column is called: without a unit it is a pure number. */
const PURE_NUMBER = '\u0001';

const NOTHING: ConstantProduct = { factors: [], value: 1, uncertainty: 0, cost: 0 };

/**
 * A law with its fitted constants written as p/q pi^n times powers of known constants, where they equal such a product
 * of their unit within their error; undefined where no known constant is met.
 *
 * A name is taken only when it is unlikely that one as simple would lie as near by chance.
 *
 * @param constants of the tree, in pre-order
 */
export function namedLaw(
  tree: Expression,
  constants: readonly number[],
  loss: number,
  grammar: Grammar,
  objective: Objective,
): NamedLaw | undefined {
  const known = grammar.constants ?? [];
  if (known.length === 0 || constants.length === 0) return undefined;
  const units = grammar.units && unitsOf(tree, constants, grammar.units.units);
  if (grammar.units && !units) return undefined;
  const errors = relativeErrors(tree, constants, loss, objective);
  const used = new Map<string, NamedConstant>();
  const texts = constants.map((value, i) => {
    const sought = wanted(value, units?.[i], grammar);
    if (!sought) return undefined;
    const name = nameOf(sought, known, errors?.[i] ?? 0, (candidate) =>
      isWithinErrors(tree, constants, i, value / (1 + candidate), loss, objective),
    );
    for (const { constant } of name?.product.factors ?? []) used.set(constant.name, constant);
    return name && textOf(name, Math.sign(value));
  });
  if (used.size === 0) return undefined;
  return { expression: written(tree, texts), constants: valuesOf(used) };
}

/**
 * The unit of each constant. Small whole numbers and fractions are taken for pure numbers where that is consistent: the
 * units of the others are then seldom open, as in a * (1 - b * v^2)^-0.5.
 */
function unitsOf(tree: Expression, constants: readonly number[], units: FitUnits): (string | undefined)[] | undefined {
  const exponents = exponentIndices(tree);
  const isPure = constants.map((value, i) => exactCost(value) !== undefined && !exponents.has(i));
  let at = 0;
  const marked = replaceConstants(tree, (each) => (isPure[at++] ? variable(PURE_NUMBER) : each));
  const found = constantUnits(marked, units);
  if (!found) return constantUnits(tree, units);
  let next = 0;
  return isPure.map((pure) => (pure ? '1' : found[next++]));
}

interface Sought {
  /** In coherent units, > 0. */
  readonly value: number;
  readonly dimension: readonly number[] | undefined;
}

/** What a name must equal; undefined for constants that stand for themselves and those of an open unit. */
function wanted(value: number, unit: string | undefined, { units }: Grammar): Sought | undefined {
  if (value === 0 || unit === 'any') return undefined;
  if ((unit === undefined || unit === '1') && exactCost(value) !== undefined) return undefined;
  if (unit === undefined) return { value: Math.abs(value), dimension: undefined };
  const { scale, dimension } = parseUnit(unit, units?.spec.unitSystem);
  return { value: Math.abs(value) * scale, dimension: plainDimension(dimension) };
}

function nameOf(
  { value, dimension }: Sought,
  known: readonly NamedConstant[],
  error: number,
  fits: (distance: number) => boolean,
): Name | undefined {
  const products = constantProducts(known, dimension);
  if (dimension?.every((exponent) => exponent === 0)) products.unshift(NOTHING);
  const near: Name[] = [];
  const neighbours: number[] = [];
  for (const product of products) {
    for (const multiplier of MULTIPLIERS) {
      const ratio = value / (product.value * multiplier.value);
      if (Math.abs(Math.log(ratio)) > NEIGHBOURHOOD) continue;
      const cost = product.cost + multiplier.cost;
      neighbours.push(cost);
      const tolerance = Math.max(EXACT, product.uncertainty, TRIED_ERRORS * error);
      if (Math.abs(ratio - 1) <= tolerance) near.push({ multiplier, product, distance: ratio - 1, cost });
    }
  }
  near.sort((a, b) => a.cost - b.cost || Math.abs(a.distance) - Math.abs(b.distance));
  return near.find(({ distance, cost, product }) => {
    const simpler = neighbours.reduce((count, other) => count + (other <= cost ? 1 : 0), 0);
    const width = 2 * Math.max(Math.abs(distance), error, EXACT);
    if ((simpler / (2 * NEIGHBOURHOOD)) * width > MOST_CHANCE) return false;
    return Math.abs(distance) <= Math.max(EXACT, product.uncertainty) || fits(distance);
  });
}

/** Standard errors of the constants as if the others were known, relative to them; 0 where data are exact. */
function relativeErrors(
  tree: Expression,
  constants: readonly number[],
  loss: number,
  objective: Objective,
): number[] | undefined {
  const { scale, meanSquare, meanWeight, problem } = objective;
  const likelihood = scale === '-2logL';
  if (!likelihood && (scale !== 'kernel' || Math.sqrt(loss / meanSquare) < EXACT_FIT || problem.loss.name !== 'L2')) {
    return undefined;
  }
  const curvature = objective.curvature(tree);
  const variance = likelihood ? 1 : loss * meanWeight;
  return constants.map((value, i) => Math.sqrt((2 * variance) / (curvature?.[i] ?? Infinity)) / Math.abs(value));
}

/** Whether the law fits no worse than noise explains with one constant held at a value and the others fitted again. */
function isWithinErrors(
  tree: Expression,
  constants: readonly number[],
  index: number,
  value: number,
  loss: number,
  objective: Objective,
): boolean {
  const roles = new Uint8Array(constants.length);
  roles[index] = Role.fixed;
  const used = objective.usedRows;
  const held = constants.map((own, i) => (i === index ? value : own));
  const fitted = objective.full(withConstants(tree, held), 30, roles);
  // Naming is no search: the count of evaluations stays.
  objective.usedRows = used;
  const rise =
    objective.scale === '-2logL' ? fitted.loss - loss : objective.observations * Math.log(fitted.loss / loss);
  return rise <= MOST_RISE;
}

function textOf({ multiplier, product }: Name, sign: number): string {
  const { numerator, denominator, pi } = multiplier;
  const above = numerator === 1 ? [] : [String(numerator)];
  const below = denominator === 1 ? [] : [String(denominator)];
  const all = [{ name: PI, exponent: pi }, ...product.factors.map((f) => ({ ...f, name: f.constant.name }))];
  for (const { name, exponent } of all) {
    if (exponent === 0) continue;
    const power = Math.abs(exponent) === 1 ? `\`${name}\`` : `\`${name}\`^${Math.abs(exponent)}`;
    (exponent > 0 ? above : below).push(power);
  }
  const top = above.length === 0 ? '1' : above.join(' * ');
  const text = below.length === 0 ? top : `${top} / (${below.join(' * ')})`;
  return sign < 0 ? `-(${text})` : text;
}

/** Stands for pi while the law is written: as a number it would be folded into others. */
const PI = 'πππ';

function written(tree: Expression, texts: readonly (string | undefined)[]): string {
  let at = 0;
  const named = replaceConstants(tree, (constant) => {
    const text = texts[at++];
    return text === undefined ? constant : parse(text);
  });
  const shorter = simplify(named);
  return print(size(shorter) < size(named) ? shorter : named).replaceAll(PI, 'pi');
}

/** Replaces the constants in pre-order. */
function replaceConstants(
  tree: Expression,
  by: (constant: Expression & { readonly kind: 'constant' }) => Expression,
): Expression {
  if (tree.kind === 'constant') return by(tree);
  if (tree.kind === 'variable') return tree;
  return { kind: 'call', operator: tree.operator, arguments: tree.arguments.map((each) => replaceConstants(each, by)) };
}

function valuesOf(used: ReadonlyMap<string, NamedConstant>): NamedLaw['constants'] {
  return Object.fromEntries([...used].map(([name, { value, unit }]) => [name, { value, unit }]));
}
