import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  type Expression,
  evaluate,
  parse,
  print,
  STANDARD_OPERATORS,
  variable,
} from '../../../src/expressions/index.ts';
import { BATHS, bathLaws, NO_BATH } from '../../../src/search/sums/baths.ts';
import { createSyntax } from '../../../src/search/syntax.ts';
import type { Task } from '../../../src/search/tasks/task.ts';
import { viewsOf } from '../../../src/search/tasks/views.ts';

const syntax = createSyntax({
  unary: ['sqrt', 'cos'].map((name) => STANDARD_OPERATORS.get(name)),
  binary: ['add', 'sub', 'mul', 'div', 'pow'].map((name) => STANDARD_OPERATORS.get(name)),
  maxSize: 40,
  maxDepth: 40,
});
const names = ['a', 'b', 't'];
const random = new RandomStream(9);
const columns = names.map(() => Float64Array.from({ length: 60 }, () => 1 + 3 * random.uniform()));
const rowOf = (i: number) => Object.fromEntries(names.map((name, k) => [name, columns[k][i]]));
const valuesOf = (tree: Expression) => columns[0].map((_, i) => evaluate(tree, rowOf(i)));
const entry = (text: string) => ({ tree: parse(text), complexity: 1, values: valuesOf(parse(text)) });
const taskOf = (law: string): Task => ({
  name: '',
  leaves: names.map((name, i) => ({ tree: variable(name), values: columns[i] })),
  target: valuesOf(parse(law)),
  weights: new Float64Array(60).fill(1),
  wrap: (z) => z,
});

describe('bathLaws', () => {
  const terms = ['a * b', 'cos(t)', 'a * cos(t)', 'a * b * cos(t)', 'a / b'].map(entry);

  it('finds the term that stands beside squares of the leaves, and leaves out what adds nothing', () => {
    const task = taskOf('sqrt(a^2 + b^2 - 2 * a * b * cos(t))');
    const square = viewsOf(task, syntax.forms).find((view) => view.transform.name === 'y^2')!;
    const laws = bathLaws(task, square, terms, syntax, BATHS, 3);
    const found = laws.find((law) => valuesOf(law).every((value, i) => Math.abs(value - square.z[i]) < 1e-9))!;
    expect(found).toBeDefined();
    // Nothing of t^2, nor a constant.
    expect(print(found)).toMatch(/^[^t]*a \* b \* cos\(t\)[^t]*$/);
  });

  it('finds a term beside the leaves themselves', () => {
    const task = taskOf('0.3 * a / b + 2 * a - t + 5');
    const plain = viewsOf(task, syntax.forms)[0];
    const laws = bathLaws(task, plain, terms, syntax, BATHS, 3).map((law) => valuesOf(law));
    expect(laws.some((values) => values.every((value, i) => Math.abs(value - task.target[i]) < 1e-9))).toBe(true);
  });

  it('leaves out under noise what explains the noise alone, and keeps the root of the sum real', () => {
    const clean = taskOf('sqrt(a^2 + b^2 - 2 * a * b * cos(t))');
    const noise = new RandomStream(4);
    const task = { ...clean, target: clean.target.map((y) => y + 0.2 * noise.normal()) };
    const square = viewsOf(task, syntax.forms).find((view) => view.transform.name === 'y^2')!;
    const laws = bathLaws(task, square, terms, syntax, BATHS, 3);
    const ofThree = laws.filter((law) => /^[^t]*a \* b \* cos\(t\)[^t]*a\^2[^t]*b\^2$/.test(print(law)));
    expect(ofThree.some((law) => valuesOf(law).every((value) => value > -1e-9))).toBe(true);
  });

  it('finds a term alone', () => {
    const task = taskOf('a * cos(t) - 5');
    const laws = bathLaws(task, viewsOf(task, syntax.forms)[0], terms, syntax, NO_BATH, 1);
    expect(laws).toHaveLength(1);
    expect(valuesOf(laws[0]).every((value, i) => Math.abs(value - task.target[i]) < 1e-9)).toBe(true);
  });
});
