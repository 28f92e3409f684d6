import { dotAt } from '../four-vectors.ts';

/**
 * |M|^2 of e- e+ -> mu- mu+ in quantum electrodynamics without masses, averaged over the spins of the beams and summed
 * over the others.
 *
 * 2 e^4 (t^2 + u^2) / s^2, which is e^4 (1 + cos^2 theta).
 *
 * @param event momenta of e-, e+, mu-, mu+: shape [4, 4], GeV
 * @param alpha the coupling e^2 / 4 pi
 * @see Peskin, Schroeder, "An introduction to quantum field theory", eq. 5.10
 * @example muonPair([1, 0, 0, 1, 1, 0, 0, -1, 1, 0, 0, 1, 1, 0, 0, -1], 1 / (4 * Math.PI)) // 2.000000
 */
export function muonPair(event: ArrayLike<number>, alpha = 1 / 137.035999): number {
  const [s, t, u] = [dotAt(event, 0, event, 4), dotAt(event, 0, event, 8), dotAt(event, 0, event, 12)];
  return (2 * (4 * Math.PI * alpha) ** 2 * (t * t + u * u)) / (s * s);
}
