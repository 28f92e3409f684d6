import { type Expression, size } from '../expression.ts';
import type { Expansion } from './algebra.ts';
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
  const nodes = size(expression);
  const light: Expansion = { limit: 0, blocked: false };
  const form = normalize(light, expression);
  let best = render(form, 'natural');
  let bestSize = size(best);
  if (bestSize > nodes) {
    best = render(form, 'compact');
    bestSize = size(best);
  }
  if (light.blocked) {
    const expanded = normalize({ limit: EXPANSION_LIMIT, blocked: false }, expression);
    for (const style of ['natural', 'compact'] as const) {
      const candidate = render(expanded, style);
      const candidateSize = size(candidate);
      if (candidateSize < bestSize) {
        best = candidate;
        bestSize = candidateSize;
      }
      if (bestSize <= nodes) break;
    }
  }
  if (bestSize <= nodes) return best;
  // No form is as short as what is there: keep the operator and simplify below it.
  return { kind: 'call', operator: expression.operator, arguments: expression.arguments.map(simplify) };
}
