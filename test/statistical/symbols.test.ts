import { describe, expect, test } from 'vitest';
import {
  bootstrapSymbol,
  functionCounts,
  heptagonAlphabet,
  orbits,
  parameterTable,
  symbolFacts,
  verifySymbol,
} from '../../src/amplitudes/index.ts';
import { PUBLISHED } from '../amplitudes/bootstrap/published.ts';

const quick = process.env.ANSATZ_QUICK === '1';

describe('the form factor at six loops', () => {
  const record = PUBLISHED[5];

  test('has the published number of words, and obeys everything modulo a third prime', async () => {
    const { symbol, parameters } = await bootstrapSymbol(6);
    const { terms, distinct, largest, divisor } = symbolFacts(symbol);
    expect({ terms, distinct, largest, divisor }).toEqual({
      terms: record.terms,
      distinct: record.distinct,
      largest: record.largest,
      divisor: record.divisor,
    });
    expect(parameters.map(({ free }) => free)).toEqual(record.together);
    const { sizes } = orbits(symbol);
    expect(sizes.length).toBe(record.orbitCount);
    expect(sizes.every((size) => size === 6)).toBe(true);
    const rows = await verifySymbol(symbol, { samples: quick ? 10_000 : 100_000 });
    expect(rows.filter(({ violated }) => violated > 0)).toEqual([]);
  });

  test.skipIf(quick)('every constraint alone leaves as many parameters as on record', () => {
    expect(parameterTable(6).alone.map(({ free }) => free)).toEqual(record.alone);
  });
});

test.skipIf(quick)('functions of seven particles at weight four', () => {
  expect(functionCounts(heptagonAlphabet(), 4)).toEqual([7, 42, 237, 1288]);
});
