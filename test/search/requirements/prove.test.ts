import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/evaluation/index.ts';
import {
  call,
  constant,
  DIGAMMA,
  type Expression,
  parse,
  STANDARD_OPERATORS,
  substitute,
  variable,
} from '../../../src/expressions/index.ts';
import { prove, RequirementSet } from '../../../src/search/requirements/index.ts';
import { ALGEBRAIC, arbitraryExpression } from '../../laws/arbitrary-expression.ts';
import { build, INPUTS } from './law.ts';

const [ADD, NEG] = ['add', 'neg'].map((name) => STANDARD_OPERATORS.get(name));

test('the verdict is that of the set, for any law', () => {
  const requirements = build([
    'even in x',
    'antisymmetric in y, z',
    'f(x=0) = y',
    'df/dy(y=0) = 0',
    'power 1 as z -> inf',
    'increasing in y',
    'convex in x',
    'positive',
  ]).map((requirement) => ({ requirement, set: new RequirementSet([requirement]) }));
  const seen = new Set<string>();
  fc.assert(
    fc.property(arbitraryExpression({ depth: 4 }), fc.nat(requirements.length - 1), (tree, pick) => {
      const { requirement, set } = requirements[pick];
      const program = compile(tree, new Map(INPUTS.map((name, i) => [name, i])));
      const violation = set.violation(program, program.constants);
      const verdict = prove(tree, requirement);
      seen.add(verdict);
      // Between these the last places of two back-ends decide.
      if (violation < 1e-7) expect(verdict).not.toBe('violated');
      if (violation > 1e-5 && violation < 1e100) expect(verdict).toBe('violated');
    }),
    { numRuns: 2000, seed: 13 },
  );
  expect([...seen].sort()).toEqual(['holds on probes', 'proven', 'violated']);
});

test('algebra proves laws that are symmetric by construction', () => {
  const [even, symmetric] = build(['even in x', 'symmetric in y, z']);
  const mirrored = (tree: Expression) => call(ADD, tree, substitute(tree, { x: call(NEG, variable('x')) }));
  const swapped = (tree: Expression) => call(ADD, tree, substitute(tree, { y: variable('z'), z: variable('y') }));
  const verdicts = { proven: 0, 'holds on probes': 0, violated: 0 };
  fc.assert(
    fc.property(arbitraryExpression({ depth: 3, operators: ALGEBRAIC }), (tree) => {
      verdicts[prove(mirrored(tree), even)]++;
      verdicts[prove(swapped(tree), symmetric)]++;
    }),
    { numRuns: 500, seed: 17 },
  );
  const decided = verdicts.proven + verdicts['holds on probes'];
  expect(decided).toBeGreaterThan(600);
  expect(verdicts.proven).toBeGreaterThan(0.95 * decided);
});

describe('a proof is not taken where the law has no value', () => {
  test.each([
    ['odd in x', 'sqrt(x) * sqrt(x)'],
    ['f(x=0) = 1', 'x / x'],
    ['df/dx(x=0) = 1', 'exp(log(x))'],
  ])('%s: %s', (text, formula) => {
    const [requirement] = build([text]);
    const verdict = prove(parse(formula), requirement);
    expect(verdict).toBe('violated');
  });
});

test('a function without a derivative in the table is no obstacle', () => {
  const [requirement] = build(['df/dz(z=2) = 0']);
  const nothing = call(STANDARD_OPERATORS.get('mul'), constant(0), call(DIGAMMA, variable('z')));
  expect(prove(nothing, requirement)).toBe('holds on probes');
  expect(prove(call(DIGAMMA, variable('z')), requirement)).toBe('violated');
});
