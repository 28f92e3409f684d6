import type { RandomStream } from '../../../src/core/index.ts';

/**
 * Genetic programming as gplearn does it, with the default settings of its SymbolicRegressor: a population of 1000 over
 * 20 generations, tournaments of 20, ramped half-and-half trees of depth 2 to 6, + - * and protected division,
 * constants in [-1, 1] that nothing fits, crossover 0.9, subtree, hoist and point mutation 0.01 each (a point changes
 * with 0.05), mean absolute error and a cost of 0.001 per node in tournaments, no bound on size, the best of the last
 * generation.
 *
 * @see T. Stephens, gplearn 0.4, documentation of SymbolicRegressor; J. R. Koza, Genetic Programming (1992)
 */
export interface PlainGpOptions {
  readonly population: number;
  readonly generations: number;
}

export const GPLEARN_DEFAULTS: PlainGpOptions = { population: 1000, generations: 20 };

const TOURNAMENT = 20;
const DEPTHS = [2, 6] as const;
const CONSTANT_RANGE = 1;
const PARSIMONY = 0.001;
/** Ends of the ranges of a uniform number for crossover, subtree, hoist and point mutation; above, a copy. */
const CROSSOVER = 0.9;
const SUBTREE = 0.91;
const HOIST = 0.92;
const POINT = 0.93;
const POINT_REPLACE = 0.05;
/** A smaller denominator gives 1. */
const SMALLEST_DENOMINATOR = 0.001;

/** A node in prefix order: an operator of two arguments, an input by number, or a constant. */
type Node = '+' | '-' | '*' | '/' | { readonly input: number } | { readonly constant: number };
export type Program = readonly Node[];

const OPERATORS = ['+', '-', '*', '/'] as const;

const isOperator = (node: Node): boolean => typeof node === 'string';

/** Where the subtree that starts at a node ends. */
function endOf(program: Program, start: number): number {
  let open = 1;
  let end = start;
  while (open > 0) open += isOperator(program[end++]) ? 1 : -1;
  return end;
}

/**
 * Values of a program.
 *
 * @param columns inputs, shape [inputs][rows]
 */
export function run(program: Program, columns: readonly Float64Array[], rows: number): Float64Array {
  const stack: Float64Array[] = [];
  for (let i = program.length - 1; i >= 0; i--) {
    const node = program[i];
    if (typeof node === 'string') stack.push(apply(node, stack.pop()!, stack.pop()!));
    else stack.push('input' in node ? columns[node.input] : new Float64Array(rows).fill(node.constant));
  }
  return stack[0];
}

function apply(operator: (typeof OPERATORS)[number], a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  switch (operator) {
    case '+':
      for (let i = 0; i < out.length; i++) out[i] = a[i] + b[i];
      return out;
    case '-':
      for (let i = 0; i < out.length; i++) out[i] = a[i] - b[i];
      return out;
    case '*':
      for (let i = 0; i < out.length; i++) out[i] = a[i] * b[i];
      return out;
    case '/':
      for (let i = 0; i < out.length; i++) out[i] = Math.abs(b[i]) > SMALLEST_DENOMINATOR ? a[i] / b[i] : 1;
      return out;
  }
}

/** Breeds programs over so many inputs. */
class Breeder {
  constructor(
    private readonly inputs: number,
    private readonly random: RandomStream,
  ) {}

  /** A tree: full to its depth, or grown with leaves anywhere below the root. */
  tree(): Program {
    const depth = DEPTHS[0] + this.random.integer(DEPTHS[1] - DEPTHS[0] + 1);
    const full = this.random.uniform() < 0.5;
    const program: Node[] = [];
    const grow = (left: number): void => {
      const leaves = this.inputs + 1;
      const leaf = left === 0 || (!full && left < depth && this.random.integer(leaves + OPERATORS.length) < leaves);
      program.push(leaf ? this.leaf() : OPERATORS[this.random.integer(OPERATORS.length)]);
      if (leaf) return;
      grow(left - 1);
      grow(left - 1);
    };
    grow(depth);
    return program;
  }

  /** A child of tournament winners. */
  child(parent: Program, other: () => Program): Program {
    const kind = this.random.uniform();
    if (kind < CROSSOVER) return this.cross(parent, other());
    if (kind < SUBTREE) return this.cross(parent, this.tree());
    if (kind < HOIST) return this.hoist(parent);
    return kind < POINT ? parent.map((node) => this.changed(node)) : parent;
  }

  private leaf(): Node {
    const input = this.random.integer(this.inputs + 1);
    return input < this.inputs ? { input } : { constant: CONSTANT_RANGE * (2 * this.random.uniform() - 1) };
  }

  /** A subtree of the donor in place of one of the parent's. */
  private cross(parent: Program, donor: Program): Program {
    const [start, end] = this.subtree(parent);
    const [from, to] = this.subtree(donor);
    return [...parent.slice(0, start), ...donor.slice(from, to), ...parent.slice(end)];
  }

  /** A subtree replaced by a subtree of itself. */
  private hoist(parent: Program): Program {
    const [start, end] = this.subtree(parent);
    const inner = parent.slice(start, end);
    const [from, to] = this.subtree(inner);
    return [...parent.slice(0, start), ...inner.slice(from, to), ...parent.slice(end)];
  }

  private changed(node: Node): Node {
    if (this.random.uniform() >= POINT_REPLACE) return node;
    return isOperator(node) ? OPERATORS[this.random.integer(OPERATORS.length)] : this.leaf();
  }

  /** A random subtree; its root is an operator nine times as readily as a leaf (Koza). */
  private subtree(program: Program): readonly [start: number, end: number] {
    const start = this.random.weighted(program.map((node) => (isOperator(node) ? 0.9 : 0.1)));
    return [start, endOf(program, start)];
  }
}

/**
 * Searches for a program that fits the target.
 *
 * @param columns inputs, shape [inputs][rows]
 */
export function plainGp(
  columns: readonly Float64Array[],
  target: Float64Array,
  random: RandomStream,
  { population, generations }: PlainGpOptions = GPLEARN_DEFAULTS,
): Program {
  const breeder = new Breeder(columns.length, random);
  const errorOf = (program: Program): number => {
    const values = run(program, columns, target.length);
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += Math.abs(values[i] - target[i]);
    return Number.isFinite(sum) ? sum / target.length : Infinity;
  };
  let programs = Array.from({ length: population }, () => breeder.tree());
  let errors = programs.map(errorOf);
  for (let generation = 1; generation < generations; generation++) {
    const winner = (): Program => {
      let best = random.integer(population);
      for (let i = 1; i < TOURNAMENT; i++) {
        const other = random.integer(population);
        const gain = errors[best] - errors[other] + PARSIMONY * (programs[best].length - programs[other].length);
        if (gain > 0) best = other;
      }
      return programs[best];
    };
    const next = programs.map(() => breeder.child(winner(), winner));
    programs = next;
    errors = programs.map(errorOf);
  }
  return programs[errors.indexOf(Math.min(...errors))];
}
