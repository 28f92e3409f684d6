import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasTool } from '../tools.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The evaluation room and the programs of its tests, as a page loads them. */
async function bundle(): Promise<Map<string, string>> {
  const made = await rolldown({
    input: { page: `${root}test/browser/gpu-page.ts` },
    platform: 'browser',
    external: /^node:/,
    logLevel: 'silent',
  });
  const { output } = await made.generate({ format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js' });
  await made.close();
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code] as const] : [])));
}

/** What the page says of one mode. */
interface Verdict {
  readonly mode: string;
  readonly renderer: string;
  readonly medianError: number;
  readonly finite: number;
  readonly differing: number;
  readonly declined: number;
  readonly rerun: boolean;
  readonly operators: readonly string[];
  readonly afterLoss: string;
  readonly reopened: number;
}

describe.runIf(hasTool('chromium'))('gpu.js in Chromium', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    const files = await bundle();
    server = createServer((request, response) => {
      const name = (request.url ?? '/').slice(1);
      if (name === '') response.setHeader('content-type', 'text/html').end('<!doctype html><title>Ansatz</title>');
      else if (files.has(name)) response.setHeader('content-type', 'text/javascript').end(files.get(name));
      else response.writeHead(404).end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      // Graphics by a software driver: a page in CI has no card.
      args: [
        '--no-sandbox',
        '--no-first-run',
        '--disable-background-networking',
        '--use-gl=angle',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
      ],
    });
    page = await browser.newPage();
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test.each(['webgl2', 'webgl'])(
    '%s: evaluates as the CPU does',
    async (mode) => {
      const run = `import('/page.js').then(({ judge }) => judge(${JSON.stringify(mode)}))`;
      const verdict = (await page.evaluate(run)) as Verdict;
      expect(faults).toEqual([]);
      expect(verdict.mode).toBe(mode);
      expect(verdict.renderer).not.toBe('');
      // Which programs are finite, and their losses to f32.
      expect(verdict.finite).toBeGreaterThan(100);
      expect(verdict.differing).toBeLessThanOrEqual(2);
      expect(verdict.medianError).toBeLessThan(1e-6);
      expect(verdict.rerun).toBe(true);
      // Operators whose values in their domains are further than 4 last places from the CPU's.
      expect(verdict.operators).toEqual([]);
      // A context that the driver took away is an error, and a new device works.
      expect(verdict.afterLoss).toBe('context-lost');
      expect(verdict.reopened).toBe(0);
    },
    120_000,
  );
});
