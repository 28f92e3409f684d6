import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasTool } from '../tools.ts';
import { bundleForBrowser, type OpenPage, openPage } from './page.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

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
  let opened: OpenPage;

  beforeAll(async () => {
    const files = await bundleForBrowser({ page: `${root}test/browser/gpu-page.ts` });
    // Graphics by a software driver: a page in CI has no card.
    opened = await openPage(files, [
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--use-vulkan=swiftshader',
    ]);
  }, 120_000);

  afterAll(() => opened?.close());

  test.each(['webgl2', 'webgl', 'webgpu'])(
    '%s: evaluates as the CPU does',
    async (mode) => {
      const run = `import('/page.js').then(({ judge }) => judge(${JSON.stringify(mode)}))`;
      const verdict = (await opened.page.evaluate(run)) as Verdict;
      expect(opened.faults).toEqual([]);
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

  // A page loses its oldest context when it has more than sixteen.
  test.each(['webgl2', 'webgl', 'webgpu'])(
    '%s: forty devices in turn leave the one that stays alone',
    async (mode) => {
      const run = `import('/page.js').then(({ lives }) => lives(${JSON.stringify(mode)}, 40))`;
      expect(await opened.page.evaluate(run)).toBe(0);
      expect(opened.faults).toEqual([]);
    },
    120_000,
  );
});
