import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { leastSquares } from '../../../src/numerics/index.ts';
import type { Problem, ProblemGroup } from '../../../src/search/families/problem.ts';
import { ProjectionGroup } from '../../../src/search/families/projection-group.ts';
import { Screen } from '../../../src/search/families/screen.ts';

const ROUNDING = 1e-9;
const ROWS = 30;
const random = new RandomStream(3);
const draw = (): Float64Array => Float64Array.from({ length: ROWS }, () => random.normal());
const ones = new Float64Array(ROWS).fill(1);
const problem = (z: Float64Array): Problem => ({ z, slope: ones, keep: 1, laws: () => [] });
const shared = draw().map(Math.abs);
const groups: ProblemGroup[] = [
  { rootWeights: shared, basis: [ones], problems: [problem(draw()), problem(draw()), problem(draw())] },
  { rootWeights: shared, basis: [ones, draw(), draw()], problems: [problem(draw()), problem(draw())] },
  { rootWeights: draw().map(Math.abs), basis: [], problems: [problem(draw())] },
];
const all = Int32Array.from({ length: ROWS }, (_, i) => i);

/** Weighted sum of squares that a fit leaves, by orthogonalisation of everything. */
function left({ rootWeights }: ProblemGroup, columns: readonly Float64Array[], z: Float64Array): number {
  const weigh = (column: Float64Array): Float64Array => column.map((value, i) => value * rootWeights[i]);
  const fit = leastSquares(columns.map(weigh), weigh(z));
  return z.reduce((sum, value, i) => {
    const predicted = columns.reduce((total, column, j) => total + fit[j] * column[i], 0);
    return sum + ((value - predicted) * rootWeights[i]) ** 2;
  }, 0);
}

function explained(group: ProblemGroup, columns: readonly Float64Array[], z: Float64Array): number {
  return 1 - left(group, [...group.basis, ...columns], z) / left(group, [...group.basis], z);
}

describe('Screen', () => {
  const p = draw();
  const q = draw();
  const problems = groups.flatMap((group) => group.problems.map(({ z }) => ({ group, z })));

  test('keeps the better of two columns for each problem', () => {
    const screen = new Screen(groups, all);
    screen.first.set(p);
    screen.second.set(q);
    screen.raiseEach(7, 8);
    problems.forEach(({ group, z }, i) => {
      const [byP, byQ] = [explained(group, [p], z), explained(group, [q], z)];
      expect(Math.abs(screen.best[i] - Math.max(byP, byQ))).toBeLessThan(ROUNDING);
      expect(screen.places[i]).toBe(byP > byQ ? 7 : 8);
    });
  });

  test('fits two columns together', () => {
    const screen = new Screen(groups, all);
    screen.first.set(p);
    screen.second.set(q);
    screen.raiseBoth(5);
    problems.forEach(({ group, z }, i) => {
      expect(Math.abs(screen.best[i] - explained(group, [p, q], z))).toBeLessThan(ROUNDING);
    });
  });

  test('passes over columns of the basis and those that are not finite', () => {
    const screen = new Screen(groups.slice(0, 2), all);
    screen.first.set(ones);
    screen.second.set(p);
    screen.second[4] = Number.NaN;
    screen.raiseEach(1, 2);
    screen.second[4] = Infinity;
    screen.raiseEach(1, 2);
    screen.raiseBoth(3);
    expect([...screen.best]).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('ProjectionGroup', () => {
  test('agrees with least squares on what is left', () => {
    for (const group of groups) {
      const exact = new ProjectionGroup({ ...group, targets: group.problems.map(({ z }) => z) });
      const [p, q] = [draw(), draw()];
      group.problems.forEach(({ z }, i) => {
        expect(Math.abs(exact.unexplained(i, p, undefined) - 1 + explained(group, [p], z))).toBeLessThan(ROUNDING);
        expect(Math.abs(exact.unexplained(i, p, q) - 1 + explained(group, [p, q], z))).toBeLessThan(ROUNDING);
      });
    }
  });

  test('sees what is left of an exact fit far below the rounding of a difference', () => {
    const p = draw();
    const z = p.map((value) => 3 * value + 2);
    const exact = new ProjectionGroup({ rootWeights: shared, basis: [ones], targets: [z] });
    expect(exact.unexplained(0, p, undefined)).toBeLessThan(1e-28);
  });
});
