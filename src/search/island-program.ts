import type { WorkerProgram } from '../core/index.ts';

/** The program of the islands: beside this file once bundled, in dist/ when this file runs from source. */
export const ISLAND_PROGRAM: WorkerProgram = {
  url: import.meta.url.endsWith('.ts')
    ? new URL('../../dist/island-worker.js', import.meta.url)
    : new URL('./island-worker.js', import.meta.url),
  inBrowser: () => new Worker(new URL('./island-worker.js', import.meta.url), { type: 'module' }),
};
