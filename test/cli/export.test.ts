import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { addExport, runExport } from '../../src/cli/export.ts';
import { exportFormula, parse } from '../../src/expressions/index.ts';
import { Workplace } from './command.ts';

const place = new Workplace();
afterAll(() => place.remove());
afterEach(() => vi.restoreAllMocks());

/** Runs `ansatz export` with these arguments in this process; returns what it prints. */
async function run(...args: string[]): Promise<string> {
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((...given: unknown[]) => {
    printed += String(given[0]);
    const done = given.at(-1);
    if (typeof done === 'function') done();
    return true;
  });
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  let code = -1;
  addExport(program, async (formula, options) => {
    code = await runExport(formula, options);
  });
  await program.parseAsync(['export', ...args], { from: 'user' });
  expect(code).toBe(0);
  return printed;
}

describe('ansatz export', () => {
  test('prints the unit', async () => {
    const expected = exportFormula(parse('2*x + y'), 'cpp', { name: 'g', variables: ['y', 'x'] });
    expect(await run('2*x + y', '--to', 'CPP', '--name', 'g', '--variables', 'y,x')).toBe(expected);
    expect(await run('x/3', '--to', 'sympy', '--assumptions', 'positive')).toContain('positive=True');
    expect(await run('0.1*x', '--to', 'form', '--floats', 'decimal')).toContain('1/10 * x');
  });

  test('writes a file, which may be binary', async () => {
    const path = join(place.path, 'f.onnx');
    expect(await run('x + 1', '--to', 'onnx', '--precision', 'float32', '--out', path)).toBe('');
    expect(new Uint8Array(readFileSync(path))).toEqual(exportFormula(parse('x + 1'), 'onnx', { precision: 'float32' }));
  });

  test('refuses bad input and writes nothing', async () => {
    const path = join(place.path, 'none');
    await expect(run('x + 1', '--to', 'onnx')).rejects.toMatchObject({ code: 'binary-output' });
    await expect(run('x + 1', '--to', 'rust')).rejects.toMatchObject({ code: 'unknown-choice' });
    await expect(run('x + ', '--to', 'cpp', '--out', path)).rejects.toMatchObject({ code: 'unexpected-end' });
    await expect(run('gamma(x)', '--to', 'onnx', '--out', path)).rejects.toMatchObject({ code: 'operator-absent' });
    await expect(run('x', '--to', 'cpp', '--name', '1', '--out', path)).rejects.toMatchObject({ code: 'bad-name' });
    expect(existsSync(path)).toBe(false);
  });
});
