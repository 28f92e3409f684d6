import { AnsatzError, OptionError } from '../core/index.ts';
import { parseSequence, type SequenceText } from '../sequences/index.ts';
import { EXIT } from './exit.ts';
import { print } from './output.ts';
import type { SequenceArguments } from './sequence.ts';
import { sequenceText } from './sequence-text.ts';
import { SequenceThread } from './sequence-thread.ts';

/** Characters of a text of terms; longer than 100 000 terms of a thousand digits. */
const LONGEST_INPUT = 1 << 28;
const TIME_LIMIT = 10;
const NEXT = 5;

/** `ansatz sequence`. @throws AnsatzError */
export async function runSequence(given: readonly string[], args: SequenceArguments): Promise<number> {
  if (args.batch !== undefined) {
    refuse(given.length > 0, '--batch', 'terms are given too', 'give terms or a batch');
    refuse(args.file !== undefined, '--batch', '--file is given too', 'give one of them');
    return (await import('./run-sequence-batch.ts')).runSequenceBatch(args.batch, args);
  }
  refuse(args.threads !== undefined, '--threads', 'one sequence takes one thread', 'leave it out, or give a --batch');
  refuse(args.file !== undefined && given.length > 0, '--file', 'terms are given too', 'give terms or a file');
  const thread = new SequenceThread();
  thread.start();
  try {
    const { terms, start } = await sequenceOf(given, args.file);
    const { next = NEXT, time: timeLimit = TIME_LIMIT } = args;
    const answer = await thread.ask({ terms, start: args.start ?? start ?? 0, next, timeLimit, explain: true });
    if ('error' in answer) {
      const { code, message } = answer.error;
      throw code === 'internal' ? new Error(message) : new AnsatzError(code, message);
    }
    await print(`${args.json ? JSON.stringify(answer, null, 2) : sequenceText(answer, terms.length).join('\n')}\n`);
    return EXIT.done;
  } finally {
    thread.close();
  }
}

function refuse(isWrong: boolean, option: string, message: string, hint: string): void {
  if (isWrong) throw new OptionError('options-clash', option, message, hint);
}

async function sequenceOf(given: readonly string[], file: string | undefined): Promise<SequenceText> {
  if (file !== undefined) {
    const { readBytes } = await import('../io/index.ts');
    return parseSequence((await readBytes(file)).toString('utf8'), file);
  }
  const isPiped = given.length === 0 || (given.length === 1 && given[0].trim() === '-');
  if (!isPiped) return parseSequence(given.join(' '));
  if (process.stdin.isTTY && given.length === 0) {
    const hint = 'give terms such as 1,2,4,7,11,16, a --file, or - to type them';
    throw new AnsatzError('no-terms', 'no sequence is given', hint);
  }
  return parseSequence(await standardInput(), 'standard input');
}

async function standardInput(): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const part of process.stdin.setEncoding('utf8')) {
    parts.push(part);
    length += part.length;
    if (length > LONGEST_INPUT) {
      throw new AnsatzError('too-long', 'standard input holds more than a sequence', 'give fewer terms');
    }
  }
  return parts.join('');
}
