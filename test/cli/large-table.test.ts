import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { evaluate, parse } from '../../src/expressions/index.ts';
import { ansatz } from './command.ts';

const ROWS = 1_000_000;

test('a table of a million rows is searched on a batch and scored whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ansatz-'));
  try {
    const random = new RandomStream(12);
    const lines = ['a,b,y'];
    for (let i = 0; i < ROWS; i++) {
      const a = 1 + random.uniform();
      const b = 1 + random.uniform();
      lines.push(`${a},${b},${(3 * a * a) / b + 0.05 * random.normal()}`);
    }
    writeFileSync(join(folder, 'big.csv'), `${lines.join('\n')}\n`);
    const { code, stdout } = await ansatz(['fit', 'big.csv', '--target', 'y', '--time-limit', '20', '--json'], folder);
    expect(code).toBe(0);
    const { best, notes } = JSON.parse(stdout);
    expect(notes.join()).toContain(`of ${ROWS} rows`);
    expect(evaluate(parse(best.expression), { a: 2, b: 1.5 })).toBeCloseTo(8, 1);
    expect(best.loss).toBeCloseTo(0.0025, 4);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);
