import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { examplesOf } from './extract.ts';

const source = fileURLToPath(new URL('../../src/', import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.includes('kernel'))
  .sort();
const examples = files.flatMap((path) => examplesOf(path, readFileSync(join(source, path), 'utf8')));

/** Everything an example may name: the public surface, its room's index, and its own file. */
async function scopeOf(file: string): Promise<Record<string, unknown>> {
  const paths = ['index.ts', `${file.split('/')[0]}/index.ts`, file].filter((path) => files.includes(path));
  const modules = await Promise.all([...new Set(paths)].map((path) => import(pathToFileURL(join(source, path)).href)));
  return Object.assign({}, ...modules);
}

async function run(code: string, scope: Record<string, unknown>): Promise<unknown> {
  const AsyncFunction = (async () => {}).constructor as new (...text: string[]) => (...values: unknown[]) => unknown;
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  return new AsyncFunction(...Object.keys(scope), ts.transpile(code, options))(...Object.values(scope));
}

/** `Float64Array(2) [1, 2]`, as Node prints it, is `[1, 2]`. */
function plain(expected: string): string {
  return expected.replace(/^\w+Array(?:\(\d+\))? (?=\[)/, '');
}

/** Numbers agree to the decimals that are written; arrays, typed or not, entry by entry; anything else exactly. */
function expectAgreement(actual: unknown, expected: unknown, written: string): void {
  if (typeof actual === 'number' && typeof expected === 'number' && /[.e]/i.test(written)) {
    const [mantissa, exponent = '0'] = written.toLowerCase().split('e');
    const decimals = mantissa.includes('.') ? mantissa.length - mantissa.indexOf('.') - 1 : 0;
    expect(Math.abs(actual - expected)).toBeLessThanOrEqual(0.51 * 10 ** (Number(exponent) - decimals));
  } else {
    expect(ArrayBuffer.isView(actual) ? Array.from(actual as Float64Array) : actual).toEqual(expected);
  }
}

describe('examples in doc comments', () => {
  test('are found', () => {
    expect(examples.length).toBeGreaterThan(3);
  });

  test.each(examples.map((example) => [`${example.file}:${example.line} ${example.expression}`, example] as const))(
    '%s',
    async (_title, { file, setup, expression, expected }) => {
      const scope = await scopeOf(file);
      const actual = await run(`${setup}\nreturn (${expression});`, scope);
      expectAgreement(actual, await run(`return (${plain(expected)});`, scope), expected);
    },
  );
});
