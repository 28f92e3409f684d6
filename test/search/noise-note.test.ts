import { describe, expect, it } from 'vitest';
import { isNoiseNote, noiseNote } from '../../src/search/noise-note.ts';
import { type FitOptions, resolveOptions } from '../../src/search/options/options.ts';
import type { StopReason } from '../../src/search/result.ts';

const note = (options: Partial<FitOptions>, stoppedBy?: StopReason): string =>
  noiseNote(resolveOptions({ target: 'y', ...options }), stoppedBy);

describe('the noise model in words', () => {
  it.each<[Partial<FitOptions>, RegExp]>([
    [{ sigma: 'dy' }, /as given by the errors "dy"$/],
    [{ weights: 'w' }, /as given by the weights "w"$/],
    [{ weights: 'w', loss: 'L1' }, /as the loss L1 has it, rows weighted by the weights "w"$/],
    [{ sigmaUp: 'up', sigmaDown: 'down' }, /"up" upward and "down" downward$/],
    [{ covariance: [[1]] }, /covariance/],
    [{ likelihood: 'poisson' }, /counts/],
    [{ loss: 'Huber', huberDelta: 1 }, /as the loss Huber has it$/],
    [{ lossFunction: () => 1 }, /function of your own/],
    [{ noise: 'additive' }, /^noise: additive, as asked/],
    [{ phases: ['evolve'] }, /additive.*tried only where/],
    [{ template: 'f(x)' }, /additive.*tried only where/],
    [{}, /additive.*ended before/],
  ])('of %o', (options, words) => {
    const text = note(options, 'max-evals');
    expect(text).toMatch(words);
    expect(isNoiseNote(text)).toBe(true);
    // Reports read this as a choice of the run, which weighs rows.
    expect(text).not.toMatch(/^noise: relative/);
  });

  it('is none where a law is exact', () => {
    expect(note({}, 'floor')).toMatch(/none but rounding/);
  });
});
