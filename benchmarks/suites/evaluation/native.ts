import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Workload } from './workload.ts';

const SOURCE = fileURLToPath(new URL('../../native/evaluation.cpp', import.meta.url));

export interface NativeRun {
  readonly seconds: number;
  readonly sum: number;
}

/** The C++ reference as a child process; null without a compiler. */
export interface Native {
  run(precision: 32 | 64, rows: number): Promise<NativeRun>;
  close(): void;
}

function packed({ programs, columns, target }: Workload): Uint8Array {
  const ints = (...values: number[]) => Buffer.from(Int32Array.from(values).buffer);
  const doubles = (values: Float64Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const parts: Uint8Array[] = [ints(programs.length, columns.length, target.length)];
  for (const { code, constants } of programs)
    parts.push(ints(code.length, constants.length, ...code), doubles(constants));
  return Buffer.concat([...parts, ...columns.map(doubles), doubles(target)]);
}

export function startNative(workload: Workload, tileBytes = 4096): Native | null {
  const folder = mkdtempSync(join(tmpdir(), 'ansatz-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const binary = join(folder, 'evaluation');
  try {
    execFileSync('g++', ['-O3', '-march=native', '-std=c++17', '-w', SOURCE, '-o', binary], { stdio: 'ignore' });
  } catch {
    remove();
    return null;
  }
  const input = join(folder, 'workload.bin');
  writeFileSync(input, packed(workload));
  const child = spawn(binary, [input, String(tileBytes)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async run(precision, rows) {
      child.stdin.write(`${precision} ${rows}\n`);
      const { value } = await lines.next();
      const [seconds, sum] = String(value).split(' ').map(Number);
      return { seconds, sum };
    },
    close() {
      child.stdin.end();
      remove();
    },
  };
}
