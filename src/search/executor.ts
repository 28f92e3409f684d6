import { breathe } from '../core/index.ts';
import type { SearchContext } from './context.ts';
import { Island, type IslandReport } from './island.ts';
import type { Fitted } from './objective.ts';

/** Runs a set of islands in step; the answer does not depend on where they run. */
export interface IslandExecutor {
  /** Seeds island i with `trees[i]`; returns the rows passed over. */
  seed(trees: readonly (readonly Fitted[])[]): Promise<number>;
  /**
   * One epoch of every island.
   *
   * @param migrants shape [islands]
   * @param maxRows quota of each island
   * @returns reports in the order of the islands
   */
  epoch(migrants: readonly (readonly Fitted[])[], maxRows: number): Promise<IslandReport[]>;
  /** Rows that must be added to the objective's own count. */
  readonly remote: boolean;
  dispose(): void;
}

/** All islands on this thread. */
export class InlineExecutor implements IslandExecutor {
  readonly remote = false;
  private readonly islands: Island[];
  private readonly context: SearchContext;

  constructor(context: SearchContext) {
    this.context = context;
    const { grammar, evolution, objective, random } = context;
    this.islands = Array.from(
      { length: evolution.populations },
      (_, i) => new Island(i, objective, grammar, evolution, random.split(1000 + i)),
    );
  }

  async seed(trees: readonly (readonly Fitted[])[]): Promise<number> {
    const { objective } = this.context;
    const start = objective.usedRows;
    this.islands.forEach((island, i) => {
      island.seed(trees[i]);
    });
    return objective.usedRows - start;
  }

  async epoch(migrants: readonly (readonly Fitted[])[], maxRows: number): Promise<IslandReport[]> {
    const { budget } = this.context;
    const reports: IslandReport[] = [];
    for (let i = 0; i < this.islands.length; i++) {
      // Evaluation budgets end an epoch through `maxRows`, so only time and the user are polled here.
      reports.push(this.islands[i].run(migrants[i], maxRows, () => budget.exhausted(0) !== undefined));
      await breathe();
      this.context.report();
    }
    return reports;
  }

  dispose(): void {}
}
