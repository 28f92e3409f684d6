import type { RandomStream } from '../core/index.ts';
import { call, constant, type Expression, simplify, size, variable } from '../expressions/index.ts';
import type { EvolutionSettings } from './context.ts';
import type { PlaceSolver } from './places/place-solver.ts';
import type { Grammar } from './problem.ts';
import { nodeAt, perturbed, pick, randomCall, randomLeaf, randomOperator, randomTree, replaceAt } from './tree-edit.ts';
import { crossoverWithUnits, withUnits } from './units/unit-mutations.ts';
import type { UnitRules } from './units/unit-rules.ts';

export interface MutationContext {
  readonly grammar: Grammar;
  readonly inputs: readonly string[];
  readonly settings: EvolutionSettings;
  /** 1 at the start of a cycle, 0 at its end, when annealing; else 1. */
  readonly temperature: number;
  readonly random: RandomStream;
  /** What a place in a tree asks for, and who can give it; absent where candidates are parts of a template. */
  readonly places?: () => PlaceSolver;
  /** With units: what the whole tree must fit, the target's dimension when absent. */
  readonly wanted?: number;
}

/** One row of the mutation table. */
export interface Mutation {
  /** PySR's name, after weightMutate. */
  readonly name: string;
  /** PySR's default weight. */
  readonly weight: number;
  /** The changed tree, or undefined when the mutation does not apply. */
  readonly apply: (tree: Expression, context: MutationContext) => Expression | undefined;
}

const isConstant = (node: Expression): boolean => node.kind === 'constant';
const isVariable = (node: Expression): boolean => node.kind === 'variable';
const isCall = (node: Expression): boolean => node.kind === 'call';
const isLeaf = (node: Expression): boolean => node.kind !== 'call';
const isBinary = (node: Expression): boolean => node.kind === 'call' && node.operator.arity === 2;
const isRotatable = (node: Expression): boolean => node.kind === 'call' && node.arguments.some(isCall);

/** Applies a change at a random node that satisfies `accept`. */
function at(
  accept: (node: Expression) => boolean,
  change: (node: Expression, context: MutationContext) => Expression | undefined,
): Mutation['apply'] {
  return (tree, context) => {
    const position = pick(tree, context.random, accept);
    if (position < 0) return undefined;
    const changed = change(nodeAt(tree, position), context);
    return changed && replaceAt(tree, position, changed);
  };
}

const ROWS: readonly Mutation[] = [
  {
    name: 'mutateConstant',
    weight: 0.0346,
    apply: at(isConstant, (node, { random, settings, temperature }) => {
      if (node.kind !== 'constant') return undefined;
      const span = 1.1 + settings.perturbationFactor * temperature;
      return perturbed(node.value, span, settings.probabilityNegateConstant, random);
    }),
  },
  {
    name: 'mutateOperator',
    weight: 0.293,
    apply: at(isCall, (node, { grammar, random }) => {
      if (node.kind !== 'call') return undefined;
      const choices = (node.operator.arity === 1 ? grammar.unary : grammar.binary).filter(
        (o) => o.name !== node.operator.name,
      );
      if (choices.length === 0) return undefined;
      return call(choices[random.integer(choices.length)], ...node.arguments);
    }),
  },
  {
    name: 'mutateFeature',
    weight: 0.1,
    apply: at(isVariable, (node, { inputs, random }) => {
      const others = inputs.filter((name) => node.kind === 'variable' && name !== node.name);
      return others.length === 0 ? undefined : variable(others[random.integer(others.length)]);
    }),
  },
  {
    name: 'swapOperands',
    weight: 0.198,
    apply: at(isBinary, (node) =>
      node.kind === 'call' ? call(node.operator, node.arguments[1], node.arguments[0]) : undefined,
    ),
  },
  {
    // A child takes its parent's place; the parent takes the place of one of the child's arguments.
    name: 'rotateTree',
    weight: 4.26,
    apply: at(isRotatable, (node, { random }) => {
      if (node.kind !== 'call') return undefined;
      const pivots = node.arguments.map((_, i) => i).filter((i) => isCall(node.arguments[i]));
      const at = pivots[random.integer(pivots.length)];
      const pivot = node.arguments[at];
      if (pivot.kind !== 'call') return undefined;
      const grandchild = random.integer(pivot.arguments.length);
      const lowered = node.arguments.slice();
      lowered[at] = pivot.arguments[grandchild];
      const raised = pivot.arguments.slice();
      raised[grandchild] = call(node.operator, ...lowered);
      return call(pivot.operator, ...raised);
    }),
  },
  {
    // Half of the time a leaf grows into an operator, half of the time the root gets a parent.
    name: 'addNode',
    weight: 2.47,
    apply: (tree, context) => {
      const { grammar, inputs, random } = context;
      const operator = randomOperator(grammar, random);
      if (random.uniform() < 0.5) {
        const position = pick(tree, random, isLeaf);
        return replaceAt(tree, position, randomCall(operator, inputs, random));
      }
      return wrap(tree, context, operator);
    },
  },
  {
    name: 'insertNode',
    weight: 0.0112,
    apply: (tree, context) => {
      const position = context.random.integer(size(tree));
      const inner = wrap(nodeAt(tree, position), context, randomOperator(context.grammar, context.random));
      return replaceAt(tree, position, inner);
    },
  },
  {
    name: 'deleteNode',
    weight: 0.87,
    apply: at(isCall, (node, { random }) =>
      node.kind === 'call' ? node.arguments[random.integer(node.arguments.length)] : undefined,
    ),
  },
  { name: 'simplify', weight: 0.00209, apply: (tree) => simplify(tree) },
  {
    name: 'randomize',
    weight: 0.000502,
    apply: (_, { grammar, inputs, random }) =>
      randomTree(1 + random.integer(Math.min(grammar.maxSize, 20)), grammar, inputs, random),
  },
  {
    // The function of a library that does best what a place asks for, the rest of the tree staying as it is.
    name: 'backSolve',
    weight: 1,
    apply: (tree, { places, random, grammar, wanted }) => {
      const solved = places?.().solve(tree, random);
      return solved && grammar.units?.constructs && !grammar.units.admits(solved, wanted) ? undefined : solved;
    },
  },
  { name: 'doNothing', weight: 0.273, apply: (tree) => tree },
  {
    // New starting points for the constants; the fit that follows every new tree does the rest.
    name: 'optimize',
    weight: 0,
    apply: (tree, { random }) => {
      const visit = (node: Expression): Expression => {
        if (node.kind === 'constant')
          return constant(node.value * (1 + 0.5 * random.normal()) + 0.01 * random.normal());
        return node.kind === 'call' ? call(node.operator, ...node.arguments.map(visit)) : node;
      };
      return visit(tree);
    },
  },
];

/** The mutations of regularised evolution; a new mutation is a new row. */
export const MUTATIONS: readonly Mutation[] = ROWS.map(withUnits);

function wrap(
  node: Expression,
  { inputs, random }: MutationContext,
  operator: MutationContext['grammar']['unary'][0],
): Expression {
  if (operator.arity === 1) return call(operator, node);
  const other = randomLeaf(inputs, random);
  return random.uniform() < 0.5 ? call(operator, node, other) : call(operator, other, node);
}

/**
 * Exchanges a random sub-tree of each parent; with units, two that fit each other's place.
 *
 * @param wanted what the whole trees must fit, the target's dimension when absent
 */
export function crossover(
  a: Expression,
  b: Expression,
  random: RandomStream,
  units?: UnitRules,
  wanted?: number,
): [Expression, Expression] {
  if (units?.constructs) return crossoverWithUnits(a, b, random, units, wanted);
  const i = random.integer(size(a));
  const j = random.integer(size(b));
  return [replaceAt(a, i, nodeAt(b, j)), replaceAt(b, j, nodeAt(a, i))];
}
