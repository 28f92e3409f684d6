import { equals } from '../equals.ts';
import { type Expression, size } from '../expression.ts';
import type { Expansion } from './algebra.ts';
import { UNREPRESENTABLE } from './coefficient.ts';
import { normalize } from './normalize.ts';
import { render } from './render.ts';

/** Products of sums are multiplied out, when looking for a shorter form, up to this many terms. */
const EXPANSION_LIMIT = 32;
/** Larger trees are not multiplied out as a whole, which bounds the time; their parts are. */
const LARGEST_EXPANDED = 64;
const MOST_PASSES = 6;

/**
 * The same function in a canonical, usually shorter form: like terms and powers combined, numbers folded,
 * arguments of commutative operators in one order, inverse functions cancelled.
 *
 * No value changes where every step of the formula is finite, up to rounding. The domain may grow:
 * x/x is 1, exp(log(x)) is x, sqrt(x)*sqrt(x) is x. The result never has more nodes than the formula,
 * and simplifying it again changes nothing.
 *
 * @example print(simplify(parse('x * x + 2 * x * y - y * x'))) // 'x * (x + y)'
 */
export function simplify(expression: Expression): Expression {
  let current = expression;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const state = { settled: true };
    const next = simplifyOnce(current, state);
    // A form that met no product of sums is final; else a shorter way of writing may open another.
    if (state.settled || equals(next, current)) return next;
    current = next;
  }
  return current;
}

interface PassState {
  settled: boolean;
}

function simplifyOnce(expression: Expression, state: PassState): Expression {
  if (expression.kind !== 'call') return expression;
  const best = shortestForm(expression, size(expression), state);
  if (best) return best;
  // No form is as short as what is there: keep the operator and simplify below it.
  state.settled = false;
  const args = expression.arguments.map((argument) => simplifyOnce(argument, state));
  return { kind: 'call', operator: expression.operator, arguments: args };
}

/** The shortest of the forms that have at most so many nodes, or null. */
function shortestForm(expression: Expression, limit: number, state: PassState): Expression | null {
  try {
    const light: Expansion = { limit: 0, blocked: false };
    const forms = [normalize(light, expression)];
    if (light.blocked) {
      state.settled = false;
      if (limit <= LARGEST_EXPANDED) forms.push(normalize({ limit: EXPANSION_LIMIT, blocked: false }, expression));
    }
    for (const style of ['natural', 'compact'] as const) {
      let best: Expression | null = null;
      let bestSize = limit + 1;
      for (const form of forms) {
        const { tree, factored } = render(form, style);
        const treeSize = size(tree);
        if (factored) state.settled = false;
        if (treeSize < bestSize) {
          best = tree;
          bestSize = treeSize;
        }
      }
      if (best) return best;
    }
    return null;
  } catch (reason) {
    // Numbers at the ends of the f64 range may have no common factor that f64 holds.
    if (reason !== UNREPRESENTABLE) throw reason;
    return null;
  }
}
