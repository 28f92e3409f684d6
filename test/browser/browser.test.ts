import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importsOf } from '../architecture/inspect.ts';
import { hasTool } from '../tools.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = join(root, 'dist');

/** The main entry and the worker as a page would load them, and nothing else of the package. */
async function bundleForBrowser(): Promise<Map<string, string>> {
  const bundle = await rolldown({
    input: { index: join(dist, 'index.js'), 'island-worker': join(dist, 'island-worker.js') },
    platform: 'browser',
    external: /^node:/,
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js' });
  await bundle.close();
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code] as const] : [])));
}

function planets(): Record<string, number[]> {
  const rows = readFileSync(join(root, 'data/planets/planets.csv'), 'utf8').trim().split('\n').slice(1);
  const cells = rows.map((row) => row.split(',').slice(1).map(Number));
  return { semi_major_axis: cells.map((row) => row[0]), period: cells.map((row) => row[1]) };
}

/** Seeded and bounded by work, not by time: the same front wherever it runs. */
const OPTIONS = { target: 'period', seed: 1, maxEvals: 20_000, timeLimit: 600 };

/** The same program for Node and for the page. */
const PROGRAM = `async (entry, data, options) => {
  const { fit, Table } = await import(entry);
  const model = await fit(Table.from(data), options);
  return model.front.map(({ complexity, loss, expression }) => ({ complexity, loss, expression }));
}`;

interface Entry {
  readonly complexity: number;
  readonly loss: number;
  readonly expression: string;
}

function frontInNode(threads: number): Entry[] {
  const call = [new URL('dist/index.js', `file://${root}`).href, planets(), { ...OPTIONS, threads }];
  const program = `console.log(JSON.stringify(await (${PROGRAM})(...${JSON.stringify(call)})))`;
  const { stdout, stderr } = spawnSync('node', ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

let files: Map<string, string>;

beforeAll(async () => {
  files = await bundleForBrowser();
});

test('the bundle imports nothing that a browser lacks', () => {
  // What the worker adapter asks of Node sits behind a dynamic import that a browser never reaches.
  const imports = [...files].flatMap(([name, code]) => importsOf(name, code));
  expect(imports.filter(({ specifier, dynamic }) => !specifier.startsWith('./') && !dynamic)).toEqual([]);
  const dynamic = new Set(imports.filter((entry) => entry.dynamic).map((entry) => entry.specifier));
  dynamic.delete('node:worker_threads');
  expect([...dynamic].filter((specifier) => !specifier.startsWith('./'))).toEqual([]);
});

describe.runIf(hasTool('chromium'))('the bundle in Chromium', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const name = (request.url ?? '/').slice(1);
      // Threads share memory, which a page may do only when it is isolated.
      response.setHeader('cross-origin-opener-policy', 'same-origin');
      response.setHeader('cross-origin-embedder-policy', 'require-corp');
      if (name === '') response.setHeader('content-type', 'text/html').end('<!doctype html><title>Ansatz</title>');
      else if (files.has(name)) response.setHeader('content-type', 'text/javascript').end(files.get(name));
      else response.writeHead(404).end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    page = await browser.newPage();
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test.each([1, 2])('finds the front that Node finds, threads: %i', async (threads) => {
    const call = JSON.stringify(['/index.js', planets(), { ...OPTIONS, threads }]);
    const front = await page.evaluate(`(${PROGRAM})(...${call})`);
    expect(faults).toEqual([]);
    expect(front).toEqual(frontInNode(threads));
  });

  test('really starts workers', async () => {
    const call = JSON.stringify(['/index.js', planets(), { ...OPTIONS, threads: 2 }]);
    const started = page.waitForEvent('worker', { timeout: 30_000 });
    await Promise.all([started, page.evaluate(`(${PROGRAM})(...${call})`)]);
  });
});
