import type { Expression } from '../expressions/index.ts';
import type { Grammar } from './problem.ts';

/** Complexity of nodes, PySR's names; what is absent counts 1, an operator as its row says. */
export interface ComplexityRules {
  /** By operator name. */
  readonly operators: Readonly<Record<string, number>>;
  readonly constants: number;
  /** By input. */
  readonly variables: Readonly<Record<string, number>>;
  readonly otherVariables: number;
  /** Complexity of a whole tree; it then replaces the sum over nodes. It cannot travel to a worker. */
  readonly mapping?: (tree: Expression) => number;
}

/** How large the arguments of an operator may be, by operator name: shape [arity], -1 for no limit. */
export type ArgumentLimits = Readonly<Record<string, readonly number[]>>;

/** How often an operator may stand inside another, one below the other: outer name, inner name, most. */
export type NestingLimits = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Complexity of trees under the rules of a grammar. */
export interface Measure {
  /** Complexity, whatever the limits. */
  complexity(tree: Expression): number;
  /** Complexity, or Infinity for a tree that the grammar forbids by depth, argument size or nesting. */
  admitted(tree: Expression): number;
}

/** The measure of a grammar; one without rules costs no more than counting nodes. */
export function createMeasure(grammar: Grammar): Measure {
  const { maxDepth, rules } = grammar;
  if (!rules) return { complexity: (tree) => plain(tree, Infinity), admitted: (tree) => plain(tree, maxDepth) };
  const weigh = (tree: Expression, depth: number): number => weighted(tree, depth, rules.complexity);
  const { mapping } = rules.complexity;
  const complexity = (tree: Expression): number => Math.round(mapping ? mapping(tree) : weigh(tree, Infinity));
  const limited = Object.keys(rules.argumentLimits).length + Object.keys(rules.nestingLimits).length > 0;
  return {
    complexity,
    admitted(tree) {
      const total = weigh(tree, maxDepth);
      if (total === Infinity || (limited && !withinLimits(tree, rules))) return Infinity;
      const mapped = mapping ? Math.round(mapping(tree)) : Math.round(total);
      return mapped >= 0 ? mapped : Infinity;
    },
  };
}

/** What a grammar says beyond its operators and the size of trees. */
export interface GrammarRules {
  readonly complexity: ComplexityRules;
  readonly argumentLimits: ArgumentLimits;
  readonly nestingLimits: NestingLimits;
}

function plain(tree: Expression, depth: number): number {
  if (depth <= 0) return Infinity;
  if (tree.kind !== 'call') return 1;
  let total = tree.operator.complexity;
  for (const argument of tree.arguments) total += plain(argument, depth - 1);
  return total;
}

function weighted(tree: Expression, depth: number, rules: ComplexityRules): number {
  if (depth <= 0) return Infinity;
  if (tree.kind === 'constant') return rules.constants;
  if (tree.kind === 'variable') return rules.variables[tree.name] ?? rules.otherVariables;
  let total = rules.operators[tree.operator.name] ?? tree.operator.complexity;
  for (const argument of tree.arguments) total += weighted(argument, depth - 1, rules);
  return total;
}

function withinLimits(tree: Expression, rules: GrammarRules): boolean {
  if (tree.kind !== 'call') return true;
  const { name } = tree.operator;
  const sizes = rules.argumentLimits[name];
  if (sizes) {
    for (let i = 0; i < tree.arguments.length; i++) {
      if (sizes[i] >= 0 && Math.round(weighted(tree.arguments[i], Infinity, rules.complexity)) > sizes[i]) return false;
    }
  }
  const nesting = rules.nestingLimits[name];
  if (nesting) {
    for (const inner in nesting) {
      for (const argument of tree.arguments) if (nestedness(argument, inner) > nesting[inner]) return false;
    }
  }
  for (const argument of tree.arguments) if (!withinLimits(argument, rules)) return false;
  return true;
}

/** Most operators of one name on a path from the node to a leaf. */
function nestedness(node: Expression, name: string): number {
  if (node.kind !== 'call') return 0;
  let deepest = 0;
  for (const argument of node.arguments) deepest = Math.max(deepest, nestedness(argument, name));
  return deepest + (node.operator.name === name ? 1 : 0);
}
