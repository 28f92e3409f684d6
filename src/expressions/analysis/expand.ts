import type { Expression } from '../expression.ts';
import { substitute } from '../substitute.ts';
import { type Approach, seriesOfVariable } from './approach.ts';
import { EXPANSION_RULES } from './expansion-rules.ts';
import { scalarOf, scalarOfNumber } from './scalar.ts';
import { UNDECIDED } from './scalar-signs.ts';
import { constantSeries, type Transseries, type TransseriesAlgebra } from './transseries.ts';

/**
 * The expansion of a formula as one variable approaches a place, the others fixed.
 *
 * @throws UNDECIDED | NOT_REAL
 */
export function expand(
  expression: Expression,
  name: string,
  approach: Approach,
  algebra: TransseriesAlgebra,
): Transseries {
  const known = new Map<Expression, Transseries>();
  const moving = seriesOfVariable(algebra, approach);
  const visit = (node: Expression): Transseries => {
    if (node.kind === 'constant') return constantSeries(scalarOfNumber(node.value));
    if (node.kind === 'variable') return node.name === name ? moving : constantSeries(scalarOf(node));
    const before = known.get(node);
    if (before) return before;
    const { operator } = node;
    let series: Transseries;
    if (operator.definition) {
      const [x, y] = node.arguments;
      series = visit(substitute(operator.definition, y ? { x, y } : { x }));
    } else {
      const rule = Object.hasOwn(EXPANSION_RULES, operator.name) ? EXPANSION_RULES[operator.name] : undefined;
      if (!rule) throw UNDECIDED;
      const args = node.arguments.map(visit);
      series = rule(algebra, args[0], args[1] ?? args[0]);
    }
    known.set(node, series);
    return series;
  };
  return visit(expression);
}
