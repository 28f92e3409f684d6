import { describe, expect, it } from 'vitest';
import { Table } from '../../src/core/index.ts';
import { fit } from '../../src/search/index.ts';

const table = Table.from({
  x: [1, 2, 3, 4],
  y: [1, 4, 9, 16],
  sigma_y: [1, 1, 0, 1],
  flat: [2, 2, 2, 2],
  name: ['a', 'b', 'c', 'd'],
});

describe('options of fit', () => {
  it.each([
    [{ target: 'y', maxSise: 5 }, 'unknown-option', /maxSise: no such option \(did you mean "maxSize"\?\)/],
    [{ target: 'y', maxSize: -1 }, 'invalid-option', /^maxSize: .*-1/],
    [{ target: 'y', maxSize: 'ten' }, 'invalid-option', /^maxSize: .*ten/],
    [{ target: 'y', threads: 0 }, 'invalid-option', /^threads/],
    [{ target: 'y', timeLimit: Number.NaN }, 'invalid-option', /^timeLimit/],
    [{}, 'invalid-option', /^target/],
    [{ target: 'y', inputs: ['x', 'y'] }, 'contradictory-options', /the target "y" is among the inputs/],
    [{ target: 'y', weights: 'x', sigma: 'x' }, 'contradictory-options', /exclude each other/],
    [{ target: 'y', loss: 'chi2' }, 'contradictory-options', /chi2 needs errors/],
    [{ target: 'y', noise: 'relative', loss: 'L1' }, 'contradictory-options', /^noise: relative noise/],
    [{ target: 'y', noise: 'relative', phases: ['evolve'] }, 'contradictory-options', /needs a first law/],
    [{ target: 'y', binaryOperators: [], unaryOperators: [] }, 'contradictory-options', /no operators/],
    [{ target: 'y', unaryOperators: ['sine'] }, 'unknown-operator', /sin/],
    [{ target: 'y', unaryOperators: ['+'] }, 'wrong-arity', /put it in binaryOperators/],
    [{ target: 'z' }, 'unknown-column', /no column "z"/],
    [{ target: 'name' }, 'text-column', /holds text/],
    [{ target: 'flat' }, 'constant-target', /2 in every row/],
    [{ target: 'y', inputs: ['x'], sigma: 'sigma_y' }, 'invalid-weight', /must be > 0/],
    [{ target: 'y', mutationWeights: { addnode: 1 } }, 'unknown-option', /did you mean "addNode"/],
  ])('%j is refused', async (options, code, message) => {
    const error = await fit(table, options as never).then(
      () => undefined,
      (thrown) => thrown,
    );
    expect(error?.code).toBe(code);
    expect(error?.message).toMatch(message);
    expect(error?.message).not.toContain('\n');
  });

  it('refuses tables of fewer than three rows and cells that are not finite', async () => {
    await expect(fit(Table.from({ x: [1, 2], y: [1, 4] }), { target: 'y' })).rejects.toThrow(/the table has 2 rows/);
    const huge = Table.from({ x: [1, 2, 3], y: [1e300, 2e300, 4e300] });
    await expect(fit(huge, { target: 'y' })).rejects.toThrow(/"y" reaches 4e\+300.*moderate/);
    const holed = Table.from({ x: [1, Number.NaN, 3], y: [1, 4, 9] });
    await expect(fit(holed, { target: 'y' })).rejects.toThrow(/column "x", row 2 is NaN/);
  });
});
