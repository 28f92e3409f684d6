import { closeSync, fsync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FormatError, now } from '../core/index.ts';
import { writeAtomicallySync } from './atomic-write.ts';
import { fromSystemError, isSystemError } from './system-error.ts';

const CURRENT = 'checkpoint.bin';
const PREVIOUS = 'checkpoint.bin.bak';
/** Writing takes at most this share of the time; on a slow disk states are passed over. */
const WRITING_SHARE = 0.1;
/** Seconds for which a state waits for the disk to take the one before it; then it is written all the same. */
const PATIENCE_SECONDS = 1;

/**
 * The saved state of a run, in two copies: `checkpoint.bin`, and `checkpoint.bin.bak` from before it.
 *
 * A state is written and renamed before `save` returns, so that a process killed at any moment leaves the newest
 * one whole. It becomes the copy only when the disk has it, so that a loss of power leaves a whole one too.
 */
export class CheckpointFile {
  private readonly folder: string;
  /** True when the disk has `checkpoint.bin`. */
  private onDisk: boolean;
  private syncing: { readonly since: number; readonly over: Promise<void> } | undefined;
  private saves = 0;
  private lastEnd = Number.NEGATIVE_INFINITY;
  private lastDuration = 0;

  /** @param good true when the folder holds a `checkpoint.bin` that was read */
  constructor(folder: string, good = false) {
    this.folder = folder;
    this.onDisk = good;
  }

  /** Writes a state, unless the disk cannot keep up; the next one is then newer. @throws FormatError with the code of the system */
  save(state: Uint8Array): void {
    const start = now();
    if (start - this.lastEnd < this.lastDuration * (1 / WRITING_SHARE - 1)) return;
    if (this.syncing && start - this.syncing.since < PATIENCE_SECONDS) return;
    const path = join(this.folder, CURRENT);
    try {
      if (this.onDisk) {
        this.onDisk = false;
        renameSync(path, join(this.folder, PREVIOUS));
      }
      writeAtomicallySync(path, state, (descriptor) => this.sync(descriptor));
    } catch (error) {
      throw fromSystemError(error, 'cannot write', path);
    } finally {
      this.lastEnd = now();
      this.lastDuration = this.lastEnd - start;
    }
  }

  /** Sends what was written to the disk, one file at a time. */
  private sync(descriptor: number): void {
    if (this.syncing) {
      this.saves++;
      closeSync(descriptor);
      return;
    }
    const save = ++this.saves;
    const over = new Promise<void>((resolve) => {
      fsync(descriptor, (error) => {
        closeSync(descriptor);
        this.syncing = undefined;
        // A later state may have taken the name since, and the disk may not have that one yet.
        this.onDisk = !error && save === this.saves;
        resolve();
      });
    });
    this.syncing = { since: now(), over };
  }

  /** Waits for the disk. */
  async settle(): Promise<void> {
    await this.syncing?.over;
  }

  /** Removes both copies, of this run or of another. */
  remove(): void {
    for (const name of [CURRENT, PREVIOUS]) rmSync(join(this.folder, name), { force: true });
  }
}

/** A state as `readCheckpoint` found it. */
export interface FoundCheckpoint {
  readonly state: Uint8Array;
  /** False when only the older copy was good. */
  readonly newest: boolean;
}

/**
 * The newest good state in a folder; undefined when there is none at all.
 *
 * @param check throws for bytes that are no state
 * @throws FormatError "damaged" when no copy is good
 */
export function readCheckpoint(folder: string, check: (state: Uint8Array) => unknown): FoundCheckpoint | undefined {
  let found = 0;
  for (const name of [CURRENT, PREVIOUS]) {
    try {
      const state = readFileSync(join(folder, name));
      found++;
      check(state);
      return { state, newest: name === CURRENT };
    } catch (error) {
      if (isSystemError(error) ? error.code !== 'ENOENT' : !(error instanceof FormatError)) {
        throw fromSystemError(error, 'cannot read', join(folder, name));
      }
    }
  }
  if (found === 0) return undefined;
  const which = found === 1 ? 'damaged, and there is no other copy' : 'damaged, and so is its copy';
  const hint = `restore it, or remove ${CURRENT} and ${PREVIOUS} to start the run afresh`;
  throw new FormatError('damaged', which, join(folder, CURRENT), 0, hint);
}
