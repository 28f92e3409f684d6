import { OptionError } from '../core/index.ts';
import { type Call, call, constant, constantsOf, type Expression } from './expression.ts';
import { ADD, DIV, MUL } from './operators/arithmetic.ts';
import { POW } from './operators/powers-and-logarithms.ts';
import { simplify } from './simplify/simplify.ts';

/** The chain rule. `isTarget` picks the leaves to derive by; it is asked in pre-order. */
function differentiate(tree: Expression, isTarget: (leaf: Exclude<Expression, Call>) => boolean): Expression | null {
  if (tree.kind !== 'call') return isTarget(tree) ? constant(1) : null;
  const inner = tree.arguments.map((argument) => differentiate(argument, isTarget));
  if (inner.every((part) => part === null)) return null;
  const partials = tree.operator.derivative(...tree.arguments);
  let total: Expression | null = null;
  for (let i = 0; i < inner.length; i++) {
    const part = inner[i];
    if (part === null) continue;
    const one = part.kind === 'constant' && part.value === 1;
    const term = one ? partials[i] : call(MUL, partials[i], part);
    total = total === null ? term : call(ADD, total, term);
  }
  return total;
}

/** The rows' derivatives use square, cube and inv; people write x^2 and 1/x, and simplify keeps what is shorter. */
function spellOut(tree: Expression): Expression {
  if (tree.kind !== 'call') return tree;
  const [first] = tree.arguments;
  switch (tree.operator.name) {
    case 'square':
      return call(POW, spellOut(first), constant(2));
    case 'cube':
      return call(POW, spellOut(first), constant(3));
    case 'inv':
      return call(DIV, constant(1), spellOut(first));
    default:
      return { kind: 'call', operator: tree.operator, arguments: tree.arguments.map(spellOut) };
  }
}

function simplified(derivative: Expression | null): Expression {
  return derivative === null ? constant(0) : simplify(spellOut(derivative));
}

/**
 * The derivative by a variable, simplified.
 *
 * @throws AnsatzError "no-derivative" for the second derivative of gamma
 * @example print(derive(parse('x^3 + y * x'), 'x')) // '3 * x^2 + y'
 */
export function derive(expression: Expression, variableName: string): Expression {
  const isTarget = (leaf: Exclude<Expression, Call>) => leaf.kind === 'variable' && leaf.name === variableName;
  return simplified(differentiate(expression, isTarget));
}

/**
 * The derivative by a variable as the chain rule gives it, not simplified: larger, and a hundred times cheaper to make.
 *
 * @throws AnsatzError "no-derivative" for the second derivative of gamma
 */
export function deriveUnsimplified(expression: Expression, variableName: string): Expression {
  const isTarget = (leaf: Exclude<Expression, Call>) => leaf.kind === 'variable' && leaf.name === variableName;
  return differentiate(expression, isTarget) ?? constant(0);
}

/**
 * The derivative by one of the constants, counted in pre-order from 0, simplified.
 *
 * @throws OptionError "no-such-constant"
 * @example print(deriveConstant(parse('2 * x + 3 * x^2'), 1)) // 'x^2'
 */
export function deriveConstant(expression: Expression, index: number): Expression {
  const count = constantsOf(expression).length;
  if (!(Number.isInteger(index) && index >= 0 && index < count)) {
    throw new OptionError('no-such-constant', 'index', `${index}, but the formula has ${count} constants`);
  }
  let seen = 0;
  const isTarget = (leaf: Exclude<Expression, Call>) => leaf.kind === 'constant' && seen++ === index;
  return simplified(differentiate(expression, isTarget));
}
