import { describe, expect, it } from 'vitest';
import { complexity, depth, parse, STANDARD_OPERATORS } from '../../../src/expressions/index.ts';
import { createMeasure } from '../../../src/search/measure.ts';
import { madeUp, nodesOf, shortFit, WAVY } from './problems.ts';

const EVOLVE = { phases: ['evolve' as const], unaryOperators: ['sin', 'exp', 'sqrt'], maxEvals: 6000, patience: 99 };
const names = (formula: string): string[] => [...formula.matchAll(/[a-z]+(?=\()/g)].map((match) => match[0]);

describe('operators', () => {
  it('operators by arity are the two lists', async () => {
    const by = await shortFit(WAVY, { operators: { 1: ['cos'], 2: ['+', '*'] } });
    const lists = await shortFit(WAVY, { unaryOperators: ['cos'], binaryOperators: ['+', '*'] });
    expect(by.front.map((entry) => entry.expression)).toEqual(lists.front.map((entry) => entry.expression));
    await expect(shortFit(WAVY, { operators: { 1: ['cos'] }, binaryOperators: ['+'] })).rejects.toThrow(/exclude/);
  });

  it('unaryOperators and binaryOperators are all that a law holds', async () => {
    const model = await shortFit(WAVY, { unaryOperators: ['sin'], binaryOperators: ['+', '*'] });
    const used = nodesOf(model).flatMap((node) => (node.kind === 'call' ? node.operator.name : []));
    expect(new Set(used)).toEqual(new Set(used.filter((name) => ['sin', 'add', 'mul'].includes(name))));
  });
});

describe('size', () => {
  it('maxSize and maxDepth bound every entry', async () => {
    const model = await shortFit(WAVY, { ...EVOLVE, maxSize: 9, maxDepth: 4 });
    expect(Math.max(...model.front.map((entry) => entry.complexity))).toBeLessThanOrEqual(9);
    for (const entry of model.front) expect(depth(entry.tree)).toBeLessThanOrEqual(4);
    const deep = await shortFit(WAVY, EVOLVE);
    expect(Math.max(...deep.front.map((entry) => depth(entry.tree)))).toBeGreaterThan(4);
  });

  it('warmupMaxsizeBy keeps the first epochs small', async () => {
    const sizes: number[] = [];
    const onIteration = ({ front }: { front: readonly { complexity: number }[] }): void => {
      sizes.push(front[front.length - 1].complexity);
    };
    await shortFit(WAVY, { ...EVOLVE, warmupMaxsizeBy: 1, niterations: 20, maxEvals: undefined, onIteration });
    expect(sizes[0]).toBeLessThanOrEqual(4);
    expect(sizes.at(-1)).toBeGreaterThan(10);
    await expect(shortFit(WAVY, { warmupMaxsizeBy: 0.5, maxEvals: undefined })).rejects.toThrow(/niterations/);
  });
});

describe('constraints', () => {
  it('constraints limit the complexity of arguments', async () => {
    const free = await shortFit(WAVY, EVOLVE);
    const large = (model: Awaited<ReturnType<typeof shortFit>>) =>
      nodesOf(model).filter(
        (node) => node.kind === 'call' && node.operator.name === 'div' && complexity(node.arguments[1]) > 1,
      );
    expect(large(free).length).toBeGreaterThan(0);
    const model = await shortFit(WAVY, { ...EVOLVE, constraints: { '/': [-1, 1], sin: 3 } });
    expect(large(model)).toHaveLength(0);
    for (const node of nodesOf(model)) {
      if (node.kind === 'call' && node.operator.name === 'sin')
        expect(complexity(node.arguments[0])).toBeLessThanOrEqual(3);
    }
    await expect(shortFit(WAVY, { constraints: { sine: 3 } })).rejects.toThrow(/"sine" is not among the operators/);
    await expect(shortFit(WAVY, { constraints: { exp: [1, 1] } })).rejects.toThrow(/takes 1 argument/);
  });

  it('nestedConstraints limit what stands inside what', () => {
    const { unary, binary } = {
      unary: ['sin', 'cos', 'exp'].map((name) => STANDARD_OPERATORS.get(name)),
      binary: ['add', 'mul'].map((name) => STANDARD_OPERATORS.get(name)),
    };
    const rules = {
      argumentLimits: {},
      nestingLimits: { sin: { sin: 0, cos: 1 } },
      complexity: { operators: {}, constants: 1, variables: {}, otherVariables: 1 },
    };
    const { admitted } = createMeasure({ unary, binary, maxSize: 30, maxDepth: 30, rules });
    expect(admitted(parse('sin(x) + sin(y)'))).toBe(5);
    expect(admitted(parse('sin(x + sin(y))'))).toBe(Infinity);
    expect(admitted(parse('sin(cos(x) + cos(y))'))).toBe(6);
    expect(admitted(parse('sin(cos(cos(x)))'))).toBe(Infinity);
    expect(admitted(parse('cos(cos(sin(x)))'))).toBe(4);
  });

  it('nestedConstraints hold in a run', async () => {
    const model = await shortFit(WAVY, {
      ...EVOLVE,
      nestedConstraints: { exp: { exp: 0, sin: 0 }, sin: { sin: 0, exp: 0 } },
    });
    for (const entry of model.front) {
      for (const inner of entry.expression.matchAll(/(?:sin|exp)\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)) {
        expect(names(inner[1]).filter((name) => name === 'sin' || name === 'exp')).toEqual([]);
      }
    }
  });
});

describe('complexity', () => {
  const recount = (formula: string, of: Readonly<Record<string, number>>, constants = 1): number => {
    const visit = (node: ReturnType<typeof parse>): number => {
      if (node.kind === 'constant') return constants;
      if (node.kind === 'variable') return of[node.name] ?? 1;
      return (of[node.operator.name] ?? 1) + node.arguments.reduce((sum, argument) => sum + visit(argument), 0);
    };
    return Math.round(visit(parse(formula)));
  };

  it('complexityOfOperators, complexityOfConstants and complexityOfVariables by name', async () => {
    const model = await shortFit(WAVY, {
      complexityOfOperators: { '/': 3, exp: 2.5 },
      complexityOfConstants: 2,
      complexityOfVariables: { x: 4 },
    });
    expect(model.front.length).toBeGreaterThan(3);
    for (const { expression, complexity: stated } of model.front) {
      expect(recount(expression, { div: 3, exp: 2.5, x: 4 }, 2)).toBe(stated);
    }
    await expect(shortFit(WAVY, { complexityOfVariables: { z: 4 } })).rejects.toThrow(/no input "z"/);
    await expect(shortFit(WAVY, { complexityOfOperators: { sinus: 4 } })).rejects.toThrow(/"sinus"/);
  });

  it('complexityOfVariables for all', async () => {
    const model = await shortFit(WAVY, { complexityOfVariables: 3 });
    for (const { expression, complexity: stated } of model.front) {
      expect(recount(expression, { x: 3, y: 3 })).toBe(stated);
    }
  });

  it('complexityMapping replaces the sum', async () => {
    const depthAsComplexity = await shortFit(WAVY, { complexityMapping: depth });
    for (const entry of depthAsComplexity.front) expect(depth(entry.tree)).toBe(entry.complexity);
    expect(depthAsComplexity.threads).toBe(1);
  });
});

describe('template', () => {
  it('a form given is a form kept', async () => {
    const table = madeUp({ x: [0.5, 3], y: [0.5, 3], z: [0, 2] }, ({ x, y, z }) => x * y * Math.exp(-z * z) + 1.5, 120);
    const model = await shortFit(table, {
      template: 'f(x, y) * exp(-g(z)) + p[1]',
      unaryOperators: ['sin'],
      maxEvals: 60_000,
    });
    expect(model.best.functions).toEqual({ f: '_1 * _2', g: '_1^2' });
    expect(model.best.parameters?.p[0]).toBeCloseTo(1.5, 10);
    expect(model.best.expression).toBe('x * y * exp(-z^2) + 1.5');
  });
});
