import { expect, it } from 'vitest';
import type { Trial } from '../../benchmarks/recovery/result.ts';
import { changesOf, endsBefore } from '../../benchmarks/suites/ablation/changes.ts';

const trial = (problem: string, best: boolean, seconds: number, phase: string | null = 'sums'): Trial =>
  ({ problem, seed: 1, best, seconds, phase }) as Trial;

it('a search that ended before a phase has not reached it', () => {
  expect(endsBefore(trial('a', true, 1, 'monomials'), 'sums')).toBe(true);
  expect(endsBefore(trial('a', true, 1, 'sums'), 'sums')).toBe(false);
  expect(endsBefore(trial('a', true, 1, 'evolve'), 'sums')).toBe(false);
  // Of a search that failed nobody knows.
  expect(endsBefore(trial('a', false, 1, null), 'sums')).toBe(false);
});

it('counts the laws that a phase gains and loses, and the time it takes', () => {
  const reached = [trial('a', true, 2), trial('b', true, 4), trial('c', false, 9), trial('d', true, 1)];
  const without = [trial('a', true, 6), trial('b', false, 9), trial('c', true, 5), trial('d', true, 2)];
  expect(changesOf('sums', reached, without)).toEqual({
    phase: 'sums',
    reached: 4,
    gained: ['b #1'],
    lost: ['c #1'],
    medianSeconds: 1.5,
    medianSecondsWithout: 4,
    seconds: -1.5,
  });
  expect(changesOf('peel', [], [])).toMatchObject({ reached: 0, gained: [], seconds: null });
});
