import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runReport } from '../../src/cli/report/run-report.ts';
import { HARM, harmful, type ReportRun, saveRun, template, threeInputs, wide, withErrors } from '../cli/report-runs.ts';
import { hasTool } from '../tools.ts';

/** Widths of a phone and of a desk, in pixels. */
const WIDTHS = [400, 1200] as const;
/** A text may stick out of its figure by a rounded pixel. */
const PIXEL = 1;

describe.runIf(hasTool('chromium'))('a report in Chromium', () => {
  const place = mkdtempSync(join(tmpdir(), 'ansatz-report-'));
  const runs = new Map<string, ReportRun>();
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let requests: string[] = [];
  let faults: string[] = [];

  beforeAll(async () => {
    runs.set('errors', await withErrors());
    runs.set('three', await threeInputs());
    runs.set('template', await template());
    runs.set('harmful', harmful());
    runs.set('wide', wide());
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((...given: unknown[]) => {
      for (const callback of given) if (typeof callback === 'function') callback();
      return true;
    });
    for (const [name, run] of runs) await runReport(saveRun(join(place, name), run), {});
    write.mockRestore();
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
    context = await browser.newContext({ offline: true });
    page = await context.newPage();
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => faults.push(message.text()));
    page.on('dialog', (dialog) => faults.push(dialog.message()));
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(place, { recursive: true, force: true });
  });

  /** Opens a report from the disk, without a network. */
  async function open(name: string, width: number = WIDTHS[1]): Promise<ReportRun> {
    requests = [];
    faults = [];
    await page.setViewportSize({ width, height: 900 });
    await page.goto(pathToFileURL(join(place, name, 'report.html')).href);
    await page.evaluate('document.fonts.ready');
    return runs.get(name)!;
  }

  const count = (selector: string): Promise<number> => page.locator(selector).count();

  test.each(['errors', 'three', 'template', 'harmful'])(
    '%s: asks for nothing and complains of nothing',
    async (name) => {
      const { record } = await open(name);
      expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([
        pathToFileURL(join(place, name, 'report.html')).href,
      ]);
      expect(faults).toEqual([]);
      expect(await count('table.front tbody tr')).toBe(record.front.length);
      expect(await count('table.front tr.chosen')).toBe(1);
      expect(await count('.warning')).toBe(name === 'harmful' ? 1 : 0);
    },
  );

  test('shows the law in the fonts of the page, with its LaTeX inside', async () => {
    const { record } = await open('errors');
    const annotation = await page.locator('.law annotation').first().textContent();
    expect(annotation).toContain(`y = ${record.best.latex}`);
    expect(await count('.law math')).toBe(1);
    const families = 'Array.from(document.fonts).filter((f) => f.status === "loaded").map((f) => f.family)';
    expect(await page.evaluate(families)).toEqual(expect.arrayContaining(['KaTeX_Main', 'KaTeX_Math']));
  });

  test('draws every point, its error bar, the curve, and the steps of the front', async () => {
    const { record } = await open('errors');
    expect(await count('#law circle')).toBe(40);
    expect(await count('#law .mark-rule.role-mark line')).toBe(40);
    expect(await count('#law .mark-line path')).toBe(1);
    expect(await count('#front circle')).toBe(record.front.length);
    expect(await count('#residuals-prediction circle')).toBe(40);
    expect(await count('#residuals-input-1 circle')).toBe(40);
    expect(await count('#residuals-histogram .mark-rect.role-mark path')).toBeGreaterThanOrEqual(5);
    expect(await page.locator('.measures').textContent()).toContain('p-value');
  });

  test('of three inputs shows residuals against each, and observed against predicted', async () => {
    await open('three');
    for (const i of [1, 2, 3]) expect(await count(`#residuals-input-${i} circle`)).toBe(60);
    expect(await page.locator('#law figcaption').textContent()).toContain('Observed against predicted');
    expect(await page.locator('.measures').textContent()).not.toContain('p-value');
  });

  test('of a template shows its functions, and parameters under the labels of the categories', async () => {
    const { record } = await open('template');
    const rows = await page.locator('.law table tbody tr').allTextContents();
    expect(rows.length).toBe(record.best.parameters!['p'].length);
    for (const [i, label] of record.categories['detector'].entries()) expect(rows[i]).toContain(`p[${label}]`);
    expect(await page.locator('.part annotation').first().textContent()).toContain('f = ');
    const ticks = await page.locator('#residuals-input-2 .role-axis-label text').allTextContents();
    for (const label of record.categories['detector']) expect(ticks).toContain(label);
  });

  test('text that wants to be markup or a program stays text', async () => {
    const { record } = await open('harmful');
    expect(await page.evaluate('globalThis.harm')).toBeUndefined();
    expect(await count('img, a, script:not([type="application/json"])')).toBe(0);
    // Every svg is a figure or a root sign of KaTeX.
    expect(await count('svg')).toBe(await count('figure .plot > svg, .katex svg'));
    expect(await page.locator('h1').textContent()).toBe(`A law for ${record.target} in ${record.inputs[0]}`);
    expect(await page.title()).toContain(record.target);
    const notes = await page.locator('section li').allTextContents();
    expect(notes).toEqual([...HARM]);
    const columns = await page.locator('table.columns tbody th').allTextContents();
    expect(columns).toEqual([HARM[1], HARM[0], HARM[2]]);
  });

  test('no script runs, even one that stands in the page', async () => {
    await open('harmful');
    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'globalThis.harm = 2';
      document.body.append(script);
    }`);
    expect(await page.evaluate('globalThis.harm')).toBeUndefined();
    expect(faults.some((fault) => fault.includes('Content Security Policy'))).toBe(true);
  });

  test('keeps the vega-lite specification of every figure', async () => {
    await open('three');
    const specs = await page.evaluate<[string, string][]>(
      `Array.from(document.querySelectorAll('figure'), ({ id }) => [id, document.getElementById('spec-' + id).textContent])`,
    );
    expect(specs.length).toBeGreaterThan(5);
    for (const [, spec] of specs) expect(JSON.parse(spec).$schema).toContain('vega-lite');
  });

  describe.each(WIDTHS)('%i pixels wide', (width) => {
    test.each(['errors', 'three', 'template', 'harmful', 'wide'])('%s: nothing sticks out', async (name) => {
      await open(name, width);
      await page.evaluate(`for (const each of document.querySelectorAll('details')) each.open = true`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      const cut = await page.evaluate<string[]>(`Array.from(document.querySelectorAll('figure svg')).flatMap((svg) => {
        const frame = svg.getBoundingClientRect();
        return Array.from(svg.querySelectorAll('text')).flatMap((text) => {
          const box = text.getBoundingClientRect();
          const inside = box.left >= frame.left - ${PIXEL} && box.right <= frame.right + ${PIXEL} &&
            box.top >= frame.top - ${PIXEL} && box.bottom <= frame.bottom + ${PIXEL};
          return inside || box.width === 0 ? [] : [text.textContent];
        });
      })`);
      expect(cut).toEqual([]);
    });
  });

  test('every figure and table has a name, headings come in order, ids are unique', async () => {
    await open('template');
    expect(await count('figure')).toBe(await count('figure [role=img][aria-label]:not([aria-label=""])'));
    expect(await count('table')).toBe(await count('table > caption'));
    expect(await count('table thead th:not([scope=col]), table tbody th:not([scope=row])')).toBe(0);
    const levels = await page.evaluate<number[]>(
      `Array.from(document.querySelectorAll('h1,h2,h3'), (heading) => Number(heading.tagName[1]))`,
    );
    expect(levels[0]).toBe(1);
    for (const [i, level] of levels.slice(1).entries()) expect(level - levels[i]).toBeLessThanOrEqual(1);
    const ids = await page.evaluate<string[]>(`Array.from(document.querySelectorAll('[id]'), (each) => each.id)`);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('follows the dark of the system, its figures too, and prints in the light', async () => {
    await open('errors');
    const colours = `[getComputedStyle(document.querySelector('section')).backgroundColor,
      getComputedStyle(document.querySelector('#law circle')).fill]`;
    const light = await page.evaluate<string[]>(colours);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await page.evaluate<string[]>(colours);
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    const printed = await page.evaluate<string[]>(colours);
    await page.emulateMedia({ colorScheme: null, media: null });
    expect(dark[0]).not.toBe(light[0]);
    expect(dark[1]).not.toBe(light[1]);
    expect(printed).toEqual(light);
  });
});
