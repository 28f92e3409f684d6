import {
  type Expression,
  fromJson,
  type Operator,
  type OperatorTable,
  print,
  STANDARD_OPERATORS,
  toJson,
} from '../expressions/index.ts';
import type { EvolutionSettings } from './context.ts';
import type { IslandReport } from './island.ts';
import type { Fitted } from './objective.ts';
import type { Grammar, ProblemData } from './problem.ts';

/** An operator by name; one defined by a formula carries it. */
export interface OperatorWire {
  readonly name: string;
  readonly arity: 1 | 2;
  readonly complexity: number;
  readonly formula: string | undefined;
}

export type FittedWire = { readonly tree: unknown; readonly loss: number };

/** What a worker is told. Numeric columns travel as shared memory where the platform has it. */
export type WorkerRequest =
  | {
      readonly kind: 'start';
      readonly problem: ProblemData;
      readonly unary: readonly OperatorWire[];
      readonly binary: readonly OperatorWire[];
      readonly maxSize: number;
      readonly maxDepth: number;
      readonly evolution: EvolutionSettings;
      readonly seed: number;
      readonly islands: readonly number[];
      /** Non-zero tells the islands to stop. */
      readonly stopFlag: Int32Array;
    }
  | { readonly kind: 'seed'; readonly trees: readonly (readonly FittedWire[])[] }
  | { readonly kind: 'epoch'; readonly migrants: readonly (readonly FittedWire[])[]; readonly maxRows: number };

export type IslandReportWire = Omit<IslandReport, 'best' | 'emigrants'> & {
  readonly best: readonly FittedWire[];
  readonly emigrants: readonly FittedWire[];
};

/** What a worker answers: one message per request, or an error. */
export type WorkerReply =
  | { readonly kind: 'started' }
  | { readonly kind: 'seeded'; readonly usedRows: number }
  | { readonly kind: 'reports'; readonly reports: readonly IslandReportWire[] }
  | { readonly kind: 'error'; readonly message: string };

export function packOperator(operator: Operator): OperatorWire {
  const formula = operator.definition && print(operator.definition);
  return { name: operator.name, arity: operator.arity, complexity: operator.complexity, formula };
}

/** The grammar on the far side, and the table its trees are read with. */
export function unpackGrammar(request: Extract<WorkerRequest, { kind: 'start' }>): {
  grammar: Grammar;
  table: OperatorTable;
} {
  let table = STANDARD_OPERATORS;
  const read = (wire: OperatorWire): Operator => {
    if (wire.formula !== undefined) {
      if (!table.has(wire.name)) {
        table = table.with({ name: wire.name, formula: wire.formula, arity: wire.arity, complexity: wire.complexity });
      }
      return table.get(wire.name);
    }
    const row = table.get(wire.name);
    return row.complexity === wire.complexity ? row : { ...row, complexity: wire.complexity };
  };
  const unary = request.unary.map(read);
  const binary = request.binary.map(read);
  return { grammar: { unary, binary, maxSize: request.maxSize, maxDepth: request.maxDepth }, table };
}

export function packFitted(fitted: Fitted): FittedWire {
  return { tree: toJson(fitted.tree), loss: fitted.loss };
}

export function unpackFitted(wire: FittedWire, table: OperatorTable): Fitted {
  return { tree: fromJson(wire.tree, table) as Expression, loss: wire.loss };
}
