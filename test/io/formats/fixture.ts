import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { AnsatzError } from '../../../src/core/index.ts';
import { type FileTable, parseTableSource, readTable, type TableOptions } from '../../../src/io/index.ts';

const folder = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** The path of a fixture. */
export function fixture(name: string): string {
  return `${folder}${name}`;
}

/** Reads a fixture; what follows a # selects inside it. */
export function readFixture(name: string, options: TableOptions = {}): Promise<FileTable> {
  const source = parseTableSource(fixture(name));
  return readTable(source.path, { ...source, ...options });
}

/** The error of one line that names the file and that a promise ends in. */
export async function errorOf(promise: Promise<unknown>): Promise<AnsatzError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AnsatzError);
  expect((error as AnsatzError).message).not.toContain('\n');
  expect((error as AnsatzError).hint).not.toBe('');
  return error as AnsatzError;
}

/** The ten rows of the fixtures: x = i / 8 - 0.5 and y = 3 x^2 - 1, exact in every float, and whole numbers. */
export const ROWS = Array.from({ length: 10 }, (_, i) => i);
export const X = Float64Array.from(ROWS, (i) => i / 8 - 0.5);
export const Y = Float64Array.from(X, (x) => 3 * x * x - 1);
export const SIGNED = Float64Array.from(ROWS, (i) => i * 7 - 20);
export const UNSIGNED = Float64Array.from(ROWS, (i) => i * 7);
