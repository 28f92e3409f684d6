import type { Operator } from './operator.ts';

/** A number in a formula: f64, always finite. A negative constant is one node. */
export interface Constant {
  readonly kind: 'constant';
  readonly value: number;
}

/** A named input. */
export interface Variable {
  readonly kind: 'variable';
  readonly name: string;
}

/** An operator applied to as many arguments as its arity. */
export interface Call {
  readonly kind: 'call';
  readonly operator: Operator;
  readonly arguments: readonly Expression[];
}

/** An immutable expression tree. */
export type Expression = Constant | Variable | Call;

/** A number as a tree. */
export function constant(value: number): Constant {
  return { kind: 'constant', value };
}

/** A named input as a tree. */
export function variable(name: string): Variable {
  return { kind: 'variable', name };
}

/** An operator applied to arguments. */
export function call(operator: Operator, ...args: readonly Expression[]): Call {
  return { kind: 'call', operator, arguments: args };
}

/** Number of nodes. */
export function size(expression: Expression): number {
  if (expression.kind !== 'call') return 1;
  let total = 1;
  for (const argument of expression.arguments) total += size(argument);
  return total;
}

/** Sum of node complexities: the operator's own for a call, 1 for a leaf. */
export function complexity(expression: Expression): number {
  if (expression.kind !== 'call') return 1;
  let total = expression.operator.complexity;
  for (const argument of expression.arguments) total += complexity(argument);
  return total;
}

/** Longest path from the root to a leaf, in nodes. */
export function depth(expression: Expression): number {
  if (expression.kind !== 'call') return 1;
  let deepest = 0;
  for (const argument of expression.arguments) deepest = Math.max(deepest, depth(argument));
  return deepest + 1;
}

/** Values of the constants in pre-order: the order of every constant vector in Ansatz. */
export function constantsOf(expression: Expression, out: number[] = []): number[] {
  if (expression.kind === 'constant') out.push(expression.value);
  else if (expression.kind === 'call') for (const argument of expression.arguments) constantsOf(argument, out);
  return out;
}

/** The same tree with its constants replaced in pre-order. */
export function withConstants(expression: Expression, values: ArrayLike<number>): Expression {
  let next = 0;
  const visit = (node: Expression): Expression => {
    if (node.kind === 'constant') return constant(values[next++]);
    if (node.kind === 'variable') return node;
    return { kind: 'call', operator: node.operator, arguments: node.arguments.map(visit) };
  };
  return visit(expression);
}

/** Names of the variables, each once, in order of first appearance. */
export function variablesOf(expression: Expression, out: string[] = []): string[] {
  if (expression.kind === 'variable') {
    if (!out.includes(expression.name)) out.push(expression.name);
  } else if (expression.kind === 'call') {
    for (const argument of expression.arguments) variablesOf(argument, out);
  }
  return out;
}
