import { gaussLegendre, type Quadrature } from './quadrature.ts';

/** A Gauss-Legendre rule that also integrates up to each of its nodes. */
export interface CumulativeQuadrature extends Quadrature {
  /** The integral from -1 to node i of the polynomial that is 1 at node j and 0 at the others; at i * n + j. */
  readonly cumulative: Float64Array;
  /** Values at -1, -0.5, 0.5 and 1 of those polynomials; at point * n + j. */
  readonly probes: Float64Array;
}

/** Where `probes` evaluates. */
export const PROBE_POINTS: readonly number[] = [-1, -0.5, 0.5, 1];

/**
 * The rule with n nodes and its integrals up to the nodes, exact for polynomials of degree n - 1.
 *
 * The polynomial of node j is the sum over k < n of (2k + 1)/2 w_j P_k(x_j) P_k(x), and the integral of P_k is
 * (P_(k+1) - P_(k-1)) / (2k + 1).
 *
 * @param n 1 to 1000
 * @throws OptionError "out-of-range"
 * @example cumulativeQuadrature(2).cumulative[1] // -0.07735026919
 */
export function cumulativeQuadrature(n: number): CumulativeQuadrature {
  const { nodes, weights } = gaussLegendre(n);
  const at = Array.from(nodes, (x) => legendre(n, x));
  const cumulative = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = nodes[i] + 1;
      for (let k = 1; k < n; k++) sum += at[j][k] * (at[i][k + 1] - at[i][k - 1]);
      cumulative[i * n + j] = (sum * weights[j]) / 2;
    }
  }
  const probes = new Float64Array(PROBE_POINTS.length * n);
  PROBE_POINTS.forEach((x, probe) => {
    const values = legendre(n, x);
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += (2 * k + 1) * at[j][k] * values[k];
      probes[probe * n + j] = (sum * weights[j]) / 2;
    }
  });
  return { nodes, weights, cumulative, probes };
}

/** P_0 .. P_n at x. */
function legendre(n: number, x: number): Float64Array {
  const values = new Float64Array(n + 1);
  values[0] = 1;
  if (n > 0) values[1] = x;
  for (let k = 2; k <= n; k++) values[k] = ((2 * k - 1) * x * values[k - 1] - (k - 1) * values[k - 2]) / k;
  return values;
}
