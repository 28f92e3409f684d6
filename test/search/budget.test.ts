import { expect, it, vi } from 'vitest';
import { Budget, searchSeconds } from '../../src/search/budget.ts';

it('keeps a tenth of the time limit, 5 s at most, for what comes after the search', () => {
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => time);
  const budget = new Budget(100, 20, undefined);
  expect(searchSeconds(20)).toBe(18);
  expect(searchSeconds(600)).toBe(595);
  expect(budget.secondsLeft()).toBe(18);
  time = 18_000;
  expect(budget.exhausted(0)).toBe('time-limit');
  expect(budget.isOver).toBe(false);
  time = 20_000;
  expect(budget.isOver).toBe(true);
  vi.restoreAllMocks();
});
