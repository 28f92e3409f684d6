/** A subset of columns, its indices ascending. */
export interface Subset {
  readonly subset: readonly number[];
  /** Share of the target's square that is left. */
  readonly residual: number;
}

/** The subsets of least residual in each of several classes, without repetition. */
export class KeptSubsets {
  /** By class: a subset is kept only below this residual. */
  readonly thresholds: Float64Array;
  private readonly held: Subset[][];

  constructor(
    classes: number,
    private readonly limit: number,
  ) {
    this.thresholds = new Float64Array(classes).fill(limit > 0 ? Infinity : -Infinity);
    this.held = Array.from({ length: classes }, () => []);
  }

  /** Keeps a subset whose residual is below its class's threshold. */
  offer(kind: number, indices: readonly number[], residual: number): void {
    const list = this.held[kind];
    const subset = [...indices].sort((a, b) => a - b);
    if (list.some((other) => other.subset.every((index, i) => index === subset[i]))) return;
    let at = list.length;
    while (at > 0 && list[at - 1].residual > residual) at--;
    list.splice(at, 0, { subset, residual });
    if (list.length > this.limit) list.pop();
    if (list.length === this.limit) this.thresholds[kind] = list[this.limit - 1].residual;
  }

  /** All that is kept, least residual first. */
  all(): Subset[] {
    return this.held.flat().sort((a, b) => a.residual - b.residual);
  }
}
