import { DimensionTable, INEXACT, type Rational, rational, toRational } from '../units/index.ts';
import { DIMENSION_RULES, type DimensionRule } from './dimension-rules.ts';
import type { Call, Expression } from './expression.ts';
import type { Operator } from './operator.ts';

/** The dimension of what holds a free constant as a factor: some value of it gives any dimension. */
export const ANY_DIMENSION = -1;
/** Two dimensions that an operator cannot bring together. */
export const DIMENSION_VIOLATION = -3;

/** Whether an id stands for one dimension with exact exponents. */
export function isDefinite(id: number): boolean {
  return id >= 0;
}

/**
 * Dimensions of trees as ids of a table: an id >= 0, ANY_DIMENSION, INEXACT or DIMENSION_VIOLATION.
 *
 * An inexact dimension, such as that of x^1.4998, may be multiplied by a free constant and is of no other use.
 * Nothing is allocated.
 */
export class DimensionAlgebra {
  /** @param variables ids by name; a variable that is absent is a pure number */
  constructor(
    readonly table: DimensionTable,
    readonly variables: ReadonlyMap<string, number>,
    /** Whether constants have the dimension that is needed, else they are pure numbers. */
    readonly freeConstants: boolean,
  ) {}

  /** The dimension of a leaf. */
  leaf(node: Expression): number {
    if (node.kind === 'constant') return this.freeConstants ? ANY_DIMENSION : 0;
    return node.kind === 'variable' ? (this.variables.get(node.name) ?? 0) : DIMENSION_VIOLATION;
  }

  /** The dimension of a tree, DIMENSION_VIOLATION when there is a violation in it. */
  dimension(tree: Expression): number {
    if (tree.kind !== 'call') return this.leaf(tree);
    const a = this.dimension(tree.arguments[0]);
    if (a === DIMENSION_VIOLATION) return a;
    if (tree.operator.arity === 1) return this.result(tree, a, 0);
    const b = this.dimension(tree.arguments[1]);
    return b === DIMENSION_VIOLATION ? b : this.result(tree, a, b);
  }

  /** The dimension of a call whose arguments have the dimensions a and b, none of them a violation. */
  result(node: Call, a: number, b: number): number {
    const rule = dimensionRuleOf(node.operator);
    return rule.kind === 'power' ? this.power(a, b, constantValue(node.arguments[1])) : this.combine(rule, a, b);
  }

  /** The dimension that a rule other than that of powers gives. */
  combine(rule: Exclude<DimensionRule, { kind: 'power' }>, a: number, b: number): number {
    if (rule.kind === 'tied') return this.tied(rule.ratio, rule.power, a, b);
    const { powers } = rule;
    const first = this.raised(a, powers[0]);
    if (powers.length === 1 || first === DIMENSION_VIOLATION) return first;
    const second = this.raised(b, powers[1]);
    if (second === DIMENSION_VIOLATION) return second;
    if (first === ANY_DIMENSION || second === ANY_DIMENSION) return ANY_DIMENSION;
    return first === INEXACT || second === INEXACT ? INEXACT : this.table.product(first, second);
  }

  /**
   * The dimension of a power.
   *
   * @param value of the exponent where it is a constant, else NaN
   */
  power(base: number, exponent: number, value: number): number {
    if (exponent !== 0 && exponent !== ANY_DIMENSION) return DIMENSION_VIOLATION;
    if (base === 0) return 0;
    if (Number.isNaN(value)) return base === ANY_DIMENSION ? 0 : DIMENSION_VIOLATION;
    if (value === 0) return 0;
    if (base < 0) return base;
    const exact = toRational(value);
    return exact ? this.table.power(base, exact) : INEXACT;
  }

  private raised(a: number, power: Rational | null): number {
    if (power === null) return a === 0 || a === ANY_DIMENSION ? 0 : DIMENSION_VIOLATION;
    if (power[0] === 0) return 0;
    return a < 0 ? a : this.table.power(a, power);
  }

  private tied(ratio: Rational, power: Rational, a: number, b: number): number {
    let first = a;
    if (a === ANY_DIMENSION)
      first = b < 0 ? b : this.table.power(b, [ratio[1] * Math.sign(ratio[0]), Math.abs(ratio[0])]);
    else if (b !== ANY_DIMENSION && (a < 0 || b < 0 || this.table.power(a, ratio) !== b)) return DIMENSION_VIOLATION;
    return this.raised(first, power);
  }
}

/** The value of a tree without variables; NaN for one that has any, or whose value is not finite. */
export function constantValue(tree: Expression): number {
  if (tree.kind === 'constant') return tree.value;
  if (tree.kind === 'variable') return Number.NaN;
  const a = constantValue(tree.arguments[0]);
  if (Number.isNaN(a)) return a;
  const value = tree.operator.apply(a, tree.operator.arity === 1 ? 0 : constantValue(tree.arguments[1]));
  return Number.isFinite(value) ? value : Number.NaN;
}

const known = new WeakMap<Operator, DimensionRule>();

/** The rule of an operator: its row, what its definition implies, or else pure numbers only. */
export function dimensionRuleOf(operator: Operator): DimensionRule {
  let rule = known.get(operator);
  if (!rule) {
    const row = Object.hasOwn(DIMENSION_RULES, operator.name) ? DIMENSION_RULES[operator.name] : undefined;
    rule = operator.definition ? ruleOfDefinition(operator) : (row ?? pureNumbers(operator));
    known.set(operator, rule);
  }
  return rule;
}

function pureNumbers({ arity }: Operator): DimensionRule {
  return { kind: 'product', powers: Array.from({ length: arity }, () => null) };
}

/** Ratios of the dimensions of two arguments that a definition may ask for. */
const RATIOS: readonly Rational[] = [
  [1, 1],
  [2, 1],
  [1, 2],
  [3, 1],
  [1, 3],
  [3, 2],
  [2, 3],
].flatMap(([n, d]) => [rational(n, d), rational(-n, d)]);

/**
 * The rule of a definition, found by giving its arguments dimensions that nothing else has. Its constants are pure
 * numbers: a definition is written before anyone knows the unit.
 */
function ruleOfDefinition(operator: Operator): DimensionRule {
  const body = operator.definition!;
  const table = new DimensionTable(2);
  const [g, h] = [table.id([rational(1), rational(0)]), table.id([rational(0), rational(1)])];
  const variables = new Map<string, number>();
  const algebra = new DimensionAlgebra(table, variables, false);
  const resultOf = (x: number, y: number): number => {
    variables.set('x', x).set('y', y);
    return algebra.dimension(body);
  };
  const powersOf = (result: number): readonly Rational[] => table.dimension(result).slice(0, operator.arity);
  const trials: readonly (readonly [number, number])[] =
    operator.arity === 1
      ? [[g, 0]]
      : [
          [g, h],
          [g, 0],
          [0, h],
        ];
  for (const [x, y] of trials) {
    const result = resultOf(x, y);
    if (!isDefinite(result)) continue;
    const pure = [x === 0, y === 0];
    return { kind: 'product', powers: powersOf(result).map((power, i) => (pure[i] ? null : power)) };
  }
  if (operator.arity === 2) {
    for (const ratio of RATIOS) {
      const result = resultOf(g, table.power(g, ratio));
      if (isDefinite(result)) return { kind: 'tied', ratio, power: powersOf(result)[0] };
    }
  }
  return pureNumbers(operator);
}
