import type { ProblemGroup } from './problem.ts';
import { ProjectionGroup } from './projection-group.ts';

/** A column of which less than this part of the square lies outside the others adds nothing. */
const COLLINEAR = 1e-10;
/** The same of two columns outside the basis, for their determinant. */
const PARALLEL = 1e-8;
/** Vectors that are multiplied at a time. */
const LANES = 4;

/** Problems under the same row weights, and the vectors that a column meets: bases and remainders. */
interface WeightClass {
  readonly rootWeights: Float64Array;
  /** Blocks of four vectors, shape [blocks][rows][4]. */
  readonly vectors: Float64Array;
  readonly count: number;
  readonly groups: readonly {
    readonly basisStart: number;
    readonly basisEnd: number;
    readonly start: number;
    readonly end: number;
    /** Number of the first problem. */
    readonly problem: number;
  }[];
}

/**
 * Keeps, for every problem, which column explained most of its target so far.
 *
 * Bases and what they leave of the targets are orthonormal, so that a column needs products with them alone.
 * Write columns into `first` and `second`, then call `raise`; nothing is allocated.
 */
export class Screen {
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** Fraction of each problem's target that is explained, and the place noted with it. */
  readonly best: Float64Array;
  readonly places: Int32Array;
  private readonly classes: readonly WeightClass[];
  private readonly weighedFirst: Float64Array;
  private readonly weighedSecond: Float64Array;
  private readonly alongFirst: Float64Array;
  private readonly alongSecond: Float64Array;

  /** @param rows indices of the rows that are looked at */
  constructor(groups: readonly ProblemGroup[], rows: Int32Array) {
    const problems = groups.reduce((sum, group) => sum + group.problems.length, 0);
    this.first = new Float64Array(rows.length);
    this.second = new Float64Array(rows.length);
    this.weighedFirst = new Float64Array(rows.length);
    this.weighedSecond = new Float64Array(rows.length);
    this.best = new Float64Array(problems);
    this.places = new Int32Array(problems);
    this.classes = classesOf(groups, rows);
    const most = Math.max(0, ...this.classes.map(({ vectors }) => vectors.length / rows.length));
    this.alongFirst = new Float64Array(most);
    this.alongSecond = new Float64Array(most);
  }

  /** Forgets what was best. */
  reset(): void {
    this.best.fill(0);
  }

  /** Looks at the two columns, each for itself. */
  raiseEach(placeOfFirst: number, placeOfSecond: number): void {
    for (let k = 0; k < this.classes.length; k++) {
      const { groups } = this.classes[k];
      this.multiply(this.classes[k]);
      const { alongFirst, alongSecond, weighedFirst, weighedSecond } = this;
      const squareFirst = square(weighedFirst);
      const squareSecond = square(weighedSecond);
      for (let g = 0; g < groups.length; g++) {
        const { basisStart, basisEnd, start, end, problem } = groups[g];
        let first = squareFirst;
        let second = squareSecond;
        for (let v = basisStart; v < basisEnd; v++) {
          first -= alongFirst[v] * alongFirst[v];
          second -= alongSecond[v] * alongSecond[v];
        }
        if (first > COLLINEAR * squareFirst && squareFirst < Infinity) {
          this.note(alongFirst, start, end, problem, 1 / first, placeOfFirst);
        }
        if (second > COLLINEAR * squareSecond && squareSecond < Infinity) {
          this.note(alongSecond, start, end, problem, 1 / second, placeOfSecond);
        }
      }
    }
  }

  /** Looks at the two columns together. */
  raiseBoth(place: number): void {
    for (let k = 0; k < this.classes.length; k++) {
      const { groups } = this.classes[k];
      this.multiply(this.classes[k]);
      const { alongFirst: p, alongSecond: q, weighedFirst, weighedSecond, best, places } = this;
      const squareFirst = square(weighedFirst);
      const squareSecond = square(weighedSecond);
      if (!(squareFirst < Infinity && squareSecond < Infinity)) continue;
      const product = productOf(weighedFirst, weighedSecond);
      for (let g = 0; g < groups.length; g++) {
        const { basisStart, basisEnd, start, end, problem } = groups[g];
        let first = squareFirst;
        let second = squareSecond;
        let across = product;
        for (let v = basisStart; v < basisEnd; v++) {
          first -= p[v] * p[v];
          second -= q[v] * q[v];
          across -= p[v] * q[v];
        }
        const determinant = first * second - across * across;
        if (!(first > COLLINEAR * squareFirst && second > COLLINEAR * squareSecond)) continue;
        if (!(determinant > PARALLEL * first * second)) continue;
        for (let v = start; v < end; v++) {
          const explained = (p[v] * p[v] * second + q[v] * q[v] * first - 2 * p[v] * q[v] * across) / determinant;
          if (explained > best[problem + v - start]) {
            best[problem + v - start] = explained;
            places[problem + v - start] = place;
          }
        }
      }
    }
  }

  private note(along: Float64Array, start: number, end: number, problem: number, over: number, place: number): void {
    const { best, places } = this;
    for (let v = start; v < end; v++) {
      const explained = along[v] * along[v] * over;
      if (explained > best[problem + v - start]) {
        best[problem + v - start] = explained;
        places[problem + v - start] = place;
      }
    }
  }

  /** Products of both weighed columns with every vector of a class. */
  private multiply({ rootWeights, vectors, count }: WeightClass): void {
    const { first, second, weighedFirst, weighedSecond, alongFirst, alongSecond } = this;
    const rows = first.length;
    for (let i = 0; i < rows; i++) {
      weighedFirst[i] = first[i] * rootWeights[i];
      weighedSecond[i] = second[i] * rootWeights[i];
    }
    for (let v = 0, at = 0; v < count; v += LANES, at += LANES * rows) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      let e = 0;
      let f = 0;
      let g = 0;
      let h = 0;
      for (let i = 0, p = at; i < rows; i++, p += LANES) {
        const x = weighedFirst[i];
        const y = weighedSecond[i];
        a += x * vectors[p];
        b += x * vectors[p + 1];
        c += x * vectors[p + 2];
        d += x * vectors[p + 3];
        e += y * vectors[p];
        f += y * vectors[p + 1];
        g += y * vectors[p + 2];
        h += y * vectors[p + 3];
      }
      alongFirst[v] = a;
      alongFirst[v + 1] = b;
      alongFirst[v + 2] = c;
      alongFirst[v + 3] = d;
      alongSecond[v] = e;
      alongSecond[v + 1] = f;
      alongSecond[v + 2] = g;
      alongSecond[v + 3] = h;
    }
  }
}

/** Groups by their row weights; those that share an array share the work. */
function classesOf(groups: readonly ProblemGroup[], rows: Int32Array): WeightClass[] {
  const take = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row]);
  const byWeights = new Map<Float64Array, { group: ProblemGroup; problem: number }[]>();
  let problem = 0;
  for (const group of groups) {
    byWeights.set(group.rootWeights, [...(byWeights.get(group.rootWeights) ?? []), { group, problem }]);
    problem += group.problems.length;
  }
  return [...byWeights].map(([weights, members]) => {
    const rootWeights = take(weights);
    const vectors: Float64Array[] = [];
    const placed = members.map(({ group, problem }) => {
      const targets = group.problems.map(({ z }) => take(z));
      const projected = new ProjectionGroup({ rootWeights, basis: group.basis.map(take), targets });
      const basisStart = vectors.length;
      vectors.push(...projected.basis);
      const basisEnd = vectors.length;
      vectors.push(...projected.remainders);
      return { basisStart, basisEnd, start: basisEnd, end: vectors.length, problem };
    });
    return { rootWeights, vectors: inBlocks(vectors, rows.length), count: vectors.length, groups: placed };
  });
}

function inBlocks(vectors: readonly Float64Array[], rows: number): Float64Array {
  const out = new Float64Array(Math.ceil(vectors.length / LANES) * LANES * rows);
  vectors.forEach((vector, v) => {
    const at = Math.floor(v / LANES) * LANES * rows + (v % LANES);
    for (let i = 0; i < rows; i++) out[at + i * LANES] = vector[i];
  });
  return out;
}

function square(column: Float64Array): number {
  return productOf(column, column);
}

function productOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
