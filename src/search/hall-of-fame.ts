import type { Expression } from '../expressions/index.ts';
import type { Fitted } from './objective.ts';
import type { PlaceState } from './state/run-state.ts';
import type { Syntax } from './syntax.ts';
import type { TreePacker } from './tree-packer.ts';

/** One member of the hall: a fitted tree and its complexity. */
export interface HallEntry extends Fitted {
  readonly complexity: number;
}

/** What the hall asks of a syntax. */
type HallSyntax = Pick<Syntax, 'complexity' | 'key'>;

/** Other structures remembered at each complexity: the law may not be the one that fits best there. */
const RUNNERS_UP = 9;

interface Place {
  best: HallEntry | undefined;
  /** By rank, lowest first; each of another structure. */
  readonly runners: (HallEntry & { readonly rank: number; readonly key: string })[];
}

/** The best tree found at every complexity, with a few runners-up for the final choice. */
export class HallOfFame {
  private readonly places: Place[];
  private readonly rank: (tree: Expression, loss: number) => number;

  private readonly syntax: HallSyntax;

  /** @param rank orders the runners-up of a complexity, lowest first */
  constructor(maxSize: number, syntax: HallSyntax, rank: (tree: Expression, loss: number) => number) {
    this.syntax = syntax;
    this.places = Array.from({ length: maxSize + 1 }, () => ({ best: undefined, runners: [] }));
    this.rank = rank;
  }

  /** Enters a tree when it is among the best of its complexity; ties keep the older one. True for a new best. */
  offer(tree: Expression, loss: number): boolean {
    const size = this.syntax.complexity(tree);
    const place = this.places[size];
    if (!Number.isFinite(loss) || !place) return false;
    const entry = { tree, loss, complexity: size };
    const first = place.best === undefined || loss < place.best.loss;
    if (first) place.best = entry;
    this.remember(place, entry);
    return first;
  }

  /** Remembers a tree among the runners-up alone. */
  keep(tree: Expression, loss: number): void {
    const complexity = this.syntax.complexity(tree);
    const place = this.places[complexity];
    if (Number.isFinite(loss) && place) this.remember(place, { tree, loss, complexity });
  }

  private remember({ runners }: Place, entry: HallEntry): void {
    const rank = this.rank(entry.tree, entry.loss);
    if (runners.length > RUNNERS_UP && runners[RUNNERS_UP].rank <= rank) return;
    const key = this.syntax.key(entry.tree);
    const same = runners.findIndex((runner) => runner.key === key);
    if (same >= 0) {
      if (runners[same].rank <= rank) return;
      runners.splice(same, 1);
    }
    let at = runners.length;
    while (at > 0 && runners[at - 1].rank > rank) at--;
    runners.splice(at, 0, { ...entry, rank, key });
    if (runners.length > 1 + RUNNERS_UP) runners.pop();
  }

  /** True when the tree would become the best of its complexity. */
  improves(tree: Expression, loss: number): boolean {
    const place = this.places[this.syntax.complexity(tree)];
    return Number.isFinite(loss) && place !== undefined && (place.best === undefined || loss < place.best.loss);
  }

  /** Makes the tree the one that stands for its complexity, whatever its loss. */
  replace(tree: Expression, loss: number): void {
    const size = this.syntax.complexity(tree);
    const place = this.places[size];
    if (Number.isFinite(loss) && place) place.best = { tree, loss, complexity: size };
  }

  /** Takes away what is simpler than the tree and fits as well: the tree then stands on the front. */
  clearBelow(tree: Expression, loss: number): void {
    for (const place of this.places.slice(0, this.syntax.complexity(tree))) {
      if (place.best && place.best.loss <= loss) place.best = undefined;
    }
  }

  /** The best of each complexity. */
  all(): HallEntry[] {
    return this.places.flatMap(({ best }) => best ?? []);
  }

  /** The best and the runners-up of each complexity. */
  candidates(): HallEntry[] {
    return this.places.flatMap(({ best, runners }) => {
      const others: HallEntry[] = runners.filter((runner) => runner.tree !== best?.tree);
      return best ? [best, ...others] : others;
    });
  }

  /** The Pareto front: entries that beat every simpler one. */
  front(): HallEntry[] {
    const front: HallEntry[] = [];
    let lowest = Infinity;
    for (const entry of this.all()) {
      if (entry.loss < lowest) {
        lowest = entry.loss;
        front.push(entry);
      }
    }
    return front;
  }

  /** Lowest loss of all. */
  lowest(): number {
    return Math.min(...this.all().map((entry) => entry.loss));
  }

  /** The whole hall as plain data. */
  snapshot(packer: TreePacker): PlaceState[] {
    return this.places.flatMap(({ best, runners }, complexity) => {
      if (!best && runners.length === 0) return [];
      const at = runners.findIndex((runner) => runner.tree === best?.tree && runner.loss === best.loss);
      const alone = best !== undefined && at < 0;
      const ranks = runners.map((runner) => runner.rank);
      return {
        complexity,
        entries: packer.pack(alone ? [best, ...runners] : runners),
        ranks: Float64Array.from(alone ? [Number.NaN, ...ranks] : ranks),
        best: alone ? 0 : best ? at : -1,
      };
    });
  }

  restore(states: readonly PlaceState[], packer: TreePacker): void {
    this.clear();
    for (const { complexity, entries, ranks, best } of states) {
      const place = this.places[complexity];
      if (!place) continue;
      const trees = packer.unpack(entries).map((fitted) => ({ ...fitted, complexity }));
      place.best = trees[best];
      trees.forEach((entry, i) => {
        if (Number.isNaN(ranks[i])) return;
        place.runners.push({ ...entry, rank: ranks[i], key: this.syntax.key(entry.tree) });
      });
    }
  }

  clear(): void {
    for (const place of this.places) {
      place.best = undefined;
      place.runners.length = 0;
    }
  }
}
