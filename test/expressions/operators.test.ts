import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { OPCODES } from '../../src/evaluation/opcodes.ts';
import { type Expression, evaluate, type Operator, STANDARD_OPERATORS, variable } from '../../src/expressions/index.ts';

const POINTS = 400;
const FACT_TOLERANCE = 1e-9;
const ROWS = [...STANDARD_OPERATORS].map((row) => [row.name, row] as const);

/** Quarter steps hit the edges of every domain; the rest is anywhere. */
function points(seed: number): [number, number][] {
  const random = new RandomStream(seed);
  const draw = () => (random.uniform() < 0.5 ? random.integer(25) / 4 - 3 : 6 * random.uniform() - 3);
  return Array.from({ length: POINTS }, () => [draw(), draw()]);
}

function expectClose(actual: number, expected: number): void {
  if (!Number.isFinite(expected)) return;
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(FACT_TOLERANCE * Math.max(1, Math.abs(expected)));
}

test('the table has the operators of the opcode table, each once', () => {
  expect([...STANDARD_OPERATORS.names].sort()).toEqual(OPCODES.slice(2).sort());
});

describe.each(ROWS)('%s', (_name, row: Operator) => {
  const { facts, apply, arity, domain } = row;

  test('is NaN where an argument is', () => {
    expect(apply(Number.NaN, 1)).toBeNaN();
    if (arity === 2) {
      for (const other of [0, 1, -2]) expect(apply(other, Number.NaN)).toBeNaN();
      expect(apply(Number.NaN, 0)).toBeNaN();
    }
  });

  test('is finite just where its domain says', () => {
    for (const [a, b] of points(1)) expect(Number.isFinite(apply(a, b)), `${a}, ${b}`).toBe(domain.contains(a, b));
  });

  test('facts', () => {
    let previous = { a: Number.NEGATIVE_INFINITY, value: Number.NEGATIVE_INFINITY };
    const sorted = points(2).sort((p, q) => p[0] - q[0]);
    const random = new RandomStream(3);
    for (const [a, b] of sorted) {
      const value = apply(a, b);
      if (facts.commutative) expect(apply(b, a)).toEqual(value);
      if (facts.associative) {
        const c = 6 * random.uniform() - 3;
        expectClose(apply(value, c), apply(a, apply(b, c)));
      }
      if (facts.parity && Number.isFinite(value)) expectClose(apply(-a, b), facts.parity === 'even' ? value : -value);
      if (facts.identity !== undefined) expect(apply(a, facts.identity)).toBe(a);
      if (facts.idempotent) expectClose(arity === 1 ? apply(value, b) : apply(a, a), arity === 1 ? value : a);
      if (facts.involution && Number.isFinite(value)) expectClose(apply(value, b), a);
      if (facts.inverse && Number.isFinite(value) && (facts.inverseHolds?.(a) ?? true)) {
        expectClose(STANDARD_OPERATORS.get(facts.inverse).apply(value, b), a);
      }
      if (facts.monotone && Number.isFinite(value)) {
        if (a > previous.a) expect(value).toBeGreaterThanOrEqual(previous.value);
        previous = { a, value };
      }
    }
  });

  test('an inverse that holds in part fails elsewhere', () => {
    if (!facts.inverse || !facts.inverseHolds) return;
    const inverse = STANDARD_OPERATORS.get(facts.inverse);
    const outside = points(4).filter(([a]) => !facts.inverseHolds!(a) && Number.isFinite(apply(a, 0)));
    expect(outside.some(([a]) => Math.abs(inverse.apply(apply(a, 0), 0) - a) > 1e-3)).toBe(true);
  });

  test('derivative agrees with central differences', () => {
    const partials = row.derivative(...([variable('x'), variable('y')] as Expression[]).slice(0, arity));
    expect(partials).toHaveLength(arity);
    const step = 1e-5;
    let compared = 0;
    for (const [a, b] of points(5)) {
      partials.forEach((partial, i) => {
        const [h, k] = i === 0 ? [step, 0] : [0, step];
        const values = [-2, -1, 0, 1, 2].map((n) => apply(a + n * h, b + n * k));
        // A kink or an edge of the domain within reach has no derivative to compare with.
        const second = Math.abs(values[0] - 2 * values[2] + values[4]);
        const jump = Math.abs(values[4] - values[0]) > 0.01 * Math.max(1, Math.abs(values[2]));
        if (jump || !values.every(Number.isFinite) || second > 1e-6 * Math.max(1, Math.abs(values[2]))) return;
        const numeric = (values[0] - 8 * values[1] + 8 * values[3] - values[4]) / (12 * step);
        const exact = evaluate(partial, { x: a, y: b });
        if (!Number.isFinite(exact)) return;
        expect(Math.abs(exact - numeric), `d${i} at ${a}, ${b}`).toBeLessThan(
          1e-5 * Math.max(1, Math.abs(exact), Math.abs(values[2])),
        );
        compared++;
      });
    }
    expect(compared).toBeGreaterThan(40);
  });
});

test('the real power', () => {
  const pow = STANDARD_OPERATORS.get('^').apply;
  expect([pow(0, 0), pow(0, 2), pow(-2, 3), pow(-2, -2), pow(2, 0.5)]).toEqual([1, 0, -8, 0.25, Math.SQRT2]);
  for (const [a, b] of [
    [0, -1],
    [-2, 0.5],
    [-8, 1 / 3],
    [Number.NaN, 0],
  ])
    expect(pow(a, b)).toBeNaN();
});

test('mod is floored', () => {
  const mod = STANDARD_OPERATORS.get('mod').apply;
  expect([mod(5, 3), mod(-5, 3), mod(5, -3), mod(-5, -3)]).toEqual([2, 1, -1, -2]);
});

test('no kernel constant is missing: values of every row at one point', () => {
  // Reference digits from Python's math module and, for gamma and erf, DLMF.
  const at = (name: string, a: number, b = 0) => STANDARD_OPERATORS.get(name).apply(a, b);
  expect(at('gamma', 0.5)).toBeCloseTo(1.772453850905516, 12);
  expect(at('erf', 0.5)).toBeCloseTo(0.5204998778130465, 12);
  expect(at('sigmoid', 1)).toBeCloseTo(0.7310585786300049, 14);
  expect(at('cbrt', -8)).toBe(-2);
  expect(at('exp2', 3)).toBe(8);
  expect(at('log2', 8)).toBe(3);
  expect(at('log10', 1000)).toBeCloseTo(3, 14);
  expect(at('atan2', 1, -1)).toBeCloseTo(2.356194490192345, 14);
});
