import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { AnsatzError } from '../../core/index.ts';
import { type FileTable, parseTableSource, readTable, writeAtomically } from '../../io/index.ts';
import { EXIT, oneLine } from '../exit.ts';
import { print } from '../output.ts';
import type { ReportArguments } from '../report.ts';
import { type Observations, observationsOf } from './observations.ts';
import { loadPackages } from './packages.ts';
import { buildPage, type TableSummary } from './page.ts';
import { readSavedRun, type SavedRun } from './saved-run.ts';

/** `ansatz report`: writes one page about a saved run and prints its path. @throws AnsatzError */
export async function runReport(folder: string, args: ReportArguments): Promise<number> {
  const run = await readSavedRun(folder);
  const packages = await loadPackages();
  const warnings: string[] = [];
  if (run.running) warnings.push('The search was still going when this page was made; its front may get better.');
  const source = await openTable(run, args, warnings);
  const page = await buildPage({ run, packages, warnings, ...source });
  const out = args.out ?? join(folder, 'report.html');
  await writeAtomically(out, page);
  await print(`${oneLine(out)}\n`);
  return EXIT.done;
}

interface OpenedTable {
  readonly table?: TableSummary;
  readonly data?: Observations;
}

/** The table of the run. What is asked for must be there; what the run remembers may have gone. */
async function openTable(run: SavedRun, args: ReportArguments, warnings: string[]): Promise<OpenedTable> {
  const given = args.table ?? run.table;
  if (given === undefined) {
    warnings.push('The run does not say which table it was fitted to: give it with --table to see the fit.');
    return {};
  }
  try {
    const options = {
      ...run.options,
      ...(args.sigma === undefined ? {} : { sigma: args.sigma }),
      ...(run.files?.['covariance'] === undefined ? {} : { covariance: await readMatrix(run.files['covariance']) }),
    };
    const { path, ...parts } = parseTableSource(given);
    const found = args.table === undefined ? await locate(path, run.folder) : path;
    const table = await readTable(found, parts);
    const data = observationsOf(table, run, options);
    return { data, table: { table, name: given, sha256: await digestOf(found), roles: rolesOf(table, run, options) } };
  } catch (error) {
    if (args.table !== undefined || args.sigma !== undefined || !(error instanceof AnsatzError)) throw error;
    warnings.push(`The figures of the fit are left out, since its table cannot be used: ${error.message}.`);
    return {};
  }
}

/** The rows of a table of numbers, such as a covariance matrix. */
async function readMatrix(source: string): Promise<number[][]> {
  const { path, ...parts } = parseTableSource(source);
  const table = await readTable(path, parts);
  const columns = table.names.map((name) => table.numbers(name));
  return Array.from({ length: table.rows }, (_, row) => columns.map((column) => column[row]));
}

/** A path as the run was given it: from here, or else from beside or above its folder. */
async function locate(path: string, folder: string): Promise<string> {
  if (isAbsolute(path)) return path;
  for (const candidate of [path, resolve(folder, path), resolve(folder, '..', path)]) {
    const status = await stat(candidate).catch(() => undefined);
    if (status?.isFile()) return candidate;
  }
  return path;
}

/** sha256 of the file in hexadecimal digits; undefined where it can be read only once, as a pipe. */
async function digestOf(path: string): Promise<string | undefined> {
  const status = await stat(path).catch(() => undefined);
  if (!status?.isFile()) return undefined;
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

const ROLES: Readonly<Record<string, string>> = {
  weights: 'weight',
  sigma: 'standard error',
  sigmaUp: 'error upwards',
  sigmaDown: 'error downwards',
  binLow: 'lower bin edge',
  binHigh: 'upper bin edge',
};

function rolesOf(table: FileTable, run: SavedRun, options: Readonly<Record<string, unknown>>): Map<string, string> {
  const roles = new Map<string, string>();
  for (const name of run.inputs ?? []) {
    roles.set(name, Object.hasOwn(run.categories, name) ? 'input, categories' : 'input');
  }
  for (const [option, role] of Object.entries(ROLES)) {
    const name = options[option];
    if (typeof name === 'string' && table.names.includes(name)) roles.set(name, role);
  }
  roles.set(run.target, 'target');
  return roles;
}
