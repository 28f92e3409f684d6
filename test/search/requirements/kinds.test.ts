import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  call,
  derive,
  type Expression,
  evaluate,
  parse,
  print,
  STANDARD_OPERATORS,
  substitute,
  variable,
} from '../../../src/expressions/index.ts';
import { prove, RequirementSet, type Verdict } from '../../../src/search/requirements/index.ts';
import { KINDS } from '../../../src/search/requirements/kinds/index.ts';
import { ALGEBRAIC, arbitraryExpression } from '../../laws/arbitrary-expression.ts';
import { build, INPUTS, program, RANGES } from './law.ts';

/** A requirement, laws that have it with what is known of them, and laws that have not. */
const CASES: readonly [string, readonly [string, Verdict][], readonly string[]][] = [
  [
    'even in x',
    [
      ['x^2 * y', 'proven'],
      ['cos(3 * x) + z', 'proven'],
      ['sqrt(1 + x^2)', 'proven'],
      ['exp(x) + exp(-x)', 'proven'],
      ['sqrt(x^2 - y)', 'proven'],
      ['y', 'proven'],
      ['atan2(1, x) + atan2(1, -x)', 'proven'],
      ['max(x, -x)', 'proven'],
      ['x * atan2(x, 2)', 'holds on probes'],
    ],
    ['x', 'x^2 + 0.001 * x', 'exp(x)', 'sqrt(x) * sqrt(x)', 'sqrt(x)^4', 'log(x)', 'x^2 + 1e-5 * x^3 * y', 'step(x)'],
  ],
  [
    'odd in x',
    [
      ['x * y', 'proven'],
      ['sin(x) / z', 'proven'],
      ['x^3 - 2 * x', 'proven'],
      ['tanh(x) * cosh(x * y)', 'proven'],
      ['1 / x', 'proven'],
    ],
    ['x^2', 'x + 1e-4', 'exp(x)', 'sqrt(x)', 'y', 'log(1 + x)'],
  ],
  [
    'symmetric in y, z',
    [
      ['y * z', 'proven'],
      ['sqrt(y^2 + z^2) * x', 'proven'],
      ['1 / (1/y + 1/z)', 'proven'],
      ['abs(y - z)', 'proven'],
      ['x', 'proven'],
      ['max(y, z)', 'proven'],
    ],
    ['y - z', 'y * z^2', 'y + 1.001 * z', 'y', 'sqrt(y) * z', 'sqrt(3 - y) + sqrt(4 - z)'],
  ],
  [
    'symmetric in x, y, z',
    [
      ['x * y * z', 'proven'],
      ['x * y + y * z + z * x', 'proven'],
    ],
    ['x * y + z', 'x + y + 2 * z', '2 * x + y + z'],
  ],
  [
    'antisymmetric in y, z',
    [
      ['y - z', 'proven'],
      ['sin(y - z) * x', 'proven'],
      ['y^2 - z^2', 'proven'],
    ],
    ['y * z', 'y - z + 1e-4', 'abs(y - z)', 'sqrt(y) - z'],
  ],
  [
    'f(x=0) = 1',
    [
      ['1 + x * y', 'proven'],
      ['exp(-x * z)', 'proven'],
      ['cos(x) + x^2.5', 'proven'],
      ['sin(y)^2 + cos(y)^2 + x', 'holds on probes'],
    ],
    ['1.00001 + x', 'x', '1 / x', 'y + x', '1 + log(x)'],
  ],
  [
    'f(x=0, y=2) = 3',
    [
      ['3 + x', 'proven'],
      ['y + 1 + x * z', 'proven'],
      ['3 * y / 2', 'proven'],
    ],
    ['y + x', 'z', '3 + 1e-4 * z'],
  ],
  ['f(x=1, y=2, z=3) = 4', [['x * y + z - 1', 'proven']], ['x * y + z', '1 / (x - 1)']],
  [
    'f(x=0, y) = y^2 / z',
    [
      ['y^2 / z + x', 'proven'],
      ['y * y * exp(x) / z', 'proven'],
    ],
    ['y^2 + x', 'y^2.001 / z'],
  ],
  [
    'df/dx(x=0) = 0',
    [
      ['x^2', 'proven'],
      ['cos(x) * y', 'proven'],
      ['z', 'proven'],
      ['exp(-x^2 * y)', 'proven'],
    ],
    ['x', 'x^2 + 1e-4 * x', 'exp(x)', '1 / x', 'sqrt(x)'],
  ],
  [
    'df/dy(y=0) = z',
    [
      ['y * z', 'proven'],
      ['sin(y * z) + x', 'proven'],
      ['z * y + y^2.5', 'proven'],
      ['z * log(1 + y)', 'proven'],
    ],
    ['y', 'y * z + 1e-4 * y', 'sqrt(y) * z', 'z'],
  ],
  [
    'df/dx(y=0) = 1',
    [
      ['x + y * x^2', 'proven'],
      ['x * cos(y)', 'proven'],
    ],
    ['x * y', 'x^2'],
  ],
  [
    'power 2 as x -> inf',
    [
      ['x^2', 'holds on probes'],
      ['3 * x^2 + y * x + z', 'holds on probes'],
      ['x^3 / (z + x)', 'holds on probes'],
      ['x^2 * tanh(x * z)', 'holds on probes'],
      ['x * log(1 + exp(x))', 'holds on probes'],
      ['x^2 + x^1.5', 'holds on probes'],
      ['-x^2', 'holds on probes'],
      ['sqrt(x^4 + x)', 'holds on probes'],
    ],
    ['x', 'x^2.001', 'exp(x)', 'x^2 * log(x)', 'x^2 * (2 + sin(x))', 'exp(-x)', 'sqrt(y - x)', 'x^2 + x^3', 'y'],
  ],
  ['power 2 as x -> -inf', [['x^2 + x', 'holds on probes']], ['abs(x)^2.001', 'sqrt(x)', 'x^3']],
  [
    'power -1 as y -> inf',
    [
      ['1 / y', 'holds on probes'],
      ['x^2 / (y + z)', 'holds on probes'],
      ['sqrt(y^2 + 1) - y', 'holds on probes'],
    ],
    ['y', '1 / y + 1e-3', 'exp(-y)'],
  ],
  [
    'power 2 as y -> 0',
    [
      ['y^2', 'holds on probes'],
      ['y^3 / (exp(y) - 1)', 'holds on probes'],
      ['1 - cos(y)', 'holds on probes'],
      ['y^2 * (1 + sqrt(y))', 'holds on probes'],
    ],
    ['y', 'sin(y)', 'y^2 + 0.01', 'y^2.01'],
  ],
  [
    'increasing in x',
    [
      ['x', 'holds on probes'],
      ['x^3 * y', 'holds on probes'],
      ['exp(x / z)', 'holds on probes'],
      ['tanh(x)', 'holds on probes'],
      ['sqrt(x)', 'holds on probes'],
      ['y', 'holds on probes'],
    ],
    ['-x', 'x^2', 'sin(4 * x)', 'x * (2 - y)', 'x - 2 * tanh(x)'],
  ],
  [
    'decreasing in z',
    [
      ['1 / z', 'holds on probes'],
      ['exp(-z) + x', 'holds on probes'],
    ],
    ['z', '1 / (z - 3)'],
  ],
  [
    'convex in x',
    [
      ['x^2', 'holds on probes'],
      ['exp(x) * y', 'holds on probes'],
      ['abs(x)', 'holds on probes'],
      ['2 * x - z', 'holds on probes'],
    ],
    ['-x^2', 'x^3', 'tanh(x)'],
  ],
  [
    'concave in y',
    [
      ['sqrt(y)', 'holds on probes'],
      ['log(y + z)', 'holds on probes'],
    ],
    ['y^2', 'exp(-y)'],
  ],
  [
    'positive',
    [
      ['y', 'holds on probes'],
      ['exp(x)', 'holds on probes'],
      ['x^2 + y', 'holds on probes'],
      ['sqrt(x)', 'holds on probes'],
    ],
    ['x', 'y - 0.001', 'sin(y)', 'log(z) - 1e-3'],
  ],
  ['negative', [['-y', 'holds on probes']], ['-x', 'y']],
  ['positive for x in 0..10', [['x', 'holds on probes']], ['9.9 - x', 'x - 0.1']],
  ['even in x for x in 0..100', [['x^2', 'proven']], ['x^2 + 1e-6 * x^3']],
];

describe('every kind', () => {
  test('is tried', () => {
    const tried = new Set(CASES.map(([text]) => build([text])[0].spec.kind));
    expect([...tried].sort()).toEqual(Object.keys(KINDS).sort());
  });

  describe.each(CASES)('%s', (text, good, bad) => {
    const [requirement] = build([text]);
    const set = new RequirementSet([requirement]);

    test.each(good)('%s has it, %s', (formula, verdict) => {
      expect(set.violation(program(formula), new Float64Array(0))).toBeLessThan(1e-6);
      expect(prove(parse(formula), requirement)).toBe(verdict);
    });

    test.each(bad)('%s has not', (formula) => {
      expect(set.violation(program(formula), new Float64Array(0))).toBeGreaterThan(1e-6);
      expect(prove(parse(formula), requirement)).toBe('violated');
    });
  });
});

describe('laws made to have it', () => {
  const neg = STANDARD_OPERATORS.get('neg');
  const swap = { y: variable('z'), z: variable('y') };
  const mirror = { x: call(neg, variable('x')) };
  const makers: [string, (tree: Expression) => Expression][] = [
    ['even in x', (tree) => call(STANDARD_OPERATORS.get('add'), tree, substitute(tree, mirror))],
    ['odd in x', (tree) => call(STANDARD_OPERATORS.get('sub'), tree, substitute(tree, mirror))],
    ['symmetric in y, z', (tree) => call(STANDARD_OPERATORS.get('add'), tree, substitute(tree, swap))],
    ['antisymmetric in y, z', (tree) => call(STANDARD_OPERATORS.get('sub'), tree, substitute(tree, swap))],
  ];
  /** Rounding of two evaluations, in units of the larger value. */
  const ROUNDING = 1e-9;

  test.each(makers)('%s', (text, make) => {
    const [requirement] = build([text]);
    const residuals = new Float64Array(requirement.residuals);
    let tried = 0;
    fc.assert(
      fc.property(arbitraryExpression({ depth: 4, operators: [...ALGEBRAIC, ...SMOOTH] }), (tree) => {
        const law = make(tree);
        const values = Float64Array.from(requirement.probes[0], (_, k) =>
          evaluate(law, Object.fromEntries(INPUTS.map((name, i) => [name, requirement.probes[i][k]]))),
        );
        const size = values.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 1);
        requirement.residualsOf(values, residuals);
        const defined = values.filter(Number.isFinite).length;
        if (defined < values.length / 2 || size > 1e100) return;
        tried++;
        for (const residual of residuals) expect(Math.abs(residual)).toBeLessThanOrEqual(ROUNDING * size);
      }),
      { numRuns: 500, seed: 3 },
    );
    expect(tried).toBeGreaterThan(150);
  });
});

const SMOOTH = ['exp', 'log', 'sin', 'cos', 'tanh'].map((name) => STANDARD_OPERATORS.get(name));

describe('slopes by differences', () => {
  // Laws that wave up to about 200 times in the range, and one that ends at the point.
  const laws: [string, string, number][] = [
    ['exp(x) * y', 'x', 0.5],
    ['sin(250 * x)', 'x', 0.5],
    ['1 / (x + 2.5)', 'x', 0],
    ['exp(x) + z', 'x', -2],
    ['tanh(x) * z', 'x', 3],
    ['log(1 + y)', 'y', 0],
    ['sqrt(y + 0.01)', 'y', 0],
    ['exp(z / 2)', 'z', 0],
    ['z^2', 'z', -40],
  ];

  test.each(laws)('d/dx of %s by %s at %f is right to 1e-8', (formula, by, at) => {
    const exact = print(substitute(derive(parse(formula), by), { [by]: parse(String(at)) }));
    const [requirement] = build([{ kind: 'slope', by, at: { [by]: at }, equals: exact }]);
    const set = new RequirementSet([requirement]);
    expect(set.violation(program(formula), new Float64Array(0))).toBeLessThan(1e-8);
  });
});

describe('slopes of the residuals', () => {
  const STEP = 1e-6;
  /** Second differences beyond this are kinks: a residual begins to count, or another order of x comes closest. */
  const KINK = 1e-9;

  test.each(CASES.map(([text]) => text))('%s: equal to differences', (text) => {
    const [requirement] = build([text]);
    const count = requirement.probes[0].length;
    const { residuals, spec } = requirement;
    let checked = 0;
    const here = new Float64Array(residuals);
    const above = new Float64Array(residuals);
    const below = new Float64Array(residuals);
    const random = new RandomStream(11);
    for (let run = 0; run < 5; run++) {
      const values = Float64Array.from({ length: count }, () => 0.5 + random.uniform());
      if (spec.kind !== 'power') for (let i = 0; i < count; i += 3) values[i] *= -1;
      const slopes = new Float64Array(residuals * count);
      requirement.slopesOf(values, (r, probe, slope) => {
        slopes[r * count + probe] += slope;
      });
      requirement.residualsOf(values, here);
      for (let probe = 0; probe < count; probe++) {
        const moved = Float64Array.from(values);
        moved[probe] += STEP;
        requirement.residualsOf(moved, above);
        moved[probe] -= 2 * STEP;
        requirement.residualsOf(moved, below);
        for (let r = 0; r < residuals; r++) {
          const slope = slopes[r * count + probe];
          const largest = Math.max(1, Math.abs(slope));
          if (Math.abs(above[r] + below[r] - 2 * here[r]) > KINK * largest) continue;
          if (slope !== 0) checked++;
          expect(Math.abs((above[r] - below[r]) / (2 * STEP) - slope)).toBeLessThanOrEqual(1e-6 * largest);
        }
      }
    }
    expect(checked).toBeGreaterThan(0);
  });
});

test('the slope at an end of the range is taken from inside', () => {
  const holds = (text: string, formula: string) => {
    const law = program(formula);
    return new RequirementSet(build([text])).holds(law, law.constants);
  };
  expect(holds('df/dy(y=4) = 0', '(4 - y)^3.5')).toBe(true);
  expect(holds('df/dy(y=0) = 0', 'y^3.5')).toBe(true);
  expect(holds('df/dy(y=4) = 0', 'sqrt(4 - y)')).toBe(false);
});

test('zero is approached from the side of the data', () => {
  const inputs = ['x'];
  const violation = (range: readonly [number, number], formula: string) =>
    new RequirementSet(build(['power 0.5 as x -> 0'], { inputs, ranges: [range] })).violation(
      program(formula, inputs),
      new Float64Array(0),
    );
  expect(violation([-3, -1], 'sqrt(-x)')).toBeLessThan(1e-6);
  expect(violation([-3, -1], 'sqrt(x)')).toBe(Number.POSITIVE_INFINITY);
  expect(violation([-3, 1], 'sqrt(x)')).toBeLessThan(1e-6);
});

describe('where a law is undefined', () => {
  const violation = (text: string, formula: string) =>
    new RequirementSet(build([text])).violation(program(formula), new Float64Array(0));

  test('points without a value do not count', () => {
    // Half of the box has y > 2.
    expect(violation('even in x', 'x^2 * sqrt(2 - y)')).toBe(0);
    expect(violation('positive', 'sqrt(2 - y)')).toBe(0);
    expect(violation('f(x=0) = 0', 'x * sqrt(2 - y)')).toBe(0);
  });

  test('unless fewer than a quarter are left', () => {
    expect(violation('even in x', 'x^2 * sqrt(0.5 - y)')).toBe(Number.POSITIVE_INFINITY);
    expect(violation('positive', 'sqrt(0.5 - y)')).toBe(Number.POSITIVE_INFINITY);
    expect(violation('f(x=0) = 0', 'x * sqrt(0.5 - y)')).toBe(Number.POSITIVE_INFINITY);
    expect(violation('power 1 as x -> inf', 'x * sqrt(-0.5 - y)')).toBe(Number.POSITIVE_INFINITY);
  });

  test('a mirror image without a value is a violation', () => {
    expect(violation('even in x', 'sqrt(x + 1)')).toBe(Number.POSITIVE_INFINITY);
    expect(violation('symmetric in y, z', 'sqrt(y - 0.5) * sqrt(z - 0.6)')).toBe(Number.POSITIVE_INFINITY);
  });
});

test('residuals are relative to the scale of the target', () => {
  const at = (scale: number) =>
    new RequirementSet(build(['f(x=0) = 0'], { scale })).violation(program('5 + x'), new Float64Array(0));
  expect(at(10)).toBeCloseTo(0.5, 12);
  expect(at(100)).toBeCloseTo(0.05, 12);
});

test('an input that is constant in the data has no trend there', () => {
  const ranges = [RANGES[0], RANGES[1], [2, 2] as const];
  expect(() => build(['increasing in z'], { ranges })).toThrow(/"z" is 2 in every row.*for z in 0\.\.1/);
  expect(build(['increasing in z for z in 0..1'], { ranges })).toHaveLength(1);
});

test('a right-hand side without a value is refused', () => {
  expect(() => build(['f(x=0) = log(-1 - y)'])).toThrow(/the right-hand side is nowhere finite/);
});
