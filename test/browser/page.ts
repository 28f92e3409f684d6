import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright-core';
import { type InputOptions, rolldown } from 'rolldown';

/** A page in Chromium that can import the files it was opened with. */
export interface OpenPage {
  readonly page: Page;
  /** Messages of errors that nobody caught. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** Chunks by name, as a browser would load them. */
export async function bundleForBrowser(input: InputOptions['input']): Promise<Map<string, string>> {
  const bundle = await rolldown({ input, platform: 'browser', external: /^node:/, logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js' });
  await bundle.close();
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code] as const] : [])));
}

/**
 * Serves an empty page and the files beside it, isolated so that its threads may share memory.
 *
 * @param flags of Chromium
 */
export async function openPage(files: ReadonlyMap<string, string>, flags: readonly string[]): Promise<OpenPage> {
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-embedder-policy', 'require-corp');
    if (name === '') response.setHeader('content-type', 'text/html').end('<!doctype html><title>Ansatz</title>');
    else if (files.has(name)) response.setHeader('content-type', 'text/javascript').end(files.get(name));
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...flags,
    ],
  });
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    faults,
    async close() {
      await browser.close();
      server.close();
    },
  };
}
