import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { evaluate, parse, STANDARD_OPERATORS, variable } from '../../../src/expressions/index.ts';
import { Forms } from '../../../src/search/forms.ts';
import { lawTree } from '../../../src/search/products/law-tree.ts';
import type { LogColumn } from '../../../src/search/products/log-columns.ts';
import { areAlike, logProblem } from '../../../src/search/products/log-problem.ts';
import { LOG_TRANSFORMS } from '../../../src/search/products/log-transforms.ts';
import { productLaws } from '../../../src/search/products/product-law.ts';
import type { Task } from '../../../src/search/tasks/task.ts';

const ROWS = 80;
/** Relative error of a law that is exact but for rounding. */
const ROUNDING = 1e-12;

type Row = Readonly<Record<string, number>>;

/** A task with x and u of both signs, n below 0 and p above it. */
function taskOf(law: (row: Row) => number, weights = new Float64Array(ROWS).fill(1)): Task {
  const random = new RandomStream(8);
  const ranges = { x: [-3, 3], u: [-2, 2], n: [-4, -1], p: [0.5, 3] } as const;
  const columns = Object.entries(ranges).map(
    ([name, [low, high]]) =>
      [name, Float64Array.from({ length: ROWS }, () => low + (high - low) * random.uniform())] as const,
  );
  const rowAt = (i: number): Row => Object.fromEntries(columns.map(([name, values]) => [name, values[i]]));
  return {
    name: '',
    leaves: columns.map(([name, values]) => ({ tree: variable(name), values })),
    target: Float64Array.from({ length: ROWS }, (_, i) => law(rowAt(i))),
    weights,
    wrap: (z) => z,
  };
}

function formsOf(unary: readonly string[], binary: readonly string[]): Forms {
  const rows = (names: readonly string[]) => names.map((name) => STANDARD_OPERATORS.get(name));
  return new Forms({ unary: rows(unary), binary: rows(binary), maxSize: 60, maxDepth: 60 });
}
const ALL = formsOf(['abs', 'sqrt', 'exp', 'log'], ['+', '-', '*', '/', '^']);

function column(task: Task, text: string, kind: LogColumn['kind']): LogColumn {
  const tree = parse(text);
  const values = valuesOf(tree, task);
  const entry = { tree, complexity: 3, values };
  const logs = kind === 'power' ? values.map((f) => Math.log(Math.abs(f))) : values;
  return { entry, kind, values: logs, direction: undefined };
}

function valuesOf(tree: ReturnType<typeof parse>, { leaves, target }: Task): Float64Array {
  return target.map((_, i) =>
    evaluate(tree, Object.fromEntries(leaves.map((leaf) => [(leaf.tree as { name: string }).name, leaf.values[i]]))),
  );
}

/** Largest error of the law that is found, over the largest target. */
function errorOf(
  law: (row: Row) => number,
  transform = 'y',
  columns: readonly (readonly [string, LogColumn['kind']])[] = [],
  forms = ALL,
): number {
  const task = taskOf(law);
  const problem = logProblem(task, LOG_TRANSFORMS.find(({ name }) => name === transform)!, 'absolute')!;
  const laws = productLaws(
    problem,
    columns.map(([text, kind]) => column(task, text, kind)),
    true,
  );
  const predicted = valuesOf(lawTree(laws[0], forms)!, task);
  const scale = Math.max(...task.target.map(Math.abs));
  const largest = Math.max(...predicted.map((value, i) => Math.abs(value - task.target[i]))) / scale;
  // The law's own error is that of its tree.
  expect(laws[0].error < (ROUNDING * scale) ** 2 * ROWS).toBe(largest < ROUNDING);
  return largest;
}

describe('a law of a product of powers', () => {
  it.each<[string, (row: Row) => number]>([
    ['odd powers keep the signs of their bases', ({ x, u, p }) => (-2 * x * u ** 3) / p],
    ['even powers have none', ({ x, p }) => 3 * x ** 2 * p],
    ['fractional powers of absolute values', ({ x, p }) => Math.sqrt(Math.abs(x)) / p ** 1.5],
    ['even powers with the sign of their base', ({ x, p }) => x * Math.abs(x) * p],
    ['odd powers without', ({ x, u }) => -Math.abs(x) * u],
    ['a fractional power with the sign of its base', ({ x }) => Math.sign(x) * Math.abs(x) ** 0.75],
    ['a sign alone', ({ x, p }) => Math.sign(x) * p],
    ['bases below 0', ({ n, x }) => (5 * Math.sqrt(-n) * x) / n ** 2],
    ['an odd power of a base below 0', ({ n }) => n ** 3],
    ['exponents that are no small fractions', ({ p, x }) => x * p ** 1.37],
  ])('%s', (_name, law) => {
    expect(errorOf(law)).toBeLessThan(ROUNDING);
  });

  it('is written without an absolute value where there is none', () => {
    const forms = formsOf(['sqrt'], ['+', '*', '/', '^']);
    expect(errorOf(({ x, p }) => Math.sign(x) * Math.abs(x) ** 0.75 * p, 'y', [], forms)).toBeLessThan(ROUNDING);
  });

  it('is nothing where the operators cannot write it', () => {
    const task = taskOf(({ x, p }) => Math.abs(x) ** 0.7 * p);
    const laws = productLaws(logProblem(task, LOG_TRANSFORMS[0], 'absolute')!, [], true);
    expect(lawTree(laws[0], formsOf([], ['+', '*']))).toBeUndefined();
    expect(lawTree(laws[0], formsOf([], ['+', '*', '^']))).toBeDefined();
  });

  it('has whole exponents where others cannot be written', () => {
    const forms = formsOf([], ['+', '*', '/']);
    const task = taskOf(({ x, p }) => x * p ** 1.37);
    const problem = logProblem(task, LOG_TRANSFORMS[0], 'absolute')!;
    const trees = (anyExponent: boolean) =>
      productLaws(problem, [], anyExponent).flatMap((law) => lawTree(law, forms) ?? []);
    expect(trees(true)).toEqual([]);
    expect(trees(false).length).toBe(1);
  });

  it.each<[string, (row: Row) => number]>([
    ['exp y', ({ p, n }) => Math.log((3 * p ** 1.5) / n ** 2)],
    ['y - 1', ({ p, x }) => 1 - 0.3 * p * x],
    ['y + 1', ({ p, x }) => 2.5 * p * x - 1],
    ['y^2 - 1', ({ p, x }) => Math.sqrt(1 + 0.3 * p * x * x)],
    ['y^2 - 1', ({ p, x }) => -Math.sqrt(1 + 0.3 * p * x * x)],
    ['y^2 + 1', ({ p, n }) => Math.sqrt(9 * p * n ** 2 - 1)],
  ])('stands for %s', (transform, law) => {
    expect(errorOf(law, transform)).toBeLessThan(ROUNDING);
  });

  it('takes functions as factors and as exponents', () => {
    const law = ({ x, u, p }: Row) => (2 * (x - u) ** 3 * Math.exp(-0.7 * x * p + 0.2 * u)) / p;
    const columns = [
      ['x - u', 'power'],
      ['x * p', 'exponential'],
      ['u', 'exponential'],
    ] as const;
    expect(errorOf(law, 'y', columns)).toBeLessThan(ROUNDING);
    expect(errorOf(law, 'y', columns, formsOf([], ['+', '-', '*', '/', '^']))).toBeLessThan(ROUNDING);
    const sum = ({ p, x, u }: Row) => Math.log(p * (x * x + 1) ** 2) + 0.3 * u;
    expect(
      errorOf(sum, 'exp y', [
        ['x^2 + 1', 'power'],
        ['u', 'exponential'],
      ]),
    ).toBeLessThan(ROUNDING);
  });
});

describe('logProblem', () => {
  it('leaves out rows where the target vanishes, and leaves that vanish where it does not', () => {
    const vanishing = taskOf(({ x }) => (x > 0 ? x : 0));
    expect(logProblem(vanishing, LOG_TRANSFORMS[0], 'absolute')?.rootWeights.filter((w) => w === 0).length).toBe(
      vanishing.target.filter((y) => y === 0).length,
    );
    const task = taskOf(({ p }) => p);
    task.leaves[0].values[5] = 0;
    expect(logProblem(task, LOG_TRANSFORMS[0], 'absolute')?.leaves).toEqual([1, 2, 3]);
    task.target[5] = 0;
    expect(logProblem(task, LOG_TRANSFORMS[0], 'absolute')?.leaves).toEqual([0, 1, 2, 3]);
    expect(
      logProblem(
        taskOf(() => 0),
        LOG_TRANSFORMS[0],
        'absolute',
      ),
    ).toBeUndefined();
  });

  it('keeps rows of no weight out under both weightings', () => {
    const weights = new Float64Array(ROWS).map((_, i) => (i % 3 === 0 ? 0 : 1));
    const task = taskOf(({ p, x }) => p * x, weights);
    for (const weighting of ['absolute', 'relative'] as const) {
      const { rootWeights } = logProblem(task, LOG_TRANSFORMS[0], weighting)!;
      expect([...rootWeights].map((w) => w > 0)).toEqual([...weights].map((w) => w > 0));
    }
  });

  it('weighs errors of y: alike for y of one size, not for others', () => {
    const same = taskOf(({ p }) => 10 + p);
    const spread = taskOf(({ p, x }) => p ** 4 * x);
    const both = (task: Task) =>
      (['absolute', 'relative'] as const).map((weighting) => logProblem(task, LOG_TRANSFORMS[0], weighting)!);
    expect(areAlike(both(same)[0], both(same)[1])).toBe(true);
    expect(areAlike(both(spread)[0], both(spread)[1])).toBe(false);
  });

  it('asks of even transforms a target of one sign', () => {
    const squared = LOG_TRANSFORMS.find(({ name }) => name === 'y^2 - 1')!;
    expect(
      logProblem(
        taskOf(({ x }) => x),
        squared,
        'absolute',
      ),
    ).toBeUndefined();
    expect(
      logProblem(
        taskOf(({ n }) => n),
        squared,
        'absolute',
      ),
    ).toBeDefined();
  });
});
