import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { compile, createWasmEvaluator, freeze, type Program } from '../../../src/evaluation/index.ts';
import { parse, STANDARD_OPERATORS, variablesOf } from '../../../src/expressions/index.ts';
import { LevenbergMarquardt } from '../../../src/numerics/index.ts';
import { createRequirementSet, RequirementSet } from '../../../src/search/requirements/index.ts';
import { arbitraryExpression } from '../../laws/arbitrary-expression.ts';
import { build, INPUTS, program } from './law.ts';

/** Largest relative difference between a gradient and central differences. */
const GRADIENT = 1e-5;

function normalEquations(set: RequirementSet, law: Program, constants: Float64Array, strength: number) {
  const n = law.parameters;
  const hessian = new Float64Array(n * n);
  const gradient = new Float64Array(n);
  const penalty = set.addNormalEquations(law, constants, strength, hessian, gradient);
  return { penalty, hessian, gradient };
}

function differences(set: RequirementSet, law: Program, constants: Float64Array): Float64Array {
  return constants.map((value, k) => {
    const step = 1e-5 * Math.max(1, Math.abs(value));
    const at = (shift: number) => set.penalty(law, constants.with(k, value + shift));
    // Fourth order, for the residual of a power is far from linear.
    return (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step);
  });
}

const LAWS: readonly [string, string][] = [
  ['even in x', '1.5 * x * x + 0.3 * x * y + 0.2'],
  ['odd in x', '0.7 * sin(1.3 * x) + 0.1 * exp(0.5 * x)'],
  ['symmetric in y, z', '1.1 * y + 0.9 * z + 0.3 * sqrt(1.2 * y * z)'],
  ['antisymmetric in x, y, z', '1.1 * x - 0.9 * y + 0.3 * z'],
  ['f(x=0) = 1', '1.3 * exp(0.4 * x) - 0.2 * y'],
  ['f(x=0, y) = y^2', '1.3 * y^1.7 + 0.2 * x'],
  ['df/dx(x=0) = 2', '1.3 * exp(0.4 * x * z) - 0.2 * y'],
  ['df/dy(y=0) = 2', '1.3 * log(1.5 + 0.4 * y)'],
  ['power 2 as x -> inf', '1.3 * (1.1 + x^2)^1.2 + 0.2 * x'],
  ['power -1 as y -> 0', '1.3 / y^1.1 + 0.2 * x'],
  ['increasing in x', '1.3 * sin(1.2 * x) + 0.2 * x * z'],
  ['decreasing in x', '1.3 * sin(1.2 * x) + 0.2 * x * z'],
  ['convex in x', '1.3 * sin(1.2 * x) + 0.2 * x * z'],
  ['concave in x', '1.3 * sin(1.2 * x) + 0.2 * x * z'],
  ['positive', '1.3 * x - 0.4 * y'],
  ['negative', '1.3 * x - 0.4 * y'],
];

describe('the penalty', () => {
  test.each(LAWS.flatMap(([text, law]) => [[text, law] as const, [`${text} (soft, weight 3)`, law] as const]))(
    'of "%s" on %s has the gradient of differences',
    (text, formula) => {
      const set = new RequirementSet(build([text], { scale: 2 }));
      const law = program(formula);
      const { penalty, gradient } = normalEquations(set, law, law.constants, 0.5);
      expect(penalty).toBeGreaterThan(0);
      expect(penalty / set.penalty(law, law.constants)).toBeCloseTo(0.5, 12);
      const expected = differences(set, law, law.constants);
      const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      gradient.forEach((value, k) => {
        expect(Math.abs(value - 0.5 * expected[k])).toBeLessThanOrEqual(GRADIENT * largest);
      });
    },
  );

  test('adds up over requirements, each with its weight', () => {
    const texts = ['f(x=0) = 1 (hard, weight 5)', 'even in x (soft, weight 2)', 'positive (soft)'];
    const law = program('0.4 + 0.3 * x - 0.1 * y');
    const together = normalEquations(new RequirementSet(build(texts)), law, law.constants, 1);
    // Probes depend on the place in the list, so that each is taken from there.
    const apart = build(texts).map((each) => normalEquations(new RequirementSet([each]), law, law.constants, 1));
    const sum = (pick: (each: (typeof apart)[number]) => number) =>
      apart.reduce((total, each) => total + pick(each), 0);
    expect(together.penalty).toBeCloseTo(
      sum((each) => each.penalty),
      10,
    );
    together.gradient.forEach((value, k) => {
      expect(value).toBeCloseTo(
        sum((each) => each.gradient[k]),
        9,
      );
    });
    together.hessian.forEach((value, k) => {
      expect(value).toBeCloseTo(
        sum((each) => each.hessian[k]),
        9,
      );
    });
  });

  test('adds to what is in the arrays, in the factors of the L2 loss', () => {
    // f(x=0) = 1 at a constant law c is the sum over one row (c - 1)^2: the L2 loss of one row with target 1.
    const law = compile(parse('3'), new Map());
    const set = new RequirementSet(build(['f(x=0) = 1 (soft)'], { inputs: ['x'], ranges: [[0, 1]] }));
    const evaluator = createWasmEvaluator();
    evaluator.setData({ columns: [], target: Float64Array.of(1) });
    const hessian = new Float64Array(1);
    const gradient = new Float64Array(1);
    const loss = evaluator.normalEquations(law, law.constants, { name: 'L2' }, { hessian, gradient });
    const [curvature, slope] = [hessian[0], gradient[0]];
    expect(set.addNormalEquations(law, law.constants, 1, hessian, gradient)).toBe(loss);
    expect(hessian[0]).toBe(2 * curvature);
    expect(gradient[0]).toBe(2 * slope);
  });

  test('has a positive semi-definite, symmetric matrix', () => {
    const set = new RequirementSet(build(['even in x', 'f(x=0) = 1 (soft)', 'increasing in z (soft)']));
    const law = program('0.4 * exp(0.3 * x) - 0.1 * y + 0.2 / z');
    const n = law.parameters;
    const { hessian } = normalEquations(set, law, law.constants, 1);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        expect(Math.abs(hessian[i * n + j] - hessian[j * n + i])).toBeLessThanOrEqual(
          1e-12 * Math.abs(hessian[i * n + j]),
        );
        const minor = hessian[i * n + i] * hessian[j * n + j] - hessian[i * n + j] ** 2;
        expect(minor).toBeGreaterThanOrEqual(-1e-9 * hessian[i * n + i] * hessian[j * n + j]);
      }
    }
  });

  test('is 0, with no pull, where everything holds', () => {
    const set = new RequirementSet(build(['even in x', 'positive', 'increasing in y', 'f(x=0, y=0) = 2']));
    const law = program('2 + 3 * x^2 + 0.5 * y');
    const { program: frozen } = freeze(law, new Set([2]));
    const { penalty, gradient } = normalEquations(set, frozen, frozen.constants, 1);
    expect(penalty).toBe(0);
    expect([...gradient]).toEqual([0, 0, 0]);
    expect(set.holds(law, law.constants)).toBe(true);
  });

  test('agrees with the gradient on random laws', () => {
    // Gentle laws, for differences cannot follow sin(exp(10 * x)).
    const operators = ['add', 'mul', 'sub', 'sin', 'tanh'].map((name) => STANDARD_OPERATORS.get(name));
    const constants = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    const set = new RequirementSet(build(['even in x', 'symmetric in y, z (soft)', 'f(x=0) = 1 (soft, weight 4)']));
    let checked = 0;
    fc.assert(
      fc.property(arbitraryExpression({ operators, constants, depth: 4 }), (tree) => {
        const law = compile(tree, new Map(INPUTS.map((name, i) => [name, i])));
        const penalty = set.penalty(law, law.constants);
        if (law.parameters === 0 || variablesOf(tree).length === 0 || !(penalty < 1e12)) return;
        const { gradient } = normalEquations(set, law, law.constants, 1);
        const expected = differences(set, law, law.constants);
        const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6 * penalty);
        checked++;
        gradient.forEach((value, k) => {
          expect(Math.abs(value - expected[k])).toBeLessThanOrEqual(1e-4 * largest);
        });
      }),
      { numRuns: 400, seed: 21 },
    );
    expect(checked).toBeGreaterThan(100);
  });
});

describe('constants', () => {
  const set = new RequirementSet(build(['f(x=0) = 1', 'even in x (soft)']));

  test('are those of the call, not of the program', () => {
    const law = program('2 + 3 * x');
    expect(set.violation(law, Float64Array.of(1, 3))).toBe(0);
    expect(set.violation(law, Float64Array.of(3, 3))).toBeCloseTo(2, 12);
    expect(set.penalty(law, Float64Array.of(1, 0))).toBe(0);
  });

  test('of inlined operators may be left out', () => {
    const table = STANDARD_OPERATORS.with({ name: 'lorentz', formula: '1 / (1 + x^2)' });
    const law = compile(parse('0.5 * lorentz(x)', { operators: table }), new Map(INPUTS.map((name, i) => [name, i])));
    expect(law.constants.length).toBeGreaterThan(law.parameters);
    expect(set.violation(law, Float64Array.of(1))).toBe(0);
    expect(normalEquations(set, law, Float64Array.of(1), 1).penalty).toBe(0);
  });
});

describe('laws without a value', () => {
  test('fail a hard requirement', () => {
    const set = new RequirementSet(build(['f(x=0) = 1']));
    const law = program('2 * log(x)');
    expect(set.violation(law, law.constants)).toBe(Number.POSITIVE_INFINITY);
    expect(set.holds(law, law.constants)).toBe(false);
    expect(set.penalty(law, law.constants)).toBeNaN();
    expect(normalEquations(set, law, law.constants, 1).penalty).toBeNaN();
  });

  test('pay for a soft one', () => {
    const set = new RequirementSet(build(['f(x=0, y=0, z=1) = 1 (soft, weight 2)']));
    const law = program('2 * log(x)');
    expect(set.violation(law, law.constants)).toBe(0);
    expect(set.holds(law, law.constants)).toBe(true);
    expect(set.penalty(law, law.constants)).toBe(200);
    const { penalty, gradient } = normalEquations(set, law, law.constants, 1);
    expect(penalty).toBe(200);
    expect([...gradient]).toEqual([0]);
  });

  test('pay alike, with no pull, where too few points have a value', () => {
    const set = new RequirementSet(build(['positive (soft)']));
    const law = program('2 * sqrt(0.5 - y) - 10');
    const { penalty, gradient } = normalEquations(set, law, law.constants, 1);
    expect(penalty).toBe(32 * 100);
    expect([...gradient]).toEqual([0, 0, 0]);
  });
});

describe('derivatives by a constant', () => {
  test('that the chain rule loses at a point are found by differences', () => {
    const set = new RequirementSet(build(['f(x=0) = 1']));
    const law = program('2 + sqrt(3 * x)');
    const { penalty, gradient } = normalEquations(set, law, law.constants, 1);
    expect(penalty).toBeGreaterThan(0);
    expect(gradient[0]).toBeGreaterThan(0);
    expect(gradient[1]).toBe(0);
  });

  test('that do not exist give NaN, until the exponent is frozen', () => {
    const set = new RequirementSet(build(['even in x']));
    const law = program('2 * x^2');
    expect(normalEquations(set, law, law.constants, 1).penalty).toBeNaN();
    const { program: frozen } = freeze(law, new Set([1]));
    expect(normalEquations(set, frozen, frozen.constants, 1).penalty).toBe(0);
  });
});

describe('a fit with the penalty', () => {
  /** Noisy points of 1.1 + 2 x. */
  const random = new RandomStream(4);
  const x = Float64Array.from({ length: 50 }, (_, i) => i / 50 + 0.01);
  const y = x.map((value) => 1.1 + 2 * value + 0.1 * random.normal());
  const ranges = [[0.01, 0.99] as const];

  function fitted(requirement: string, formula: string): { theta: Float64Array; holds: boolean } {
    const set = new RequirementSet(build([requirement], { inputs: ['x'], ranges, scale: 0.6 }));
    const evaluator = createWasmEvaluator();
    evaluator.setData({ columns: [x], target: y });
    const law = program(formula, ['x']);
    const theta = Float64Array.from(law.constants);
    const strength = 0.4;
    new LevenbergMarquardt(8).minimise(
      {
        normalEquations: (at, hessian, gradient) => {
          const loss = evaluator.normalEquations(law, at, { name: 'L2' }, { hessian, gradient });
          return loss + set.addNormalEquations(law, at, x.length * strength, hessian, gradient) / x.length;
        },
      },
      theta,
      law.parameters,
      new Uint8Array(law.parameters),
      { maxIterations: 200, tolerance: 1e-14, floor: 0 },
    );
    return { theta, holds: set.holds(law, theta) };
  }

  test('meets a hard value as constrained least squares does', () => {
    const { theta, holds } = fitted('f(x=0) = 1', '0.3 + 0.7 * x');
    expect(holds).toBe(true);
    // With f(0) = 1 the slope is sum x (y - 1) / sum x^2.
    const slope =
      x.reduce((sum, value, i) => sum + value * (y[i] - 1), 0) / x.reduce((sum, value) => sum + value ** 2, 0);
    expect(theta[0]).toBeCloseTo(1, 6);
    expect(theta[1]).toBeCloseTo(slope, 5);
  });

  test('meets a hard slope, power and parity', () => {
    expect(fitted('df/dx(x=0) = 2', '0.3 + 0.7 * x + 0.2 * x * x').holds).toBe(true);
    expect(fitted('power 0.5 as x -> inf', '0.3 + 2 * x^0.7').holds).toBe(true);
    expect(fitted('even in x', '0.3 + 0.7 * x + 0.2 * x * x').theta[1]).toBeCloseTo(0, 6);
  });

  test('is drawn to a soft one only', () => {
    const { theta } = fitted('f(x=0) = 0 (soft)', '0.3 + 0.7 * x');
    expect(theta[0]).toBeGreaterThan(0.05);
    expect(theta[0]).toBeLessThan(1.0);
  });
});

describe('the set', () => {
  test('is not made for no requirements', () => {
    expect(createRequirementSet([])).toBeUndefined();
    expect(createRequirementSet(build(['positive']))?.requirements).toHaveLength(1);
  });

  test('puts the hard ones first and passes over their probes alone for the verdict', () => {
    const set = new RequirementSet(build(['positive (soft)', 'even in x', 'f(x=0) = 1 (soft)', 'odd in y']));
    expect(set.requirements.map(({ text }) => text)).toEqual([
      'even in x',
      'odd in y',
      'positive (soft)',
      'f(x=0) = 1 (soft)',
    ]);
    expect(set.hardRows).toBe(96);
    expect(set.rows).toBe(96 + 32 + 24);
  });

  test('takes another tolerance', () => {
    const requirements = build(['f(x=0) = 1']);
    const law = program('1.001');
    expect(new RequirementSet(requirements).holds(law, law.constants)).toBe(false);
    expect(new RequirementSet(requirements, 0.01).holds(law, law.constants)).toBe(true);
  });

  test('gives the same numbers from plain data on another thread', () => {
    const texts = ['even in x', 'f(x=0) = y^2 (soft)', 'power 2 as x -> inf', 'increasing in y for y in 0..9'];
    const here = build(texts);
    const there = build(structuredClone(here.map(({ spec }) => spec)));
    expect(there.map(({ probes }) => probes)).toEqual(here.map(({ probes }) => probes));
    const [, alone] = build(['power 1 as z -> 0', texts[1]]);
    expect(alone.probes).toEqual(here[1].probes);
    expect(build(texts, { seed: 6 })[0].probes).not.toEqual(here[0].probes);
  });
});
