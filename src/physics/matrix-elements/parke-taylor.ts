import { ShapeError } from '../../core/index.ts';
import { dotAt } from '../four-vectors.ts';

const [COLOURS, GLUON_STATES] = [3, 2 * 8];

/**
 * |M|^2 of g g -> g ... g from the amplitudes of maximal helicity violation, averaged over spins and colours of the first
 * two, summed over the others, without the 1/n! of equal particles.
 *
 * g^(2n) N^n (N^2 - 1) c sum over i < j of s_ij^4 times sum over cyclic orders of 1 / (s_12 s_23 ... s_m1), m = n + 2
 * gluons, c = 1 for n = 2 and else 2, for the mirror. Exact for n = 2 and 3; from n = 4 on, other helicities and powers of
 * 1/N^2 are left out.
 *
 * @param event momenta of the gluons, the first two those that come in: shape [m, 4], m from 4 to 8, GeV
 * @param alphaStrong the coupling g^2 / 4 pi
 * @returns GeV^(4 - 2n)
 * @throws ShapeError
 * @see Parke, Taylor, Phys. Rev. Lett. 56 (1986) 2459; Mangano, Parke, Phys. Rep. 200 (1991) 301
 */
export function parkeTaylor(event: ArrayLike<number>, alphaStrong = 0.118): number {
  const legs = event.length / 4;
  if (!Number.isInteger(legs) || legs < 4 || legs > 8) {
    throw new ShapeError('event', 'shape [m, 4] with m from 4 to 8', `${event.length} numbers`);
  }
  const out = legs - 2;
  const invariants = Float64Array.from({ length: legs * legs }, (_, place) => {
    const [i, j] = [Math.floor(place / legs), place % legs];
    // With all momenta going out, those of the first two change sign.
    const sign = i < 2 === j < 2 ? 2 : -2;
    return sign * dotAt(event, 4 * i, event, 4 * j);
  });
  let fourth = 0;
  for (let i = 0; i < legs; i++) for (let j = 0; j < i; j++) fourth += invariants[i * legs + j] ** 4;
  const coupling = (4 * Math.PI * alphaStrong) ** out;
  const colour = (COLOURS ** out * (COLOURS ** 2 - 1)) / GLUON_STATES ** 2;
  return coupling * colour * (out === 2 ? 1 : 2) * fourth * sumOfOrders(invariants, legs);
}

/** Sum over all cyclic orders; each and its mirror image are equal, so that one of the two is walked and counts twice. */
function sumOfOrders(invariants: Float64Array, legs: number): number {
  const walk = (last: number, left: number, second: number, product: number): number => {
    if (left === 0) return last > second ? 2 / (product * invariants[last * legs]) : 0;
    let sum = 0;
    for (let next = 1; next < legs; next++) {
      if ((left & (1 << next)) === 0) continue;
      const first = second === 0 ? next : second;
      sum += walk(next, left & ~(1 << next), first, product * invariants[last * legs + next]);
    }
    return sum;
  };
  return walk(0, (1 << legs) - 2, 0, 1);
}
