import type { RandomStream } from '../core/index.ts';
import { constantsOf, type Expression, withConstants } from '../expressions/index.ts';
import { crossover, type Mutation, type MutationContext } from './mutations.ts';
import type { Grammar } from './problem.ts';
import { randomTree } from './tree-edit.ts';

/** Mutates a plain tree, or one function of a template's candidate. */
export function mutateCandidate(
  candidate: Expression,
  mutation: Mutation,
  context: MutationContext,
): Expression | undefined {
  const { template } = context.grammar;
  if (!template) return mutation.apply(candidate, context);
  if (template.functions.length === 0) return undefined;
  const index = context.random.integer(template.functions.length);
  const tree = template.trees(candidate)[index];
  const changed = mutation.apply(tree, { ...context, inputs: template.functions[index].inputs });
  if (!changed) return undefined;
  return changed === tree ? candidate : template.withTree(candidate, index, changed);
}

/** Exchanges sub-trees; in a template, between the same function of both parents. */
export function crossCandidates(
  a: Expression,
  b: Expression,
  grammar: Grammar,
  random: RandomStream,
): [Expression, Expression] {
  const { template } = grammar;
  if (!template) return crossover(a, b, random, grammar.units);
  if (template.functions.length === 0) return [a, b];
  const index = random.integer(template.functions.length);
  const [first, second] = crossover(template.trees(a)[index], template.trees(b)[index], random);
  return [template.withTree(a, index, first), template.withTree(b, index, second)];
}

/** A random tree of about `nodes` nodes, or one for every function of a template. */
export function randomCandidate(
  nodes: number,
  grammar: Grammar,
  inputs: readonly string[],
  random: RandomStream,
): Expression {
  const { template } = grammar;
  if (!template) return randomTree(nodes, grammar, inputs, random);
  return template.create(template.functions.map((each) => randomTree(nodes, grammar, each.inputs, random)));
}

/** The tree with other constants, but for the pinned: new starting points for a fit. */
export function shakeConstants(tree: Expression, random: RandomStream, pinned?: Uint8Array): Expression {
  return withConstants(
    tree,
    constantsOf(tree).map((value, i) =>
      pinned?.[i] === 1 ? value : value * (1 + 0.5 * random.normal()) + 0.1 * random.normal(),
    ),
  );
}
