/**
 * Runs a benchmark suite: `npm run bench -- <suite> [--quick] [--json]`.
 *
 * A suite is benchmarks/suites/<name>/index.ts with `run({ quick, log }): Promise<Row[]>`, where a row is
 * { name, value, unit, reference, ratio } and the last two may be null. The result is printed as a table and
 * written to benchmarks/results/<name>.json (<name>.quick.json with --quick); with --json only the JSON is printed.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';

const here = dirname(fileURLToPath(import.meta.url));
const suites = readdirSync(join(here, 'suites')).filter((name) => existsSync(join(here, 'suites', name, 'index.ts')));
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = [
  ...flags.filter((flag) => flag !== '--quick' && flag !== '--json'),
  ...names.filter((name) => !suites.includes(name)),
];
if (names.length !== 1 || unknown.length > 0) {
  console.error(`usage: npm run bench -- <suite> [--quick] [--json]; suites: ${suites.join(', ')}`);
  process.exit(2);
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

const suite = names[0];
const json = flags.includes('--json');
register();
const { run } = await import(pathToFileURL(join(here, 'suites', suite, 'index.ts')).href);
const log = json ? () => {} : (text) => console.error(text);
const rows = await run({ quick: flags.includes('--quick'), log });
const result = {
  suite,
  machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, node: process.version },
  commit: commit(),
  rows,
};
mkdirSync(join(here, 'results'), { recursive: true });
// A quick run is a smoke test: it does not stand in for the recorded figures.
const file = flags.includes('--quick') ? `${suite}.quick.json` : `${suite}.json`;
writeFileSync(join(here, 'results', file), `${JSON.stringify(result, null, 2)}\n`);
console.log(json ? JSON.stringify(result) : table(rows));
