import { type Expression, evaluate } from '../../../src/expressions/index.ts';

/** The exact value has no infinite step, and f64 must not have one either to speak for it: atan(log(x)) at 0. */
export function everyStepFinite(tree: Expression, at: Readonly<Record<string, number>>): boolean {
  if (!Number.isFinite(evaluate(tree, at))) return false;
  return tree.kind !== 'call' || tree.arguments.every((argument) => everyStepFinite(argument, at));
}
