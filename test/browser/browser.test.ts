import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importsOf } from '../architecture/inspect.ts';
import { hasTool } from '../tools.ts';
import { bundleForBrowser, type OpenPage, openPage } from './page.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = join(root, 'dist');

/** The main entry and the worker, and nothing else of the package. */
const INPUT = { index: join(dist, 'index.js'), 'island-worker': join(dist, 'island-worker.js') };

function planets(): Record<string, number[]> {
  const rows = readFileSync(join(root, 'data/planets/planets.csv'), 'utf8').trim().split('\n').slice(1);
  const cells = rows.map((row) => row.split(',').slice(1).map(Number));
  return { semi_major_axis: cells.map((row) => row[0]), period: cells.map((row) => row[1]) };
}

/** Seeded and bounded by work, not by time. */
const OPTIONS = { target: 'period', seed: 1, maxEvals: 60_000, timeLimit: 600 };

/** The same program for Node and for the page. */
const PROGRAM = `async (entry, data, options) => {
  const { fit, print, Table } = await import(entry);
  const model = await fit(Table.from(data), options);
  const front = model.front.map(({ complexity, loss, expression, tree }) =>
    ({ complexity, loss, expression, rounded: print(tree, { digits: 6 }) }));
  return { front, best: front.find((entry) => entry.complexity === model.best.complexity) };
}`;

interface Entry {
  readonly complexity: number;
  readonly loss: number;
  readonly expression: string;
  /** The expression with constants to six digits. */
  readonly rounded: string;
}
interface Run {
  readonly front: readonly Entry[];
  readonly best: Entry;
}

function runInNode(options: object): Run {
  const call = [new URL('dist/index.js', `file://${root}`).href, planets(), { ...OPTIONS, ...options }];
  const program = join(root, 'build', 'front-in-node.mjs');
  mkdirSync(dirname(program), { recursive: true });
  writeFileSync(program, `console.log(JSON.stringify(await (${PROGRAM})(...${JSON.stringify(call)})))`);
  const { stdout, stderr } = spawnSync('node', [program], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

let files: Map<string, string>;

beforeAll(async () => {
  files = await bundleForBrowser(INPUT);
});

test('the bundle imports nothing that a browser lacks', () => {
  // Not even behind `import()`: a bundler for the browser refuses to resolve it. The worker adapter keeps the name in a
  // variable, which a browser never reaches.
  const imports = [...files].flatMap(([name, code]) => importsOf(name, code));
  expect(imports.map(({ specifier }) => specifier).filter((specifier) => !specifier.startsWith('./'))).toEqual([]);
});

describe.runIf(hasTool('chromium'))('the bundle in Chromium', () => {
  let opened: OpenPage;
  let page: Page;
  let faults: readonly string[];

  beforeAll(async () => {
    opened = await openPage(files, ['--disable-gpu']);
    ({ page, faults } = opened);
  });

  afterAll(() => opened?.close());

  function runInPage(options: object): Promise<Run> {
    const call = JSON.stringify(['/index.js', planets(), { ...OPTIONS, ...options }]);
    return page.evaluate(`(${PROGRAM})(...${call})`);
  }

  // The elementary functions of two JavaScript engines differ in the last digit, and evolution amplifies that;
  // what the exhaustive phases find, and what is chosen, may not depend on it.
  test('finds the front that Node finds, before evolution', async () => {
    const phases = ['monomials', 'enumerate'];
    // Relative noise brings in fits whose constants hang on the last digits.
    const options = { threads: 1, phases, noise: 'additive' };
    const inPage = await runInPage(options);
    const inNode = runInNode(options);
    expect(faults).toEqual([]);
    expect(inPage.front.map((entry) => entry.rounded)).toEqual(inNode.front.map((entry) => entry.rounded));
  });

  test('chooses the formula that Node chooses', async () => {
    const inPage = await runInPage({ threads: 1 });
    expect(faults).toEqual([]);
    expect(inPage.best.rounded).toEqual(runInNode({ threads: 1 }).best.rounded);
  });

  test('starts workers, and finds the same front with them, digit for digit', async () => {
    const started = page.waitForEvent('worker', { timeout: 30_000 });
    const [, withWorkers] = await Promise.all([started, runInPage({ threads: 2 })]);
    const alone = await runInPage({ threads: 1 });
    expect(faults).toEqual([]);
    expect(withWorkers).toEqual(alone);
  });
});
