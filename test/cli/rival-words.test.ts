import { describe, expect, it } from 'vitest';
import { frontTable } from '../../src/cli/front-table.ts';
import { rivalLines, rivalWords } from '../../src/cli/rival-words.ts';
import { parse } from '../../src/expressions/index.ts';
import type { FrontEntry, Rival } from '../../src/search/index.ts';

const rival: Rival = {
  expression: '17.601366 - 1.86391664 * period^0.25',
  latex: '',
  complexity: 7,
  loss: 0.05,
  nats: 1.512,
  where: { period: 1278.4026 },
  predictions: [9.84669, 6.45602],
  separation: 14.534,
  unit: 'sigma',
};

describe('rivals in words', () => {
  it('say how near the law is and where to measure', () => {
    expect(rivalLines([rival], 'magnitude')).toEqual([
      'cannot be told from magnitude = 17.6 - 1.864 * period^0.25 on these data: its description is 1.5 nats longer',
      '  measure at period = 1278: 9.847 against 6.456, 14.53 sigma apart',
    ]);
    expect(rivalWords({ ...rival, nats: -0.26 }).distance).toBe('its description is 0.3 nats shorter');
  });

  it('say so when no measurement would tell', () => {
    expect(rivalWords({ ...rival, separation: 0.078 }).proposal).toBe(
      'no measurement near these data would tell: at most 0.078 sigma apart, at period = 1278',
    );
  });

  it('give predictions of exact data the digits that tell them apart', () => {
    const words = rivalWords({
      ...rival,
      tolerance: 1e-6,
      where: { x: 2, kind: 'hot' },
      predictions: [3.00000012, 3],
      separation: 4e-8,
      unit: 'relative',
    });
    expect(words.distance).toBe('indistinguishable at 1e-6: no row differs by more');
    expect(words.proposal).toBe('measure at x = 2, kind = hot: 3.0000001 against 3, 4e-8 of their size apart');
  });

  it('count those that have no lines, and are nothing without rivals', () => {
    expect(rivalLines([], 'y')).toEqual([]);
    expect(rivalLines([rival, rival, rival, rival], 'y')).toHaveLength(5);
    expect(rivalLines([rival, rival, rival, rival], 'y').at(-1)).toBe('and 2 more; --json lists them');
    expect(rivalLines([{ ...rival, expression: 'mine(x)' }], 'y')[0]).toContain('y = mine(x)');
  });
});

describe('the table of the front', () => {
  const entry = (more: Partial<FrontEntry>): FrontEntry => {
    return { complexity: 1, loss: 2, score: 0, expression: 'x', latex: 'x', constants: [], tree: parse('x'), ...more };
  };

  it('shows nats where they are known', () => {
    const lines = frontTable([entry({ evidence: -0.01, description: 1.5 }), entry({ complexity: 3 })], undefined, 'y');
    expect(lines.map((line) => line.trim().split(/\s+/).slice(0, 5))).toEqual([
      ['complexity', 'loss', 'score', 'evidence', 'description'],
      ['1', '2', '0.000', '0.0', '1.5'],
      ['3', '2', '0.000', '-', '-'],
    ]);
    expect(frontTable([entry({})], undefined, 'y')[0]).not.toContain('evidence');
  });
});
