import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { guessSequence } from '../../src/sequences/index.ts';
import { ansatz, outcome, start, Workplace } from './command.ts';

const place = new Workplace();
afterAll(() => place.remove());

/** Answers without what depends on the clock. */
function answersOf(stdout: string): Record<string, unknown>[] {
  expect(stdout.endsWith('\n') || stdout === '').toBe(true);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const { seconds: _, ...answer } = JSON.parse(line);
      return answer;
    });
}

const line = (id: unknown, terms: readonly unknown[], more: object = {}): string =>
  JSON.stringify({ id, terms, ...more });
const powers = (power: number, count = 12): string[] =>
  Array.from({ length: count }, (_, i) => `${BigInt(i) ** BigInt(power)}`);
/** Terms that keep the guesser busy for as long as it may. */
const HARD = Array.from({ length: 400 }, (_, i) => `${(BigInt(i) ** 7n * 7919n + 104729n) % (2n ** 61n - 1n)}`);

describe('ansatz sequence --batch', () => {
  const lines = [
    line('squares', powers(2)),
    line('none', [17, 4, 41, 3, 88, 20, 9, 61, 5, 33, 72, 14]),
    line(3, [1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144], { start: 1 }),
    ...Array.from({ length: 12 }, (_, i) => line(`power ${i % 4}`, powers(i % 4, 9 + i))),
  ];
  place.write('batch.jsonl', lines.join('\n'));

  test('answers every line in order, and the same at any number of threads', async () => {
    const [one, three] = await Promise.all(
      ['1', '3'].map((threads) => ansatz(['sequence', '--batch', 'batch.jsonl', '--threads', threads], place.path)),
    );
    expect({ code: one.code, stderr: one.stderr }).toEqual({ code: 0, stderr: '' });
    const answers = answersOf(one.stdout);
    expect(answersOf(three.stdout)).toEqual(answers);
    expect(answers.map(({ id }) => id)).toEqual(lines.map((text) => JSON.parse(text).id));
    expect(answers[0]).toMatchObject({ status: 'found', candidates: [{ formula: 'n^2' }] });
    expect(answers[1]).toMatchObject({ status: 'none', candidates: [] });
    expect(answers[2]).toMatchObject({ start: 1, candidates: [{ next: expect.arrayContaining(['233', '610']) }] });
  });

  test('says of a sequence what guessSequence says, ten terms ahead', async () => {
    const { stdout } = await ansatz(['sequence', '--batch', 'batch.jsonl', '--threads', '1'], place.path);
    const guess = await guessSequence(powers(2));
    const [answer] = answersOf(stdout) as { candidates: { formula: string; next: string[]; bits: number }[] }[];
    expect(answer.candidates.map(({ formula, bits }) => ({ formula, bits }))).toEqual(
      guess.candidates.map(({ formula, bits }) => ({ formula, bits })),
    );
    expect(answer.candidates[0].next).toEqual(guess.candidates[0].next(10).map(({ num }) => `${num}`));
  });

  test('a bad line is answered with a code and stops nothing', async () => {
    const bad = [
      'nonsense',
      '[1, 2]',
      'null',
      '{"id": "no terms"}',
      line('text', ['1', '2', 'x', '4']),
      line('few', ['1', '2']),
      line('none', []),
      '{"id": "unsafe", "terms": [1, 2, 9007199254740993, 4]}',
      '{"id": "infinite", "terms": [1, 2, 1e999, 4]}',
      '{"id": "float", "terms": [0.5, 1.5, 2.5, 3.5]}',
      line('null', [1, null, 3, 4]),
      line('start', powers(2), { start: 0.5 }),
      line('zero', ['1/0', '1', '2', '3']),
      '',
      line('good', powers(2)),
    ];
    place.write('bad.jsonl', `\uFEFF${bad.join('\r\n')}\r\n`);
    const { code, stdout, stderr } = await ansatz(['sequence', '--batch', 'bad.jsonl', '--next', '1'], place.path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const answers = answersOf(stdout) as { id: unknown; error?: { code: string; message: string } }[];
    expect(answers.map(({ id, error }) => [id, error?.code])).toEqual([
      [null, 'bad-json'],
      [null, 'bad-line'],
      [null, 'bad-line'],
      ['no terms', 'bad-line'],
      ['text', 'bad-number'],
      ['few', 'too-few-terms'],
      ['none', 'too-few-terms'],
      ['unsafe', 'unsafe-term'],
      ['infinite', 'unsafe-term'],
      ['float', 'unsafe-term'],
      ['null', 'bad-term'],
      ['start', 'bad-line'],
      ['zero', 'division-by-zero'],
      ['good', undefined],
    ]);
    expect(answers.every(({ error }) => !error || !/\n|internal/.test(error.message))).toBe(true);
  });

  test('streams: an answer comes while standard input is still open', async () => {
    const child = start(['sequence', '--batch', '-', '--threads', '2'], place.path);
    const first = new Promise<string>((resolve) => child.stdout!.once('data', (data) => resolve(String(data))));
    const end = outcome(child);
    child.stdin!.write(`${line('a', powers(2))}\n`);
    expect(answersOf(await first)).toMatchObject([{ id: 'a', status: 'found' }]);
    child.stdin!.end(line('b', powers(3)));
    expect(answersOf((await end).stdout).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('a slow sequence is ended by its time and holds up only the order', async () => {
    place.write('slow.jsonl', [line('slow', HARD), line('a', powers(2)), line('b', powers(3))].join('\n'));
    const { stdout } = await ansatz(['sequence', '--batch', 'slow.jsonl', '--time', '0.2'], place.path);
    const answers = answersOf(stdout);
    expect(answers.map(({ id, status }) => [id, status])).toEqual([
      ['slow', 'none'],
      ['a', 'found'],
      ['b', 'found'],
    ]);
    expect(answers[0]).toMatchObject({ partial: true });
  });

  test('Ctrl-C leaves whole lines in order, and exit code 130', async () => {
    const many = [line('first', powers(2)), ...Array.from({ length: 50 }, (_, i) => line(i, HARD))];
    place.write('many.jsonl', many.join('\n'));
    const child = start(['sequence', '--batch', 'many.jsonl', '--threads', '2', '--time', '5'], place.path);
    child.stdout!.once('data', async () => {
      await sleep(300);
      child.kill('SIGINT');
    });
    const { code, stdout, stderr } = await outcome(child);
    expect(code).toBe(130);
    expect(stderr).toMatch(/^ansatz: cancelled after \d+ sequences\n$/);
    expect(answersOf(stdout)[0]).toMatchObject({ id: 'first' });
  });

  test('an empty batch answers nothing', async () => {
    place.write('empty.jsonl', '\n\n');
    expect(await ansatz(['sequence', '--batch', 'empty.jsonl'], place.path)).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });
});
