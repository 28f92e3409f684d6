import { type IntegerPolynomial, Rational } from '../../numerics/index.ts';

/** An edge of the Newton polygon of a recurrence. */
export interface Edge {
  /** The power a of n! that goes with it. */
  readonly slope: Rational;
  /** degree p_j + a j on the edge. */
  readonly height: Rational;
  /** sum over points of the edge of lead(p_j) r^j; roots other than 0 are the bases. */
  readonly polynomial: IntegerPolynomial;
}

/**
 * The edges of the upper hull of the points (j, degree of p_j).
 *
 * With u(n) = n!^a r^n the term p_j(n) u(n + j) is of order n^(deg p_j + a j): two of them balance on an edge of slope -a.
 *
 * @param coefficients p_0, ..., p_r
 * @returns edges, largest a first
 * @see J. Wimp, D. Zeilberger, Resurrecting the asymptotics of linear recurrences
 * @example newtonEdges([[-1n, -1n], [1n]])[0].slope // { num: 1n, den: 1n }
 */
export function newtonEdges(coefficients: readonly IntegerPolynomial[]): Edge[] {
  const points = coefficients.map((p, j) => ({ j, degree: p.length - 1 })).filter(({ degree }) => degree >= 0);
  const edges: Edge[] = [];
  for (let at = 0; at < points.length - 1; ) {
    const rise = (k: number) => (points[k].degree - points[at].degree) / (points[k].j - points[at].j);
    let next = at + 1;
    for (let k = at + 1; k < points.length; k++) if (rise(k) >= rise(next)) next = k;
    const slope = Rational.of(points[at].degree - points[next].degree, points[next].j - points[at].j);
    const level = (j: number, degree: number) =>
      Rational.add(Rational.of(degree), Rational.multiply(slope, Rational.of(j)));
    const height = level(points[at].j, points[at].degree);
    const polynomial = coefficients.map((p, j) =>
      p.length > 0 && Rational.equal(level(j, p.length - 1), height) ? p[p.length - 1] : 0n,
    );
    const last = polynomial.findLastIndex((value) => value !== 0n);
    edges.push({ slope, height, polynomial: polynomial.slice(0, last + 1) });
    at = next;
  }
  return edges.reverse();
}
