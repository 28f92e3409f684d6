import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { createWasmEvaluator } from '../../src/evaluation/index.ts';
import { parse, STANDARD_OPERATORS } from '../../src/expressions/index.ts';
import { bestByDescription, descriptionLength, untypedDescription } from '../../src/search/description-length.ts';
import { Objective } from '../../src/search/objective.ts';
import { snap, snapCandidates } from '../../src/search/polish.ts';
import { createSyntax } from '../../src/search/syntax.ts';
import { UnitRules } from '../../src/search/units/unit-rules.ts';

const random = new RandomStream(8);
const rows = 100;
/** Nats that two factors of 1 may cost until they are simplified away. */
const NODES_OF_ONE = 12;
const x = Float64Array.from({ length: rows }, () => 1 + 4 * random.uniform());
const target = x.map((value) => 3.3 * value ** 1.5 + 0.1 * random.normal());

function objectiveOf(y: Float64Array, inputs = ['x'], columns = [x]): Objective {
  const problem = { inputs, columns, target: y, weights: undefined, loss: { name: 'L2' } as const };
  const evaluator = createWasmEvaluator({ precision: 64 });
  evaluator.setData(problem);
  return new Objective(problem, evaluator);
}

const objective = objectiveOf(target);
const length = (formula: string, on = objective): number => {
  const { tree, loss } = on.full(parse(formula));
  return descriptionLength(tree, loss, on);
};

describe('description length', () => {
  it('prefers the law to what is simpler and to what is longer', () => {
    const law = length('3 * x^1.5');
    for (const other of ['4 * x', '3 * x^1.5 + 0.1', '3 * x^1.5 + 0.1 * sin(x)', '2 * exp(0.5 * x)', '5 * x - 3']) {
      expect(snapped(other)).toBeGreaterThan(snapped('3 * x^1.5'));
    }
    expect(law).toBeLessThan(length('4 * x'));
  });

  it('does not depend on the unit of the target', () => {
    const scaled = objectiveOf(target.map((value) => 1000 * value));
    const difference = (on: Objective): number => length('3 * x^1.4', on) - length('5 * x - 3', on);
    expect(difference(scaled)).toBeCloseTo(difference(objective), 1);
  });

  it('takes the simplest of those that are as good', () => {
    const entries = ['4 * x', '3 * x^1.4', '3 * x^1.4 + 0.001'].map((formula) => objective.full(parse(formula)));
    expect(bestByDescription(entries, objective).entry).toBe(entries[1]);
    expect(bestByDescription([], objective).entry).toBeUndefined();
  });

  it('charges a constant for the unit that it carries, and nought for none', () => {
    const speeds = Float64Array.from(x, (value) => 10 - value);
    const measured = x.map((value, i) => value / (value + speeds[i]));
    const names = ['v', 'u'];
    const plain = objectiveOf(measured, names, [x, speeds]);
    const units = {
      xUnits: { v: 'm/s', u: 'm/s' },
      yUnits: '1',
      unitSystem: 'SI',
      dimensionMode: 'construct',
    } as const;
    const binary = ['add', 'sub', 'mul', 'div'].map((name) => STANDARD_OPERATORS.get(name));
    const rules = new UnitRules({ ...units, dimensionlessConstantsOnly: false }, names, binary);
    const syntax = createSyntax({ unary: [], binary, maxSize: 30, maxDepth: 30, units: rules });
    const typed = new Objective(plain.problem, plain.device, { syntax });
    const price = (formula: string): number => {
      const tree = parse(formula);
      return descriptionLength(tree, 1, typed) - untypedDescription(tree, 1, typed);
    };
    const once = price('v / (u + 0.71)');
    expect(once).toBeGreaterThan(3);
    expect(price('1.3 * v / (u + 0.71)')).toBeCloseTo(once, 9);
    expect(price('v / (u + 2)')).toBeCloseTo(once, 9);
    // The 1 is a pure number, so that the others have units of their own.
    expect(price('0.13 * v / (1 + 0.71 * u)')).toBeCloseTo(2 * once, 9);
    for (const free of ['v / u + 0.71', '1.3 * v / u', 'v / (u + 0)']) expect(price(free)).toBeCloseTo(0, 9);
  });

  function snapped(formula: string): number {
    const fitted = snap(objective.full(parse(formula)), objective);
    return descriptionLength(fitted.tree, fitted.loss, objective);
  }
});

describe('snap', () => {
  it('reads the exponent and leaves the scale', () => {
    const fitted = snap(objective.full(parse('3 * x^1.4')), objective);
    expect(fitted.tree).toMatchObject({ arguments: [{}, { arguments: [{}, { value: 1.5 }] }] });
    const [scale] = 'arguments' in fitted.tree ? fitted.tree.arguments : [];
    expect(scale).toMatchObject({ kind: 'constant' });
    expect('value' in scale && Math.abs(scale.value - 3.3)).toBeLessThan(0.05);
  });

  it('offers no numerology for a scale', () => {
    expect(snapCandidates(365.2, true)).toEqual([1, 0]);
    expect(snapCandidates(1000.00000001, true)).toContain(1000);
    expect(snapCandidates(1.49, false)[0]).toBe(1.5);
  });
});

describe('snap', () => {
  it('rounds coefficients that have to be right together', () => {
    const noise = new RandomStream(3);
    const inputs = ['a', 'b', 't'];
    const columns = inputs.map(() => Float64Array.from({ length: 200 }, () => 1 + 4 * noise.uniform()));
    const [a, b, t] = columns;
    const y = a.map((_, i) => Math.sqrt(a[i] ** 2 + b[i] ** 2 - 2 * a[i] * b[i] * Math.cos(t[i] - 2)));
    const noisy = y.map((value) => value + 0.4 * noise.normal());
    const on = objectiveOf(noisy, inputs, columns);
    const law = 'sqrt(a^2 + b^2 - 2 * a * b * cos(t - 2))';
    // Its value at a = b, t = 2 is real only while all three coefficients agree.
    const near = on.full(parse('sqrt(0.95 * a^2 + 0.95 * b^2 - 1.9 * a * b * cos(t - 2))'));
    const { tree, loss } = snap(near, on);
    const whole = parse(law);
    expect(descriptionLength(tree, loss, on)).toBeLessThan(
      descriptionLength(whole, on.lossOf(whole), on) + NODES_OF_ONE,
    );
  });
});
