import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { FormatError } from '../core/index.ts';
import type { Term } from '../sequences/index.ts';
import { BatchProgress } from './batch-progress.ts';
import { EXIT } from './exit.ts';
import { inOrder } from './in-order.ts';
import { print, warn } from './output.ts';
import type { SequenceArguments } from './sequence.ts';
import { type SequenceAnswer, SequenceThread } from './sequence-thread.ts';
import { type TextLine, textLines } from './text-lines.ts';

const TIME_LIMIT = 10;
const NEXT = 10;
const MOST_THREADS = 8;
/** Bytes of a line. */
const LONGEST_LINE = 1 << 28;
/** Lines, and bytes, that may be read ahead of a slow answer. */
const MOST_LINES = 4096;
const MOST_BYTES = 1 << 26;

/** `ansatz sequence --batch`. @throws AnsatzError */
export async function runSequenceBatch(path: string, args: SequenceArguments): Promise<number> {
  const { stream, size } = await open(path);
  const slots = args.threads ?? Math.min(MOST_THREADS, availableParallelism());
  const threads = Array.from({ length: slots }, () => new SequenceThread());
  const progress = new BatchProgress(process.stderr, size);
  const cancelled = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve(undefined));
  });
  const capacity = {
    slots,
    most: MOST_LINES,
    weightOf: ({ text = '' }: TextLine) => 1 + (text.length * MOST_LINES) / MOST_BYTES,
  };
  const answers = inOrder(textLines(stream, LONGEST_LINE), capacity, async (line, slot) => {
    const answer = await answerTo(line, threads[slot], args);
    return { text: `${JSON.stringify(answer)}\n`, end: line.end };
  });
  let answered = 0;
  try {
    for (;;) {
      const step = await Promise.race([answers.next(), cancelled]);
      if (!step) {
        progress.close();
        warn(`ansatz: cancelled after ${answered} sequences`);
        return EXIT.cancelled;
      }
      if (step.done) return EXIT.done;
      await print(step.value.text);
      progress.update(++answered, step.value.end);
    }
  } catch (error) {
    throw await readable(error, path);
  } finally {
    progress.close();
    for (const thread of threads) thread.close();
  }
}

async function open(path: string): Promise<{ stream: AsyncIterable<Buffer>; size?: number }> {
  if (path.trim() === '-') return { stream: process.stdin };
  const status = await stat(path).catch(async (error) => {
    throw await readable(error, path);
  });
  if (status.isDirectory())
    throw new FormatError('EISDIR', 'a folder, not a file', path, 0, 'give a file of JSON lines');
  return { stream: createReadStream(path), ...(status.isFile() && { size: status.size }) };
}

/** The error of a file that cannot be read; what reads tables is not loaded before. */
async function readable(error: unknown, path: string): Promise<unknown> {
  return (await import('../io/index.ts')).fromSystemError(error, 'cannot read', path);
}

/** What a line asks. */
interface Entry {
  readonly id: unknown;
  readonly terms: readonly Term[];
  readonly start?: number;
}

async function answerTo(
  line: TextLine,
  thread: SequenceThread,
  { start = 0, next = NEXT, time: timeLimit = TIME_LIMIT, explain = false }: SequenceArguments,
): Promise<{ readonly id: unknown } & SequenceAnswer> {
  const entry = entryOf(line);
  if ('error' in entry) return entry;
  const { id, terms } = entry;
  return { id, ...(await thread.ask({ terms, start: entry.start ?? start, next, timeLimit, explain })) };
}

function entryOf({ text, number }: TextLine): Entry | { id: unknown; error: { code: string; message: string } } {
  const fault = (code: string, words: string, id: unknown = null) => {
    return { id, error: { code, message: `line ${number}: ${words}` } };
  };
  if (text === undefined) return fault('too-long', `longer than ${LONGEST_LINE} bytes`);
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch {
    return fault('bad-json', 'not JSON');
  }
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    return fault('bad-line', 'not a JSON object');
  const { id = null, terms, start } = entry as Record<string, unknown>;
  if (!Array.isArray(terms)) return fault('bad-line', '"terms" is not a list', id);
  if (start !== undefined && !Number.isSafeInteger(start)) return fault('bad-line', '"start" is not an integer', id);
  return { id, terms, start: start as number | undefined };
}
