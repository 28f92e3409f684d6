import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { createWasmEvaluator } from '../../src/evaluation/index.ts';
import { parse } from '../../src/expressions/index.ts';
import { bestByDescription, descriptionLength } from '../../src/search/description-length.ts';
import { Objective } from '../../src/search/objective.ts';
import { snap, snapCandidates } from '../../src/search/polish.ts';

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
