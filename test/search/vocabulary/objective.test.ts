import { describe, expect, it } from 'vitest';
import { Table } from '../../../src/core/index.ts';
import { derive, evaluate } from '../../../src/expressions/index.ts';
import { fit, type LossFunction } from '../../../src/search/index.ts';
import { madeUp, shortFit, traceOf, WAVY } from './problems.ts';

const SQUARE = madeUp({ x: [-2, 3], y: [0.5, 3] }, ({ x, y }) => 2 * x * x + y);
/** One row in six is far off: squares are misled, absolute values are not. */
const OUTLIERS = madeUp(
  { x: [0.5, 3] },
  ({ x }, random) => 2 * x + 0.02 * random.normal() + (random.uniform() < 0.16 ? 15 * random.uniform() : 0),
  120,
);
const BUDGET = { maxEvals: 20_000 };

describe('loss', () => {
  it.each(['L2', 'L1', 'Huber', 'log-cosh', '(prediction - target)^2', 'abs(prediction - target)^1.5'])(
    '%s finds an exact law',
    async (loss) => {
      const model = await shortFit(SQUARE, { ...BUDGET, loss });
      expect(model.best.expression).toBe('2 * x^2 + y');
    },
  );

  it('a formula of the L2 loss gives the losses of L2', async () => {
    // Nothing is known of the scale of a formula, so that constants snap otherwise.
    const options = { phases: ['monomials' as const], noise: 'additive' as const, snapConstants: false };
    const named = await shortFit(WAVY, { ...options, loss: 'L2' });
    const formula = await shortFit(WAVY, { ...options, loss: '(prediction - target)^2' });
    const losses = (model: typeof named) => model.front.map((entry) => entry.loss);
    expect(losses(formula).length).toBeGreaterThan(2);
    losses(formula).forEach((loss, i) => {
      expect(loss / losses(named)[i]).toBeCloseTo(1, 6);
    });
  });

  it('a quantile is a loss', async () => {
    const table = madeUp({ x: [0, 1] }, ({ x }, random) => x + random.uniform(), 400);
    const loss = 'max(0.9 * (target - prediction), 0.1 * (prediction - target))';
    const model = await shortFit(table, { loss, phases: ['monomials'] });
    const line = model.front.find((entry) => entry.complexity === 5)!;
    const above = table.numbers('t').filter((t, i) => t > model.predict(table, line)[i]).length;
    expect(above / 400).toBeGreaterThan(0.07);
    expect(above / 400).toBeLessThan(0.13);
  });

  it('a formula may name the weight and columns of the table', async () => {
    const { x, t } = { x: OUTLIERS.numbers('x'), t: OUTLIERS.numbers('t') };
    const good = x.map((v, i) => (Math.abs(t[i] - 2 * v) < 0.5 ? 1 : 0));
    const table = Table.from({ x, t, good });
    for (const options of [
      { loss: 'good * (prediction - target)^2' },
      { loss: 'weight * (prediction - target)^2', weights: 'good' },
    ]) {
      const model = await shortFit(table, { ...BUDGET, inputs: ['x'], ...options });
      expect(Math.abs(model.predict(Table.from({ x: [2] }))[0] - 4)).toBeLessThan(0.05);
    }
    await expect(shortFit(table, { loss: 'predicted - target' })).rejects.toThrow(/unknown variable "predicted"/);
    await expect(shortFit(table, { loss: 'target^2' })).rejects.toThrow(/does not depend on prediction/);
  });

  it('huberDelta decides what counts as far', async () => {
    const slope = async (huberDelta: number) => {
      const model = await shortFit(OUTLIERS, { loss: 'Huber', huberDelta, phases: ['monomials'], noise: 'additive' });
      return (
        model.predict(
          Table.from({ x: [2] }),
          model.front.find((entry) => entry.complexity === 3),
        )[0] / 2
      );
    };
    expect(Math.abs((await slope(0.05)) - 2)).toBeLessThan(0.05);
    expect(Math.abs((await slope(1000)) - 2)).toBeGreaterThan(0.2);
  });
});

describe('lossFunction', () => {
  it('sees the expression, its predictions and the data', async () => {
    const seen: string[] = [];
    // The law and its slope: y' is known to be 4 x at every row.
    const lossFunction: LossFunction = ({ expression, predictions, target, columns, predict }) => {
      const slope = predict(derive(expression, 'x'));
      seen.push(Object.keys(columns).join());
      let sum = 0;
      for (let i = 0; i < target.length; i++) {
        sum += (predictions[i] - target[i]) ** 2 + (slope[i] - 4 * columns.x[i]) ** 2;
      }
      return sum / target.length;
    };
    const model = await shortFit(SQUARE, { lossFunction, maxEvals: 20_000 });
    expect(model.best.loss).toBeLessThan(1e-12);
    expect(evaluate(model.best.tree, { x: 2, y: 1 })).toBeCloseTo(9, 6);
    expect(new Set(seen)).toEqual(new Set(['x,y']));
    expect(model.threads).toBe(1);
  });

  it('a tree that it calls NaN is no law', async () => {
    const lossFunction: LossFunction = ({ expression, predictions, target }) =>
      JSON.stringify(expression).includes('"y"')
        ? Number.NaN
        : predictions.reduce((s, p, i) => s + (p - target[i]) ** 2, 0);
    const model = await shortFit(SQUARE, { lossFunction, maxEvals: 3000 });
    for (const entry of model.front) expect(entry.expression).not.toContain('y');
  });

  it('lossFunctionExpression is the same option under its other name', async () => {
    const lossFunction: LossFunction = ({ predictions, target }) => Math.abs(predictions[0] - target[0]);
    const named = await fit(SQUARE, { target: 't', maxEvals: 500, lossFunction, seed: 1 });
    const other = await fit(SQUARE, {
      target: 't',
      maxEvals: 500,
      seed: 1,
      ...{ lossFunctionExpression: lossFunction },
    });
    expect(traceOf(other)).toBe(traceOf(named));
  });
});

describe('what is called good', () => {
  it('lossScale decides what a score is', async () => {
    const log = await shortFit(WAVY);
    const linear = await shortFit(WAVY, { lossScale: 'linear' });
    const fall = (model: typeof log, i: number) => model.front[i - 1].loss - model.front[i].loss;
    const steps = (model: typeof log, i: number) => model.front[i].complexity - model.front[i - 1].complexity;
    expect(linear.front[2].score).toBeCloseTo(fall(linear, 2) / steps(linear, 2), 12);
    expect(log.front[2].score).toBeCloseTo(Math.log(log.front[1].loss / log.front[2].loss) / steps(log, 2), 12);
  });

  it('modelSelection', async () => {
    const by = async (modelSelection: 'best' | 'score' | 'accuracy') => shortFit(WAVY, { modelSelection });
    const accuracy = await by('accuracy');
    expect(accuracy.best).toBe(accuracy.front.at(-1));
    const score = await by('score');
    const good = score.front.filter((entry) => entry.loss <= 1.5 * score.front.at(-1)!.loss);
    expect(score.best.score).toBe(Math.max(...good.map((entry) => entry.score)));
    expect((await by('best')).best.complexity).toBeLessThan(accuracy.best.complexity);
  });

  it('parsimony makes complexity cost', async () => {
    const options = {
      phases: ['evolve' as const],
      maxEvals: 6000,
      patience: 99,
      ncyclesPerIteration: 20,
      populations: 1,
    };
    const largest = async (parsimony: number) =>
      (await shortFit(WAVY, { ...options, parsimony })).front.at(-1)!.complexity;
    expect(await largest(3)).toBeLessThan(await largest(0));
  });
});

describe('requirements', () => {
  const noisy = madeUp({ x: [-2, 2] }, ({ x }, random) => 1 + x * x + 0.3 * Math.sin(x) + 0.1 * random.normal());

  it('hard ones hold on every entry', async () => {
    const model = await shortFit(noisy, { requirements: ['even in x', 'f(x=0) = 1'], unaryOperators: ['exp', 'sin'] });
    expect(model.front.length).toBeGreaterThan(0);
    for (const { tree } of model.front) {
      const at = (x: number): number => evaluate(tree, { x });
      for (const x of [0.3, 1.1, 1.9]) expect(at(-x)).toBeCloseTo(at(x), 5);
      expect(at(0)).toBeCloseTo(1, 4);
    }
    expect(model.notes).toContain('even in x: proven');
    const free = await shortFit(noisy, { unaryOperators: ['exp', 'sin'] });
    expect(free.front.some(({ tree }) => Math.abs(evaluate(tree, { x: 1 }) - evaluate(tree, { x: -1 })) > 0.1)).toBe(
      true,
    );
  });

  it('soft ones cost', async () => {
    const options = { phases: ['monomials' as const, 'enumerate' as const], noise: 'additive' as const };
    const free = await shortFit(noisy, options);
    const soft = await shortFit(noisy, { ...options, requirements: ['f(x=0) = 3 (soft, weight 5)'] });
    const miss = (model: typeof free) => Math.abs(evaluate(model.front.at(-1)!.tree, { x: 0 }) - 3);
    expect(miss(soft)).toBeLessThan(miss(free));
    expect(soft.front.at(-1)!.loss).toBeGreaterThan(free.front.at(-1)!.loss);
    await expect(shortFit(noisy, { requirements: ['even in z'] })).rejects.toThrow(/z/);
  });

  it('hold in worker threads as on one', async () => {
    const options = { requirements: ['even in x'], unaryOperators: ['exp'], maxEvals: 6000, patience: 99 };
    const one = await shortFit(noisy, { ...options, threads: 1 });
    const two = await shortFit(noisy, { ...options, threads: 2 });
    expect(traceOf(two)).toBe(traceOf(one));
  });
});
