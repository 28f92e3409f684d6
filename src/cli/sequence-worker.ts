/** The program of a thread that guesses sequences, one at a time. */
import { parentPort } from 'node:worker_threads';
import { AnsatzError } from '../core/index.ts';
import { guessSequence } from '../sequences/index.ts';
import { type SequenceQuestion, sequenceRecord, type WorkerAnswer } from './sequence-record.ts';

async function answer(question: SequenceQuestion): Promise<WorkerAnswer> {
  try {
    const { terms, start, timeLimit, explain } = question;
    const guess = await guessSequence(terms, { start, timeLimit, explain });
    return { kind: 'record', record: sequenceRecord(guess, question) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'error', code: error instanceof AnsatzError ? error.code : 'internal', message };
  }
}

parentPort?.on('message', async (question: SequenceQuestion) => {
  parentPort?.postMessage(await answer(question));
});
parentPort?.postMessage({ kind: 'ready' } satisfies WorkerAnswer);
