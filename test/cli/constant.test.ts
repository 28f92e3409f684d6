import { afterAll, describe, expect, test } from 'vitest';
import { ansatz, outcome, start, Workplace } from './command.ts';

const place = new Workplace();
afterAll(() => place.remove());

describe('ansatz constant', () => {
  test('prints a table, best first, as a conjecture with its chance and what was tried', async () => {
    const { code, stdout, stderr } = await ansatz(['constant', '1.64493'], place.path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines.slice(0, 2)).toEqual(['1.64493: 6 digits, 17.3 bits', 'found, as a conjecture']);
    expect(lines[3]).toMatch(/^formula +value +residual +bits +chance +kind$/);
    expect(lines[4]).toMatch(/^pi\^2 \/ 6 +1\.644934066848226 /);
    expect(stdout).toMatch(/\ntried: rational, linear, algebraic, product, function, expression\n$/);
  });

  test('--json is one object of what identifyConstant returns', async () => {
    const { stdout } = await ansatz(['constant', '0.5772156649015328606', '--json'], place.path);
    expect(JSON.parse(stdout)).toMatchObject({
      number: '0.5772156649015328606',
      status: 'found',
      digits: 19,
      candidates: [{ kind: 'linear', formula: 'euler_gamma', latex: '\\gamma', label: 'conjecture' }],
    });
  });

  test('negative numbers, a basis and fewer digits', async () => {
    const basis = await ansatz(['constant', '-1.0823232337111381915', '--basis', 'pi^4,zeta(3)', '--json'], place.path);
    expect(JSON.parse(basis.stdout).candidates[0].formula).toBe('-pi^4 / 90');
    const fewer = await ansatz(['constant', '1.64493406111', '--digits', '7', '--json'], place.path);
    expect(JSON.parse(fewer.stdout).candidates[0].formula).toBe('pi^2 / 6');
  });

  test('no formula is no failure, and says what lies just outside', async () => {
    const none = await ansatz(['constant', '0.123456789'], place.path);
    expect(none.code).toBe(0);
    expect(none.stdout).toMatch(/\nnone: the digits carry no formula/);
    expect(none.stdout).toMatch(/just outside the error.*\nformula.*\n10 \/ 81 /);
  });

  test('reads standard input', async () => {
    const child = start(['constant', '-', '--json'], place.path);
    child.stdin!.end(' 3.14159265358979\n');
    const { code, stdout } = await outcome(child);
    expect([code, JSON.parse(stdout).candidates[0].formula]).toEqual([0, 'pi']);
  });

  test.each([
    [['abc'], 'is no decimal number'],
    [[''], 'is no decimal number'],
    [['NaN'], 'is no decimal number'],
    [['1e999999'], 'not between'],
    [['1'.repeat(30_000)], 'digits'],
    [['1.5', '--basis', 'x'], 'no constant is named x'],
    [['1.5', '--max-degree', '40'], '--max-degree'],
    [['1.5', '--time-limit', '0'], '--time-limit'],
    [['1.5', '2.5'], 'too many arguments'],
    [[], "missing required argument 'number'"],
  ])('bad input %#: one line and exit code 2', async (args, words) => {
    const { code, stdout, stderr } = await ansatz(['constant', ...args], place.path);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^ansatz: [^\n]*\n$/);
    expect(stderr).toContain(words);
  });

  test('too much on standard input is refused', async () => {
    const child = start(['constant', '-'], place.path);
    child.stdin!.on('error', () => {});
    child.stdin!.end('1'.repeat(200_000));
    expect(await outcome(child)).toMatchObject({ code: 2, stdout: '' });
  });
});
