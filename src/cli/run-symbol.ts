import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AnsatzError } from '../core/index.ts';
import { fromSystemError, symbolFormatOf, writeFolderAtomically, writeSymbol } from '../io/index.ts';
import { EXIT } from './exit.ts';
import { print, warn } from './output.ts';
import type { SymbolArguments } from './symbol.ts';
import { datasetText } from './symbol-dataset.ts';
import { type SymbolJob, type SymbolResult, symbolOf } from './symbol-job.ts';
import { symbolJob } from './symbol-options.ts';
import { SymbolProgressLine } from './symbol-progress.ts';
import { symbolRecord } from './symbol-record.ts';
import { symbolText } from './symbol-text.ts';
import { inThread } from './symbol-thread.ts';
import { wordRecord, wordText } from './symbol-word.ts';

/** `ansatz symbol`. @throws AnsatzError */
export async function runSymbol(given: string | undefined, args: SymbolArguments): Promise<number> {
  const job = symbolJob(given, args);
  const stop = new AbortController();
  const cancelled = new Promise<void>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve());
  });
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => stop.abort());
  const progress = new SymbolProgressLine(process.stderr);
  /** @throws AnsatzError "aborted" once cancelled */
  const work = async (wanted: SymbolJob): Promise<SymbolResult> => {
    const result = await inThread(wanted, cancelled, (now) => progress.update(now));
    if (!result) throw new AnsatzError('aborted', 'cancelled');
    return result;
  };
  try {
    const result = await (job.dataset ? inFolder(job, work) : inFile(job, args.out, work, stop.signal));
    progress.close();
    return await tell(result, args);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    progress.close();
    warn('ansatz: cancelled');
    return EXIT.cancelled;
  } finally {
    progress.close();
  }
}

type Work = (job: SymbolJob) => Promise<SymbolResult>;

/** Does the job, and writes the symbol to a file where there is one. */
async function inFile(job: SymbolJob, out: string | undefined, work: Work, signal: AbortSignal): Promise<SymbolResult> {
  if (out === undefined) return work(job);
  // A file that cannot be is refused before anything long begins.
  symbolFormatOf(out);
  await access(dirname(resolve(out)), constants.W_OK).catch((error) => {
    throw fromSystemError(error, 'cannot write', out);
  });
  const result = await work(job);
  if (result.terms) await writeSymbol(out, symbolOf(result.terms), { signal });
  return result;
}

/** Does the job of making a data set, in a folder that takes its name when it is whole. */
function inFolder(job: SymbolJob, work: Work): Promise<SymbolResult> {
  const dataset = job.dataset!;
  return writeFolderAtomically(dataset.folder, (folder) => work({ ...job, dataset: { ...dataset, folder } }));
}

async function tell(result: SymbolResult, { out = '', json, without }: SymbolArguments): Promise<number> {
  const say = (record: unknown, text: () => string[]): Promise<void> =>
    print(`${json ? JSON.stringify(record, null, 2) : text().join('\n')}\n`);
  const { word, dataset } = result;
  if (word) await say(wordRecord(result), () => wordText(result));
  else if (dataset) await say({ ...dataset, folder: out }, () => datasetText(dataset, out));
  else {
    const record = symbolRecord(result, { ...(out !== '' && { file: out }), without });
    await say(record, () => symbolText(record));
    if (record.holds === false) return EXIT.violated;
  }
  return EXIT.done;
}
