import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { ansatz, KEPLER, Workplace } from './command.ts';

const place = new Workplace();
afterAll(() => place.remove());
place.write('planets.csv', KEPLER);
place.write('x.csv', 'x,y\n-1,1\n0,0\n2,4\n');
const many = Array.from({ length: 200_000 }, (_, i) => i);
place.write('many.csv', `x\n${many.join('\n')}\n`);

describe('ansatz evaluate', () => {
  test('prints a value for every row', async () => {
    const { code, stdout, stderr } = await ansatz(['evaluate', '2*x^2 + 1', 'x.csv'], place.path);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'value\n3\n1\n9\n', stderr: '' });
  });

  test('a formula may start with a minus sign and hold no variable', async () => {
    expect((await ansatz(['evaluate', '-x', 'x.csv'], place.path)).stdout).toBe(
      'value\n1\n0\n-2\n'.replace('\n0', '\n0'),
    );
    expect((await ansatz(['evaluate', '-2.5', 'x.csv'], place.path)).stdout).toBe('value\n-2.5\n-2.5\n-2.5\n');
  });

  test('reports rows without a finite value', async () => {
    const { code, stdout, stderr } = await ansatz(['evaluate', 'log(x)', 'x.csv'], place.path);
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 2)).toEqual(['value', 'NaN']);
    expect(stderr).toBe('ansatz: the value is not finite in 2 rows, first in row 1\n');
  });

  test('--target compares', async () => {
    const { stderr } = await ansatz(['evaluate', '365.25*a^1.5', 'planets.csv', '--target', 'period'], place.path);
    expect(stderr).toMatch(/^period: mean squared error \S+, R2 1\n$/);
    const { stdout } = await ansatz(['evaluate', 'x + 1', 'x.csv', '--target', 'y', '--json'], place.path);
    const record = JSON.parse(stdout);
    expect(record).toMatchObject({ formula: 'x + 1', rows: 3, target: 'y', values: [0, 1, 3] });
    expect(record.meanSquaredError).toBeCloseTo(1, 12);
    expect(record.r2).toBeCloseTo(1 - 3 / (1 + 0 + 16 - 25 / 3), 12);
  });

  test('--out writes a file and prints nothing', async () => {
    const { code, stdout } = await ansatz(['evaluate', 'x', 'x.csv', '--out', 'v.csv'], place.path);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(join(place.path, 'v.csv'), 'utf8')).toBe('value\n-1\n0\n2\n');
  });

  test('a long table, whole and to a reader that goes away', async () => {
    const { stdout } = await ansatz(['evaluate', 'x', 'many.csv'], place.path);
    expect(stdout.trimEnd().split('\n').slice(1).map(Number)).toEqual(many);
    if (process.platform === 'win32') return;
    const pipe = `"${process.execPath}" "${resolve('bin/ansatz.js')}" evaluate x many.csv | head -2`;
    const { stdout: head, stderr } = await promisify(execFile)('sh', ['-c', pipe], { cwd: place.path });
    expect({ head, stderr }).toEqual({ head: 'value\n0\n', stderr: '' });
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk behind stdout is one line', async () => {
    const command = `"${process.execPath}" "${resolve('bin/ansatz.js')}" evaluate x x.csv > /dev/full; echo $? >&2`;
    const { stderr } = await promisify(execFile)('sh', ['-c', command], { cwd: place.path });
    expect(stderr).toMatch(/^ansatz: cannot write to stdout: ENOSPC[^\n]*\n2\n$/);
  });
});

describe('ansatz simplify', () => {
  test.each([
    [['x + x'], '2 * x\n'],
    [['-x + 2*x'], 'x\n'],
    [['x/2', '--latex'], '\\frac{x}{2}\n'],
  ])('%j', async (args, expected) => {
    const { code, stdout, stderr } = await ansatz(['simplify', ...args], place.path);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: expected, stderr: '' });
  });

  test('--json', async () => {
    const { stdout } = await ansatz(['simplify', 'x*x', '--json'], place.path);
    expect(JSON.parse(stdout)).toMatchObject({ input: 'x*x', expression: 'x^2', complexity: 3 });
  });
});

describe('ansatz devices', () => {
  test('lists what is here, and of the rest why it is not and what to do', async () => {
    const { code, stdout, stderr } = await ansatz(['devices'], place.path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^wasm +every processor/m);
    expect(stdout).toMatch(/^gpu \(webgl2\) +WebGL 2 in a browser: not here, this is Node; /m);
  });

  test('--json', async () => {
    const { stdout } = await ansatz(['devices', '--json'], place.path);
    const rows = JSON.parse(stdout) as { device: string; isHere: boolean; reason?: string; mend?: string }[];
    expect(rows.map(({ device }) => device)).toEqual(['wasm', 'gpu', 'gpu', 'gpu', 'gpu', 'reference']);
    for (const { isHere, reason, mend } of rows) {
      if (!isHere) {
        expect(reason).not.toBe('');
        expect(mend).not.toBe('');
      }
    }
  });
});

describe('ansatz', () => {
  test('--version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await ansatz(['--version'], place.path)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.each([[[]], [['--help']], [['fit', '--help']], [['evaluate', '-h']], [['simplify', '-h']]])(
    'help with %j',
    async (args) => {
      const { code, stdout, stderr } = await ansatz(args, place.path);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('Usage: ansatz');
    },
  );
});
