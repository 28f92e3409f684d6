import type { Table } from '../core/index.ts';
import { compile, createWasmEvaluator } from '../evaluation/index.ts';
import { type OperatorTable, parse } from '../expressions/index.ts';
import { encodeCategory } from './categories.ts';
import type { FrontEntry, FrontRecord, Rival, RunRecord, StopReason } from './result.ts';

/** Everything a finished run knows. */
export interface ModelState {
  readonly target: string;
  readonly inputs: readonly string[];
  readonly front: readonly FrontEntry[];
  readonly best: FrontEntry;
  /** Laws of other forms that the data cannot tell from `best`, and where a measurement would. */
  readonly rivals: readonly Rival[];
  /** The best law that takes no notice of the units, where no law of the right dimension comes near it. */
  readonly untyped?: FrontEntry;
  readonly seed: number;
  readonly threads: number;
  readonly seconds: number;
  readonly evaluations: number;
  readonly stoppedBy: StopReason;
  /** The phase in which the search ended: where `stoppedBy` is 'floor', the one that found the law. */
  readonly lastPhase: string;
  readonly notes: readonly string[];
  /** Labels of the columns of categories, which a formula numbers from 1. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
}

/**
 * The outcome of `fit`: a Pareto front of expressions and the one chosen.
 *
 * `best` is chosen by `modelSelection` from the front; with units alone, where an exact law was found that they forbid
 * and none that they allow, it is that law, `untyped`. `rivals` are the laws that the data cannot tell from it; `notes`
 * says in words what the run decided by itself, the noise model among it.
 */
export class Model implements ModelState {
  readonly target: string;
  readonly inputs: readonly string[];
  readonly front: readonly FrontEntry[];
  readonly best: FrontEntry;
  readonly rivals: readonly Rival[];
  readonly untyped?: FrontEntry;
  readonly seed: number;
  readonly threads: number;
  readonly seconds: number;
  readonly evaluations: number;
  readonly stoppedBy: StopReason;
  readonly lastPhase: string;
  readonly notes: readonly string[];
  readonly categories: Readonly<Record<string, readonly string[]>>;

  constructor(state: ModelState) {
    this.target = state.target;
    this.inputs = state.inputs;
    this.front = state.front;
    this.best = state.best;
    this.rivals = state.rivals;
    if (state.untyped) this.untyped = state.untyped;
    this.seed = state.seed;
    this.threads = state.threads;
    this.seconds = state.seconds;
    this.evaluations = state.evaluations;
    this.stoppedBy = state.stoppedBy;
    this.lastPhase = state.lastPhase;
    this.notes = state.notes;
    this.categories = state.categories;
  }

  /**
   * The model of a saved run, its formulas read back: it predicts as the one that was saved.
   *
   * @param record what `toJSON` gave, also after a trip through JSON
   * @param operators the table with the operators of your own that the run used
   * @throws ParseError for a formula that cannot be read
   * @example Model.fromRecord(JSON.parse(JSON.stringify(await fit(Table.from({ x: [1, 2, 3], y: [2, 8, 18] }), { target: 'y' })))).predict(Table.from({ x: [4] })) // [32]
   */
  static fromRecord(record: RunRecord, operators?: OperatorTable): Model {
    const variables = [...record.inputs];
    const entry = (saved: FrontRecord): FrontEntry => ({
      ...saved,
      // JSON has no infinite number.
      score: saved.score ?? Infinity,
      tree: parse(saved.expression, { variables, operators }),
    });
    const front = record.front.map(entry);
    const untyped = record.untyped && entry(record.untyped);
    const { expression } = record.best;
    const steps = untyped ? [...front, untyped] : front;
    const best = steps.find((step) => step.expression === expression) ?? entry(record.best);
    return new Model({
      ...record,
      categories: record.categories ?? {},
      rivals: record.rivals ?? [],
      lastPhase: record.lastPhase ?? 'unknown',
      front,
      best,
      untyped,
    });
  }

  /**
   * Values of an expression on a table's rows.
   *
   * @param entry a step of the front; `best` by default
   * @returns shape [rows]; NaN or an infinity where the expression is not defined
   * @throws DataError "unknown-column" | "text-column"
   */
  predict(table: Table, entry: FrontEntry = this.best): Float64Array {
    const evaluator = createWasmEvaluator({ precision: 64 });
    try {
      evaluator.setData({ columns: this.inputs.map((name) => this.values(table, name)) });
      const columns = new Map(this.inputs.map((name, i) => [name, i]));
      return Float64Array.from(evaluator.values(compile(entry.tree, columns)).values);
    } finally {
      evaluator.dispose();
    }
  }

  /** An input's values; of a column of categories, the numbers of its labels. */
  private values(table: Table, name: string): Float64Array {
    const labels = Object.hasOwn(this.categories, name) ? this.categories[name] : undefined;
    if (!labels) return table.numbers(name);
    return encodeCategory(Array.from(table.column(name).values as ArrayLike<unknown>, String), labels, name).codes;
  }

  /** The run as plain data: what `ansatz fit --json` prints. */
  toJSON(): RunRecord {
    return {
      seed: this.seed,
      threads: this.threads,
      seconds: this.seconds,
      evaluations: this.evaluations,
      stoppedBy: this.stoppedBy,
      lastPhase: this.lastPhase,
      target: this.target,
      inputs: this.inputs,
      notes: this.notes,
      categories: this.categories,
      best: record(this.best),
      front: this.front.map(record),
      rivals: this.rivals,
      ...(this.untyped ? { untyped: record(this.untyped) } : {}),
    };
  }
}

function record({ tree: _, ...entry }: FrontEntry): FrontRecord {
  return entry;
}
