import { complexity, type Expression } from '../expressions/index.ts';
import type { Fitted } from './objective.ts';

/** One member of the hall: a fitted tree and its complexity. */
export interface HallEntry extends Fitted {
  readonly complexity: number;
}

/** The best tree found at every complexity. */
export class HallOfFame {
  private readonly entries: (HallEntry | undefined)[];

  constructor(maxSize: number) {
    this.entries = new Array(maxSize + 1).fill(undefined);
  }

  /** Enters a tree when it beats the entry of its complexity; ties keep the older one. */
  offer(tree: Expression, loss: number): boolean {
    if (!Number.isFinite(loss)) return false;
    const size = complexity(tree);
    if (size >= this.entries.length) return false;
    const held = this.entries[size];
    if (held && held.loss <= loss) return false;
    this.entries[size] = { tree, loss, complexity: size };
    return true;
  }

  /** True when `offer` would enter the tree. */
  improves(tree: Expression, loss: number): boolean {
    const held = this.entries[complexity(tree)];
    return Number.isFinite(loss) && (held === undefined || loss < held.loss);
  }

  /** The entry of a complexity. */
  at(size: number): HallEntry | undefined {
    return this.entries[size];
  }

  /** Sets the entry of the tree's complexity whatever stood there. */
  replace(tree: Expression, loss: number): void {
    const size = complexity(tree);
    if (Number.isFinite(loss) && size < this.entries.length) this.entries[size] = { tree, loss, complexity: size };
  }

  /** All entries, by complexity. */
  all(): HallEntry[] {
    return this.entries.filter((entry): entry is HallEntry => entry !== undefined);
  }

  /** The Pareto front: entries that beat every simpler one. */
  front(): HallEntry[] {
    const front: HallEntry[] = [];
    let best = Infinity;
    for (const entry of this.all()) {
      if (entry.loss < best) {
        best = entry.loss;
        front.push(entry);
      }
    }
    return front;
  }

  /** Lowest loss of all. */
  lowest(): number {
    let best = Infinity;
    for (const entry of this.entries) if (entry && entry.loss < best) best = entry.loss;
    return best;
  }

  clear(): void {
    this.entries.fill(undefined);
  }
}
