import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ansatz, KEPLER, NOISE, Workplace } from './command.ts';

const place = new Workplace();
afterAll(() => place.remove());
place.write('noise.csv', NOISE);
place.write('planets.csv', KEPLER);

interface Line {
  readonly kind: string;
  readonly time: string;
  readonly [field: string]: unknown;
}

function linesOf(name: string): Line[] {
  const text = readFileSync(join(place.path, name), 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('a log holds start, progress, iterations and end, one object a line', async () => {
  const args = [
    'fit',
    'noise.csv',
    '--target',
    'y',
    '--threads',
    '1',
    '--max-evals',
    '30000',
    '--patience',
    '1000',
    '--phases',
    'evolve',
  ];
  const { code, stdout } = await ansatz([...args, '--log', 'log.jsonl', '--json', '--no-progress'], place.path);
  expect(code).toBe(0);
  const lines = linesOf('log.jsonl');
  const kinds = lines.map((line) => line.kind);
  expect(kinds[0]).toBe('start');
  expect(kinds.at(-1)).toBe('end');
  expect(new Set(kinds)).toEqual(new Set(['start', 'progress', 'iteration', 'end']));
  expect(lines[0]).toMatchObject({ table: 'noise.csv', targets: ['y'], options: { maxEvals: 30000 } });
  for (const line of lines) expect(new Date(line.time).toISOString()).toBe(line.time);
  const steps = lines.slice(1);
  for (const step of steps) {
    expect(step).toMatchObject({ target: 'y', phase: expect.any(String), epoch: expect.any(Number) });
    for (const entry of (step['front'] as object[] | undefined) ?? []) {
      expect(Object.keys(entry)).toEqual(['complexity', 'loss', 'expression']);
    }
  }
  const counts = steps.map((step) => step['evaluations'] as number);
  expect([...counts].sort((a, b) => a - b)).toEqual(counts);
  const epochs = lines.filter((line) => line.kind === 'iteration').map((line) => line['epoch']);
  expect(epochs).toEqual(epochs.map((_, i) => i + 1));
  const { front, stoppedBy } = JSON.parse(stdout);
  const last = front.map(({ complexity, loss, expression }: Record<string, unknown>) => ({
    complexity,
    loss,
    expression,
  }));
  expect(lines.at(-1)).toMatchObject({ stoppedBy, front: last });
});

test('a second run is appended', async () => {
  const args = ['fit', 'planets.csv', '--target', 'period', '--threads', '1', '--log', 'two.jsonl'];
  for (let run = 0; run < 2; run++) expect((await ansatz(args, place.path)).code).toBe(0);
  expect(linesOf('two.jsonl').filter((line) => line.kind === 'start' || line.kind === 'end').length).toBe(4);
});

test.skipIf(!existsSync('/dev/full'))('a log that cannot be written does not fail the run', async () => {
  const args = ['fit', 'planets.csv', '--target', 'period', '--threads', '1', '--log', '/dev/full', '--json'];
  const { code, stdout } = await ansatz(args, place.path);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).best.expression).toMatch(/365\.25/);
});
