import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/ansatz.js', import.meta.url));

/** What a finished command left. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built command line. */
export function start(args: readonly string[], cwd: string, env: Record<string, string> = {}): ChildProcess {
  if (!existsSync(fileURLToPath(new URL('../../dist/cli.js', import.meta.url)))) {
    throw new Error('dist/cli.js is missing: npm run build comes first');
  }
  return spawn(process.execPath, [BIN, ...args], { cwd, env: { ...process.env, ANSATZ_DEBUG: '', ...env } });
}

/** What a started command leaves when it ends. */
export function outcome(child: ChildProcess): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  child.stdout!.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

/** Runs the built command line to its end. */
export function ansatz(args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Outcome> {
  return outcome(start(args, cwd, env));
}

/** A folder of its own for a test file, with files in it. */
export class Workplace {
  readonly path = mkdtempSync(join(tmpdir(), 'ansatz-cli-'));

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(join(this.path, name), content);
    return name;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Kepler's third law in the units of the solar system, exact. */
export const KEPLER = `planet,a,period\n${[0.387, 0.723, 1, 1.524, 5.203, 9.537, 19.19, 30.07]
  .map((a, i) => `p${i},${a},${365.25 * a ** 1.5}`)
  .join('\n')}\n`;

/** Noise that no formula explains: a search of it ends when it is told to. */
export const NOISE = `x,z,y\n${Array.from({ length: 400 }, (_, i) => {
  const wave = (k: number): number => Math.abs(Math.sin(i * k + k * k) * 43758.5453) % 1;
  return `${wave(1.1)},${wave(2.3)},${wave(3.7)}`;
}).join('\n')}\n`;
