import type { ResolvedOptions } from './options/options.ts';
import type { StopReason } from './result.ts';

/** Opens every note on the noise model. */
const NOISE = 'noise: ';
export const ADDITIVE = `${NOISE}additive (the same in every row)`;

/** True for a note that states the noise model. */
export function isNoiseNote(note: string): boolean {
  return note.startsWith(NOISE);
}

/**
 * The noise model of a run in words, where no phase decided it.
 *
 * @param stoppedBy why the run ended, when it did so before its last phase
 */
export function noiseNote(options: ResolvedOptions, stoppedBy: StopReason | undefined): string {
  const given = givenErrors(options);
  if (given !== undefined) return `${NOISE}${given}`;
  if (options.noise === 'additive') return `${NOISE}additive, as asked (the same in every row)`;
  if (stoppedBy === 'floor') return `${NOISE}none but rounding; every row weighs the same`;
  const { phases, template } = options;
  const tries = template === undefined && phases.includes('monomials') && phases.includes('enumerate');
  const why = tries
    ? 'the run ended before relative noise was tried'
    : 'relative noise is tried only where the phases monomials and enumerate run';
  return `${ADDITIVE}; ${why}`;
}

/** What says how large the errors are; undefined when nothing does and the residuals alone must. */
function givenErrors(options: ResolvedOptions): string | undefined {
  const { weights, sigma, sigmaUp, sigmaDown, covariance, likelihood, loss, lossFunction } = options;
  if (lossFunction !== undefined) return 'not modelled; the loss is a function of your own';
  if (likelihood === 'poisson') return 'that of counts (Poisson)';
  if (sigmaUp !== undefined) return `as given, by "${sigmaUp}" upward and "${sigmaDown}" downward`;
  if (covariance !== undefined) return 'as given by the covariance';
  const by =
    sigma !== undefined ? ` by the errors "${sigma}"` : weights !== undefined ? ` by the weights "${weights}"` : '';
  if (loss !== undefined && loss !== 'L2' && loss !== 'chi2')
    return `as the loss ${loss} has it${by && `, rows weighted${by}`}`;
  return by === '' ? undefined : `as given${by}`;
}
