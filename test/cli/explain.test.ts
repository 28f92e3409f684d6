import { Command } from 'commander';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { nerdamerInWorker } from '../../src/cli/cas-worker.ts';
import { readDomain, readPoints } from '../../src/cli/domain-option.ts';
import { addExplain } from '../../src/cli/explain.ts';
import { runExplain } from '../../src/cli/run-explain.ts';
import { Workplace } from './command.ts';

const place = new Workplace();
afterAll(() => place.remove());
place.write('data.csv', 'x,a,label\n0,1,p\n10,3,q\n4,2,r\n');

const printed = vi.hoisted(() => ({ text: '' }));
vi.mock('../../src/cli/output.ts', () => ({
  print: async (text: string) => {
    printed.text += text;
  },
}));
afterEach(() => {
  printed.text = '';
});

/** What the command prints, as the program would run it. */
async function explained(...args: string[]): Promise<string> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  let code = -1;
  addExplain(program, async (formula, options) => {
    code = await runExplain(formula, options);
  });
  await program.parseAsync(['explain', ...args], { from: 'user' });
  expect(code).toBe(0);
  return printed.text;
}

describe('ansatz explain', () => {
  test('prints a page', async () => {
    expect(await explained('x * exp(-x / a)', '--domain', 'x=0..10,a=1..inf', '--order', '2')).toBe(
      [
        'formula       x * exp(-x / a)',
        'domain        x in [0, 10], a in [1, inf): defined everywhere',
        'range         [0, 10], values met [0, 10]',
        'sign          non-negative',
        '',
        'x',
        '  derivative  exp(-x / a) - x * exp(-x / a) / a',
        '  trend       rises from x=0, a=2 to x=0.3125, a=2, falls from x=1.875, a=2 to x=2.1875, a=2',
        '  limits      0+: 0, inf: 0',
        '  series      at 0: x - x^2 / a + O(x^3)',
        '              at inf: x * exp(-(x / a))',
        '  zeros       0 (a=2)',
        '',
        'a',
        '  derivative  x^2 * exp(-x / a) / a^2',
        '  trend       increasing',
        '  limits      0+: 0, inf: x',
        '  grows like  a^0 at inf',
        '  series      at 0: x * exp(-(x / a))',
        '              at inf: x - x^2 / a + x^3 / (2 * a^2) + O(1 / a^3)',
        '  zeros       none (x=5)',
        '',
      ].join('\n'),
    );
  });

  test('--json is one object, infinite numbers as text', async () => {
    const record = JSON.parse(await explained('tan(x) * cos(x)', '--json', '--domain', 'x=-inf..1'));
    expect(record).toMatchObject({ simplified: 'sin(x)', algebra: { accepted: true }, domain: { x: ['-inf', 1] } });
    expect(record.variables[0].limits[0]).toMatchObject({ at: '0+', value: '0', number: 0 });
  });

  test('--no-cas leaves nerdamer out', async () => {
    expect(JSON.parse(await explained('tan(x) * cos(x)', '--json', '--no-cas'))).toMatchObject({
      simplified: 'cos(x) * tan(x)',
      algebra: null,
    });
  });

  test('--data takes the domain from the columns, and --domain has the last word', async () => {
    const table = `${place.path}/data.csv`;
    expect(await explained('a * x', '--data', table)).toContain('domain        a in [1, 3], x in [0, 10]:');
    printed.text = '';
    expect(await explained('a * x', '--data', table, '--domain', 'a=2')).toContain('a in [2, 2], x in [0, 10]:');
    await expect(explained('a * q', '--data', table)).rejects.toThrow(/q/);
    await expect(explained('label', '--data', table)).rejects.toThrow(/label/);
  });

  test('--about adds a point, and long numbers are rounded', async () => {
    expect(await explained('sin(x)', '--about', 'x=1', '--order', '1')).toContain(
      'at 1: 0.841471 + 0.540302 * (x - 1) + O((x - 1)^2)',
    );
  });

  test.each([
    [['x +'], /position/],
    [['x', '--domain', 'x=1'], null],
    [['x', '--domain', 'y=0..1'], /no variable "y".*did you mean "x"|no variable "y"/],
    [['x', '--domain', 'x=3..1'], /lower end first/],
    [['x', '--domain', 'x'], /is no interval/],
    [['x', '--order', '21'], /--order/],
    [['x', '--about', 'x=0..1'], /one number/],
    [['x', '--data', '/nowhere.csv'], /nowhere/],
  ])('%j', async (args, message) => {
    if (message) await expect(explained(...args)).rejects.toThrow(message);
    else expect(await explained(...args)).toContain('x in [1, 1]');
  });
});

describe('--domain', () => {
  const read = (text: string) => readDomain(text, ['x', 'y', 'a b', 'p,q'], '--domain');

  test.each<[string, Record<string, [number, number]>]>([
    ['x=0..10', { x: [0, 10] }],
    ['x=0..10,y=1..inf', { x: [0, 10], y: [1, Infinity] }],
    [' x = -1.5e3 .. -.5 , y=-Infinity..+INF', { x: [-1500, -0.5], y: [-Infinity, Infinity] }],
    ['x=2', { x: [2, 2] }],
    ['`a b`=1..2,`p,q`=0..1', { 'a b': [1, 2], 'p,q': [0, 1] }],
    ['a b=1..2', { 'a b': [1, 2] }],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test.each([
    ['x', /is no interval/],
    ['x=', /is no interval/],
    ['x=1..', /is no interval/],
    ['x=..1', /is no interval/],
    ['x=1...2', /lower end first/],
    ['x=a..b', /is no interval/],
    ['x=0..1..2', /is no interval/],
    ['=0..1', /is no interval/],
    ['', /is no interval/],
    ['x=2..1', /lower end first/],
    ['x=inf', /lower end first/],
    ['x=0..1e999', /leaves the range of f64/],
    ['x=0..1,x=0..2', /given twice/],
    ['z=0..1', /no variable "z"/],
    ['`x=0..1', /is no interval/],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('points', () => {
    expect(readPoints('x=1,y=-2', ['x', 'y'], '--about')).toEqual({ x: 1, y: -2 });
    expect(() => readPoints('x=inf', ['x'], '--about')).toThrow(/lower end first/);
  });
});

describe('nerdamer on its own thread', () => {
  test('answers', async () => {
    expect(await nerdamerInWorker('(sin(v0)^2+cos(v0)^2)')).toBe('1');
  });

  test('is ended when it takes too long', async () => {
    await expect(nerdamerInWorker('(sin(v0)^2+cos(v0)^2)', 1)).rejects.toMatchObject({ code: 'cas-timeout' });
  });

  test('says what went wrong', async () => {
    await expect(nerdamerInWorker('((v0')).rejects.toMatchObject({ code: 'cas-failed' });
  });
});
