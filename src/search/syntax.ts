import { compile, type Program } from '../evaluation/index.ts';
import { type Expression, simplify, structureKey } from '../expressions/index.ts';
import { type Signs, withoutAbs } from './column-signs.ts';
import { Forms } from './forms.ts';
import { createMeasure } from './measure.ts';
import type { Grammar } from './problem.ts';
import { restrict } from './restrict.ts';

/**
 * What the search may do with a candidate without knowing whether it is a plain tree or the parts of a template.
 */
export interface Syntax {
  readonly grammar: Grammar;
  readonly forms: Forms;
  complexity(candidate: Expression): number;
  /** Complexity, or Infinity for a candidate that the grammar forbids or that is larger than its limit. */
  admitted(candidate: Expression): number;
  /** Equal for candidates that some values of their constants make equal. */
  key(candidate: Expression): string;
  compile(candidate: Expression, columns: ReadonlyMap<string, number>): Program;
  /**
   * Simplified in the operators that the user allowed; undefined when these cannot express it.
   *
   * @param signs of the inputs in the data: what is simpler for these alone is simpler
   */
  simplify(candidate: Expression, signs?: Signs): Expression | undefined;
  /** 1 for a constant that a fit must leave alone, such as the 2 of v^2 where v has a unit; undefined without any. */
  pinned(candidate: Expression): Uint8Array | undefined;
  /** The formula as users see it. */
  express(candidate: Expression): Expression;
}

/** The syntax of a grammar. */
export function createSyntax(grammar: Grammar): Syntax {
  const { template, maxSize } = grammar;
  const forms = new Forms(grammar);
  const measure = createMeasure(grammar);
  const units = grammar.units?.constructs ? grammar.units : undefined;
  const plain: Syntax = {
    grammar,
    forms,
    complexity: measure.complexity,
    admitted: (tree) => {
      const size = measure.admitted(tree);
      return size <= maxSize && (!units || units.admits(tree)) ? size : Infinity;
    },
    key: units ? (tree) => `${structureKey(tree)} ${units.pinnedKey(tree)}` : structureKey,
    pinned: (tree) => units?.pinned(tree),
    compile,
    simplify: (tree, signs) => {
      const simple = simplify(tree);
      const plain = signs ? withoutAbs(simple, signs) : simple;
      return restrict(plain === simple ? simple : simplify(plain), forms);
    },
    express: (tree) => tree,
  };
  if (!template) return plain;
  const { mapping } = grammar.rules?.complexity ?? {};
  // A custom complexity speaks of the whole formula; otherwise the parameters of the form are free.
  const total = (candidate: Expression, of: (tree: Expression) => number): number => {
    if (mapping) return Math.round(mapping(template.express(candidate)));
    let sum = 0;
    for (const tree of template.trees(candidate)) sum += of(tree);
    return sum;
  };
  return {
    ...plain,
    complexity: (candidate) => total(candidate, measure.complexity),
    admitted: (candidate) => {
      for (const tree of template.trees(candidate)) if (measure.admitted(tree) === Infinity) return Infinity;
      const size = total(candidate, measure.admitted);
      return size <= maxSize ? size : Infinity;
    },
    key: (candidate) => template.trees(candidate).map(structureKey).join('|'),
    compile: (candidate, columns) => template.compile(candidate, columns),
    // The inputs of a template's functions have names of their own.
    simplify: (candidate) => {
      let simpler = candidate;
      template.trees(candidate).forEach((tree, i) => {
        const simple = plain.simplify(tree);
        if (simple) simpler = template.withTree(simpler, i, simple);
      });
      return simpler;
    },
    express: (candidate) => template.express(candidate),
  };
}
