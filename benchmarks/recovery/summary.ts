import type { Row } from '../row.ts';
import { median, wilson } from './rate.ts';
import type { Group, RecoveryResult, Trial } from './result.ts';

/** Figures of a group of trials. */
export function summarise(trials: readonly Trial[]): Group {
  const right = trials.filter(({ best }) => best);
  const finite = (values: readonly (number | null)[]): number | null => {
    const known = values.filter((value): value is number => value !== null);
    return known.length === 0 ? null : median(known);
  };
  return {
    best: rate(right.length, trials.length),
    front: rate(trials.filter(({ front }) => front).length, trials.length),
    lookAlikes: trials.filter(({ lookAlike }) => lookAlike).length,
    medianSeconds: finite(right.map(({ seconds }) => seconds)),
    medianEvaluations: finite(right.map(({ evaluations }) => evaluations)),
    medianSizeRatio: finite(right.map(({ size, trueSize }) => size / trueSize)),
    medianR2Inside: finite(trials.map(({ r2Inside }) => r2Inside)),
    medianR2Outside: finite(trials.map(({ r2Outside }) => r2Outside)),
  };
}

function rate(successes: number, trials: number): Group['best'] {
  const { rate, ...rest } = wilson(successes, trials);
  return { ...rest, rate: Number.isNaN(rate) ? null : rate };
}

/** Figures of all trials and of each half. */
export function summaryOf(trials: readonly Trial[]): RecoveryResult['summary'] {
  return {
    all: summarise(trials),
    development: summarise(trials.filter(({ half }) => half === 'development')),
    test: summarise(trials.filter(({ half }) => half === 'test')),
  };
}

/** What the failed trials held instead of the law. */
export function failuresOf(trials: readonly Trial[]): RecoveryResult['failures'] {
  return trials
    .filter(({ best }) => !best)
    .map(({ problem, seed, law, expression, lowest, reason, found }) => ({
      problem,
      seed,
      law,
      best: expression,
      lowest,
      why: found === null ? reason : `on the front as ${found}; best: ${reason}`,
    }));
}

/** The lines of the table that every suite prints. */
export function rowsOf(summary: RecoveryResult['summary'], published: number | null): Row[] {
  const rows: Row[] = [];
  const add = (name: string, value: number | null, unit: string, reference: number | null = null): void => {
    if (value === null) return;
    rows.push({ name, value, unit, reference, ratio: reference === null ? null : value / reference });
  };
  for (const [name, group] of Object.entries(summary)) {
    if (group.best.trials === 0) continue;
    const { best, front } = group;
    add(
      `${name}: law is best`,
      (100 * best.successes) / best.trials,
      `% of ${best.trials}`,
      name === 'all' ? published : null,
    );
    add(`${name}: 95% from`, 100 * best.low, '%');
    add(`${name}: 95% to`, 100 * best.high, '%');
    add(`${name}: law is on the front`, (100 * front.successes) / front.trials, `% of ${front.trials}`);
  }
  const { all } = summary;
  add('look-alikes, which the data cannot tell', all.lookAlikes, 'trials');
  add('median time of successes', all.medianSeconds, 's');
  add('median evaluations of successes', all.medianEvaluations, 'evaluations');
  add('median size, found over true', all.medianSizeRatio, '');
  add('median R2 inside the ranges', all.medianR2Inside, '');
  add('median R2 outside', all.medianR2Outside, '');
  return rows;
}

/** The line of a trial as it ends. */
export function lineOf(trial: Trial, done: number, planned: number): string {
  const verdict = trial.best ? 'best' : trial.front ? 'on front' : trial.lookAlike ? 'look-alike' : 'no';
  const count = `[${String(done).padStart(String(planned).length)}/${planned}]`;
  const parts = [
    count,
    `${trial.problem} #${trial.seed}`.padEnd(14),
    verdict.padEnd(10),
    `${trial.seconds.toFixed(2)} s`.padStart(8),
    `${trial.evaluations} ev`.padStart(10),
    trial.stoppedBy.padEnd(11),
    trial.phase ?? '',
    trial.error ?? trial.expression,
  ];
  return parts.filter((part) => part !== '').join(' ');
}
