import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { frontTable, shortNumber } from '../../src/cli/front-table.ts';
import { createProgressView } from '../../src/cli/progress-view.ts';
import { parse } from '../../src/expressions/index.ts';
import type { FrontEntry, Progress } from '../../src/search/index.ts';

function entry(complexity: number, loss: number, expression: string): FrontEntry {
  return { complexity, loss, score: 0.5, expression, latex: '', constants: [], tree: parse(expression) };
}

const front = [entry(1, 33890, '128.4391'), entry(5, 5.8e-12, '365.17412345*a^1.5')];
const progress: Progress = {
  phase: 'evolve',
  elapsedSeconds: 2,
  remainingSeconds: 58,
  evaluations: 1e6,
  front,
  best: front[1],
};

const ESCAPE = '\u001b';
const ESCAPES = new RegExp(`${ESCAPE}\\[[?\\d]*[a-zA-Z]|\\r`, 'g');

let clock: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  vi.stubEnv('TERM', 'xterm');
  clock = vi.spyOn(performance, 'now').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function view(shape: { isTTY?: boolean; columns?: number; rows?: number }) {
  const written: string[] = [];
  const stream = { ...shape, write: (text: string) => written.push(text) };
  return { written, view: createProgressView(stream, 'period') };
}

test('the front is an aligned table with the chosen entry marked', () => {
  expect(frontTable(front, front[1], 'period')).toEqual([
    '   complexity     loss  score  equation',
    '            1    33890  0.500  period = 128.439',
    '*           5  5.8e-12  0.500  period = 365.174 * a^1.5',
  ]);
});

test.each([
  [0, '0'],
  [0.12345, '0.1235'],
  [12345.6, '12350'],
  [1.23456e-9, '1.235e-9'],
  [2.5e7, '2.5e7'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('%d is shown as %s', (value, text) => {
  expect(shortNumber(value)).toBe(text);
});

test('on a terminal the front is drawn in place and taken away', () => {
  const { view: live, written } = view({ isTTY: true, columns: 60, rows: 24 });
  live.update(progress);
  expect(written[0]).toContain('evolve: 2.0 s, at most 58.0 s left');
  expect(written[0]).toContain('365.174');
  expect(written[0].startsWith('\x1b[?25l')).toBe(true);
  live.update(progress);
  expect(written.length).toBe(1);
  clock.mockReturnValue(200);
  live.update(progress);
  expect(written[1]).toContain('\x1b[4A');
  live.close();
  expect(written[2]).toBe('\x1b[4A\r\x1b[J\x1b[?25h');
  live.close();
  expect(written.length).toBe(3);
});

test('what is drawn fits the window', () => {
  const many = Array.from({ length: 40 }, (_, i) => entry(i + 1, 1 / (i + 1), `a + ${'b*'.repeat(60)}${i}`));
  for (const size of [{ columns: 40, rows: 10 }, { columns: 0, rows: 0 }, {}]) {
    const { view: live, written } = view({ isTTY: true, ...size });
    live.say('stopping');
    clock.mockReturnValue(1000);
    live.update({ ...progress, front: many });
    const lines = written[1].split('\n').map((line) => line.replaceAll(ESCAPES, ''));
    expect(lines.length - 1).toBeLessThan(size.rows || 24);
    for (const line of lines) expect(line.length).toBeLessThan(size.columns || 80);
    clock.mockReturnValue(0);
  }
});

test('elsewhere it is a line every three seconds, without escapes', () => {
  const { view: lines, written } = view({ isTTY: false });
  for (let second = 0; second < 10; second++) {
    clock.mockReturnValue(second * 1000);
    lines.update(progress);
  }
  lines.close();
  expect(written.length).toBe(3);
  expect(written[0]).toBe(
    'evolve: 2.0 s, at most 58.0 s left, 1e6 evaluations (500000/s); loss 5.8e-12: period = 365.17412345*a^1.5\n',
  );
});

test('a dumb terminal gets lines', () => {
  vi.stubEnv('TERM', 'dumb');
  const { view: lines, written } = view({ isTTY: true });
  lines.update(progress);
  lines.say('hello');
  expect(written).toEqual(['hello\n']);
});
