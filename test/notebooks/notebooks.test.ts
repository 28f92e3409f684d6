import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importsOf } from '../architecture/inspect.ts';
import { hasTool } from '../tools.ts';

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | string[];
  readonly traceback?: string[];
  readonly data?: Record<string, string | string[]>;
}
interface Cell {
  readonly cell_type: 'code' | 'markdown';
  readonly source: string | string[];
  readonly outputs?: Output[];
}

const folder = fileURLToPath(new URL('../../notebooks/', import.meta.url));
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.ipynb'))
  .sort();
const kernel = join(folder, 'node_modules', 'tslab', 'bin', 'tslab');

function text(lines: string | string[] | undefined): string {
  return Array.isArray(lines) ? lines.join('') : (lines ?? '');
}

function cellsOf(path: string): Cell[] {
  return JSON.parse(readFileSync(path, 'utf8')).cells;
}

function pictures(cells: readonly Cell[]): number {
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  return outputs.filter(({ data }) => text(data?.['image/svg+xml'] ?? data?.['text/html']).includes('<svg')).length;
}

/** What went wrong while a notebook ran: errors, and whatever it wrote to stderr. */
function faults(cells: readonly Cell[]): string[] {
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  return outputs
    .filter(({ output_type, name }) => output_type === 'error' || name === 'stderr')
    .map((output) => text(output.traceback ?? output.text));
}

/** Puts an executed notebook in the place of the old one, without the times that Jupyter writes into every cell. */
function keep(name: string, from: string): void {
  const notebook = JSON.parse(readFileSync(join(from, name), 'utf8'));
  for (const cell of notebook.cells) cell.metadata = {};
  writeFileSync(join(folder, name), `${JSON.stringify(notebook, null, 1)}\n`);
}

test('there is a notebook, and the numbers run from 01', () => {
  expect(names.length).toBeGreaterThan(0);
  names.forEach((name, i) => {
    expect(name).toMatch(new RegExp(`^${String(i + 1).padStart(2, '0')}-[a-z0-9]+(-[a-z0-9]+)*\\.ipynb$`));
  });
});

describe.each(names)('%s', (name) => {
  const cells = cellsOf(join(folder, name));

  test('asks a question and states source, seed and run time', () => {
    const words = cells.filter((cell) => cell.cell_type === 'markdown').map((cell) => text(cell.source));
    expect(words[0].split('\n')[0]).toMatch(/^# .*\?$/);
    for (const fact of ['Source', 'Seed', 'Run time']) expect(words.join('\n')).toContain(`**${fact}**`);
  });

  test('uses the public surface only', () => {
    const code = cells.filter((cell) => cell.cell_type === 'code').map((cell) => text(cell.source));
    const imports = code.flatMap((source) => importsOf('cell.ts', source)).map(({ specifier }) => specifier);
    const known = /^((ansatz|tslab)(\/package\.json)?|ansatz\/\w+|\.\/draw\.cjs)$/;
    expect(imports.filter((specifier) => !known.test(specifier))).toEqual([]);
  });

  test('ends with versions and seeds', () => {
    const last = cells.at(-1);
    expect(text(last?.source)).toContain("require('ansatz/package.json').version");
    expect(text(last?.outputs?.flatMap((output) => text(output.text)))).toMatch(/^ansatz \d.*node \d.*\nseeds? of/);
  });

  test('is kept with its pictures and without errors', () => {
    expect(pictures(cells)).toBeGreaterThanOrEqual(2);
    expect(faults(cells)).toEqual([]);
  });
});

function hasKernel(): boolean {
  if (existsSync(kernel) && existsSync(join(folder, 'node_modules', 'ansatz'))) return true;
  const hint = 'the notebook kernel is not installed: npm ci --prefix notebooks';
  if (process.env['CI']) throw new Error(hint);
  console.warn(`skipped: ${hint}`);
  return false;
}

describe.runIf(hasTool('jupyter') && hasKernel())('executed by Jupyter', () => {
  let scratch: string;

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'ansatz-notebooks-'));
    // A kernel of our own beside the user's, so that nothing outside this folder is written.
    const specification = {
      argv: [process.execPath, kernel, 'kernel', '--config-path', '{connection_file}'],
      display_name: 'TypeScript',
      language: 'typescript',
    };
    mkdirSync(join(scratch, 'kernels', 'tslab'), { recursive: true });
    writeFileSync(join(scratch, 'kernels', 'tslab', 'kernel.json'), JSON.stringify(specification));
  });

  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  test.each(names)('%s runs', { timeout: 300_000 }, (name) => {
    const flags = ['--to', 'notebook', '--execute', '--allow-errors', '--ExecutePreprocessor.timeout=240'];
    const run = spawnSync('jupyter', ['nbconvert', ...flags, join(folder, name), '--output-dir', scratch], {
      encoding: 'utf8',
      env: { ...process.env, JUPYTER_DATA_DIR: scratch, IPYTHONDIR: scratch },
    });
    expect(run.status, run.stderr).toBe(0);
    const cells = cellsOf(join(scratch, name));
    expect(faults(cells)).toEqual([]);
    if (process.env['ANSATZ_UPDATE']) keep(name, scratch);
    expect(pictures(cells)).toBe(pictures(cellsOf(join(folder, name))));
  });
});
