import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { FormatError } from '../../core/index.ts';

const ENTRY = z.object({
  complexity: z.number(),
  loss: z.number(),
  // Infinity has no number in JSON.
  score: z.number().nullish(),
  expression: z.string(),
  latex: z.string(),
  constants: z.array(z.number().nullable()).default([]),
  // Runs of older versions, and those still going, do not know these.
  evidence: z.number().nullish(),
  description: z.number().nullish(),
  functions: z.record(z.string(), z.string()).optional(),
  parameters: z.record(z.string(), z.array(z.number().nullable())).optional(),
});

const RIVAL = z.object({
  expression: z.string(),
  latex: z.string(),
  complexity: z.number(),
  loss: z.number(),
  nats: z.number(),
  tolerance: z.number().optional(),
  where: z.record(z.string(), z.union([z.number(), z.string()])),
  predictions: z.tuple([z.number(), z.number()]),
  separation: z.number(),
  unit: z.enum(['sigma', 'relative']),
});

/** A finished run, or one that is still going, which knows less. */
const RUN = z.object({
  running: z.boolean().default(false),
  phase: z.string().optional(),
  seed: z.number().optional(),
  threads: z.number().optional(),
  seconds: z.number(),
  evaluations: z.number(),
  stoppedBy: z.string().optional(),
  target: z.string().optional(),
  inputs: z.array(z.string()).optional(),
  notes: z.array(z.string()).default([]),
  categories: z.record(z.string(), z.array(z.string())).default({}),
  best: ENTRY.nullish(),
  front: z.array(ENTRY),
  rivals: z.array(RIVAL).default([]),
});

const SETTINGS = z.object({
  table: z.string().optional().catch(undefined),
  options: z.record(z.string(), z.unknown()).optional().catch(undefined),
  version: z.string().optional().catch(undefined),
  files: z.record(z.string(), z.string()).optional().catch(undefined),
  targets: z.record(z.string(), z.string()).optional().catch(undefined),
});

/** A step of the front as it was saved. */
export type SavedEntry = z.output<typeof ENTRY>;

/** What a folder tells about a run. */
export interface SavedRun extends Omit<z.output<typeof RUN>, 'best' | 'target'> {
  readonly folder: string;
  readonly target: string;
  readonly best: SavedEntry;
  /** The table as `fit` was given it. */
  readonly table: string | undefined;
  /** The options of `fit`; undefined when they were not saved. */
  readonly options: Readonly<Record<string, unknown>> | undefined;
  /** Tables that options were read from, by the name of the option. */
  readonly files: Readonly<Record<string, string>> | undefined;
  /** The version of Ansatz that made the run. */
  readonly version: string | undefined;
}

/**
 * Reads `run.json` and, where it is there, `options.json`.
 *
 * @throws FormatError "not-a-folder" | "no-run" | "several-runs" | "damaged-file" | "no-formula" or the code of the system
 */
export async function readSavedRun(folder: string): Promise<SavedRun> {
  const path = join(folder, 'run.json');
  const status = await stat(folder).catch(() => undefined);
  if (!status?.isDirectory()) {
    const message = status ? 'a file, not a folder' : 'no such folder';
    throw new FormatError('not-a-folder', message, folder, 0, 'give the folder of ansatz fit --out');
  }
  const settings = SETTINGS.safeParse((await readJson(join(folder, 'options.json'), true)) ?? {});
  const { table, options, version, files, targets } = settings.success ? settings.data : {};
  const saved = await readJson(path, targets !== undefined);
  if (saved === undefined && targets !== undefined) {
    const folders = Object.values(targets).map((name) => join(folder, name));
    throw new FormatError(
      'several-runs',
      'holds a run for each of its targets',
      folder,
      0,
      `give ${folders.join(' or ')}`,
    );
  }
  const run = RUN.safeParse(saved);
  if (!run.success) throw damaged(path, run.error.issues[0]);
  const { best, target, ...rest } = run.data;
  if (!best) {
    throw new FormatError('no-formula', 'the run has found no formula yet', path, 0, 'wait until it has');
  }
  const name = target ?? (typeof options?.['target'] === 'string' ? options['target'] : 'target');
  return { ...rest, folder, best, target: name, table, options, files, version };
}

async function readJson(path: string, optional = false): Promise<unknown> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    if (optional) return undefined;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const missing = code === 'ENOENT';
    const hint = missing ? 'give the folder of ansatz fit --out' : 'check the rights of the file';
    throw new FormatError(missing ? 'no-run' : code, missing ? 'no such file' : 'cannot read', path, 0, hint);
  }
  try {
    return JSON.parse(content);
  } catch {
    throw new FormatError('damaged-file', 'not JSON', path, 0, 'mend it, or run the fit again');
  }
}

function damaged(path: string, issue: z.core.$ZodIssue): FormatError {
  const place = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  return new FormatError('damaged-file', `no saved run: ${place}${issue.message}`, path, 0, 'run the fit again');
}
