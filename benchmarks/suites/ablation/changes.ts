import { PHASE_NAMES } from '../../../src/search/phases/names.ts';
import { median } from '../../recovery/rate.ts';
import type { Trial } from '../../recovery/result.ts';

/** What leaving a phase out changes. */
export interface PhaseRow {
  readonly phase: string;
  /** Searches that reach the phase. */
  readonly reached: number;
  /** Laws that are found with the phase alone, and without it alone, as "problem #seed". */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** Of the searches that succeed both ways; null without any. */
  readonly medianSeconds: number | null;
  readonly medianSecondsWithout: number | null;
  /** Mean of what the phase adds to a search that reaches it; negative where it ends searches early. */
  readonly seconds: number | null;
}

/** Whether a search had ended before a phase began. The noise model is chosen by the phases before. */
export function endsBefore({ phase: last }: Pick<Trial, 'phase'>, phase: string): boolean {
  const at = (PHASE_NAMES as readonly string[]).indexOf(last ?? '');
  return at >= 0 && at < (PHASE_NAMES as readonly string[]).indexOf(phase);
}

/** @param reached the searches that reached the phase @param without the same ones, without it */
export function changesOf(phase: string, reached: readonly Trial[], without: readonly Trial[]): PhaseRow {
  const name = ({ problem, seed }: Trial): string => `${problem} #${seed}`;
  const others = new Map(without.map((trial) => [name(trial), trial]));
  const pairs = reached.flatMap((trial) => {
    const other = others.get(name(trial));
    return other ? [[trial, other] as const] : [];
  });
  const both = pairs.filter(([a, b]) => a.best && b.best);
  const middle = (values: number[]): number | null => (values.length === 0 ? null : median(values));
  const added = pairs.reduce((sum, [a, b]) => sum + a.seconds - b.seconds, 0);
  return {
    phase,
    reached: pairs.length,
    gained: pairs.filter(([a, b]) => a.best && !b.best).map(([a]) => name(a)),
    lost: pairs.filter(([a, b]) => !a.best && b.best).map(([a]) => name(a)),
    medianSeconds: middle(both.map(([a]) => a.seconds)),
    medianSecondsWithout: middle(both.map(([, b]) => b.seconds)),
    seconds: pairs.length === 0 ? null : added / pairs.length,
  };
}
