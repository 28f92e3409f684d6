import { describe, expect, it } from 'vitest';
import { OPCODES } from '../../src/evaluation/index.ts';
import { LAST_BINARY_OPCODE } from '../../src/evaluation/opcodes.ts';
import { STANDARD_OPERATORS } from '../../src/expressions/index.ts';
import { ALL_OPERATORS, operatorProgram } from '../evaluation/random-programs.ts';
import { BACKENDS, reference } from './backends.ts';
import { lastPlace } from './last-place.ts';

/** Arguments where rules change: signs of zero, subnormals, integers, poles, overflow, huge angles, infinities. */
const EDGES = [
  0,
  -0,
  5e-324,
  -5e-324,
  2.2250738585072014e-308,
  1e-300,
  1e-30,
  1e-10,
  -1e-10,
  0.25,
  0.5,
  -0.5,
  0.9999999999,
  1,
  -1,
  1.0000000001,
  1.5,
  -1.5,
  2,
  -2,
  3,
  -3,
  10,
  -10,
  20.5,
  -20.5,
  88,
  89,
  -88,
  -104,
  171,
  172,
  300,
  708.5,
  709.7,
  710,
  711,
  -708.5,
  -740,
  -746,
  1000,
  -1000,
  1e4,
  823549.7,
  1e6,
  -1e6,
  1e15,
  1e22,
  -1e22,
  1e154,
  1e155,
  -1e155,
  1e300,
  -1e300,
  1.7976931348623157e308,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];
const SMALLEST_NORMAL = 2 ** -126;
const isSingle = (x: number) => Object.is(Math.fround(x), x) || Number.isNaN(x);
/** The reference's own library may be this far off, in last places. */
const LIBRARY_ULPS = 6;

describe.each(BACKENDS)('operators of $name', ({ name, create }) => {
  const single = name.endsWith('f32');
  const edges = single ? EDGES.filter(isSingle) : EDGES;
  const pairs = edges.flatMap((a) => edges.map((b) => [a, b]));
  const columns = {
    unary: [Float64Array.from(edges)],
    binary: [0, 1].map((i) => Float64Array.from(pairs, (p) => p[i])),
  };

  it('has every operator of the table, or names it as absent', () => {
    const evaluator = create();
    evaluator.setData({ columns: [Float64Array.of(0.5), Float64Array.of(0.5)] });
    for (const { name: operator, definition } of STANDARD_OPERATORS) {
      if (definition) continue;
      expect(OPCODES).toContain(operator);
      if (evaluator.capabilities.absent.has(operator)) continue;
      const { values } = evaluator.values(operatorProgram(operator));
      const tolerance = single ? 1e-6 : 1e-14;
      const expected = STANDARD_OPERATORS.get(operator).apply(0.5, 0.5);
      if (Number.isNaN(expected)) expect(values[0]).toBeNaN();
      else expect(Math.abs(values[0] - expected), operator).toBeLessThanOrEqual(tolerance);
    }
  });

  it.each(ALL_OPERATORS)('%s follows the rule at the edges of its domain', (operator) => {
    const binary = OPCODES.indexOf(operator) <= LAST_BINARY_OPCODE;
    const data = { columns: binary ? columns.binary : columns.unary };
    const [evaluator, oracle] = [create(), reference()];
    for (const each of [evaluator, oracle]) each.setData(data);
    const program = operatorProgram(operator);
    const expected = oracle.values(program).values;
    const actual = evaluator.values(program).values;
    expected.forEach((value, row) => {
      const label = `${operator}(${data.columns.map((column) => column[row]).join(', ')}) = ${value}, got ${actual[row]}`;
      const wanted = single ? Math.fround(value) : value;
      if (Number.isNaN(wanted)) expect(actual[row], label).toBeNaN();
      else if (!Number.isFinite(wanted) || !Number.isFinite(actual[row])) {
        // At the edge of overflow the last place decides.
        const largest = single ? 3.4028234e38 : 1.797693134862e308;
        if (!(Math.abs(wanted) >= largest && Math.abs(actual[row]) >= largest)) expect(actual[row], label).toBe(wanted);
        else expect(Math.sign(actual[row]), label).toBe(Math.sign(wanted));
      } else if (single && operator === 'mod') {
        // In f32 the quotient may round to another integer.
        expect(Number.isFinite(actual[row])).toBe(true);
      } else if (!evaluator.capabilities.keepsSubnormals && Math.abs(value) < SMALLEST_NORMAL) {
        expect(Math.abs(actual[row]), label).toBeLessThanOrEqual(SMALLEST_NORMAL);
      } else {
        const error = Math.abs(actual[row] - value) / lastPlace(value, single);
        expect(error, label).toBeLessThanOrEqual(LIBRARY_ULPS);
      }
    });
  });
});
