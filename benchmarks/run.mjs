/**
 * Runs a benchmark suite: `npm run bench -- <suite> [--quick] [--json]`.
 *
 * A suite is benchmarks/suites/<name>/index.ts with `run({ quick, log }): Promise<Row[]>`, where a row is
 * { name, value, unit, reference, ratio } and the last two may be null. The result is printed as a table and
 * written to benchmarks/results/<name>.json (<name>.quick.json with --quick); with --json only the JSON is printed.
 * `run` may return { rows, ... } instead, and what else is in it goes into the JSON as it is.
 * A suite that exports `parts` takes --only=PART of those names, as `only`; a part is printed and not written.
 * A suite that exports `ownFlags` reads the flags itself, from `args`, and writes its own results; `usage` is its help.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';

const here = dirname(fileURLToPath(import.meta.url));
const suites = readdirSync(join(here, 'suites')).filter((name) => existsSync(join(here, 'suites', name, 'index.ts')));
const given = process.argv.slice(2);
const suite = given.find((argument) => !argument.startsWith('--'));
if (suite === undefined || !suites.includes(suite)) {
  console.error(`usage: npm run bench -- <suite> [--quick] [--json]; suites: ${suites.join(', ')}`);
  process.exit(2);
}
const flags = given.filter((_, i) => i !== given.indexOf(suite));
const json = flags.includes('--json');
register();
const module = await import(pathToFileURL(join(here, 'suites', suite, 'index.ts')).href);
const args = flags.filter((flag) => flag !== '--json');
const only = args.find((flag) => flag.startsWith('--only='))?.slice('--only='.length);
const known = (flag) => flag === '--quick' || (module.parts?.includes(only) && flag === `--only=${only}`);
const unknown = module.ownFlags ? [] : args.filter((flag) => !known(flag));
if (unknown.length > 0 || args.includes('--help')) {
  console.error(module.usage ?? `usage: npm run bench -- ${suite} [--quick] [--json]${partsOf(module)}`);
  process.exit(unknown.length > 0 ? 2 : 0);
}

function partsOf({ parts }) {
  return parts ? ` [--only=${parts.join('|')}]` : '';
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: here, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return null;
  }
}

function table(rows) {
  const shown = (x) => (typeof x === 'number' ? String(Number(x.toPrecision(4))) : (x ?? ''));
  const columns = ['name', 'value', 'unit', 'reference', 'ratio'];
  const cells = [columns, ...rows.map((row) => columns.map((column) => shown(row[column])))];
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i].length)));
  const left = (column) => column === 0 || column === 2;
  const pad = (text, i) => (left(i) ? text.padEnd(widths[i]) : text.padStart(widths[i]));
  return cells.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}

const log = json ? () => {} : (text) => console.error(text);
let outcome;
try {
  outcome = await module.run({ quick: flags.includes('--quick'), log, args, only });
} catch (reason) {
  // A bad flag is the user's to mend: one line, no stack.
  if (reason?.code !== 'bad-flag') throw reason;
  console.error(reason.message);
  process.exit(2);
}
const { rows, ...about } = Array.isArray(outcome) ? { rows: outcome } : outcome;
const result = {
  suite,
  machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, node: process.version },
  commit: commit(),
  ...about,
  rows,
};
if (!module.ownFlags && only === undefined) {
  mkdirSync(join(here, 'results'), { recursive: true });
  // A quick run is a smoke test: it does not stand in for the recorded figures.
  const file = flags.includes('--quick') ? `${suite}.quick.json` : `${suite}.json`;
  writeFileSync(join(here, 'results', file), `${JSON.stringify(result, null, 2)}\n`);
}
console.log(json ? JSON.stringify(result) : table(rows));
