import { access, constants, mkdir, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { FormatError, now } from '../core/index.ts';
import type { FrontRecord, Progress, RunRecord } from '../search/index.ts';
import { writeAtomically } from './atomic-write.ts';
import { fromSystemError, isSystemError } from './system-error.ts';

/** The JSON form of a run that is still going: `run.json` until the search ends. */
export interface RunSnapshot {
  readonly running: true;
  readonly phase: string;
  readonly seconds: number;
  readonly evaluations: number;
  readonly best: FrontRecord | null;
  readonly front: readonly FrontRecord[];
}

const SECONDS_BETWEEN_SAVES = 1;

/**
 * The folder that a run is saved in: `run.json`, and `hall_of_fame.csv` with PySR's columns.
 *
 * Both files are whole at every moment: a run that is killed leaves the last complete save.
 */
export class RunFolder {
  readonly path: string;
  private readonly created: string | undefined;
  private readonly write: typeof writeAtomically;
  private lastSave = Number.NEGATIVE_INFINITY;
  private saving: Promise<void> | undefined;
  /** Why the latest save while running failed; the search goes on without it. */
  failure: unknown;

  /** Made by `openRunFolder`. */
  constructor(path: string, created: string | undefined, write = writeAtomically) {
    this.path = path;
    this.created = created;
    this.write = write;
  }

  /** Saves a running search, at most once a second and never two saves at a time. Does not throw. */
  saveProgress(progress: Progress): void {
    if (this.saving || now() - this.lastSave < SECONDS_BETWEEN_SAVES) return;
    this.lastSave = now();
    this.saving = this.writeFiles(snapshot(progress), progress.front)
      .then(
        () => {
          this.failure = undefined;
        },
        (error) => {
          this.failure = error;
        },
      )
      .finally(() => {
        this.saving = undefined;
      });
  }

  /** Saves the finished run. @throws FormatError when the files cannot be written */
  async save(record: RunRecord): Promise<void> {
    await this.saving;
    await this.writeFiles(record, record.front);
  }

  /** Removes the folders that `openRunFolder` made, when a run ends before anything is saved in them. */
  async discard(): Promise<void> {
    await this.saving;
    if (this.created === undefined) return;
    let folder = resolve(this.path);
    const stop = dirname(resolve(this.created));
    while (folder !== stop && folder !== dirname(folder)) {
      if (
        !(await rmdir(folder).then(
          () => true,
          () => false,
        ))
      )
        return;
      folder = dirname(folder);
    }
  }

  private async writeFiles(record: RunRecord | RunSnapshot, front: readonly HallOfFameRow[]): Promise<void> {
    await this.write(join(this.path, 'hall_of_fame.csv'), formatHallOfFame(front));
    await this.write(join(this.path, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
  }
}

/**
 * Opens the folder of a run, making it when it is not there, and checks at once that files can be made in it.
 *
 * @throws FormatError "not-a-folder" or the code of the system, such as "EACCES"
 */
export async function openRunFolder(path: string): Promise<RunFolder> {
  const status = await stat(path).catch(() => undefined);
  if (status && !status.isDirectory()) {
    throw new FormatError('not-a-folder', 'a file, not a folder', path, 0, 'give a folder to save the run in');
  }
  let folder: RunFolder | undefined;
  try {
    folder = new RunFolder(path, await makeFolder(resolve(path)));
    await access(path, constants.W_OK | constants.X_OK);
    const probe = join(path, `.writable.${process.pid}.tmp`);
    await writeFile(probe, '');
    await unlink(probe);
    return folder;
  } catch (error) {
    await folder?.discard();
    throw fromSystemError(error, 'cannot save here', path);
  }
}

/**
 * Makes a folder and those above it; returns the topmost one made. Node's own `recursive` never returns
 * where a file system refuses new folders with ENOENT, as /proc does.
 */
async function makeFolder(path: string): Promise<string | undefined> {
  try {
    await mkdir(path);
    return path;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'EEXIST') return undefined;
    if (error.code !== 'ENOENT' || path === dirname(path)) throw error;
    const above = await makeFolder(dirname(path));
    await mkdir(path);
    return above ?? path;
  }
}

/** A row of the hall of fame. */
export type HallOfFameRow = Pick<FrontRecord, 'complexity' | 'loss' | 'expression'>;

/** The hall of fame as CSV: PySR's columns Complexity, Loss, Equation. */
export function formatHallOfFame(front: readonly HallOfFameRow[]): string {
  const lines = front.map((entry) => `${entry.complexity},${entry.loss},"${entry.expression.replaceAll('"', '""')}"\n`);
  return `Complexity,Loss,Equation\n${lines.join('')}`;
}

function snapshot(progress: Progress): RunSnapshot {
  return {
    running: true,
    phase: progress.phase,
    seconds: progress.elapsedSeconds,
    evaluations: progress.evaluations,
    best: progress.best ? withoutTree(progress.best) : null,
    front: progress.front.map(withoutTree),
  };
}

function withoutTree({ tree: _, ...rest }: Progress['front'][number]): FrontRecord {
  return rest;
}
