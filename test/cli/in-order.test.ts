import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { BatchProgress } from '../../src/cli/batch-progress.ts';
import { inOrder } from '../../src/cli/in-order.ts';
import { textLines } from '../../src/cli/text-lines.ts';

async function* feed<T>(items: readonly T[], wait = 0): AsyncGenerator<T> {
  for (const item of items) {
    if (wait > 0) await sleep(wait);
    yield item;
  }
}

async function all<T>(results: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const result of results) list.push(result);
  return list;
}

describe('results in the order of the items', () => {
  test('whatever each takes, with as many under way as there are slots', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(4), { maxLength: 20 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 30 }),
        async (delays, slots, most) => {
          const taken = new Set<number>();
          const work = async (delay: number, slot: number): Promise<number> => {
            expect(slot).toBeLessThan(slots);
            expect(taken.has(slot)).toBe(false);
            taken.add(slot);
            await sleep(delay);
            taken.delete(slot);
            return delay;
          };
          const capacity = { slots, most, weightOf: () => 1 };
          expect(await all(inOrder(feed(delays), capacity, work))).toEqual(delays);
        },
      ),
      { seed: 1, numRuns: 30 },
    );
  });

  test('each is handed out before later items are there', async () => {
    const seen: number[] = [];
    const capacity = { slots: 2, most: 100, weightOf: () => 1 };
    let read = 0;
    async function* slowly(): AsyncGenerator<number> {
      for (; read < 3; read++) {
        yield read;
        await sleep(20);
      }
    }
    for await (const result of inOrder(slowly(), capacity, async (item) => item)) seen.push(read - result);
    expect(seen).toEqual([0, 0, 0]);
  });

  test('no more is read ahead of a slow item than may be', async () => {
    let read = 0;
    async function* many(): AsyncGenerator<number> {
      while (read < 100) yield read++;
    }
    const capacity = { slots: 2, most: 10, weightOf: () => 1 };
    const results = inOrder(many(), capacity, async (item) => {
      await sleep(item === 0 ? 100 : 0);
      return item;
    });
    expect((await results.next()).value).toBe(0);
    expect(read).toBeLessThanOrEqual(10);
    expect(await all(results)).toHaveLength(99);
  });

  test('a source that fails ends them with its error', async () => {
    async function* failing(): AsyncGenerator<number> {
      yield 1;
      throw new Error('no more');
    }
    const results = inOrder(failing(), { slots: 1, most: 5, weightOf: () => 1 }, async (item) => item);
    await expect(all(results)).rejects.toThrow('no more');
  });
});

describe('lines of a stream', () => {
  test('are the same however it is cut', async () => {
    const text = fc.array(fc.constantFrom('a', 'é', '\n', '\r\n', '{}', ' ', '😀'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (parts, size) => {
        const bytes = Buffer.from(parts.join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        const wanted = parts
          .join('')
          .split('\n')
          .map((line, i) => ({ text: line.trim(), number: i + 1 }))
          .filter((line) => line.text !== '');
        const lines = await all(textLines(feed(chunks), 1000));
        expect(lines.map(({ text: line, number }) => ({ text: line, number }))).toEqual(wanted);
        const ends = lines.map(({ end }) => end);
        expect(ends.every((end, i) => end > (ends[i - 1] ?? 0) && end <= bytes.length)).toBe(true);
      }),
      { seed: 2 },
    );
  });

  test('nothing is kept of one that is too long', async () => {
    const chunks = ['ab', 'c'.repeat(50), 'd\nshort\n', 'e'.repeat(30)].map((part) => Buffer.from(part));
    expect(await all(textLines(feed(chunks), 20))).toEqual([
      { text: undefined, number: 1, end: 54 },
      { text: 'short', number: 2, end: 60 },
      { text: undefined, number: 3, end: 90 },
    ]);
  });
});

describe('progress of a batch', () => {
  function shownAfter(seconds: readonly number[], isTTY: boolean, size?: number): string[] {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const written: string[] = [];
      const progress = new BatchProgress({ isTTY, write: (text) => written.push(text) }, size);
      seconds.forEach((step, i) => {
        vi.advanceTimersByTime(1000 * step);
        progress.update(10 * (i + 1), 25 * (i + 1));
      });
      progress.close();
      return written;
    } finally {
      vi.useRealTimers();
    }
  }

  test('is silent for two seconds, then says how much is left, and cleans up', () => {
    expect(shownAfter([1], true, 100)).toEqual([]);
    expect(shownAfter([1, 1.5, 0.1], true, 100)).toEqual([
      '\r20 sequences in 3 s, 8.0/s, 50%, about 3 s left\x1b[K',
      '\r\x1b[K',
    ]);
    expect(shownAfter([4], true)).toEqual(['\r10 sequences in 4 s, 2.5/s\x1b[K', '\r\x1b[K']);
  });

  test('shows nothing where stderr is no terminal', () => {
    expect(shownAfter([5, 5], false, 100)).toEqual([]);
  });
});
