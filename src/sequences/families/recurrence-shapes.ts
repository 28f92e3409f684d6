/** Which coefficients a recurrence may have: sum_j p_j(n) u(n + j) = q(n). */
export interface Shape {
  /** Degree of p_j at most, j = 0..r; -1 where p_j is absent. */
  readonly degrees: readonly number[];
  /** Degree of q at most; -1 where the recurrence is homogeneous. */
  readonly constant: number;
}

/** Coefficients that a shape leaves free, one of which is a common factor. */
export function unknownsOf({ degrees, constant }: Shape): number {
  return degrees.reduce((sum, degree) => sum + degree + 1, 0) + constant + 1;
}

const MOST_ORDER = 5;
const MOST_DEGREE = 5;
const MOST_CONSTANT = 3;

/** Shapes and how they lie in each other. */
export interface Shapes {
  /** From the fewest coefficients up. */
  readonly all: readonly Shape[];
  /** Those that lie in no other: where these have no solution, nothing has. */
  readonly largest: readonly Shape[];
  /** For each shape, the indices of the largest ones that it lies in. */
  readonly within: readonly (readonly number[])[];
}

/**
 * Shapes whose coefficients a number of terms can fix and confirm.
 *
 * All coefficients of one degree, or a leading one that is a number, as in u(n) = (n - 1) (u(n - 1) + u(n - 2)), or u(n)
 * against u(n - r) alone. Shapes of constant coefficients without q are left to Berlekamp and Massey.
 *
 * @param terms given terms
 * @param surplus equations that must be left to confirm a recurrence
 */
export function shapesFor(terms: number, surplus: number): Shapes {
  const key = terms * 16 + surplus;
  const known = cache.get(key);
  if (known) return known;
  const all = everyShape().filter((shape) => terms - (shape.degrees.length - 1) - (unknownsOf(shape) - 1) >= surplus);
  const largest = all.filter((shape) => !all.some((other) => other !== shape && liesIn(shape, other)));
  const within = all.map((shape) => largest.flatMap((other, i) => (liesIn(shape, other) ? [i] : [])));
  const shapes: Shapes = { all, largest, within };
  cache.set(key, shapes);
  return shapes;
}

const cache = new Map<number, Shapes>();
let listed: Shape[] | undefined;

function everyShape(): Shape[] {
  if (listed) return listed;
  const shapes: Shape[] = [];
  for (let order = 1; order <= MOST_ORDER; order++) {
    for (let degree = 0; degree <= MOST_DEGREE; degree++) {
      for (let constant = -1; constant <= MOST_CONSTANT; constant++) {
        if (degree > 0 || constant >= 0) shapes.push({ degrees: new Array(order + 1).fill(degree), constant });
        if (degree > 0) shapes.push({ degrees: [...new Array(order).fill(degree), 0], constant });
        if (order > 1 && (degree > 0 || constant >= 0)) {
          shapes.push({ degrees: [degree, ...new Array(order - 1).fill(-1), degree], constant });
        }
      }
    }
  }
  shapes.sort((a, b) => unknownsOf(a) + a.degrees.length - unknownsOf(b) - b.degrees.length);
  listed = shapes;
  return shapes;
}

/** Whether every recurrence of the one shape is one of the other, its index moved at most. */
function liesIn(small: Shape, large: Shape): boolean {
  if (small.constant > large.constant) return false;
  for (let move = 0; move <= large.degrees.length - small.degrees.length; move++) {
    if (small.degrees.every((degree, j) => degree <= large.degrees[j + move])) return true;
  }
  return false;
}
