import { afterAll, describe, expect, test } from 'vitest';
import { ansatz, outcome, start, Workplace } from './command.ts';

const place = new Workplace();
afterAll(() => place.remove());

const CATALAN = '1,1,2,5,14,42,132,429,1430,4862,16796';

async function jsonOf(...args: string[]) {
  const { code, stdout, stderr } = await ansatz(['sequence', ...args, '--json'], place.path);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('ansatz sequence', () => {
  test('prints status, law, next terms, confidence and bits as a conjecture, then what was tried', async () => {
    const { code, stdout, stderr } = await ansatz(['sequence', CATALAN, '--next', '3'], place.path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^11 terms from n = 0, [\d.]+ bits\nfound: .* conjecture\n\nconjecture: p-recursive\n/);
    expect(stdout).toMatch(/\n {2}law +\(n \+ 1\)\*u\(n\) = 2\*\(2\*n - 1\)\*u\(n-1\)\n {2}initial +1\n/);
    expect(stdout).toMatch(/\n {2}next +58786, 208012, 742900\n/);
    expect(stdout).toMatch(/\n {2}confidence +\d+(\.\d)?%\n {2}bits +[\d.]+ of [\d.]+, \d+ equations to spare\n/);
    expect(stdout).toMatch(/\ntried: polynomial; c-finite; /);
  });

  test('--json is one object with text for numbers that may be long', async () => {
    const record = await jsonOf('1,2,4,7,11,16');
    expect(record).toMatchObject({ start: 0, partial: false });
    expect(record.candidates[0]).toMatchObject({
      label: 'conjecture',
      kind: 'polynomial',
      formula: '(n^2 + n + 2)/2',
      latex: expect.stringContaining('n^{2}'),
      next: ['22', '29', '37', '46', '56'],
      exceptions: [],
    });
    const { forms, coefficients, initial, surplus, bits, rawBits, confidence } = record.candidates[0];
    expect(forms.map(({ formula }: { formula: string }) => formula)).toContain('u(n) = u(n-1) + n');
    expect([...coefficients, ...initial].every((each) => /^-?\d+$/.test(each))).toBe(true);
    expect(surplus).toBeGreaterThan(0);
    expect(bits).toBeLessThan(rawBits);
    expect(confidence).toBeLessThanOrEqual(1);
  });

  test('terms are read from arguments, a file and standard input alike', async () => {
    place.write('terms.txt', `# Catalan\n{${CATALAN.replaceAll(',', ', ')}, ...}\n`);
    const wanted = (await jsonOf(CATALAN)).candidates;
    expect((await jsonOf(...CATALAN.split(','))).candidates).toEqual(wanted);
    expect((await jsonOf('--file', 'terms.txt')).candidates).toEqual(wanted);
    for (const args of [[], ['-']]) {
      const child = start(['sequence', ...args, '--json'], place.path);
      child.stdin!.end(CATALAN.replaceAll(',', '\n'));
      expect(JSON.parse((await outcome(child)).stdout).candidates).toEqual(wanted);
    }
  });

  test('a b-file gives the first index, and --start overrides it', async () => {
    place.write('b.txt', Array.from({ length: 10 }, (_, i) => `${i + 3} ${(i + 3) ** 2}`).join('\n'));
    const own = await jsonOf('--file', 'b.txt');
    expect([own.start, own.candidates[0].formula]).toEqual([3, 'n^2']);
    const moved = await jsonOf('--file', 'b.txt', '--start', '-1');
    expect([moved.start, moved.candidates[0].formula]).toEqual([-1, 'n^2 + 8*n + 16']);
  });

  test('terms may be negative or fractions, of which the common denominator is told', async () => {
    expect((await jsonOf('-1,-2,-3,-4,-5,-6,-7', '--next', '1')).candidates[0].next).toEqual(['-8']);
    expect((await jsonOf('1', '-2', '3', '-4', '5', '-6', '7', '-8')).candidates[0].next[0]).toBe('9');
    const halves = await jsonOf('1/2,1,3/2,2,5/2,3,7/2', '--next', '2');
    expect(halves.candidates[0].next).toEqual(['4', '9/2']);
    const { stdout } = await ansatz(['sequence', '1/2,1,3/2,2,5/2,3,7/2'], place.path);
    expect(stdout).toMatch(/\n {2}law +u\(n\) = v\(n\)\/2; v\(n\) = n \+ 1\n/);
  });

  test('a misprint is named with what was given and what was expected', async () => {
    const squares = [0, 1, 4, 9, 16, 26, 36, 49, 64, 81, 100, 121];
    const { stdout } = await ansatz(['sequence', squares.join()], place.path);
    expect(stdout).toMatch(/^.*\nweak: /);
    expect(stdout).toMatch(/\n {2}fits +except at index 5: given 26, expected 25\n/);
    const { status, candidates } = await jsonOf(squares.join());
    expect(status).toBe('weak');
    expect(candidates[0].exceptions).toEqual([{ index: 5, given: '26', expected: '25' }]);
  });

  test('no law is no failure', async () => {
    const { code, stdout } = await ansatz(['sequence', '17,4,41,3,88,20,9,61,5,33,72,14'], place.path);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nnone: no law that was tried fits\n\ntried: /);
  });

  test('long numbers are shortened for people only', async () => {
    const terms = Array.from({ length: 12 }, (_, n) => 10n ** 9999n + 3n ** BigInt(n)).join('\n');
    place.write('long.txt', terms);
    const { stdout } = await ansatz(['sequence', '--file', 'long.txt'], place.path);
    expect(stdout).toMatch(/\n {2}next +100000000000\.\.\.\d{12} \(10000 digits\), /);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(500);
    const { candidates } = await jsonOf('--file', 'long.txt', '--next', '1');
    expect(BigInt(candidates[0].next[0])).toBe(10n ** 9999n + 3n ** 12n);
  });
});

describe('bad input ends with one line and exit code 2', () => {
  place.write('gap.txt', '0 1\n1 2\n3 4\n');
  place.write('empty.txt', '');
  place.write('floats.txt', '1, 2.5.1, 3');

  test.each([
    [[''], 'sequence: holds no terms'],
    [['1'], '1 term is too few'],
    [['1,2,3'], '3 terms are too few'],
    [['1,2,NaN,4'], '"NaN", at column 5, is not a number'],
    [['1,2,abc,4'], 'sequence, line 1'],
    [['1,2,,4'], 'no term before ,'],
    [['1,2,3/0,4'], '3/0'],
    [['--file', 'gap.txt'], 'gap.txt, line 3: the index is 3 where 2 follows'],
    [['--file', 'empty.txt'], 'holds no terms'],
    [['--file', 'floats.txt'], 'floats.txt, line 1: "2.5.1"'],
    [['--file', 'missing.txt'], 'no such file'],
    [['--file', '.'], 'a folder'],
    [['1,2,3,4', '--file', 'gap.txt'], '--file: terms are given too'],
    [['1,2,3,4', '--batch', 'gap.txt'], '--batch: terms are given too'],
    [['1,2,3,4', '--threads', '2'], '--threads: one sequence'],
    [['1,2,3,4', '--start', '0.5'], '--start'],
    [['1,2,3,4', '--start', '1e300'], '--start'],
    [['1,2,3,4', '--next', '-1'], '--next'],
    [['1,2,3,4', '--next', '1001'], '--next'],
    [['1,2,3,4', '--time', '0'], '--time'],
    [['1,2,3,4', '--nonsense'], 'unknown option'],
    [['--batch', 'missing.jsonl'], 'missing.jsonl: cannot read: no such file'],
    [['--batch', '.'], 'a folder'],
  ])('%j', async (args, words) => {
    const child = start(['sequence', ...args], place.path);
    child.stdin!.end();
    const { code, stdout, stderr } = await outcome(child);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^ansatz: [^\n]*\n$/);
    expect(stderr).toContain(words);
  });
});

describe('large input is answered in its time', () => {
  const random = (seed: number): (() => number) => {
    let state = seed;
    return () => {
      state = (state * 1103515245 + 12345) % 2 ** 31;
      return state;
    };
  };

  test('100 000 terms with a law', async () => {
    place.write('squares.txt', Array.from({ length: 100_000 }, (_, i) => i * i).join());
    const { status, candidates } = await jsonOf('--file', 'squares.txt', '--next', '1');
    expect([status, candidates[0].formula, candidates[0].next]).toEqual(['found', 'n^2', ['10000000000']]);
  });

  test('100 000 terms without a law', async () => {
    const next = random(1);
    place.write('digits.txt', Array.from({ length: 100_000 }, () => (next() >> 16) % 10).join());
    const began = performance.now();
    const { status, candidates } = await jsonOf('--file', 'digits.txt', '--time', '2');
    expect({ status, candidates }).toEqual({ status: 'none', candidates: [] });
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  test('terms of 10 000 digits without a law', async () => {
    const next = random(2);
    const term = (): string => Array.from({ length: 1112 }, () => 100_000_000 + (next() % 900_000_000)).join('');
    place.write('huge.txt', Array.from({ length: 20 }, term).join('\n'));
    const began = performance.now();
    const { status, partial } = await jsonOf('--file', 'huge.txt', '--time', '1');
    expect({ status, partial }).toEqual({ status: 'none', partial: false });
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
