import { describe, expect, it } from 'vitest';
import { Table } from '../../../src/core/index.ts';
import { createWasmEvaluator } from '../../../src/evaluation/index.ts';
import { parse, substitute, variable } from '../../../src/expressions/index.ts';
import { InlineExecutor } from '../../../src/search/executor.ts';
import { type FitOptions, fit } from '../../../src/search/index.ts';
import { Objective } from '../../../src/search/objective.ts';
import { reductionOfTree } from '../../../src/search/reduced/group-names.ts';
import { reductionOfIsland } from '../../../src/search/reduced/island-space.ts';
import { createReductions } from '../../../src/search/reduced/reduction.ts';
import { columnsOf, expectLaw, outcome, type Range } from '../phases/made-up-law.ts';
import { contextOf } from './context-of.ts';

const RANGES: readonly Range[] = [
  ['m', 1, 3],
  ['k', 1, 3],
  ['L', 1, 3],
  ['E', 1, 3],
  ['phi', 0, 6],
];
const UNITS = { m: 'kg', k: 'm^3 kg/s^2', L: 'J s', E: 'J', phi: '1' };
/** 1/r along a Kepler orbit of energy E. */
const orbit = Table.from(
  columnsOf({
    ranges: RANGES,
    law: ({ m, k, L, E, phi }) =>
      ((m * k) / L ** 2) * (1 + Math.sqrt(1 + (2 * E * L * L) / (m * k * k)) * Math.cos(phi)),
  }),
);
const OSCILLATOR: readonly Range[] = [
  ['m', 1, 5],
  ['p', 1, 5],
  ['w', 1, 5],
  ['x', 1, 5],
  ['a', 1, 5],
  ['y0', 1, 5],
];
/** The energy of an oscillator that is stiffer on one side. */
const oscillator = Table.from(
  columnsOf(
    {
      ranges: OSCILLATOR,
      law: ({ m, p, w, x, a, y0 }) => (p * p + (m * w * x) ** 2 * (1 + (a * x) / y0)) / (2 * m),
    },
    { rows: 60 },
  ),
);
const OPTIONS: FitOptions = {
  target: 'y',
  unaryOperators: ['exp', 'log', 'sqrt', 'sin', 'cos'],
  xUnits: UNITS,
  yUnits: '1/m',
  phases: ['evolve'],
  noise: 'additive',
  maxEvals: 60_000,
  threads: 1,
};

const OSCILLATION: FitOptions = {
  ...OPTIONS,
  xUnits: { m: 'kg', p: 'kg m/s', w: '1/s', x: 'm', a: '1', y0: 'm' },
  yUnits: 'J',
  dimensionlessConstantsOnly: true,
  unaryOperators: ['sqrt', 'exp', 'sin', 'cos'],
  patience: 999,
  maxEvals: 40_000,
};

describe('a problem in dimensionless groups', () => {
  it('has fewer inputs, and the loss of a law of the groups is that of the law it stands for', async () => {
    const context = contextOf(orbit, OPTIONS);
    const [first, second] = await createReductions(context);
    expect(second).toBeDefined();
    for (const { problem, expand, lossFactor } of [first, second]) {
      expect(problem.inputs.length).toBe(2);
      const evaluator = createWasmEvaluator();
      evaluator.setData(problem);
      const reduced = new Objective(problem, evaluator);
      const [a, b] = problem.inputs.map((name) => variable(name));
      for (const formula of ['1 + 0.3 * sin(a) / b', 'a * b + 2', '0.7']) {
        const tree = substitute(parse(formula), { a, b });
        const law = expand(tree);
        expect(law).toBeDefined();
        expect(context.objective.lossOf(law!) / (reduced.lossOf(tree) * lossFactor)).toBeCloseTo(1, 9);
      }
    }
  });

  it('is where one island evolves: it reports laws of the groups, with the losses of the laws they stand for', async () => {
    const context = contextOf(oscillator, { ...OSCILLATION, populations: 2 });
    const reductions = await createReductions(context);
    const executor = new InlineExecutor(context, reductions);
    await executor.seed([[], []]);
    const [own, reduced] = await executor.epoch({ migrants: [[], []], maxRows: 1e6, maxSize: 30, afresh: false });
    executor.dispose();
    const spaces = ({ best }: typeof own): Set<number | undefined> =>
      new Set(best.map(({ tree }) => reductionOfTree(tree)));
    expect(spaces(own).has(-1) && !spaces(own).has(0)).toBe(true);
    expect(spaces(reduced).has(0) && !spaces(reduced).has(-1)).toBe(true);
    for (const { tree, loss } of reduced.best) {
      const law = reductions[0].expand(tree)!;
      expect(context.objective.lossOf(law) / (loss * reductions[0].lossFactor)).toBeCloseTo(1, 6);
    }
  });

  it('leads to the law', async () => {
    const model = await fit(oscillator, { ...OSCILLATION, seed: 5 });
    expectLaw(model, '(p^2 + (m * w * x)^2 * (1 + a * x / y0)) / (2 * m)', OSCILLATOR);
  });

  it('gives the same front on one thread and on two', async () => {
    const few = { ...OPTIONS, maxEvals: 15_000 };
    const one = outcome(await fit(orbit, few));
    expect(outcome(await fit(orbit, { ...few, threads: 2 }))).toEqual(one);
  });

  it('is none where the options speak of the inputs themselves', async () => {
    const without: Partial<FitOptions>[] = [
      { xUnits: undefined, yUnits: undefined },
      { requirements: ['positive'] },
      { lossFunction: () => 1 },
      { loss: 'L1' },
      { precision: 32 },
      { dimensionMode: 'penalty' },
    ];
    for (const options of without)
      expect(await createReductions(contextOf(orbit, { ...OPTIONS, ...options }))).toEqual([]);
  });
});

it('one island in four evolves in groups, where there are any', () => {
  const islands = [0, 1, 2, 3, 4, 5, 6, 7];
  expect(islands.map((island) => reductionOfIsland(island, 0))).toEqual(islands.map(() => -1));
  expect(islands.map((island) => reductionOfIsland(island, 1))).toEqual([-1, 0, -1, -1, -1, 0, -1, -1]);
  expect(islands.map((island) => reductionOfIsland(island, 2))).toEqual([-1, 0, -1, -1, -1, 1, -1, -1]);
});

it('a tree says whether it is one of the inputs or of groups, unless it is a constant', () => {
  expect(reductionOfTree(parse('2'))).toBeUndefined();
  expect(reductionOfTree(parse('2 + sin(x)'))).toBe(-1);
  expect(reductionOfTree({ kind: 'variable', name: 'group 1.0' })).toBe(1);
});
