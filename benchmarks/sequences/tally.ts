import type { SequenceTrial } from './trial.ts';

/** Counts of the trials of a set or of a family, at one number of given terms. */
export interface Tally {
  readonly set: string;
  readonly family: string;
  readonly given: number;
  readonly trials: number;
  /** With a candidate, whatever the status. */
  readonly answered: number;
  /** Next ten right, by the first candidate. */
  readonly right: number;
  readonly found: number;
  readonly foundRight: number;
  /** Of changed terms: the place is named. Null where nothing was changed. */
  readonly placeNamed: number | null;
  readonly errors: number;
  readonly medianMilliseconds: number;
  readonly percentile95Milliseconds: number;
}

/** The value below which a share of the sorted values lies; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? Number.NaN : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

function tallyOf(set: string, family: string, given: number, trials: readonly SequenceTrial[]): Tally {
  const count = (has: (trial: SequenceTrial) => boolean): number => trials.filter(has).length;
  const times = trials.map(({ milliseconds }) => milliseconds);
  return {
    set,
    family,
    given,
    trials: trials.length,
    answered: count(({ kind }) => kind !== null),
    right: count(({ right }) => right),
    found: count(({ status }) => status === 'found'),
    foundRight: count(({ status, right }) => status === 'found' && right),
    placeNamed: trials.some(({ placeNamed }) => placeNamed !== null) ? count(({ placeNamed }) => !!placeNamed) : null,
    errors: count(({ error }) => error !== null),
    medianMilliseconds: percentile(times, 0.5),
    percentile95Milliseconds: percentile(times, 0.95),
  };
}

function groups<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const members = found.get(name);
    if (members) members.push(item);
    else found.set(name, [item]);
  }
  return [...found.values()];
}

/** One tally for every set and length. */
export function bySet(trials: readonly SequenceTrial[]): Tally[] {
  return groups(trials, ({ set, given }) => `${set} ${given}`).map((some) =>
    tallyOf(some[0].set, 'all', some[0].given, some),
  );
}

/** One tally for every set, family and length. */
export function byFamily(trials: readonly SequenceTrial[]): Tally[] {
  return groups(trials, ({ set, given, family }) => `${set} ${given} ${family}`).map((some) =>
    tallyOf(some[0].set, some[0].family, some[0].given, some),
  );
}

/** Trials whose stated confidence lies in [low, high), and what came of them. */
export interface CalibrationBin {
  readonly low: number;
  readonly high: number;
  readonly trials: number;
  readonly meanConfidence: number;
  readonly shareRight: number;
}

export interface Calibration {
  readonly bins: readonly CalibrationBin[];
  /** Largest |mean confidence - share right| of a bin with enough trials; null without such a bin. */
  readonly largestDeviation: number | null;
}

const EDGES = [0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1 + 1e-12];
/** In a smaller bin chance alone makes the deviation. */
const LEAST_TRIALS = 30;

/** Stated confidence against the share that was right. */
export function calibrationOf(trials: readonly SequenceTrial[]): Calibration {
  const bins: CalibrationBin[] = [];
  for (let i = 0; i + 1 < EDGES.length; i++) {
    const [low, high] = [EDGES[i], EDGES[i + 1]];
    const inside = trials.filter(({ confidence }) => confidence !== null && confidence >= low && confidence < high);
    if (inside.length === 0) continue;
    const mean = inside.reduce((sum, { confidence }) => sum + confidence!, 0) / inside.length;
    const right = inside.filter((trial) => trial.right).length / inside.length;
    bins.push({ low, high: Math.min(1, high), trials: inside.length, meanConfidence: mean, shareRight: right });
  }
  const judged = bins.filter(({ trials: size }) => size >= LEAST_TRIALS);
  const deviations = judged.map(({ meanConfidence, shareRight }) => Math.abs(meanConfidence - shareRight));
  return { bins, largestDeviation: deviations.length === 0 ? null : Math.max(...deviations) };
}
