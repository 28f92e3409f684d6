import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { evaluate, parse, print, STANDARD_OPERATORS, size } from '../../../src/expressions/index.ts';
import { INVERSE_RULES } from '../../../src/search/places/inverse-rules.ts';
import { PlaceSolver } from '../../../src/search/places/place-solver.ts';
import { PlaceValues } from '../../../src/search/places/place-values.ts';
import { createSyntax } from '../../../src/search/syntax.ts';
import { nodeAt, replaceAt } from '../../../src/search/tree-edit.ts';
import { placeProblem } from './place-problem.ts';

const grammar = {
  unary: ['sin', 'exp', 'sqrt', 'log'].map((name) => STANDARD_OPERATORS.get(name)),
  binary: ['add', 'sub', 'mul', 'div', 'pow'].map((name) => STANDARD_OPERATORS.get(name)),
  maxSize: 30,
  maxDepth: 30,
};

describe('inverse rules', () => {
  it.each(Object.keys(INVERSE_RULES))('%s: the value that is solved for gives the result', (name) => {
    const operator = STANDARD_OPERATORS.get(name);
    let seen = 0;
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3 }), fc.double({ min: -3, max: 3 }), (current, other) => {
        INVERSE_RULES[name].forEach((rule, index) => {
          const apply = (value: number): number =>
            index === 0 ? operator.apply(value, other) : operator.apply(other, value);
          const result = apply(current * 0.9);
          const value = rule.solve(result, other, current);
          if (!Number.isFinite(value) || !Number.isFinite(result) || Math.abs(result) > 1e6) return;
          seen++;
          const step = 1e-6 * (1 + Math.abs(value));
          const slope = (apply(value + step) - apply(value - step)) / (2 * step);
          // Near a corner or turning point, or where the result no longer depends on the argument, nothing can be solved for.
          if (Math.abs(value) < 0.05 || !(Math.abs(slope) > 1e-3 && Math.abs(slope) < 1e6)) return;
          expect(Math.abs(apply(value) - result)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(result)));
          expect(Math.abs(rule.slope(value, other) - slope)).toBeLessThanOrEqual(1e-3 * (1 + Math.abs(slope)));
        });
      }),
      { numRuns: 300 },
    );
    expect(seen).toBeGreaterThan(20);
  });
});

describe('PlaceValues', () => {
  it('asks for the very values that were there when the tree is the law', () => {
    const tree = parse('x * exp(0.5 * y) + sqrt(x + 3) / (y - 4)');
    const problem = placeProblem(['x', 'y'], ([x, y]) => evaluate(tree, { x, y }));
    const leaves = problem.inputs.map((name, i) => ({ name, tree: parse(name), values: problem.columns[i] }));
    const places = new PlaceValues(leaves, problem.target, new Float64Array(64).fill(1));
    for (let position = 0; position < size(tree); position++) {
      expect(places.ask(tree, position)).toBe(true);
      const [x, y] = problem.columns.map((column) => column[5]);
      const there = evaluate(nodeAt(tree, position), { x, y });
      expect(Math.abs(places.wanted[5] - there)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(there)));
    }
  });
});

describe('PlaceSolver', () => {
  it('finds what a hole in a law was', () => {
    const law = parse('2 * x * exp(-0.5 * y) + sqrt(x * y)');
    const problem = placeProblem(['x', 'y'], ([x, y]) => evaluate(law, { x, y }));
    const solver = new PlaceSolver(problem, createSyntax(grammar));
    // With sqrt(x * y) replaced by a guess, some draw at that place must bring it back.
    const position = [...Array(size(law)).keys()].find((at) => print(nodeAt(law, at)) === 'sqrt(x * y)')!;
    const holed = replaceAt(law, position, parse('x'));
    const random = new RandomStream(1);
    const found = new Set<string>();
    for (let draw = 0; draw < 400; draw++) {
      const solved = solver.solve(holed, random);
      if (solved) found.add(print(solved, { digits: 6 }));
    }
    expect([...found].some((text) => text.endsWith('sqrt(x * y)'))).toBe(true);
  });

  it('gives the same tree for the same stream, and leaves the given one alone', () => {
    const problem = placeProblem(['x', 'y'], ([x, y]) => x / (1 + y));
    const solver = new PlaceSolver(problem, createSyntax(grammar));
    const tree = parse('x * sin(y) + 2');
    const draw = () => {
      const random = new RandomStream(5);
      return Array.from({ length: 20 }, () => {
        const solved = solver.solve(tree, random);
        return solved && print(solved);
      });
    };
    expect(draw()).toEqual(draw());
    expect(print(tree)).toBe('x * sin(y) + 2');
  });
});
