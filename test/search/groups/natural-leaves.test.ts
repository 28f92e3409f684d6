import { describe, expect, it } from 'vitest';
import { RandomStream, Table } from '../../../src/core/index.ts';
import { evaluate, variable } from '../../../src/expressions/index.ts';
import { createGrammar } from '../../../src/search/create-grammar.ts';
import { naturalLeaves } from '../../../src/search/groups/natural-leaves.ts';
import { type FitOptions, fit } from '../../../src/search/index.ts';
import { resolveOptions } from '../../../src/search/options/options.ts';
import { createSyntax } from '../../../src/search/syntax.ts';

const C = 299792458;
const HBAR_OVER_K = 1.054571817e-34 / 1.380649e-23;
const DIGITS = 8;

/** The leaves that constants add, each with its value where every input is 2. */
function leavesOf(xUnits: Record<string, string>, knownConstants: string[], more: Partial<FitOptions> = {}): number[] {
  const inputs = Object.keys(xUnits);
  const options = resolveOptions({ target: 'y', xUnits, yUnits: 'J', knownConstants, ...more });
  const syntax = createSyntax(createGrammar(options, inputs, undefined));
  const leaves = inputs.map((name, i) => ({ tree: variable(name), values: Float64Array.of(2, 3 + i, 5) }));
  const target = Float64Array.of(1, 2, 3);
  const task = { name: '', leaves, target, weights: target, wrap: () => undefined };
  return naturalLeaves(task, syntax).map(({ tree, values }) => {
    const point = Object.fromEntries(inputs.map((name) => [name, 2]));
    expect(evaluate(tree, point)).toBeCloseTo(values[0], 12 - Math.floor(Math.log10(values[0])));
    return values[0];
  });
}

const near = (value: number) => expect.closeTo(value, DIGITS - Math.floor(Math.log10(value)));

describe('pure numbers that constants make with the inputs', () => {
  it('are a velocity in c, and a frequency at a temperature', () => {
    expect(leavesOf({ v: 'm/s', m: 'kg' }, ['c'])).toEqual([near(2 / C)]);
    expect(leavesOf({ w: 'rad/s', T: 'K' }, ['hbar', 'k_B', 'c'])).toEqual([near(HBAR_OVER_K)]);
    expect(leavesOf({ v: 'km/s', u: 'm/s' }, ['c']).length).toBe(2);
  });

  it('are none without constants that fit, without units that construct, and with none to choose from', () => {
    expect(leavesOf({ v: 'm/s', m: 'kg' }, ['k_B'])).toEqual([]);
    expect(leavesOf({ v: 'm/s', m: 'kg' }, [])).toEqual([]);
    expect(leavesOf({ v: 'm/s', m: 'kg' }, ['c'], { dimensionMode: 'penalty' })).toEqual([]);
  });

  it('serve the typed search where several inputs are measured by one constant', async () => {
    const random = new RandomStream(2);
    const draw = (scale: number): number[] => Array.from({ length: 60 }, () => scale * (0.1 + 0.8 * random.uniform()));
    const [m, u, v] = [draw(5), draw(C), draw(C)];
    const table = Table.from({ m, u, v, w: m.map((mass, i) => mass * Math.log1p(u[i] / C) + (mass * v[i]) / C) });
    const options: FitOptions = {
      target: 'w',
      xUnits: { m: 'kg', u: 'm/s', v: 'm/s' },
      yUnits: 'kg',
      phases: ['enumerate'],
      unaryOperators: ['log'],
      binaryOperators: ['+', '-', '*', '/'],
      noise: 'additive',
      threads: 1,
    };
    const model = await fit(table, { ...options, knownConstants: ['c'] });
    expect(Math.sqrt(model.best.loss) / 5).toBeLessThan(1e-12);
    expect(Math.sqrt((await fit(table, options)).best.loss) / 5).toBeGreaterThan(1e-6);
  });
});
