import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import type { LossName, Program } from '../../src/evaluation/index.ts';
import { ALL_OPERATORS, operatorProgram, randomProgram } from '../evaluation/random-programs.ts';
import { BACKENDS, reference } from './backends.ts';

const SEED = 11;
const LOSSES: readonly LossName[] = ['L2', 'L1', 'Huber', 'log-cosh', 'chi2'];
/** Operators without jumps or runaway growth, so that rounding stays rounding. */
const SMOOTH = [
  'add',
  'sub',
  'mul',
  'atan2',
  'neg',
  'abs',
  'square',
  'cbrt',
  'sin',
  'cos',
  'atan',
  'tanh',
  'sigmoid',
  'erf',
  'asinh',
  'relu',
  'min',
  'max',
];

function table(random: RandomStream, rows: number, weighted: boolean) {
  const column = (draw: () => number) => Float64Array.from({ length: rows }, draw);
  return {
    columns: [0, 1, 2].map(() => column(() => random.normal())),
    target: column(() => 2 * random.normal()),
    weights: weighted ? column(() => random.uniform()) : undefined,
  };
}

function programs(random: RandomStream, count: number, operators: readonly string[]): Program[] {
  return Array.from({ length: count }, () =>
    randomProgram(random, { nodes: 1 + random.integer(18), columns: 3, operators }),
  );
}

describe.each(BACKENDS)('losses of $name', ({ create, epsilon }) => {
  const tolerance = 1e4 * epsilon;

  it.each([false, true])('are those of the reference, weighted: %s', (weighted) => {
    const random = new RandomStream(SEED);
    const data = table(random, 1003, weighted);
    const batch = programs(random, 60, SMOOTH);
    const [evaluator, oracle] = [create(), reference()];
    for (const each of [evaluator, oracle]) each.setData(data);
    for (const name of LOSSES) {
      const loss = { name, delta: 0.7 };
      const expected = oracle.losses(batch, loss);
      evaluator.losses(batch, loss).forEach((actual, i) => {
        expect(Math.abs(actual - expected[i])).toBeLessThanOrEqual(tolerance * Math.abs(expected[i]));
        const one = evaluator.loss(batch[i], batch[i].constants, loss);
        expect(Math.abs(one - expected[i])).toBeLessThanOrEqual(tolerance * Math.abs(expected[i]));
      });
    }
  });

  it('agree on which programs are finite, and values with them', () => {
    const random = new RandomStream(SEED);
    const data = table(random, 257, false);
    const batch = programs(random, 300, ALL_OPERATORS);
    const [evaluator, oracle] = [create(), reference()];
    for (const each of [evaluator, oracle]) each.setData(data);
    const expected = oracle.losses(batch, { name: 'L1' });
    const actual = evaluator.losses(batch, { name: 'L1' });
    const verdicts = (losses: Float64Array) => Array.from(losses, Number.isFinite);
    const differing = verdicts(expected).filter((finite, i) => finite !== Number.isFinite(actual[i])).length;
    // In f32 an argument may round onto the edge of a domain.
    expect(differing).toBeLessThanOrEqual(epsilon > 1e-10 ? 6 : 0);
    if (epsilon < 1e-10)
      for (const program of batch) expect(evaluator.values(program).finite).toBe(oracle.values(program).finite);
  });

  it('never count the rows past the last, for 1 to 17 rows and for every prefix', () => {
    const random = new RandomStream(SEED);
    // Row 17 is a pole: a result that reads it is not finite.
    const x = Float64Array.from({ length: 18 }, (_, i) => (i === 17 ? 0 : 1 + i));
    const target = Float64Array.from({ length: 18 }, () => random.normal());
    const weights = Float64Array.from({ length: 18 }, () => random.uniform());
    const program = operatorProgram('inv');
    const [whole, evaluator, oracle] = [create(), create(), reference()];
    for (const each of [whole, oracle]) each.setData({ columns: [x], target, weights });
    for (let rows = 1; rows <= 17; rows++) {
      evaluator.setData({
        columns: [x.slice(0, rows)],
        target: target.slice(0, rows),
        weights: weights.slice(0, rows),
      });
      for (const name of LOSSES) {
        const expected = oracle.losses([program], { name }, rows)[0];
        for (const actual of [whole.losses([program], { name }, rows)[0], evaluator.losses([program], { name })[0]]) {
          expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * expected);
        }
      }
      expect(whole.values(program, rows).finite).toBe(true);
      expect(evaluator.values(program).values).toEqual(whole.values(program, rows).values);
    }
    expect(whole.losses([program], { name: 'L2' }, 18)[0]).toBeNaN();
    expect(whole.values(program).finite).toBe(false);
  });

  it('pass judgement on the value, not on the way', () => {
    const evaluator = create();
    evaluator.setData({ columns: [Float64Array.of(1000, 1000, 1000)], target: Float64Array.of(0, 0, 0) });
    const [exp, inv] = [operatorProgram('exp').code[1], operatorProgram('inv').code[1]];
    const of = (...code: number[]): Program => ({
      code: Int32Array.from(code),
      constants: new Float64Array(0),
      parameters: 0,
      stackDepth: 1,
    });
    expect(evaluator.losses([of(0, exp, inv), of(0, exp)], { name: 'L2' })).toEqual(Float64Array.of(0, Number.NaN));
    const huge = { code: Int32Array.of(1), constants: Float64Array.of(1e200), parameters: 1, stackDepth: 1 };
    expect(evaluator.values(huge).finite).toBe(epsilon < 1e-10);
    expect(evaluator.loss(huge, huge.constants, { name: 'L2' })).toBeNaN();
    expect(evaluator.loss(huge, huge.constants, { name: 'log-cosh' })).toBeCloseTo(1e200, -190);
  });

  it('are the same in every run', () => {
    const batch = programs(new RandomStream(SEED), 50, ALL_OPERATORS);
    const data = table(new RandomStream(SEED), 777, true);
    const run = () => {
      const evaluator = create();
      evaluator.setData(data);
      return evaluator.losses(batch, { name: 'Huber' });
    };
    expect(run()).toEqual(run());
  });
});
