/** How constants are fitted and what they may be; plain data. */
export interface ConstantRules {
  readonly optimizer: 'LM' | 'BFGS' | 'NelderMead';
  readonly kind: 'real' | 'integer' | 'rational';
  /** Largest denominator of a rational constant. */
  readonly maxDenominator: number;
  /** Bounds of every constant. */
  readonly lower: number;
  readonly upper: number;
}

/** Real constants without bounds, by Levenberg-Marquardt. */
export const FREE_CONSTANTS: ConstantRules = {
  optimizer: 'LM',
  kind: 'real',
  maxDenominator: 6,
  lower: -Infinity,
  upper: Infinity,
};

/** The nearest value that a constant may take. */
export function nearestAllowed(value: number, rules: ConstantRules): number {
  const bounded = Math.min(Math.max(value, rules.lower), rules.upper);
  if (rules.kind === 'real') return bounded;
  const most = rules.kind === 'integer' ? 1 : rules.maxDenominator;
  let best = Number.NaN;
  for (let q = 1; q <= most; q++) {
    // The neighbours of the rounded one serve where that lies outside of the bounds.
    for (const p of [Math.round(bounded * q), Math.ceil(rules.lower * q), Math.floor(rules.upper * q)]) {
      const candidate = p / q;
      if (!Number.isFinite(candidate) || candidate < rules.lower || candidate > rules.upper) continue;
      if (!(Math.abs(candidate - bounded) >= Math.abs(best - bounded))) best = candidate;
    }
  }
  return best;
}

/** True when the constants need no more than a fit. */
export function areFree(rules: ConstantRules): boolean {
  return rules.kind === 'real' && rules.lower === -Infinity && rules.upper === Infinity;
}
