import { type Dimension, DimensionTable, formatDimension, INEXACT } from '../units/index.ts';
import {
  ANY_DIMENSION,
  constantValue,
  DIMENSION_VIOLATION,
  DimensionAlgebra,
  dimensionRuleOf,
} from './dimension-algebra.ts';
import type { Call, Expression } from './expression.ts';
import { print } from './print/print.ts';

/** The dimension of a formula, "any" when a free constant decides it, or where it is not consistent. */
export type DimensionResult =
  | { readonly kind: 'dimension'; readonly dimension: Dimension }
  | { readonly kind: 'any' }
  | { readonly kind: 'violation'; readonly node: Expression; readonly message: string };

/**
 * The dimension of a formula by dimensional analysis.
 *
 * @param variables dimensions by name; a variable that is absent is a pure number
 * @param options.freeConstants true gives every constant the dimension that is needed; by default constants are pure
 *   numbers
 * @example dimensionOf(parse('x^2 / 3'), new Map([['x', [[1, 1]]]])) // { kind: 'dimension', dimension: [[2, 1]] }
 */
export function dimensionOf(
  tree: Expression,
  variables: ReadonlyMap<string, Dimension>,
  options: { readonly freeConstants?: boolean } = {},
): DimensionResult {
  const [sample] = variables.values();
  const table = new DimensionTable(sample?.length ?? 7);
  const ids = new Map([...variables].map(([name, dimension]) => [name, table.id(dimension)]));
  const algebra = new DimensionAlgebra(table, ids, options.freeConstants ?? false);
  let violation: DimensionResult | undefined;
  const visit = (node: Expression): number => {
    if (node.kind !== 'call') return algebra.leaf(node);
    const a = visit(node.arguments[0]);
    const b = node.operator.arity === 2 && !violation ? visit(node.arguments[1]) : 0;
    if (violation) return DIMENSION_VIOLATION;
    const result = algebra.result(node, a, b);
    if (result === DIMENSION_VIOLATION) violation = { kind: 'violation', node, message: complaint(node, a, b, table) };
    return result;
  };
  const result = visit(tree);
  if (violation) return violation;
  if (result === ANY_DIMENSION) return { kind: 'any' };
  if (result === INEXACT) return { kind: 'violation', node: tree, message: `${print(tree)} has no exact dimension` };
  return { kind: 'dimension', dimension: table.dimension(result) };
}

function complaint(node: Call, a: number, b: number, table: DimensionTable): string {
  const rule = dimensionRuleOf(node.operator);
  const { name } = node.operator;
  const shown = (id: number): string => {
    if (id >= 0) return formatDimension(table.dimension(id));
    return id === INEXACT ? 'no exact dimension' : 'any dimension';
  };
  const text = print(node, { digits: 6 });
  if (rule.kind === 'tied') return `${name} of ${shown(a)} and ${shown(b)} in ${text}`;
  if (rule.kind === 'product') {
    const bad = rule.powers[0] === null && a !== 0 && a !== ANY_DIMENSION ? a : b;
    return `${name} needs a pure number, not ${shown(bad)}, in ${text}`;
  }
  const varies = Number.isNaN(constantValue(node.arguments[1]));
  return varies && (b === 0 || b === ANY_DIMENSION)
    ? `${shown(a)} to a power that varies in ${text}`
    : `an exponent of ${shown(b)} in ${text}`;
}
