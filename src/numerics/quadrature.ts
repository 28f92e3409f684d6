import { OptionError } from '../core/index.ts';

/** Nodes and weights of a quadrature on [-1, 1]. */
export interface Quadrature {
  /** Ascending, shape [n]. */
  readonly nodes: Float64Array;
  /** Shape [n]; they sum to 2. */
  readonly weights: Float64Array;
}

const MOST_NODES = 1000;

/**
 * The Gauss-Legendre rule on [-1, 1]: n nodes integrate polynomials of degree 2n - 1 exactly.
 *
 * The nodes are the zeros of the Legendre polynomial P_n, by Newton's method; the weights are
 * 2 / ((1 - x^2) P_n'(x)^2).
 *
 * @param n 1 to 1000
 * @throws OptionError "out-of-range"
 * @example gaussLegendre(2).nodes // [-0.5773502691896257, 0.5773502691896257]
 */
export function gaussLegendre(n: number): Quadrature {
  if (!(Number.isInteger(n) && n >= 1 && n <= MOST_NODES)) {
    throw new OptionError('out-of-range', 'nodes', `${n} is no rule`, `give a whole number from 1 to ${MOST_NODES}`);
  }
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < Math.ceil(n / 2); i++) {
    let x = 2 * i + 1 === n ? 0 : Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    // The start is within the basin of quadratic convergence for every n.
    for (let round = 0; round < 6; round++) {
      let previous = 1;
      let value = x;
      for (let k = 2; k <= n; k++) {
        const next = ((2 * k - 1) * x * value - (k - 1) * previous) / k;
        previous = value;
        value = next;
      }
      slope = (n * (previous - x * value)) / (1 - x * x);
      if (x !== 0) x -= value / slope;
    }
    nodes[i] = x === 0 ? 0 : -x;
    nodes[n - 1 - i] = x;
    weights[i] = weights[n - 1 - i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
