import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { evaluate, STANDARD_OPERATORS, variable } from '../../../src/expressions/index.ts';
import { argumentOf } from '../../../src/search/families/argument.ts';
import { dampedWave, linearShapes, placedShapes } from '../../../src/search/families/linear-shapes.ts';
import {
  logCosh,
  logExpm1,
  logExpPlus1,
  logShapes,
  logSinh,
  placedExponentialOver,
  placedLogShapes,
} from '../../../src/search/families/log-shapes.ts';
import type { Part, Shape } from '../../../src/search/families/shape.ts';
import { createSyntax } from '../../../src/search/syntax.ts';

const ROUNDING = 1e-9;
const ROWS = 16;
const random = new RandomStream(8);
const values = Float64Array.from({ length: ROWS }, () => 0.2 + 2 * random.uniform());
const rows = Int32Array.from({ length: ROWS }, (_, i) => i);
const argument = argumentOf(variable('h'), values, rows, 0);
const UNARY = ['sqrt', 'exp', 'log', 'sin', 'cos', 'tan', 'tanh', 'sinh', 'cosh', 'erf', 'asin', 'sigmoid', 'square'];

function syntaxOf(unary: readonly string[], binary: readonly string[] = ['add', 'sub', 'mul', 'div', 'pow']) {
  const get = (name: string) => STANDARD_OPERATORS.get(name);
  return createSyntax({ unary: unary.map(get), binary: binary.map(get), maxSize: 60, maxDepth: 60 });
}

/** The value of a part at a row. */
function valueAt({ scale, factors }: Part, h: number): number {
  return factors.reduce((product, { tree, exponent }) => product * evaluate(tree, { h, x: 3 - h }) ** exponent, scale);
}

/** A few points of a shape's grid at which it is finite. */
function pointsOf(shape: Shape): { k: number; c: number; columns: Float64Array[] }[] {
  const { runs, c } = shape.grid(argument, 1.6);
  return runs.flatMap((run) =>
    [0, Math.floor(run.length / 2)].flatMap((i) => {
      if (i >= run.length) return [];
      const columns = [new Float64Array(ROWS), new Float64Array(ROWS)];
      const place = c[Math.floor(c.length / 2)];
      shape.fill(argument, 'all', run[i], place, columns[0], columns[1]);
      return columns[0].every(Number.isFinite) ? [{ k: run[i], c: place, columns }] : [];
    }),
  );
}

const syntax = syntaxOf(UNARY);
/** Without hyperbolic functions these are made of exponentials. */
const poor = syntaxOf(['exp', 'sqrt', 'log']);
const { forms } = syntax;
const linear = [
  ...linearShapes(syntax),
  ...placedShapes(syntax),
  dampedWave(forms, argument),
  ...linearShapes(poor),
  ...placedShapes(poor),
];
const divisor = argumentOf(
  variable('x'),
  values.map((h) => 3 - h),
  rows,
  1,
);
const rich = [...logShapes(syntax), ...placedLogShapes(syntax), placedExponentialOver(divisor)];
const logs = [...rich, ...logShapes(poor)];

describe('the law of a shape has the values of its columns:', () => {
  test.each(linear.map((shape, i): [string, number] => [shape.name, i]))('%s', (_name, i) => {
    const shape = linear[i];
    const inOwn = i >= linearShapes(syntax).length + placedShapes(syntax).length + 1 ? poor.forms : forms;
    const points = pointsOf(shape);
    expect(points.length).toBeGreaterThan(0);
    for (const { k, c, columns } of points) {
      const fitted = shape.columns === 2 ? [1.3, -0.4] : [1.3];
      const expected = values.map((_, row) => fitted.reduce((sum, a, j) => sum + a * columns[j][row], 0));
      const [part] = shape.parts(inOwn, argument, k, c, fitted);
      const largest = Math.max(...expected.map(Math.abs));
      values.forEach((h, row) => {
        expect(Math.abs(valueAt(part!, h) - expected[row])).toBeLessThanOrEqual(ROUNDING * largest);
      });
    }
  });

  test.each(logs.map((shape, i): [string, number] => [shape.name, i]))('log of %s', (_name, i) => {
    const shape = logs[i];
    const inOwn = i >= rich.length ? poor.forms : forms;
    const points = pointsOf(shape);
    expect(points.length).toBeGreaterThan(0);
    for (const { k, c, columns } of points) {
      const fitted = shape.columns === 2 ? [0.7, -0.4] : [1];
      const expected = values.map((_, row) => fitted.reduce((sum, a, j) => sum + a * columns[j][row], 0));
      for (const part of shape.parts(inOwn, argument, k, c, fitted)) {
        const found = values.map((h) => Math.log(Math.abs(valueAt(part!, h))));
        // Shapes may leave a constant factor to the fit.
        const shift = found[0] - expected[0];
        // exp(k h) - 1 of a small k h cancels, and a logarithm is steep near a zero.
        found.forEach((value, row) => {
          expect(Math.abs(value - shift - expected[row])).toBeLessThan(1e-6);
        });
        if (shape.sign) {
          const sign = Math.sign(valueAt(part!, values[0]));
          expect(shape.sign(values[0], k, c)).toBe(sign);
        }
      }
    }
  });
});

describe('shapes', () => {
  test('need operators that can write them', () => {
    const names = (shapes: readonly Shape[]): string[] => shapes.map((shape) => shape.name);
    const bare = syntaxOf([], ['add', 'mul']);
    expect(names([...linearShapes(bare), ...placedShapes(bare)])).toEqual([]);
    expect(names([...logShapes(bare), ...placedLogShapes(bare)])).toEqual(['h + c', '(h - c)^2 + g']);
    expect(names(linearShapes(syntaxOf(['sin'], ['mul'])))).toEqual(['wave']);
    expect(names(linearShapes(poor))).toContain('exp');
    expect(names(linearShapes(poor))).not.toContain('wave');
    expect(names(linearShapes(syntax))).toContain('erf');
    expect(names(linearShapes(syntax))).not.toContain('square');
  });
});

describe('logarithms of what would overflow or cancel', () => {
  test.each([
    ['e^u - 1', logExpm1, (u: number) => Math.log(Math.abs(Math.expm1(u)))],
    ['e^u + 1', logExpPlus1, (u: number) => Math.log(Math.exp(u) + 1)],
    ['cosh u', logCosh, (u: number) => Math.log(Math.cosh(u))],
    ['sinh u', logSinh, (u: number) => Math.log(Math.abs(Math.sinh(u)))],
  ])('%s', (_name, stable, plain) => {
    for (const u of [-20, -3, -0.4, 0.01, 0.7, 5, 30]) expect(Math.abs(stable(u) - plain(u))).toBeLessThan(ROUNDING);
    expect(Number.isFinite(stable(5000))).toBe(true);
    expect(stable(5000)).toBeGreaterThan(4999);
  });

  test('keep the small ones', () => {
    expect(logExpm1(1e-12)).toBeCloseTo(Math.log(1e-12), 9);
    expect(logSinh(1e-12)).toBeCloseTo(Math.log(1e-12), 9);
    expect(logExpPlus1(-50) / Math.exp(-50)).toBeCloseTo(1, 9);
  });
});
