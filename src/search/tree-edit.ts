import type { RandomStream } from '../core/index.ts';
import { constant, type Expression, type Operator, size, variable } from '../expressions/index.ts';
import type { Grammar } from './problem.ts';

/** The node at a pre-order position. */
export function nodeAt(tree: Expression, position: number): Expression {
  if (position === 0 || tree.kind !== 'call') return tree;
  let next = 1;
  for (const argument of tree.arguments) {
    const length = size(argument);
    if (position < next + length) return nodeAt(argument, position - next);
    next += length;
  }
  return tree;
}

/** The tree with the node at a pre-order position replaced. */
export function replaceAt(tree: Expression, position: number, replacement: Expression): Expression {
  if (position === 0) return replacement;
  if (tree.kind !== 'call') return tree;
  const args = tree.arguments.slice();
  let next = 1;
  for (let i = 0; i < args.length; i++) {
    const length = size(args[i]);
    if (position < next + length) {
      args[i] = replaceAt(args[i], position - next, replacement);
      return { kind: 'call', operator: tree.operator, arguments: args };
    }
    next += length;
  }
  return tree;
}

/** A position drawn evenly among the nodes that satisfy `accept`, or -1. */
export function pick(tree: Expression, random: RandomStream, accept: (node: Expression) => boolean): number {
  const positions: number[] = [];
  let position = 0;
  const visit = (node: Expression): void => {
    if (accept(node)) positions.push(position);
    position++;
    if (node.kind === 'call') for (const argument of node.arguments) visit(argument);
  };
  visit(tree);
  return positions.length === 0 ? -1 : positions[random.integer(positions.length)];
}

/** A random leaf: half of the time a constant, as in PySR. */
export function randomLeaf(inputs: readonly string[], random: RandomStream): Expression {
  if (random.uniform() < 0.5) return constant(random.normal());
  return variable(inputs[random.integer(inputs.length)]);
}

/** A constant times or over a random factor up to `span`, its sign changed with a probability. */
export function perturbed(value: number, span: number, negate: number, random: RandomStream): Expression {
  const factor = span ** random.uniform();
  const scaled = value * (random.uniform() < 0.5 ? factor : 1 / factor);
  return constant(random.uniform() < negate ? -scaled : scaled);
}

/** A random operator of the grammar, each row as likely as any other. */
export function randomOperator(grammar: Grammar, random: RandomStream): Operator {
  const at = random.integer(grammar.unary.length + grammar.binary.length);
  return at < grammar.unary.length ? grammar.unary[at] : grammar.binary[at - grammar.unary.length];
}

/** An operator over random leaves. */
export function randomCall(operator: Operator, inputs: readonly string[], random: RandomStream): Expression {
  const args = Array.from({ length: operator.arity }, () => randomLeaf(inputs, random));
  return { kind: 'call', operator, arguments: args };
}

/**
 * Grows a random tree to about `nodes` nodes by replacing leaves; where units are part of the grammar, one of the
 * wanted dimension, which may need more nodes.
 *
 * @param wanted what the tree must fit with units, the target's dimension when absent
 */
export function randomTree(
  nodes: number,
  grammar: Grammar,
  inputs: readonly string[],
  random: RandomStream,
  wanted?: number,
): Expression {
  const { units } = grammar;
  const fitting = units?.constructs ? units.grow(wanted ?? units.target, nodes, random) : undefined;
  if (fitting) return fitting;
  let tree = randomLeaf(inputs, random);
  while (size(tree) < nodes) {
    const position = pick(tree, random, (node) => node.kind !== 'call');
    tree = replaceAt(tree, position, randomCall(randomOperator(grammar, random), inputs, random));
  }
  return tree;
}
