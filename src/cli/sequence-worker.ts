/** The program of a thread that guesses sequences, one at a time. */
import { parentPort } from 'node:worker_threads';
import { AnsatzError } from '../core/index.ts';
import { guessSequence } from '../sequences/index.ts';
import { type SequenceQuestion, type SequenceRecord, sequenceRecord } from './sequence-record.ts';

/** What a thread says: that it is loaded, a record, or why there is none. */
export type WorkerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'record'; readonly record: SequenceRecord }
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

async function answer(question: SequenceQuestion): Promise<WorkerAnswer> {
  try {
    const { terms, start, timeLimit } = question;
    const guess = await guessSequence(terms, { start, timeLimit });
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
