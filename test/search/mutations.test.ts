import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { type Expression, print, STANDARD_OPERATORS, size, variablesOf } from '../../src/expressions/index.ts';
import { crossover, MUTATIONS } from '../../src/search/mutations.ts';
import { resolveOptions } from '../../src/search/options/options.ts';
import { nodeAt, randomTree, replaceAt } from '../../src/search/tree-edit.ts';
import { anyPlaces } from './places/place-problem.ts';

const grammar = {
  unary: ['sin', 'exp'].map((name) => STANDARD_OPERATORS.get(name)),
  binary: ['add', 'mul', 'div'].map((name) => STANDARD_OPERATORS.get(name)),
  maxSize: 30,
  maxDepth: 30,
};
const inputs = ['x', 'y'];
const settings = { ...resolveOptions({ target: 'z' }), brood: 1 };
const places = anyPlaces(inputs, grammar);

function wellFormed(tree: Expression): boolean {
  if (tree.kind === 'constant') return Number.isFinite(tree.value);
  if (tree.kind === 'variable') return inputs.includes(tree.name);
  return tree.arguments.length === tree.operator.arity && tree.arguments.every(wellFormed);
}

describe('mutations', () => {
  it.each(MUTATIONS.map((mutation) => [mutation.name, mutation] as const))(
    '%s keeps trees well formed',
    (name, mutation) => {
      let changed = 0;
      fc.assert(
        fc.property(fc.nat(), fc.integer({ min: 1, max: 15 }), (seed, nodes) => {
          const random = new RandomStream(seed);
          const tree = randomTree(nodes, grammar, inputs, random);
          const before = print(tree);
          const child = mutation.apply(tree, { grammar, inputs, settings, temperature: 1, random, places });
          expect(print(tree)).toBe(before);
          if (!child) return;
          if (print(child) !== before) changed++;
          expect(wellFormed(child)).toBe(true);
          if (name === 'rotateTree' || name === 'swapOperands' || name === 'mutateOperator')
            expect(size(child)).toBe(size(tree));
          if (name === 'deleteNode') expect(size(child)).toBeLessThan(size(tree));
        }),
      );
      if (name !== 'doNothing') expect(changed).toBeGreaterThan(0);
    },
  );

  it('names every PySR mutation once', () => {
    expect(new Set(MUTATIONS.map((mutation) => mutation.name)).size).toBe(MUTATIONS.length);
    expect(MUTATIONS.map((mutation) => mutation.name)).toContain('rotateTree');
  });

  it('crosses two trees over without losing a node', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const random = new RandomStream(seed);
        const a = randomTree(9, grammar, inputs, random);
        const b = randomTree(7, grammar, inputs, random);
        const [c, d] = crossover(a, b, random);
        expect(size(c) + size(d)).toBe(size(a) + size(b));
        expect(wellFormed(c) && wellFormed(d)).toBe(true);
        expect(variablesOf(c).every((name) => inputs.includes(name))).toBe(true);
      }),
    );
  });

  it('draws as it always did where no units are given', () => {
    const blind = MUTATIONS.filter((mutation) => mutation.name !== 'backSolve');
    const random = new RandomStream(2026);
    const fixed = { ...settings, perturbationFactor: 0.129, probabilityNegateConstant: 0.00743 };
    let hash = 0;
    let tree = randomTree(9, grammar, inputs, random);
    for (let step = 0; step < 3000; step++) {
      const mutation = blind[step % blind.length];
      const child = mutation.apply(tree, { grammar, inputs, settings: fixed, temperature: 1, random });
      if (child && size(child) < 30) tree = child;
      const [crossed] = crossover(tree, tree, random);
      if (size(crossed) < 30) tree = crossed;
      for (const letter of print(tree)) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
    }
    // Of the search before units existed: another number here changes the front of every seed.
    expect([hash, random.uniform()]).toEqual([1396196381, 0.6502910178342801]);
  });

  it('reads and replaces nodes by pre-order position', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, at) => {
        const tree = randomTree(12, grammar, inputs, new RandomStream(seed));
        const position = at % size(tree);
        expect(print(replaceAt(tree, position, nodeAt(tree, position)))).toBe(print(tree));
      }),
    );
  });
});
