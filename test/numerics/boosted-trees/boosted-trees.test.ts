import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { BoostedTrees, type BoostedTreesOptions, fitBoostedTrees } from '../../../src/numerics/index.ts';

const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/scikit-learn/boosting.json', import.meta.url), 'utf8'),
) as Record<string, number>;

/** Friedman's first problem, from the generator of test/fixtures/scikit-learn/boosting.py. */
function friedman() {
  let state = 1;
  const uniform = (): number => {
    state = (1664525 * state + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
  return (count: number) => {
    const columns = Array.from({ length: 7 }, () => new Float64Array(count));
    for (let row = 0; row < count; row++) for (const column of columns) column[row] = uniform();
    const [a, b, c, d, e, f, g] = columns;
    const target = a.map(
      (x, i) =>
        10 * Math.sin(Math.PI * x * b[i]) + 20 * (c[i] - 0.5) ** 2 + 10 * d[i] + 5 * e[i] + 3 * (f[i] + g[i] - 1),
    );
    return { columns: columns.slice(0, 5), target };
  };
}

const draw = friedman();
const train = draw(1500);
const held = draw(1500);
const SAME: BoostedTreesOptions = { rounds: 150, maxDepth: 4, minRows: 10, l2: 1, learningRate: 0.1 };

function rSquared(predicted: Float64Array, target: Float64Array): number {
  const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
  let [residual, total] = [0, 0];
  target.forEach((value, i) => {
    residual += (value - predicted[i]) ** 2;
    total += (value - mean) ** 2;
  });
  return 1 - residual / total;
}

/** The share of pairs of a row of class 1 and one of class 0 that scores order rightly. */
function areaUnderCurve(scores: Float64Array, target: Float64Array): number {
  const order = Array.from(scores.keys()).sort((i, j) => scores[i] - scores[j]);
  let [zeros, pairs, ones] = [0, 0, 0];
  for (const row of order) {
    if (target[row] === 0) zeros++;
    else {
      pairs += zeros;
      ones++;
    }
  }
  return pairs / (zeros * ones);
}

describe('beside scikit-learn on the same rows', () => {
  test('the rows are the same', () => {
    expect(train.target.reduce((sum, value) => sum + value, 0)).toBeCloseTo(fixture.sumOfTargets, 6);
  });

  test('regression explains as much of rows not seen', () => {
    const model = fitBoostedTrees(train.columns, train.target, new RandomStream(1), SAME);
    const score = rSquared(model.predict(held.columns), held.target);
    expect(score).toBeGreaterThan(fixture.r2 - 0.005);
    expect(score).toBeLessThan(1);
  });

  test('classification orders rows as well, with probabilities as good', () => {
    const classes = train.target.map((value) => (value > 14 ? 1 : 0));
    const truth = held.target.map((value) => (value > 14 ? 1 : 0));
    const model = fitBoostedTrees(train.columns, classes, new RandomStream(1), { ...SAME, loss: 'logistic' });
    const p = model.predict(held.columns);
    expect(areaUnderCurve(p, truth)).toBeGreaterThan(fixture.auc - 0.005);
    let loss = 0;
    p.forEach((value, i) => {
      loss -= Math.log(truth[i] === 1 ? value : 1 - value) / p.length;
    });
    expect(loss).toBeLessThan(fixture.logLoss + 0.01);
  });
});

describe('a stump', () => {
  const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: -5, max: 5 })), {
    minLength: 2,
    maxLength: 25,
  });

  test('splits where the squares that are left are least', () => {
    fc.assert(
      fc.property(points, (rows) => {
        const x = Float64Array.from(rows, ([value]) => value);
        const y = Float64Array.from(rows, ([, value]) => value);
        const model = fitBoostedTrees([x], y, new RandomStream(1), {
          rounds: 1,
          maxDepth: 1,
          minRows: 1,
          l2: 0,
          learningRate: 1,
        });
        const squares = (values: number[]): number => {
          const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
          return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        };
        const sides = (edge: number): number =>
          squares(rows.filter(([value]) => value <= edge).map(([, value]) => value)) +
          squares(rows.filter(([value]) => value > edge).map(([, value]) => value));
        const least = Math.min(...Array.from({ length: 10 }, (_, edge) => sides(edge)));
        const predicted = model.predict([x]);
        const left = y.reduce((sum, value, i) => sum + (value - predicted[i]) ** 2, 0);
        expect(left).toBeCloseTo(least, 8);
      }),
    );
  });
});

describe('boosted trees', () => {
  test('weights count as rows do', () => {
    const x = Float64Array.of(0, 1, 2, 3);
    const y = Float64Array.of(0, 4, 1, 7);
    const twice = { columns: [Float64Array.of(0, 1, 1, 2, 3)], target: Float64Array.of(0, 4, 4, 1, 7) };
    const options = { rounds: 20, minRows: 1, maxDepth: 1 };
    const weighted = fitBoostedTrees([x], y, new RandomStream(1), { ...options, weights: Float64Array.of(1, 2, 1, 1) });
    const repeated = fitBoostedTrees(twice.columns, twice.target, new RandomStream(1), options);
    repeated.predict([x]).forEach((value, i) => {
      expect(weighted.predict([x])[i]).toBeCloseTo(value, 10);
    });
  });

  test('the same stream gives the same trees, another one others', () => {
    const options = { rounds: 10, rowShare: 0.5, columnShare: 0.5 };
    const of = (seed: number) => fitBoostedTrees(train.columns, train.target, new RandomStream(seed), options).toJSON();
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  test('stop where rows kept aside are predicted best, and drop the trees after', () => {
    const few = { columns: train.columns.map((column) => column.slice(0, 60)), target: train.target.slice(0, 60) };
    const options = { rounds: 400, minRows: 1, learningRate: 0.5, patience: 10, validation: held };
    const model = fitBoostedTrees(few.columns, few.target, new RandomStream(1), options);
    expect(model.size).toBeGreaterThan(0);
    expect(model.size).toBeLessThan(100);
    const longer = fitBoostedTrees(few.columns, few.target, new RandomStream(1), { ...options, validation: undefined });
    expect(rSquared(model.predict(held.columns), held.target)).toBeGreaterThan(
      rSquared(longer.predict(held.columns), held.target),
    );
  });

  test('name the columns that tell something', () => {
    const noise = Float64Array.from({ length: 1500 }, (_, i) => Math.sin(1e4 * i));
    const model = fitBoostedTrees([noise, train.columns[3]], train.columns[3], new RandomStream(1), { rounds: 30 });
    expect(model.importances[1]).toBeGreaterThan(0.99);
    expect(model.importances[0] + model.importances[1]).toBeCloseTo(1, 12);
  });

  test('survive JSON', () => {
    const model = fitBoostedTrees(train.columns, train.target, new RandomStream(1), { rounds: 5 });
    const again = new BoostedTrees(JSON.parse(JSON.stringify(model)));
    expect(again.predict(held.columns)).toEqual(model.predict(held.columns));
  });

  test('come back from JSON, and damaged ones are refused by name', () => {
    const model = fitBoostedTrees(train.columns, train.target, new RandomStream(1), { rounds: 3, maxDepth: 2 });
    const saved = () => JSON.parse(JSON.stringify(model));
    expect(BoostedTrees.fromJSON(saved()).toJSON()).toEqual(model.toJSON());
    const damages: [(record: ReturnType<typeof saved>) => void, string][] = [
      [(record) => delete record.trees, 'no list of trees'],
      [(record) => (record.loss = 'toString'), 'the loss is toString'],
      [(record) => (record.columns = 0), 'columns are 0'],
      [(record) => (record.start = null), 'the start is null'],
      [(record) => record.gains.pop(), '4 gains for 5 columns'],
      [(record) => (record.trees[1] = null), 'tree 2 is null'],
      [(record) => (record.trees[0].columns[0] = 5), 'tree 1, columns: 5 at place 1'],
      [(record) => record.trees[2].values.pop(), 'tree 3 has lists of unequal length'],
      [(record) => (record.trees[0].left[0] = 0), 'node 0: its children are not behind it'],
      [(record) => (record.trees[0].left[0] = 99), 'node 0: its children are not behind it'],
    ];
    for (const [damage, message] of damages) {
      const record = saved();
      damage(record);
      expect(() => BoostedTrees.fromJSON(record)).toThrow(message);
    }
    for (const value of [undefined, null, 3, 'trees']) {
      expect(() => BoostedTrees.fromJSON(value)).toThrow(expect.objectContaining({ code: 'boosted-trees' }));
    }
  });

  test('a constant target is predicted as it is, a constant class nearly', () => {
    const x = [Float64Array.of(1, 2, 3)];
    const constant = fitBoostedTrees(x, Float64Array.of(4, 4, 4), new RandomStream(1));
    expect(Array.from(constant.predict(x))).toEqual([4, 4, 4]);
    const one = fitBoostedTrees(x, Float64Array.of(1, 1, 1), new RandomStream(1), { loss: 'logistic' });
    for (const p of one.predict(x)) expect(p).toBeGreaterThan(0.999);
  });

  const x = [Float64Array.of(1, 2, 3)];
  const y = Float64Array.of(0, 1, 0);
  test.each<[string, readonly Float64Array[], Float64Array, BoostedTreesOptions, string]>([
    ['no columns', [], y, {}, 'shape'],
    ['unequal columns', [x[0], y.slice(1)], y, {}, 'shape'],
    ['a short target', x, y.slice(1), {}, 'shape'],
    ['no rows', [new Float64Array(0)], new Float64Array(0), {}, 'shape'],
    ['NaN in a column', [Float64Array.of(1, Number.NaN, 3)], y, {}, 'not-finite'],
    ['infinity in the target', x, Float64Array.of(0, Infinity, 1), {}, 'not-finite'],
    ['a third class', x, Float64Array.of(0, 1, 2), { loss: 'logistic' }, 'class'],
    ['a negative weight', x, y, { weights: Float64Array.of(1, -1, 1) }, 'range'],
    ['no rounds', x, y, { rounds: 0 }, 'range'],
    ['a step of 2', x, y, { learningRate: 2 }, 'range'],
    ['depth 17', x, y, { maxDepth: 17 }, 'range'],
    ['an unknown loss', x, y, { loss: 'hinge' as 'squared' }, 'range'],
    ['validation of another width', x, y, { validation: { columns: [x[0], x[0]], target: y } }, 'shape'],
  ])('refuse %s', (_, columns, target, options, code) => {
    expect(() => fitBoostedTrees(columns, target, new RandomStream(1), options)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test('refuse to predict where a number is missing', () => {
    const model = fitBoostedTrees(x, y, new RandomStream(1), { rounds: 1 });
    expect(() => model.predict([Float64Array.of(1, Number.NaN)])).toThrow('column 1: NaN in row 2');
  });

  test('refuse to predict from another number of columns', () => {
    const model = fitBoostedTrees(x, y, new RandomStream(1), { rounds: 1 });
    expect(() => model.predict([x[0], x[0]])).toThrow(expect.objectContaining({ code: 'shape' }));
  });
});
