import { breathe, now } from '../core/index.ts';
import type { SearchContext } from './context.ts';
import { Island, type IslandReport, type IslandState } from './island.ts';
import type { Fitted } from './objective.ts';
import { type IslandSpace, islandSpaces, spaceOfIsland } from './reduced/island-space.ts';
import type { Reduction } from './reduced/reduction.ts';

/** What every island is told at the start of an epoch. */
export interface EpochPlan {
  /** Shape [islands]. */
  readonly migrants: readonly (readonly Fitted[])[];
  /** Quota of each island. */
  readonly maxRows: number;
  /** Largest complexity while the limit warms up. */
  readonly maxSize: number;
  /** Whether every island starts from a new random population. */
  readonly afresh: boolean;
}

/** Runs a set of islands in step; the answer does not depend on where they run. */
export interface IslandExecutor {
  /** Rows that must be added to the objective's own count. */
  readonly remote: boolean;
  /** Seeds island i with `trees[i]`; returns the rows passed over. */
  seed(trees: readonly (readonly Fitted[])[]): Promise<number>;
  /** Takes up saved islands; an epoch they were inside of goes on with the next `epoch`. */
  restore(states: readonly IslandState[]): Promise<void>;
  /**
   * Runs the first part of an epoch, which `epoch` then ends: every island until it has passed over so many rows.
   *
   * @returns whether an island came so far before the epoch was over for it
   */
  hold(plan: EpochPlan, rows: number): Promise<boolean>;
  /** One epoch of every island; reports in the order of the islands. */
  epoch(plan: EpochPlan): Promise<IslandReport[]>;
  /** State of every island between epochs, shape [islands]. */
  states(): Promise<readonly IslandState[]>;
  dispose(): void;
}

/** Longest time that an island runs before timers, progress and the saving of states get their turn. */
export const SLICE_SECONDS = 0.25;

/** Whether an island is to let others have their turn. */
export function pauses(island: Island, until: number, rows: number): boolean {
  return island.rowsOfEpoch >= rows || now() > until;
}

/** All islands on this thread. */
export class InlineExecutor implements IslandExecutor {
  readonly remote = false;
  private readonly islands: Island[];
  private readonly spaces: readonly IslandSpace[];
  private readonly context: SearchContext;

  constructor(context: SearchContext, reductions: readonly Reduction[]) {
    this.context = context;
    const { syntax, evolution, objective, random, packer } = context;
    this.spaces = islandSpaces(syntax, objective, reductions);
    const { screen: device } = context.device;
    device?.setData(objective.problem, objective.device);
    this.islands = Array.from({ length: evolution.populations }, (_, i) => {
      const space = spaceOfIsland(this.spaces, i);
      const screen = space.objective === objective ? device : undefined;
      return new Island(i, space.objective, space.syntax, evolution, random.split(1000 + i), packer, screen);
    });
  }

  /** Rows that were passed over in reductions count as the user's own. */
  private countRows(): void {
    const [own, ...reduced] = this.spaces;
    for (const { objective } of reduced) {
      own.objective.usedRows += objective.usedRows;
      objective.usedRows = 0;
    }
  }

  async seed(trees: readonly (readonly Fitted[])[]): Promise<number> {
    const { objective } = this.context;
    const start = objective.usedRows;
    this.islands.forEach((island, i) => {
      island.seed(trees[i]);
    });
    this.countRows();
    return objective.usedRows - start;
  }

  async restore(states: readonly IslandState[]): Promise<void> {
    const { packer, objective } = this.context;
    if (!packer) return;
    this.islands.forEach((island, i) => {
      island.restore(states[i], packer);
      // Work of the open epoch is reported at its end; this thread's count runs along.
      objective.usedRows += states[i].epoch?.usedRows ?? 0;
    });
  }

  async states(): Promise<IslandState[]> {
    return this.snapshots();
  }

  private snapshots(): IslandState[] {
    const { packer } = this.context;
    return packer ? this.islands.map((island) => island.snapshot(packer)) : [];
  }

  async epoch(plan: EpochPlan): Promise<IslandReport[]> {
    await this.run(plan, Infinity);
    return this.islands.map((island) => island.report());
  }

  async hold(plan: EpochPlan, rows: number): Promise<boolean> {
    await this.run(plan, rows);
    return this.islands.some((island) => island.rowsOfEpoch >= rows);
  }

  private async run({ migrants, maxRows, maxSize, afresh }: EpochPlan, rows: number): Promise<void> {
    const { budget, report, log } = this.context;
    this.islands.forEach((island, i) => {
      island.begin(migrants[i], maxRows, maxSize, afresh);
    });
    this.countRows();
    for (const island of this.islands) {
      let over = false;
      while (!over && island.rowsOfEpoch < rows) {
        const until = now() + SLICE_SECONDS;
        // Evaluation budgets end an epoch through `maxRows`, so only time and the user are polled here.
        over = island.advance(() => (budget.exhausted(0) ? 'stop' : pauses(island, until, rows) ? 'pause' : undefined));
        this.countRows();
        await breathe();
        report();
        log.save(() => this.snapshots(), budget.exhausted(0) !== undefined);
      }
    }
  }

  dispose(): void {
    for (const space of this.spaces) space.dispose();
  }
}
