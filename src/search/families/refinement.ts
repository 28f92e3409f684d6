import type { Sample } from './argument.ts';
import type { Curve } from './curve-search.ts';
import { lineMinimum } from './line-minimum.ts';
import { type GroupData, ProjectionGroup } from './projection-group.ts';

/** A curve at constants that are to be refined, and between which values they lie. */
export interface Start {
  readonly curve: Curve;
  readonly k: number;
  readonly c: number;
  readonly aroundK: readonly [number, number];
  readonly aroundC: readonly [number, number];
  /** Fraction of the target's square that is left. */
  readonly unexplained: number;
}

/** How closely a minimum is looked for. */
export interface Precision {
  readonly tolerance: number;
  readonly evaluations: number;
  /** Turns in which two constants are refined one after the other. */
  readonly turns: number;
  /** Part of the way to the neighbouring points of the grid within which it is looked for. */
  readonly reach: number;
}

export const ROUGH: Precision = { tolerance: 1e-3, evaluations: 12, turns: 1, reach: 1 };
export const FINE: Precision = { tolerance: 1e-8, evaluations: 13, turns: 3, reach: 0.1 };

/** Refines constants on one sample of the rows. */
export class Refinement {
  private readonly exact: ProjectionGroup;
  private readonly first: Float64Array;
  private readonly second: Float64Array;

  constructor(
    private readonly sample: Sample,
    data: GroupData,
  ) {
    this.exact = new ProjectionGroup(data);
    this.first = new Float64Array(this.exact.rows);
    this.second = new Float64Array(this.exact.rows);
  }

  /** The constants near the start at which most of a target is explained. */
  refine(start: Start, target: number, { tolerance, evaluations, turns, reach }: Precision): Start {
    const { exact, first, second, sample } = this;
    const { curve } = start;
    const aroundK = within(start.aroundK, start.k, reach);
    const aroundC = within(start.aroundC, start.c, reach);
    const { argument, shape } = curve;
    const unexplained = (k: number, c: number): number => {
      shape.fill(argument, sample, k, c, first, second);
      return exact.unexplained(target, first, shape.columns === 2 ? second : undefined);
    };
    let { k, c } = start;
    let left = unexplained(k, c);
    const movesC = aroundC[0] < aroundC[1];
    for (let turn = 0; turn < (movesC ? turns : 1); turn++) {
      if (aroundK[0] < aroundK[1]) {
        const byK = lineMinimum((x) => unexplained(x, c), aroundK[0], aroundK[1], k, tolerance, evaluations);
        if (byK.value < left) {
          k = byK.at;
          left = byK.value;
        }
      }
      if (!movesC) break;
      const byC = lineMinimum((x) => unexplained(k, x), aroundC[0], aroundC[1], c, tolerance, evaluations);
      if (byC.value < left) {
        c = byC.at;
        left = byC.value;
      }
    }
    return { ...start, k, c, unexplained: left };
  }
}

function within([low, high]: readonly [number, number], at: number, reach: number): readonly [number, number] {
  return [at - reach * (at - low), at + reach * (high - at)];
}
