import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { type LossName, type NormalEquations, OPCODES, type Program } from '../../src/evaluation/index.ts';
import { LAST_BINARY_OPCODE } from '../../src/evaluation/opcodes.ts';
import { ALL_OPERATORS, randomProgram } from '../evaluation/random-programs.ts';
import { BACKENDS, reference } from './backends.ts';

const SEED = 5;
const ROWS = 303;
const LOSSES: readonly LossName[] = ['L2', 'L1', 'Huber', 'log-cosh', 'chi2'];
const SMOOTH = [
  'add',
  'sub',
  'mul',
  'div',
  'neg',
  'square',
  'sin',
  'cos',
  'exp',
  'atan',
  'tanh',
  'sigmoid',
  'cosh',
  'sinh',
  'asinh',
  'erf',
  'max',
  'min',
];
const TOLERANCE = 1e-9;

const operator = (name: string) => OPCODES.indexOf(name);
const constant = (index: number) => (index << 8) | 1;

function table(weighted: boolean) {
  const random = new RandomStream(SEED);
  const column = (draw: () => number) => Float64Array.from({ length: ROWS }, draw);
  return {
    columns: [column(() => 0.2 + 0.7 * random.uniform()), column(() => random.normal())],
    target: column(() => random.normal()),
    weights: weighted ? column(() => random.uniform()) : undefined,
  };
}

const room = (p: number): NormalEquations => ({ hessian: new Float64Array(p * p), gradient: new Float64Array(p) });

/** f(c0 x0 + c1) or f(c0 x0 + c1, c2 + x0): every operator with a parameter below each argument. */
function probe(name: string): Program {
  const opcode = operator(name);
  const inner = [constant(0), 0, operator('mul'), constant(1), operator('add')];
  const code = opcode <= LAST_BINARY_OPCODE ? [...inner, constant(2), 0, operator('add'), opcode] : [...inner, opcode];
  const shift = name === 'acosh' ? 1.3 : 0.05;
  return { code: Int32Array.from(code), constants: Float64Array.of(0.8, shift, 0.4), parameters: 3, stackDepth: 4 };
}

function compare(actual: ArrayLike<number>, expected: ArrayLike<number>, scale: number, label: string): void {
  for (let i = 0; i < expected.length; i++) {
    if (Number.isNaN(expected[i])) expect(actual[i], label).toBeNaN();
    else
      expect(Math.abs(actual[i] - expected[i]), label).toBeLessThanOrEqual(TOLERANCE * (scale + Math.abs(expected[i])));
  }
}

describe.each(BACKENDS)('derivatives of $name', ({ create }) => {
  it.each(ALL_OPERATORS)('%s has the derivative of the rule', (name) => {
    const [evaluator, oracle] = [create(), reference()];
    for (const each of [evaluator, oracle]) each.setData(table(false));
    const program = probe(name);
    const expected = oracle.jacobian(program);
    const actual = evaluator.jacobian(program);
    expect(actual.finite).toBe(true);
    compare(actual.values, expected.values, 0, name);
    compare(actual.jacobian, expected.jacobian, 1e-6, name);
  });

  it('the rule is the slope of the value', () => {
    const oracle = reference();
    oracle.setData(table(false));
    for (const name of ALL_OPERATORS) {
      const program = probe(name);
      const { jacobian } = oracle.jacobian(program);
      for (let k = 0; k < 3; k++) {
        const at = (step: number) =>
          oracle.values({ ...program, constants: program.constants.map((c, i) => (i === k ? c + step : c)) }).values;
        const [up, down] = [at(1e-6), at(-1e-6)];
        const slopes = up.map((value, row) => (value - down[row]) / 2e-6);
        const misses = slopes.filter(
          (slope, row) => Math.abs(slope - jacobian[k * ROWS + row]) > 1e-5 * (1 + Math.abs(slope)),
        ).length;
        // A step across a kink or a jump misses.
        expect(misses, `${name}, constant ${k}`).toBeLessThanOrEqual(2);
      }
    }
  });

  it.each([false, true])('Jacobian and normal equations of random programs, weighted: %s', (weighted) => {
    const [evaluator, oracle] = [create(), reference()];
    for (const each of [evaluator, oracle]) each.setData(table(weighted));
    const random = new RandomStream(SEED);
    for (let i = 0; i < 120; i++) {
      const program = randomProgram(random, {
        nodes: 1 + random.integer(16),
        columns: 2,
        operators: SMOOTH,
        constants: 0.5,
      });
      const expected = oracle.jacobian(program);
      const size = expected.jacobian.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      if (!expected.finite || !(size < 1e6)) continue;
      const actual = evaluator.jacobian(program);
      compare(actual.jacobian, expected.jacobian, size, `program ${i}`);
      const p = program.parameters;
      for (const name of LOSSES) {
        const [a, b] = [room(p), room(p)];
        const lossA = evaluator.normalEquations(program, program.constants, { name, delta: 0.7 }, a);
        const lossB = oracle.normalEquations(program, program.constants, { name, delta: 0.7 }, b);
        if (Number.isNaN(lossB)) continue;
        compare([lossA], [lossB], 0, name);
        const scale = b.hessian.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
        compare(a.hessian, b.hessian, scale, `${name} hessian ${i}`);
        compare(a.gradient, b.gradient, Math.sqrt(scale * (1 + lossB * ROWS)), `${name} gradient ${i}`);
      }
    }
  });

  it('a constant that occurs twice gathers both slopes; constants past the parameters are fixed', () => {
    const evaluator = create();
    evaluator.setData(table(false));
    // c0 x0 + sin(c0) * c1 with c1 fixed
    const code = [
      constant(0),
      0,
      operator('mul'),
      constant(0),
      operator('sin'),
      constant(1),
      operator('mul'),
      operator('add'),
    ];
    const program = { code: Int32Array.from(code), constants: Float64Array.of(0.3, 2), parameters: 1, stackDepth: 3 };
    const { jacobian } = evaluator.jacobian(program);
    const [x] = table(false).columns;
    expect(jacobian.length).toBe(ROWS);
    jacobian.forEach((slope, row) => {
      expect(slope).toBeCloseTo(x[row] + 2 * Math.cos(0.3), 12);
    });
    expect(evaluator.loss(program, Float64Array.of(0.3), { name: 'L2' })).toBe(
      evaluator.loss(program, program.constants, { name: 'L2' }),
    );
  });

  it('a parameter that never matters has slope 0, and a program of one constant works', () => {
    const evaluator = create();
    evaluator.setData(table(true));
    const flat = {
      code: Int32Array.of(constant(0), operator('floor'), 0, operator('mul')),
      constants: Float64Array.of(2.5),
      parameters: 1,
      stackDepth: 2,
    };
    expect(evaluator.jacobian(flat).jacobian.every((slope) => slope === 0)).toBe(true);
    const alone = { code: Int32Array.of(constant(0)), constants: Float64Array.of(2.5), parameters: 1, stackDepth: 1 };
    expect(evaluator.jacobian(alone, 5).jacobian).toEqual(Float64Array.of(1, 1, 1, 1, 1));
  });

  it('answers NaN when a derivative is not finite', () => {
    const evaluator = create();
    evaluator.setData({ columns: [Float64Array.of(0, 1)], target: Float64Array.of(0, 0) });
    const code = Int32Array.of(constant(0), 0, operator('mul'), operator('sqrt'));
    const program = { code, constants: Float64Array.of(1), parameters: 1, stackDepth: 2 };
    expect(evaluator.loss(program, program.constants, { name: 'L2' })).toBe(0.5);
    expect(evaluator.normalEquations(program, program.constants, { name: 'L2' }, room(1))).toBeNaN();
  });
});
