import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { CONSTRAINTS } from '../../src/amplitudes/index.ts';
import { assertMemory } from '../../src/cli/symbol-memory.ts';
import { SymbolProgressLine } from '../../src/cli/symbol-progress.ts';
import { ansatz, outcome, start, Workplace } from './command.ts';

const place = new Workplace();
afterAll(() => place.remove());

/** Of the file of lines that the prototype in Python, which shares no code with this, wrote at three loops. */
const THREE_LOOPS = 'b8c27feb185aaa60058c67b3e7324103b17864dd61d1bd8c1e9c103e4697de21';

const read = (name: string): string => readFileSync(join(place.path, name), 'utf8');

async function done(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await ansatz(['symbol', ...args], place.path);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe('ansatz symbol', () => {
  test('prints the facts and the parameters, and writes the file', async () => {
    const text = await done('3', '--out', 'e3.tsv');
    expect(text).toMatch(/^3 loops, [\d.]+ s\n {2}terms +636: 318 positive, 318 negative\n {2}orbits +106\n/);
    expect(text).toMatch(/\n {2}distinct +12 coefficients\n {2}largest +384 on aaaaae\n {2}divisor +4\n/);
    expect(text).toMatch(/\nseam +27\ndihedral +9\ncollinear +4\n(.+\n)+OPE +0\n$/);
    expect(createHash('sha256').update(read('e3.tsv')).digest('hex')).toBe(THREE_LOOPS);
    expect(readdirSync(place.path).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  test('--json is one object with the same, and the checks', async () => {
    const record = JSON.parse(await done('3', '--json', '--check', '--samples', '500'));
    expect(record).toMatchObject({ loops: 3, terms: 636, distinct: 12, max: 384, gcd: 4, orbits: 106, holds: true });
    expect(record.maxWord).toMatch(/^a{5}[ef]$/);
    expect(new Set(record.primes).size).toBe(2);
    expect(record.seconds).toBeGreaterThan(0);
    expect(record.parameters[0]).toEqual({ name: 'seam', free: 27 });
    expect(record.parameters.map(({ name }: { name: string }) => name).slice(2)).toEqual(
      CONSTRAINTS.map(({ name }) => name),
    );
    const checks = new Map(record.checks.map((row: { name: string; checked: number }) => [row.name, row.checked]));
    expect([checks.get('integrability'), checks.get('triples'), checks.get('adjacency')]).toEqual([500, 500, 636]);
  });

  test('Maple text, Parquet and TSV hold the same symbol', async () => {
    await done('2', '--out', 'e2.m');
    expect(read('e2.m')).toMatch(/^Esymb\[2\] := 16\*SB\(a,a,a,e\)\+16\*SB\(a,a,a,f\)/);
    await done('2', '--out', 'e2.tsv');
    await done('--read', 'e2.m', '--out', 'e2.parquet');
    await done('--read', 'e2.parquet', '--out', 'again.tsv');
    expect(read('again.tsv')).toBe(read('e2.tsv'));
    expect(read('e2.tsv').split('\n')).toHaveLength(13);
  });

  test('a file of several symbols is read by loops', async () => {
    place.write('both.m', 'Esymb[1] := -2*SB(b,d):\nEsymb[2] := 8*SB(b,d,d,d):\n');
    expect(JSON.parse(await done('2', '--read', 'both.m', '--json'))).toMatchObject({ loops: 2, terms: 1, max: 8 });
  });

  test('a symbol with one digit changed does not pass, by exit code 1', async () => {
    await done('3', '--out', 'good.tsv');
    place.write('bad.tsv', read('good.tsv').replace(/^(aaaaae\t-)384$/m, '$1388'));
    expect(await done('--read', 'good.tsv', '--check', '--samples', '2000')).toContain('every check holds');
    const { code, stdout, stderr } = await ansatz(['symbol', '--read', 'bad.tsv', '--check', '--json'], place.path);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const { holds, checks } = JSON.parse(stdout);
    expect(holds).toBe(false);
    const symmetry = checks.find(({ name }: { name: string }) => name === 'symmetry');
    expect(symmetry.violated).toBeGreaterThan(0);
  });

  test('--table has what each constraint leaves free, alone and together', async () => {
    const { parameters, alone, terms } = JSON.parse(await done('3', '--table', '--json'));
    const free = (rows: { name: string; free: number }[]): number[] => rows.map((row) => row.free);
    expect(terms).toBeUndefined();
    expect(free(alone)).toEqual([27, 9, 4, 2, 2, 3]);
    expect(free(parameters).at(-1)).toBe(0);
    expect(await done('2', '--table')).toMatch(/\nconstraint +free, alone +free, together\nseam +12 +12\n/);
  });

  test('--without leaves constraints out, and says what stays free', async () => {
    const record = JSON.parse(await done('3', '--without', 'OPE', '--json'));
    expect(record).toMatchObject({ loops: 3, without: ['OPE'], unique: false });
    expect(record.parameters.at(-1)).toEqual({ name: 'mirror', free: 1 });
    expect(await done('3', '--without', 'OPE')).toMatch(/\n\nnot unique: 1 free\n$/);
    expect(await done('2', '--without', 'OPE')).toMatch(/\n\nunique all the same\n$/);
  });

  test('--word has coefficient, orbit and relations, and --connect a chain', async () => {
    const record = JSON.parse(await done('3', '--word', 'aaaaaf', '--connect', 'bddddd', '--json'));
    expect(record).toMatchObject({ loops: 3, word: 'aaaaaf', coefficient: -384 });
    expect(record.orbit).toHaveLength(6);
    for (const { terms } of record.relations) {
      const sum = terms.reduce((total: number, term: { factor: number; coefficient: number }) => {
        return total + term.factor * term.coefficient;
      }, 0);
      expect(sum).toBe(0);
    }
    const { steps } = record.connection;
    expect([steps[0].from, steps.at(-1).to]).toEqual(['aaaaaf', 'bddddd']);
    const text = await done('3', '--word', 'aaaaaf', '--connect', 'bddddd');
    expect(text).toMatch(/^aaaaaf {2}-384 {2}at 3 loops\n\norbit of 6\n/);
    expect(text).toMatch(/\n {2}fixed by 1 word; pair, after 4 letters: /);
    expect(text).toMatch(/\nconnected by \d relations; /);
    expect(await done('2', '--word', 'ddaf')).toContain('\nalways zero: no word begins with d\n');
  });

  test('Ctrl-C ends it with exit code 130 and leaves no file', async () => {
    mkdirSync(join(place.path, 'cut'));
    const child = start(['symbol', '6', '--out', 'cut/e6.tsv'], place.path);
    const end = outcome(child);
    await sleep(3000);
    child.kill('SIGINT');
    expect(await end).toEqual({ code: 130, stdout: '', stderr: 'ansatz: cancelled\n' });
    expect(readdirSync(join(place.path, 'cut'))).toEqual([]);
  });

  test('Ctrl-C while a file is written leaves the old one', async () => {
    mkdirSync(join(place.path, 'half'));
    place.write('half/e5.m', 'before');
    const child = start(['symbol', '5', '--out', 'half/e5.m'], place.path);
    const end = outcome(child);
    const isWriting = (): boolean => readdirSync(join(place.path, 'half')).length > 1;
    for (let tries = 0; !isWriting() && child.exitCode === null && tries < 100_000; tries++) await sleep(1);
    child.kill('SIGINT');
    const { code } = await end;
    // The last piece may be on the disk when the signal comes; then the file is the new one, and whole.
    expect(readdirSync(join(place.path, 'half'))).toEqual(['e5.m']);
    if (code === 130) expect(read('half/e5.m')).toBe('before');
    else expect(read('half/e5.m')).toMatch(/:\n$/);
  });
});

describe('bad input ends with one line and exit code 2', () => {
  place.write('letter.tsv', 'bd\t-2\nbx\t4\n');
  place.write('odd.tsv', 'bdd\t-2\n');
  place.write('number.tsv', 'bd\t-2\nce\tfour\n');
  place.write('cut.tsv', 'bd\t-2\nce\t-');
  place.write('twice.tsv', 'bd\t-2\nce\t1\nbd\t-2\n');
  place.write('empty.tsv', '');
  place.write('good2.tsv', 'bd\t-2\n');
  place.write('two.m', 'Esymb[1] := -2*SB(b,d):\nEsymb[2] := 8*SB(b,d,d,d):\n');
  place.write('broken.m', 'Esymb[1] := -2*SB(b,d)\n+SB(c;e):\n');
  place.write('long.tsv', `${'b'.repeat(13)}d\t1\n`);
  place.write('data.bin.tsv', new Uint8Array([0, 255, 1, 254, 10, 9, 9]));

  test.each([
    [[], 'neither loops nor a file'],
    [['0'], 'loops: 0 loops'],
    [['9'], 'loops: 9 loops have 30,000,000,000 words'],
    [['-1'], 'loops'],
    [['two'], 'loops: "two" is not a whole number'],
    [['2.5'], 'loops: "2.5" is not a whole number'],
    [['1e9'], 'loops: 1e9 is out of range'],
    [['3', '4'], 'too many arguments'],
    [['3', '--out', 'e3.csv'], 'the formats are tsv (.tsv, .txt), maple'],
    [['3', '--out', 'e3'], 'none for "e3"'],
    [['6', '--out', 'missing/e6.tsv'], 'missing/e6.tsv: cannot write: no such file or folder'],
    [['3', '--without', 'gravity'], '"gravity" is no constraint (there are collinear'],
    [['3', '--without', 'OPE', '--out', 'e3.tsv'], '--without: --out is given too'],
    [['3', '--table', '--check'], '--table: --check is given too'],
    [['--table', '--read', 'letter.tsv'], '--table: --read is given too'],
    [['3', '--word', 'aaaaxf'], '"x" is not a letter'],
    [['6', '--word', 'aaaaf'], '"aaaaf" has 5 letters (words at 6 loops have 12)'],
    [['3', '--connect', 'aaaaaf'], '--connect: goes with --word'],
    [['2', '--word', 'aaaf', '--connect', 'aadf'], '"aadf" has no coefficient'],
    [['3', '--samples', '10'], '--samples: goes with --check'],
    [['3', '--check', '--samples', '0'], '--samples'],
    [['--read', 'missing.tsv'], 'missing.tsv: cannot read: no such file'],
    [['--read', '.'], 'a folder, not a file'],
    [['--read', 'letter.tsv'], 'letter.tsv, line 2: "x" is not a letter'],
    [['--read', 'odd.tsv'], 'odd.tsv: words of 3 letters'],
    [['--read', 'number.tsv'], 'number.tsv, line 2: "four" is not a whole number'],
    [['--read', 'cut.tsv'], 'cut.tsv, line 2: the last line does not end'],
    [['--read', 'twice.tsv'], 'twice.tsv, line 3: "bd" for the second time'],
    [['--read', 'empty.tsv'], 'empty.tsv: no lines'],
    [['--read', 'data.bin.tsv'], 'data.bin.tsv, line 1'],
    [['--read', 'two.m'], 'two.m: 2 statements'],
    [['3', '--read', 'two.m'], 'two.m: no statement [3]'],
    [['3', '--read', 'good2.tsv'], 'good2.tsv: words of 2 letters, not of 6'],
    [['--read', 'broken.m'], 'broken.m, line 2: ";" where'],
    [['--read', 'long.tsv', '--check'], '7 loops have 92,954,568 words'],
  ])('%j', async (args, words) => {
    const { code, stdout, stderr } = await ansatz(['symbol', ...args], place.path);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^ansatz: [^\n]*\n$/);
    expect(stderr).toContain(words);
  });
});

describe('memory', () => {
  test('what does not suffice is said with how much is needed', () => {
    const cost = { bytes: 5e8 };
    expect(() => assertMemory(cost, 6, { machine: 8e8, heap: 1e9 })).not.toThrow();
    expect(() => assertMemory(cost, 6, { machine: 6e8, heap: 1e9 })).toThrow(
      '6 loops take 750 MB of memory, and 600 MB',
    );
    expect(() => assertMemory(cost, 6, { machine: 8e8, heap: 1e6 })).toThrow('max-old-space-size');
    try {
      assertMemory(cost, 6, { machine: 6e8, heap: 1e9 });
    } catch (error) {
      expect(error).toMatchObject({ code: 'out-of-memory', data: { needed: 7.5e8, free: 6e8 } });
    }
  });
});

describe('progress', () => {
  const drawn = async (isTTY: boolean): Promise<string> => {
    let text = '';
    const line = new SymbolProgressLine({ isTTY, columns: 60, write: (part) => (text += part) });
    line.update({ words: '5 loops: OPE, 1 parameter free', fraction: 0.5 });
    await sleep(1000);
    line.close();
    return text;
  };

  test('is one line with an estimate on a terminal, wiped at the end', async () => {
    const text = await drawn(true);
    expect(text).toMatch(/\r5 loops: OPE, 1 parameter free; [\d.]+ s, about 1 s left/);
    expect(text).not.toContain('\n');
    expect(text.endsWith('\r\x1b[K')).toBe(true);
  });

  test('is nothing anywhere else', async () => {
    expect(await drawn(false)).toBe('');
  });
});
