import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Table } from '../../src/core/index.ts';
import { entryOf, loadRun, openRunFolder } from '../../src/io/index.ts';
import { fit, type Model } from '../../src/search/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'ansatz-load-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const x = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4];
const kind = ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b'];
const table = Table.from({ x, 'odd name!': x.map(Math.sqrt), y: x.map((v) => 3 * v * v + Math.exp(-v)) });
const byKind = Table.from({ x, kind, y: x.map((v, i) => (i % 2 ? 2.5 : -1.25) + v * v) });
let plain: Model;
let template: Model;
beforeAll(async () => {
  plain = await fit(table, { target: 'y', threads: 1, maxEvals: 3000 });
  template = await fit(byKind, { target: 'y', threads: 1, maxEvals: 3000, template: 'f(x) + p[kind]' });
});

test('a run that was saved predicts as before, every entry to the last bit', async () => {
  for (const [name, model, data] of [
    ['plain', plain, table],
    ['template', template, byKind],
  ] as const) {
    const run = await openRunFolder(join(folder, name));
    await run.save(model.toJSON());
    const loaded = await loadRun(join(folder, name));
    expect(loaded.record).toEqual(JSON.parse(JSON.stringify(model)));
    expect(loaded.model.front.length).toBe(model.front.length);
    model.front.forEach((entry, i) => {
      expect(loaded.model.predict(data, loaded.model.front[i])).toEqual(model.predict(data, entry));
    });
    expect(loaded.model.best.expression).toBe(model.best.expression);
    expect(loaded.model.predict(data)).toEqual(model.predict(data));
    expect(JSON.stringify(loaded.model)).toBe(JSON.stringify(model));
  }
});

test('an entry by its complexity', async () => {
  const loaded = await loadRun(join(folder, 'plain'));
  expect(entryOf(loaded)).toBe(loaded.model.best);
  const [first] = loaded.model.front;
  expect(entryOf(loaded, first.complexity)).toBe(first);
  expect(() => entryOf(loaded, 999)).toThrow(/no formula of complexity 999 .*there are/);
});

test('what is no finished run is told in one line', async () => {
  const put = (text: string): void => writeFileSync(join(folder, 'run.json'), text);
  await expect(loadRun(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'no-run' });
  put('{');
  await expect(loadRun(folder)).rejects.toMatchObject({ code: 'damaged' });
  put('{"front":[1]}');
  await expect(loadRun(folder)).rejects.toMatchObject({ code: 'damaged' });
  put('{"running":true,"front":[]}');
  await expect(loadRun(folder)).rejects.toMatchObject({ code: 'unfinished' });
  const record = JSON.parse(JSON.stringify(plain));
  put(JSON.stringify({ ...record, best: { ...record.best, expression: 'process.exit(1)' }, front: [] }));
  await expect(loadRun(folder)).rejects.toMatchObject({ code: 'damaged' });
  put(JSON.stringify({ ...record, target: 3 }));
  await expect(loadRun(folder)).rejects.toMatchObject({ code: 'damaged' });
});
