/** A residual below this share of the target's square is that of a law and of no look-alike. */
const EXACT = 1e-20;
/** Exact laws of which as many are looked at: the same one in other words. */
const MOST_EXACT = 4;
/** Nats that a node and a coefficient cost. */
const NODE_NATS = 1.5;
const COEFFICIENT_NATS = 5;

/** What a linear fit found. */
export interface Candidate {
  /** Nodes of the law, without its coefficients. */
  readonly size: number;
  readonly coefficients: number;
  /** Share of the target's square that is left. */
  readonly residual: number;
}

/**
 * The candidates worth a fit of all constants: exact laws, the simplest first; where there are none, those that leave
 * less than all simpler ones, the shortest descriptions first.
 *
 * @param rows observations behind the residuals
 */
export function chooseCandidates<C extends Candidate>(
  candidates: readonly C[],
  rows: number,
  largest: number,
  most: number,
): C[] {
  const sized = candidates
    .filter(({ size }) => size <= largest)
    .sort((a, b) => a.size - b.size || a.residual - b.residual);
  const exact = sized.filter(({ residual }) => residual < EXACT);
  if (exact.length > 0) return exact.slice(0, MOST_EXACT);
  const out: { candidate: C; nats: number }[] = [];
  let simpler = Infinity;
  let least = Infinity;
  let size = 0;
  for (const candidate of sized) {
    const { residual, coefficients } = candidate;
    if (candidate.size > size) {
      simpler = least;
      size = candidate.size;
    }
    least = Math.min(least, residual);
    if (!(residual < simpler)) continue;
    const price = NODE_NATS * size + COEFFICIENT_NATS * coefficients;
    out.push({ candidate, nats: (rows / 2) * Math.log(residual) + price });
  }
  out.sort((a, b) => a.nats - b.nats);
  return out.slice(0, most).map(({ candidate }) => candidate);
}
