import { constants, readFileSync, rmSync } from 'node:fs';
import { access, mkdir, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { FormatError, now } from '../core/index.ts';
import type { FrontRecord, Progress, RunRecord } from '../search/index.ts';
import { writeAtomically, writeAtomicallySync } from './atomic-write.ts';
import { CheckpointFile } from './checkpoint-file.ts';
import { type RunSettings, writeSettings } from './run-settings.ts';
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

/** Name of the file that holds a run. */
export const RUN_FILE = 'run.json';
const HALL_FILE = 'hall_of_fame.csv';
const SECONDS_BETWEEN_SAVES = 1;
/** Reasons to end that leave a run to go on with. */
export const RESUMABLE: readonly string[] = ['cancelled', 'time-limit'];

/** What happens to the files that a folder holds already. */
export interface RunStart {
  /** What to write into `options.json`. */
  readonly settings?: RunSettings;
  /** True when the run that the folder holds goes on; the files of another run go. */
  readonly resumed?: boolean;
  /** True when the newest copy of the saved state was good. */
  readonly goodCheckpoint?: boolean;
}

/**
 * The folder that a run is saved in: `options.json`, `run.json`, `hall_of_fame.csv` with PySR's columns and its last
 * version `hall_of_fame.csv.bak`, and the state to go on from, `checkpoint.bin`, with an older copy.
 *
 * Every file is whole at every moment: a run that is killed leaves its last complete saves. What an older run left is
 * removed when the first thing of this one is saved, and the state when the run has ended by itself.
 */
export class RunFolder {
  readonly path: string;
  /** Why the latest save while running failed; the search goes on without it. */
  failure: unknown;
  private readonly created: string | undefined;
  private start: RunStart = {};
  private started = false;
  private checkpoint: CheckpointFile;
  private lastSave = Number.NEGATIVE_INFINITY;
  private hall: string | undefined;

  /** Made by `openRunFolder`. */
  constructor(path: string, created: string | undefined) {
    this.path = path;
    this.created = created;
    this.checkpoint = new CheckpointFile(path);
  }

  /** Says what run it is, before anything is saved. */
  begin(start: RunStart): void {
    this.start = start;
    this.checkpoint = new CheckpointFile(this.path, start.goodCheckpoint);
  }

  /** Saves the front of a running search, at most once a second. Does not throw. */
  saveProgress(progress: Progress): void {
    if (now() - this.lastSave < SECONDS_BETWEEN_SAVES) return;
    this.lastSave = now();
    this.attempt(() => {
      const hall = formatHallOfFame(progress.front);
      const previous = this.previousHall();
      if (previous !== undefined) writeAtomicallySync(join(this.path, `${HALL_FILE}.bak`), previous);
      writeAtomicallySync(join(this.path, HALL_FILE), hall);
      this.hall = hall;
      writeAtomicallySync(join(this.path, RUN_FILE), `${JSON.stringify(snapshot(progress), null, 2)}\n`);
    });
  }

  /** Saves the state of a running search, as `onCheckpoint` gives it. Does not throw. */
  saveCheckpoint(state: Uint8Array): void {
    this.attempt(() => this.checkpoint.save(state));
  }

  /** Saves the finished run. @throws FormatError when the files cannot be written */
  async save(record: RunRecord): Promise<void> {
    await this.checkpoint.settle();
    this.makeReady();
    const previous = this.previousHall();
    const hall = formatHallOfFame(record.front);
    if (previous !== undefined && previous !== hall) {
      await writeAtomically(join(this.path, `${HALL_FILE}.bak`), previous);
    }
    await writeAtomically(join(this.path, HALL_FILE), hall);
    await writeAtomically(join(this.path, RUN_FILE), `${JSON.stringify(record, null, 2)}\n`);
    if (!RESUMABLE.includes(record.stoppedBy)) this.checkpoint.remove();
  }

  /** Removes the folders that `openRunFolder` made, when a run ends before anything is saved in them. */
  async discard(): Promise<void> {
    if (this.created === undefined) return;
    let folder = resolve(this.path);
    const stop = dirname(resolve(this.created));
    while (folder !== stop && folder !== dirname(folder)) {
      const gone = await rmdir(folder).then(
        () => true,
        () => false,
      );
      if (!gone) return;
      folder = dirname(folder);
    }
  }

  private attempt(save: () => void): void {
    try {
      this.makeReady();
      save();
      this.failure = undefined;
    } catch (error) {
      this.failure = error;
    }
  }

  /** Makes the folder that of this run. */
  private makeReady(): void {
    if (this.started) return;
    const { settings, resumed } = this.start;
    if (!resumed) {
      this.checkpoint.remove();
      for (const name of [RUN_FILE, HALL_FILE, `${HALL_FILE}.bak`]) rmSync(join(this.path, name), { force: true });
    }
    if (settings) writeSettings(this.path, settings);
    this.started = true;
  }

  private previousHall(): string | undefined {
    if (this.hall !== undefined) return this.hall;
    try {
      return readFileSync(join(this.path, HALL_FILE), 'utf8');
    } catch {
      return undefined;
    }
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
