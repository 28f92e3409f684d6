import type { RandomStream } from '../../core/index.ts';
import { type Call, call, constant, type Expression, simplify, variable } from '../../expressions/index.ts';
import type { Mutation, MutationContext } from '../mutations.ts';
import { perturbed, replaceAt } from '../tree-edit.ts';
import { fits, Slot } from './slots.ts';
import type { UnitAnalysis } from './unit-analysis.ts';
import type { UnitRules } from './unit-rules.ts';

type Apply = (tree: Expression, context: MutationContext, units: UnitRules) => Expression | undefined;

/** Positions and what may be put there. */
interface Choice {
  readonly at: number;
  readonly tree: Expression;
}

const changeable = (slot: number): boolean => slot >= 0 || slot === Slot.any || slot === Slot.wild;

/** One of the choices at random, put in its place. */
function choose(tree: Expression, choices: readonly Choice[], random: RandomStream): Expression | undefined {
  if (choices.length === 0) return undefined;
  const { at, tree: changed } = choices[random.integer(choices.length)];
  return replaceAt(tree, at, changed);
}

/** A random position that satisfies `accept`, or -1. */
function position({ count }: UnitAnalysis, accept: (at: number) => boolean, random: RandomStream): number {
  const found: number[] = [];
  for (let at = 0; at < count; at++) if (accept(at)) found.push(at);
  return found.length === 0 ? -1 : found[random.integer(found.length)];
}

/** Dimension of a call over arguments of known dimensions. */
function resultOf(units: UnitRules, node: Expression, a: number, b: number): number {
  return units.algebra.result(node as Call, a, b);
}

/**
 * The mutations where units are part of the grammar: like those of the same name, and every child has the dimension
 * that its parent has. A row that is absent here keeps dimensions by itself.
 */
export const UNIT_MUTATIONS: Readonly<Record<string, Apply>> = {
  mutateOperator: (tree, { grammar, random, wanted }, units) => {
    const analysis = units.analyse(tree, wanted);
    const { nodes, dimensions, slots, ends } = analysis;
    const at = position(analysis, (i) => nodes[i].kind === 'call' && changeable(slots[i]), random);
    const node = nodes[at];
    if (at < 0 || node.kind !== 'call') return undefined;
    const { arity, name } = node.operator;
    const [a, b] = [dimensions[at + 1], arity === 2 ? dimensions[ends[at + 1]] : 0];
    const choices: Choice[] = [];
    for (const operator of arity === 1 ? grammar.unary : grammar.binary) {
      if (operator.name === name) continue;
      const changed = call(operator, ...node.arguments);
      if (fits(resultOf(units, changed, a, b), slots[at])) choices.push({ at, tree: changed });
    }
    return choose(tree, choices, random);
  },

  mutateFeature: (tree, { inputs, random, wanted }, units) => {
    const analysis = units.analyse(tree, wanted);
    const { nodes, slots } = analysis;
    const at = position(analysis, (i) => nodes[i].kind === 'variable' && changeable(slots[i]), random);
    const node = nodes[at];
    if (at < 0 || node.kind !== 'variable') return undefined;
    const fitting = units.grower.inputsAt(slots[at]);
    const others = inputs.filter((name) => name !== node.name && fitting.includes(name));
    if (others.length === 0) return undefined;
    return replaceAt(tree, at, variable(others[random.integer(others.length)]));
  },

  swapOperands: (tree, { random, wanted }, units) => {
    const { count, nodes, dimensions, slots, ends } = units.analyse(tree, wanted);
    const choices: Choice[] = [];
    for (let at = 0; at < count; at++) {
      const node = nodes[at];
      if (node.kind !== 'call' || node.operator.arity !== 2) continue;
      const swapped = call(node.operator, node.arguments[1], node.arguments[0]);
      const result = resultOf(units, swapped, dimensions[ends[at + 1]], dimensions[at + 1]);
      if (fits(result, slots[at])) choices.push({ at, tree: swapped });
    }
    return choose(tree, choices, random);
  },

  rotateTree: (tree, { random, wanted }, units) => {
    const { count, nodes, slots } = units.analyse(tree, wanted);
    const rotations: Rotation[] = [];
    for (let at = 0; at < count; at++) {
      const node = nodes[at];
      if (node.kind !== 'call' || !changeable(slots[at])) continue;
      node.arguments.forEach((pivot, child) => {
        const below = pivot.kind === 'call' ? pivot.arguments.length : 0;
        for (let grandchild = 0; grandchild < below; grandchild++) rotations.push({ at, child, grandchild });
      });
    }
    // Drawn until one fits: most trees have many rotations, and few need to be made.
    while (rotations.length > 0) {
      const drawn = random.integer(rotations.length);
      const { at, child, grandchild } = rotations[drawn];
      const rotated = rotate(nodes[at] as Call, child, grandchild);
      if (fits(units.algebra.dimension(rotated), slots[at])) return replaceAt(tree, at, rotated);
      rotations[drawn] = rotations[rotations.length - 1];
      rotations.pop();
    }
    return undefined;
  },

  addNode: (tree, { random, wanted }, units) => {
    const analysis = units.analyse(tree, wanted);
    const { nodes, slots, dimensions } = analysis;
    if (random.uniform() < 0.5) {
      const at = position(analysis, (i) => nodes[i].kind !== 'call' && changeable(slots[i]), random);
      const grown = at < 0 ? undefined : units.grower.call(slots[at], random);
      return grown && replaceAt(tree, at, grown);
    }
    return units.grower.wrap(tree, dimensions[0], slots[0], random);
  },

  insertNode: (tree, { random, wanted }, units) => {
    const analysis = units.analyse(tree, wanted);
    const { nodes, slots, dimensions } = analysis;
    const at = position(analysis, (i) => changeable(slots[i]), random);
    if (at < 0) return undefined;
    const wrapped = units.grower.wrap(nodes[at], dimensions[at], slots[at], random);
    return wrapped && replaceAt(tree, at, wrapped);
  },

  deleteNode: (tree, { random, wanted }, units) => {
    const { count, nodes, dimensions, slots, ends } = units.analyse(tree, wanted);
    const choices: Choice[] = [];
    for (let at = 0; at < count; at++) {
      const node = nodes[at];
      if (node.kind !== 'call') continue;
      let child = at + 1;
      for (const argument of node.arguments) {
        if (fits(dimensions[child], slots[at])) choices.push({ at, tree: argument });
        child = ends[child];
      }
    }
    return choose(tree, choices, random);
  },

  mutateConstant: (tree, context, units) => {
    const { random, settings, temperature, wanted } = context;
    const analysis = units.analyse(tree, wanted);
    const { nodes, slots } = analysis;
    const at = position(analysis, (i) => nodes[i].kind === 'constant' && slots[i] !== Slot.pinned, random);
    const node = nodes[at];
    if (at < 0 || node.kind !== 'constant') return undefined;
    const span = 1.1 + settings.perturbationFactor * temperature;
    return replaceAt(tree, at, perturbed(node.value, span, settings.probabilityNegateConstant, random));
  },

  optimize: (tree, { random, wanted }, units) => {
    const pinned = units.pinned(tree, wanted);
    let index = 0;
    const visit = (node: Expression): Expression => {
      if (node.kind === 'constant') {
        if (pinned?.[index++]) return node;
        return constant(node.value * (1 + 0.5 * random.normal()) + 0.01 * random.normal());
      }
      return node.kind === 'call' ? call(node.operator, ...node.arguments.map(visit)) : node;
    };
    return visit(tree);
  },

  simplify: (tree, { wanted }, units) => {
    const simple = simplify(tree);
    return units.admits(simple, wanted) ? simple : undefined;
  },

  randomize: (_, { grammar, random, wanted }, units) =>
    units.grow(wanted ?? units.target, 1 + random.integer(Math.min(grammar.maxSize, 20)), random),
};

interface Rotation {
  readonly at: number;
  readonly child: number;
  readonly grandchild: number;
}

/** The tree in which a child takes the place of the node, and the node that of a grandchild. */
function rotate(node: Call, child: number, grandchild: number): Expression {
  const pivot = node.arguments[child] as Call;
  const lowered = node.arguments.slice();
  lowered[child] = pivot.arguments[grandchild];
  const raised = pivot.arguments.slice();
  raised[grandchild] = call(node.operator, ...lowered);
  return call(pivot.operator, ...raised);
}

/** The mutation as it is, and where units are part of the grammar the one that keeps dimensions. */
export function withUnits(mutation: Mutation): Mutation {
  const kept = UNIT_MUTATIONS[mutation.name];
  if (!kept) return mutation;
  return {
    ...mutation,
    apply: (tree, context) => {
      const { units } = context.grammar;
      if (!units?.constructs) return mutation.apply(tree, context);
      return kept(tree, context, units);
    },
  };
}

/** Exchanges a random sub-tree of each parent for one that fits; the parents where there is none but the whole. */
export function crossoverWithUnits(
  a: Expression,
  b: Expression,
  random: RandomStream,
  units: UnitRules,
  wanted: number | undefined,
): [Expression, Expression] {
  const first = units.analyse(a, wanted);
  const second = units.analyse(b, wanted, true);
  const partnersOf = (i: number): number[] => {
    const partners: number[] = [];
    for (let j = 0; j < second.count; j++) {
      if (i + j === 0) continue;
      const fitting = fits(second.dimensions[j], first.slots[i]) && fits(first.dimensions[i], second.slots[j]);
      if (fitting) partners.push(j);
    }
    return partners;
  };
  const open = Array.from({ length: first.count }, (_, i) => i);
  while (open.length > 0) {
    const [i] = open.splice(random.integer(open.length), 1);
    const partners = partnersOf(i);
    if (partners.length === 0) continue;
    const j = partners[random.integer(partners.length)];
    return [replaceAt(a, i, second.nodes[j]), replaceAt(b, j, first.nodes[i])];
  }
  return [a, b];
}
