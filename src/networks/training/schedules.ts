import { OptionError } from '../../core/index.ts';

/** What the learning rate is multiplied by at a step, counted from 0, of a number of steps. */
export type Schedule = (step: number, steps: number) => number;

/** Schedules by name; a new one is a new row. */
const SCHEDULES: Readonly<Record<ScheduleName, Schedule>> = {
  constant: () => 1,
  cosine: (step, steps) => 0.5 * (1 + Math.cos((Math.PI * step) / steps)),
  linear: (step, steps) => 1 - step / steps,
};

/** Names of schedules: how the rate falls to zero, or that it stays. */
export type ScheduleName = 'constant' | 'cosine' | 'linear';

/**
 * A schedule that first rises from zero in a straight line.
 *
 * @param warmup share of the steps in which it rises, from 0 to below 1
 * @throws OptionError "schedule" | "range"
 * @example createSchedule('cosine', 0.1)(10, 100) // 1
 */
export function createSchedule(name: ScheduleName, warmup = 0): Schedule {
  if (!Object.hasOwn(SCHEDULES, name)) {
    throw new OptionError('schedule', 'schedule', `"${name}"`, `give ${Object.keys(SCHEDULES).join(', ')}`);
  }
  if (!(warmup >= 0 && warmup < 1)) throw new OptionError('range', 'warmup', `${warmup}`, 'a number from 0 to below 1');
  const fall = SCHEDULES[name];
  return (step, steps) => {
    const rising = Math.round(warmup * steps);
    return step < rising ? (step + 1) / rising : fall(step - rising, steps - rising);
  };
}
