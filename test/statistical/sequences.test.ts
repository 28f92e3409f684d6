import { expect, test } from 'vitest';
import { loadGuesser } from '../../benchmarks/sequences/guesser.ts';
import { inHalf } from '../../benchmarks/sequences/half.ts';
import { SETS } from '../../benchmarks/sequences/sets.ts';
import { calibrationOf } from '../../benchmarks/sequences/tally.ts';
import { canBeAsked, runTrial, type SequenceTrial } from '../../benchmarks/sequences/trial.ts';

const isQuick = process.env['ANSATZ_QUICK'] === '1';
const COUNT = isQuick ? 150 : 1000;
/** A seed on which nothing was fitted, and the half that nothing was tuned on. */
const SEED = 9;
const SECONDS = 1000;

async function trialsOf(set: keyof typeof SETS, given: number, count = COUNT): Promise<SequenceTrial[]> {
  const guesser = await loadGuesser();
  const trials: SequenceTrial[] = [];
  for (const sample of inHalf(SETS[set](SEED, count), 'test')) {
    if (canBeAsked(sample, given)) trials.push(await runTrial(sample, set, given, guesser));
  }
  return trials;
}

const share = (trials: readonly SequenceTrial[], keep: (trial: SequenceTrial) => boolean): number =>
  trials.filter(keep).length / trials.length;

test.each([
  [15, 0.55],
  [25, 0.6],
])(
  'of a mix like an encyclopedia, %i terms given, the next ten are right',
  async (given, mark) => {
    const trials = await trialsOf('mix', given);
    const found = trials.filter(({ status }) => status === 'found');
    console.log(
      `${given} terms: ${share(trials, ({ right }) => right)} right, found ${found.length} of ${trials.length}`,
    );
    expect(share(trials, ({ right }) => right)).toBeGreaterThan(mark);
    expect(share(found, ({ right }) => right)).toBeGreaterThanOrEqual(0.97);
  },
  SECONDS * 1000,
);

test(
  'noise is seldom answered as found, and misprints never make a confident wrong law',
  async () => {
    const noise = await trialsOf('noise', 15);
    expect(share(noise, ({ status }) => status === 'found')).toBeLessThanOrEqual(0.01);
    const corrupted = await trialsOf('corrupted', 15);
    expect(corrupted.filter(({ status, right, placeNamed }) => status === 'found' && !right && !placeNamed)).toEqual(
      [],
    );
  },
  SECONDS * 1000,
);

test.skipIf(isQuick)(
  'the stated confidence is the share that is right',
  async () => {
    const trials = [...(await trialsOf('mix', 15)), ...(await trialsOf('noise', 15)), ...(await trialsOf('mix', 25))];
    const calibration = calibrationOf(trials);
    console.log(JSON.stringify(calibration));
    for (const { trials: count, meanConfidence: stated, shareRight: right } of calibration.bins) {
      // Three percent, and what a bin of so few trials scatters by chance.
      const scatter = 3 * Math.sqrt(Math.max(stated * (1 - stated), 0.002) / Math.max(count, 1));
      expect(Math.abs(right - stated)).toBeLessThan(0.03 + scatter);
    }
  },
  SECONDS * 1000,
);
