import { complexity, type Expression, structureKey } from '../expressions/index.ts';
import type { Fitted } from './objective.ts';

/** One member of the hall: a fitted tree and its complexity. */
export interface HallEntry extends Fitted {
  readonly complexity: number;
}

/** Trees of different structure remembered at each complexity: the law may not be the one that fits best there. */
const RUNNERS_UP = 9;

/** The best tree found at every complexity, with a few runners-up for the final choice. */
export class HallOfFame {
  /** Shape [maxSize + 1][<= 1 + RUNNERS_UP], by loss. */
  private readonly entries: HallEntry[][];

  constructor(maxSize: number) {
    this.entries = Array.from({ length: maxSize + 1 }, () => []);
  }

  /** Enters a tree when it is among the best of its complexity; ties keep the older one. True for a new best. */
  offer(tree: Expression, loss: number): boolean {
    if (!Number.isFinite(loss)) return false;
    const size = complexity(tree);
    const held = this.entries[size];
    if (!held) return false;
    const last = held[held.length - 1];
    if (held.length > RUNNERS_UP && last.loss <= loss) return false;
    const key = structureKey(tree);
    const same = held.findIndex((entry) => structureKey(entry.tree) === key);
    if (same >= 0) {
      if (held[same].loss <= loss) return false;
      held.splice(same, 1);
    }
    let at = held.length;
    while (at > 0 && held[at - 1].loss > loss) at--;
    held.splice(at, 0, { tree, loss, complexity: size });
    if (held.length > 1 + RUNNERS_UP) held.pop();
    return at === 0;
  }

  /** True when `offer` would make the tree the best of its complexity. */
  improves(tree: Expression, loss: number): boolean {
    const held = this.entries[complexity(tree)];
    return Number.isFinite(loss) && held !== undefined && (held.length === 0 || loss < held[0].loss);
  }

  /** Makes the tree the one that stands for its complexity, whatever its loss. */
  replace(tree: Expression, loss: number): void {
    const size = complexity(tree);
    if (Number.isFinite(loss) && size < this.entries.length) this.entries[size] = [{ tree, loss, complexity: size }];
  }

  /** The best of each complexity. */
  all(): HallEntry[] {
    return this.entries.flatMap((held) => held.slice(0, 1));
  }

  /** The best and the runners-up of each complexity. */
  candidates(): HallEntry[] {
    return this.entries.flat();
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
    for (const held of this.entries) if (held.length > 0 && held[0].loss < best) best = held[0].loss;
    return best;
  }

  clear(): void {
    for (const held of this.entries) held.length = 0;
  }
}
