import { constant, constantsOf, type Expression } from '../expressions/index.ts';
import { Role } from '../numerics/index.ts';
import { descriptionLength } from './description-length.ts';
import type { Forms } from './forms.ts';
import type { Fitted, Objective } from './objective.ts';
import { exactCost } from './tree-cost.ts';

/** Terms of a sum whose coefficients are compared, and the denominators of their ratios. */
const MOST_TERMS = 5;
const DENOMINATORS = [1, 2, 3, 4];
const LARGEST_RATIO = 24;
const ITERATIONS = 20;

/**
 * The law with a coefficient of a sum taken out of it and the others as simple ratios to it, where that is described in
 * fewer nats: 157 d^2 + 160 r^2 - 316 d r as 158 (d^2 + r^2 - 2 d r), which no rounding of one coefficient shows.
 *
 * @returns undefined where no such form is shorter
 */
export function withCommonFactor(start: Fitted, objective: Objective, forms: Forms): Fitted | undefined {
  let best: Fitted | undefined;
  let shortest = descriptionLength(start.tree, start.loss, objective);
  for (const tree of factored(start.tree, forms)) {
    if (objective.rules.syntax?.admitted(tree) === Infinity) continue;
    const held = Uint8Array.from(constantsOf(tree), (value) =>
      exactCost(value) === undefined ? Role.free : Role.fixed,
    );
    const fitted = objective.full(tree, ITERATIONS, held);
    const length = descriptionLength(fitted.tree, fitted.loss, objective);
    if (!(length < shortest)) continue;
    best = fitted;
    shortest = length;
  }
  return best;
}

/** The tree with one of its sums in factored form, for every sum, coefficient and denominator. */
function factored(tree: Expression, forms: Forms, isTerm = false): Expression[] {
  if (tree.kind !== 'call') return [];
  const inSum = isSum(tree);
  const found = inSum && !isTerm ? factoredSums(tree, forms) : [];
  tree.arguments.forEach((argument, i) => {
    for (const changed of factored(argument, forms, inSum)) {
      found.push({ ...tree, arguments: tree.arguments.map((each, j) => (j === i ? changed : each)) });
    }
  });
  return found;
}

function factoredSums(sum: Expression, forms: Forms): Expression[] {
  const terms = termsOf(sum).map(split);
  if (terms.length < 2 || terms.length > MOST_TERMS) return [];
  if (terms.some(({ coefficient }) => coefficient === 0 || exactCost(coefficient) !== undefined)) return [];
  const found: Expression[] = [];
  for (const { coefficient } of terms) {
    const seen = new Set<string>();
    for (const denominator of DENOMINATORS) {
      const ratios = terms.map((term) => Math.round((term.coefficient / coefficient) * denominator) / denominator);
      const key = ratios.join();
      if (seen.has(key) || ratios.some((ratio) => ratio === 0 || Math.abs(ratio) > LARGEST_RATIO)) continue;
      seen.add(key);
      const inner = terms
        .map(({ rest }, i): Expression | undefined => scaled(ratios[i], rest, forms))
        .reduce((left, right) => forms.add(left, right));
      const whole = forms.multiply(constant(coefficient), inner);
      if (whole) found.push(whole);
    }
  }
  return found;
}

function scaled(ratio: number, rest: Expression | undefined, forms: Forms): Expression | undefined {
  return rest ? forms.multiply(constant(ratio), rest) : constant(ratio);
}

function isSum(node: Expression): boolean {
  return node.kind === 'call' && (node.operator.name === 'add' || node.operator.name === 'sub');
}

/** A term of a sum as a number times the rest, which is undefined for a lone number. */
interface Term {
  readonly coefficient: number;
  readonly rest: Expression | undefined;
}

/** The terms of a chain of sums, each with its sign. */
function termsOf(node: Expression, sign = 1): { readonly node: Expression; readonly sign: number }[] {
  if (node.kind !== 'call' || !isSum(node)) return [{ node, sign }];
  const [a, b] = node.arguments;
  return [...termsOf(a, sign), ...termsOf(b, node.operator.name === 'sub' ? -sign : sign)];
}

function split({ node, sign }: { readonly node: Expression; readonly sign: number }): Term {
  const { coefficient, rest } = numberIn(node);
  return { coefficient: sign * coefficient, rest };
}

function numberIn(node: Expression): Term {
  if (node.kind === 'constant') return { coefficient: node.value, rest: undefined };
  if (node.kind !== 'call') return { coefficient: 1, rest: node };
  const [a, b] = node.arguments;
  const { name } = node.operator;
  if (name === 'neg') {
    const { coefficient, rest } = numberIn(a);
    return { coefficient: -coefficient, rest };
  }
  if (name === 'mul') {
    const [left, right] = [numberIn(a), numberIn(b)];
    const rest = left.rest && right.rest ? { ...node, arguments: [left.rest, right.rest] } : (left.rest ?? right.rest);
    return { coefficient: left.coefficient * right.coefficient, rest };
  }
  if (name === 'div') {
    const above = numberIn(a);
    if (above.rest) return { coefficient: above.coefficient, rest: { ...node, arguments: [above.rest, b] } };
    return { coefficient: above.coefficient, rest: { ...node, arguments: [constant(1), b] } };
  }
  if ((name === 'pow' && b.kind === 'constant') || name === 'square') {
    const base = numberIn(a);
    const power = name === 'square' ? 2 : (b as Expression & { kind: 'constant' }).value;
    if (!base.rest || (base.coefficient < 0 && !Number.isInteger(power))) return { coefficient: 1, rest: node };
    const rest = { ...node, arguments: [base.rest, ...node.arguments.slice(1)] };
    return { coefficient: base.coefficient ** power, rest };
  }
  return { coefficient: 1, rest: node };
}
