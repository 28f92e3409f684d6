import type { Expression } from '../expression.ts';
import { add, type Expansion, multiply, opaque, power, scale } from './algebra.ts';
import { ratio, UNREPRESENTABLE } from './coefficient.ts';
import { applyFunction } from './functions.ts';
import { atomSum, numberSum, type Sum, variableAtom } from './normal-form.ts';

const HALF = numberSum(ratio(1, 2));
const MINUS_ONE = numberSum(-1);
const TWO = numberSum(2);
const THREE = numberSum(3);

/** The normal form of a tree. */
export function normalize(expansion: Expansion, tree: Expression): Sum {
  if (tree.kind === 'constant') return numberSum(tree.value + 0);
  if (tree.kind === 'variable') return atomSum(variableAtom(tree.name));
  const first = normalize(expansion, tree.arguments[0]);
  const second = tree.arguments.length > 1 ? normalize(expansion, tree.arguments[1]) : first;
  try {
    switch (tree.operator.name) {
      case 'add':
        return add(first, second);
      case 'sub':
        return add(first, scale(second, -1));
      case 'neg':
        return multiply(expansion, MINUS_ONE, first);
      case 'mul':
        return multiply(expansion, first, second);
      case 'div':
        return multiply(expansion, first, power(expansion, second, MINUS_ONE));
      case 'inv':
        return power(expansion, first, MINUS_ONE);
      case 'square':
        return power(expansion, first, TWO);
      case 'cube':
        return power(expansion, first, THREE);
      case 'sqrt':
        return power(expansion, first, HALF);
      case 'pow':
        return power(expansion, first, second);
      default:
        return applyFunction(expansion, tree.operator, tree.operator.arity === 1 ? [first] : [first, second]);
    }
  } catch (reason) {
    if (reason !== UNREPRESENTABLE) throw reason;
    return tree.operator.arity === 1 ? opaque(tree.operator, first) : opaque(tree.operator, first, second);
  }
}
