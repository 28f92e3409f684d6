import { type Operator, type OperatorTable, print, STANDARD_OPERATORS } from '../expressions/index.ts';
import type { ConstantRules } from './constant-rules.ts';
import type { EvolutionSettings } from './context.ts';
import type { IslandReport, IslandState } from './island.ts';
import type { GrammarRules } from './measure.ts';
import type { Grammar, ProblemData } from './problem.ts';
import { GROUP_NAMES } from './reduced/group-names.ts';
import type { ResolvedRequirement } from './requirements/index.ts';
import { Template, type TemplateSpec } from './template/template.ts';
import { UnitRules, type UnitSpec } from './units/unit-rules.ts';

/** An operator by name; one defined by a formula carries it. */
export interface OperatorWire {
  readonly name: string;
  readonly arity: 1 | 2;
  readonly complexity: number;
  readonly formula: string | undefined;
}

/** A grammar as plain data. */
export interface GrammarWire {
  readonly unary: readonly OperatorWire[];
  readonly binary: readonly OperatorWire[];
  readonly maxSize: number;
  readonly maxDepth: number;
  readonly rules: GrammarRules | undefined;
  readonly units: { readonly spec: UnitSpec; readonly inputs: readonly string[] } | undefined;
  readonly template: { readonly spec: TemplateSpec; readonly sizes: Readonly<Record<string, number>> } | undefined;
}

/** What an objective is built from, beside the data. */
export interface ObjectiveWire {
  readonly constants: ConstantRules;
  readonly requirements: readonly ResolvedRequirement[];
  readonly precision: 32 | 64;
  /** Added to the loss of a law of wrong dimension. */
  readonly dimensionalConstraintPenalty: number;
}

/** What a worker is told. Numeric columns travel as shared memory where the platform has it. */
export type WorkerRequest =
  | {
      readonly kind: 'start';
      readonly problem: ProblemData;
      /** Of the reductions in which some islands evolve. */
      readonly reduced: readonly ProblemData[];
      readonly grammar: GrammarWire;
      readonly objective: ObjectiveWire;
      readonly evolution: EvolutionSettings;
      readonly seed: number;
      readonly islands: readonly number[];
      /** Whether states are posted while an epoch runs. */
      readonly saving: boolean;
      /** Non-zero tells the islands to stop. */
      readonly stopFlag: Int32Array;
    }
  /** Trees travel packed by `TreePacker`. */
  | { readonly kind: 'seed'; readonly trees: readonly Float64Array[] }
  | {
      readonly kind: 'epoch';
      readonly migrants: readonly Float64Array[];
      readonly maxRows: number;
      readonly maxSize: number;
      readonly afresh: boolean;
      /** Rows after which an island is held, in the midst of the epoch; the epoch is ended where it is not given. */
      readonly holdAt?: number;
    }
  | { readonly kind: 'restore'; readonly states: readonly IslandState[] }
  | { readonly kind: 'states' };

export type IslandReportWire = Omit<IslandReport, 'best' | 'emigrants'> & {
  readonly best: Float64Array;
  readonly emigrants: Float64Array;
};

/** What a worker answers: one message per request, or an error. */
export type WorkerReply =
  | { readonly kind: 'started' }
  | { readonly kind: 'seeded'; readonly usedRows: number }
  | { readonly kind: 'reports'; readonly reports: readonly IslandReportWire[] }
  | { readonly kind: 'held'; readonly isHeld: boolean }
  | { readonly kind: 'restored' }
  | { readonly kind: 'states'; readonly states: readonly IslandState[] }
  /** Posted on its own while an epoch runs. */
  | { readonly kind: 'saved'; readonly states: readonly IslandState[] }
  | { readonly kind: 'error'; readonly message: string };

export function packOperator(operator: Operator): OperatorWire {
  const formula = operator.definition && print(operator.definition);
  return { name: operator.name, arity: operator.arity, complexity: operator.complexity, formula };
}

export function packGrammar(grammar: Grammar): GrammarWire {
  const { template } = grammar;
  return {
    unary: grammar.unary.map(packOperator),
    binary: grammar.binary.map(packOperator),
    maxSize: grammar.maxSize,
    maxDepth: grammar.maxDepth,
    rules: grammar.rules,
    units: grammar.units && { spec: grammar.units.spec, inputs: [...grammar.units.units.inputs.keys()] },
    template: template && { spec: template.spec, sizes: template.categories },
  };
}

/** The grammar on the far side. */
export function unpackGrammar(wire: GrammarWire): Grammar {
  let table = STANDARD_OPERATORS;
  const read = ({ name, arity, complexity, formula }: OperatorWire): Operator => {
    if (formula !== undefined && !table.has(name)) table = table.with({ name, formula, arity, complexity });
    const row = table.get(name);
    return row.complexity === complexity ? row : { ...row, complexity };
  };
  const unary = wire.unary.map(read);
  const binary = wire.binary.map(read);
  const { maxSize, maxDepth, rules } = wire;
  const template = wire.template && new Template(wire.template.spec, wire.template.sizes, table);
  const units = wire.units && new UnitRules(wire.units.spec, wire.units.inputs, [...unary, ...binary]);
  return { unary, binary, maxSize, maxDepth, rules, template, units };
}

/** The rows that trees of a grammar are made of: the very rows of the grammar, and the standard ones beside. */
export function operatorsOf(grammar: Grammar): OperatorTable {
  let table: OperatorTable = STANDARD_OPERATORS;
  const own = [...grammar.unary, ...grammar.binary, ...(grammar.template ? [grammar.template.operator] : [])];
  for (const row of own) if (!table.has(row.name)) table = table.with(row);
  return table;
}

/** Names of the variables that trees of a search may hold. */
export function variablesOfSearch(grammar: Grammar, inputs: readonly string[]): string[] {
  const names = grammar.template?.functions.flatMap((each) => each.inputs) ?? [];
  return [...new Set([...inputs, ...names, ...(grammar.units ? GROUP_NAMES : [])])];
}
