import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Expression, equals, fromJson, parse, print, toJson, toLatex } from '../../src/expressions/index.ts';
import { ALGEBRAIC, ANY_CONSTANTS, arbitraryExpression } from './arbitrary-expression.ts';

const ODD_NAMES = ['x', 'pi', 'sin', 'a b', '`', '', 'é', 'x_1', '2', '-', '\u0000(', '質量'];
const ANY_TREE = arbitraryExpression({ constants: ANY_CONSTANTS, variables: ODD_NAMES, depth: 6 });
/** Signs and powers of numbers, where a printer goes wrong. */
const SIGNED = arbitraryExpression({
  operators: ALGEBRAIC.filter(({ name }) => ['add', 'sub', 'mul', 'div', 'neg', 'pow'].includes(name)),
  constants: ANY_CONSTANTS,
  depth: 6,
});

function holds(name: string, law: (tree: Expression) => void): void {
  test(`${name}, any operator`, () => fc.assert(fc.property(ANY_TREE, law), { numRuns: 2000, seed: 1 }));
  test(`${name}, signs and powers`, () => fc.assert(fc.property(SIGNED, law), { numRuns: 2000, seed: 2 }));
}

holds('parse(print(t)) = t', (tree) => {
  expect(equals(parse(print(tree)), tree), print(tree)).toBe(true);
});

holds('fromJson(toJson(t)) = t through text', (tree) => {
  expect(equals(fromJson(JSON.parse(JSON.stringify(toJson(tree)))), tree)).toBe(true);
});

holds('no bracket is superfluous', (tree) => {
  const text = print(tree);
  // Bracket pairs that are not a call: dropping such a pair must change the tree or the clarity of a sign.
  if (text.includes('`')) return;
  const open: number[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') open.push(i);
    if (text[i] !== ')') continue;
    const start = open.pop()!;
    if (/[\p{L}\p{N}_]/u.test(text[start - 1] ?? '')) continue;
    const bare = `${text.slice(0, start)} ${text.slice(start + 1, i)} ${text.slice(i + 1)}`;
    if (/-\s*-/.test(bare)) continue;
    expect(equals(parse(bare), tree), `${text} = ${bare}`).toBe(false);
  }
});

holds('LaTeX has balanced braces and brackets', (tree) => {
  const latex = toLatex(tree);
  let level = 0;
  for (const character of latex.replace(/\\[{}]/g, '')) {
    if (character === '{') level++;
    if (character === '}') level--;
    expect(level, latex).toBeGreaterThanOrEqual(0);
  }
  expect(level, latex).toBe(0);
  expect(latex.match(/\\left/g)?.length ?? 0).toBe(latex.match(/\\right/g)?.length ?? 0);
});
