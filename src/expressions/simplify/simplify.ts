import { type Expression, size } from '../expression.ts';
import type { Expansion } from './algebra.ts';
import { UNREPRESENTABLE } from './coefficient.ts';
import type { Sum } from './normal-form.ts';
import { normalize } from './normalize.ts';
import { render } from './render.ts';

/** Products of sums are multiplied out, when looking for a shorter form, up to this many terms. */
const EXPANSION_LIMIT = 32;

/**
 * The same function in a canonical, usually shorter form: like terms and powers combined, numbers folded,
 * arguments of commutative operators in one order, inverse functions cancelled.
 *
 * No value changes where every step of the formula is finite, up to rounding. The domain may grow:
 * x/x is 1, exp(log(x)) is x, sqrt(x)*sqrt(x) is x. The result never has more nodes than the formula,
 * and simplifying it again changes nothing.
 *
 * @example print(simplify(parse('x*x + 2*x*y - y*x'))) // 'x^2 + x*y'
 */
export function simplify(expression: Expression): Expression {
  if (expression.kind !== 'call') return expression;
  const best = shortestForm(expression, size(expression));
  // No form is as short as what is there: keep the operator and simplify below it.
  return best ?? { kind: 'call', operator: expression.operator, arguments: expression.arguments.map(simplify) };
}

/** The shortest of the forms that have at most so many nodes, or null. */
function shortestForm(expression: Expression, limit: number): Expression | null {
  try {
    const light: Expansion = { limit: 0, blocked: false };
    let best = renderWithin(normalize(light, expression), limit);
    if (light.blocked) {
      const expanded = renderWithin(normalize({ limit: EXPANSION_LIMIT, blocked: false }, expression), limit);
      if (expanded && (!best || size(expanded) < size(best))) best = expanded;
    }
    return best;
  } catch (reason) {
    // Numbers at the ends of the f64 range may have no common factor that f64 holds.
    if (reason !== UNREPRESENTABLE) throw reason;
    return null;
  }
}

function renderWithin(form: Sum, limit: number): Expression | null {
  const natural = render(form, 'natural');
  if (size(natural) <= limit) return natural;
  const compact = render(form, 'compact');
  return size(compact) <= limit ? compact : null;
}
