import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  bootstrapCost,
  bootstrapSymbol,
  FORM_FACTOR_LOOPS,
  hexagonLift,
  orbits,
  PolylogSymbol,
  parameterTable,
  sameSymbol,
  symbolFacts,
  verifySymbol,
} from '../../../src/amplitudes/index.ts';
import { LIMIT, PUBLISHED } from './published.ts';

function sha256(symbol: PolylogSymbol): string {
  const hash = createHash('sha256');
  for (const [word, coefficient] of symbol.words()) hash.update(`${word}\t${coefficient}\n`);
  return hash.digest('hex');
}

describe.each(PUBLISHED.filter(({ loops }) => loops <= 5))('the form factor at $loops loops', (row) => {
  const { loops, terms, distinct, largest, divisor, hash, orbitCount, alone, together } = row;
  const generated = bootstrapSymbol(loops);

  test(
    'has the published words and the coefficients on record',
    async () => {
      const { symbol } = await generated;
      const facts = symbolFacts(symbol);
      expect(facts.terms).toBe(terms);
      expect(facts.distinct).toBe(distinct);
      expect(facts.largest).toBe(largest);
      expect(facts.divisor).toBe(divisor);
      if (hash) expect(sha256(symbol)).toBe(hash);
      expect(orbits(symbol).sizes.length).toBe(orbitCount);
    },
    LIMIT,
  );

  test(
    'obeys everything it must, and nothing checked is trivial',
    async () => {
      const rows = await verifySymbol((await generated).symbol, { samples: loops === 5 ? 100_000 : 5000 });
      expect(rows.filter(({ violated }) => violated > 0)).toEqual([]);
      for (const { name, checked } of rows) {
        // Words of two loops and fewer have no three letters that the relation of triples speaks of.
        if (name !== 'triples' || loops > 2) expect(checked, name).toBeGreaterThan(0);
      }
    },
    LIMIT,
  );

  test(
    'every step leaves as many parameters as on record',
    async () => {
      if (loops === 1) return;
      const { parameters } = await generated;
      expect(parameters.map(({ free }) => free)).toEqual(together);
      const table = parameterTable(loops);
      expect(table.alone.map(({ free }) => free)).toEqual(alone);
      expect(table.together).toEqual(parameters);
    },
    LIMIT,
  );
});

describe('bootstrapSymbol', () => {
  test('finds the published symbol at two loops again', async () => {
    expect(sameSymbol((await bootstrapSymbol(2)).symbol, FORM_FACTOR_LOOPS[1])).toBe(true);
  });

  test('does not depend on the seed of its random equations', async () => {
    const [one, other] = await Promise.all([bootstrapSymbol(3, { seed: 1 }), bootstrapSymbol(3, { seed: 99 })]);
    expect(sameSymbol(one.symbol, other.symbol)).toBe(true);
    expect(one.parameters).toEqual(other.parameters);
  });

  test('without a constraint that is needed says how many parameters stay free', async () => {
    await expect(bootstrapSymbol(3, { without: ['OPE'] })).rejects.toMatchObject({
      code: 'not-unique',
      data: { free: 1 },
    });
    await expect(
      bootstrapSymbol(4, { without: ['collinear', 'OPE', 'mirror', 'discontinuity'] }),
    ).rejects.toMatchObject({
      code: 'not-unique',
      data: { free: 4 },
    });
  });

  test('a constraint that others imply may be left out', async () => {
    const { symbol } = await bootstrapSymbol(3, { without: ['mirror'] });
    expect(symbol.terms).toBe(636);
  });

  test('says where it stands, in order and up to the end', async () => {
    const seen: number[] = [];
    await bootstrapSymbol(3, { onProgress: ({ fraction }) => seen.push(fraction) });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBeCloseTo(1, 9);
  });

  test('stops between two steps', async () => {
    const controller = new AbortController();
    const run = bootstrapSymbol(4, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(run).rejects.toMatchObject({ code: 'aborted' });
  });

  test.each([0, -1, 1.5, Number.NaN, 7, 9, 30])('refuses %s loops', async (loops) => {
    await expect(bootstrapSymbol(loops)).rejects.toMatchObject({ code: 'loops' });
    expect(() => bootstrapCost(loops)).toThrow(expect.objectContaining({ code: 'loops' }));
  });

  test('says what seven loops would cost', async () => {
    await expect(bootstrapSymbol(7)).rejects.toThrow(/92,954,568 words: about \d+ GB and \d+ minutes/);
  });

  test('refuses unknown constraints by name', async () => {
    await expect(bootstrapSymbol(2, { without: ['softly'] })).rejects.toThrow(
      /collinear, soft, discontinuity, mirror, OPE/,
    );
  });
});

describe('verifySymbol', () => {
  test('finds a wrong coefficient, and the word', async () => {
    const { symbol } = await bootstrapSymbol(3);
    const coefficients = symbol.coefficients.slice();
    coefficients[100] += 4;
    const wrong = new PolylogSymbol(symbol.alphabet, 6, symbol.keys, coefficients);
    const violated = (await verifySymbol(wrong, { samples: 20_000 })).filter((row) => row.violated > 0);
    const names = violated.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['symmetry', 'integrability', 'space of words']));
    expect(violated.find(({ name }) => name === 'space of words')?.example).toBe([...symbol.words()][100][0]);
  });

  test('finds that twice a symbol does not exponentiate', async () => {
    const { symbol } = await bootstrapSymbol(3);
    const twice = new PolylogSymbol(
      symbol.alphabet,
      6,
      symbol.keys,
      symbol.coefficients.map((c) => 2 * c),
    );
    const violated = (await verifySymbol(twice, { samples: 1000 })).filter((row) => row.violated > 0);
    expect(violated.map(({ name }) => name)).toEqual([
      'largest coefficient',
      'collinear',
      'soft',
      'discontinuity',
      'mirror',
      'OPE',
    ]);
  });

  test('finds forbidden letters', async () => {
    const { alphabet } = FORM_FACTOR_LOOPS[0];
    const wrong = PolylogSymbol.from(alphabet, [
      ['ad', 1],
      ['db', 1],
    ]);
    const rows = await verifySymbol(wrong, { samples: 10 });
    expect(rows.find(({ name }) => name === 'letters at both ends')).toMatchObject({ violated: 1, example: 'db' });
    expect(rows.find(({ name }) => name === 'adjacency')).toMatchObject({ violated: 1, example: 'ad' });
  });

  test('refuses symbols that are not of the form factor', async () => {
    await expect(verifySymbol(hexagonLift(FORM_FACTOR_LOOPS[0]))).rejects.toMatchObject({ code: 'shape' });
    const odd = PolylogSymbol.from(FORM_FACTOR_LOOPS[0].alphabet, [['abd', 1]]);
    await expect(verifySymbol(odd)).rejects.toMatchObject({ code: 'shape' });
  });
});

describe('hexagonLift', () => {
  const byOddLetters = (symbol: PolylogSymbol): Record<number, number> => {
    const counts: Record<number, number> = {};
    for (const [word] of symbol.words()) {
      const odd = word.replace(/[^xyz]/g, '').length;
      counts[odd] = (counts[odd] ?? 0) + 1;
    }
    return counts;
  };

  test('gives the six-gluon MHV symbols of the counts on record', async () => {
    const two = hexagonLift((await bootstrapSymbol(2)).symbol);
    expect(two.terms).toBe(84);
    const three = hexagonLift((await bootstrapSymbol(3)).symbol);
    expect(byOddLetters(three)).toEqual({ 0: 636, 2: 3750, 4: 648 });
  });

  test('words without y are those of the form factor, reversed and renamed', async () => {
    const { symbol } = await bootstrapSymbol(2);
    const lift = hexagonLift(symbol);
    for (const [word, coefficient] of symbol.words()) {
      const dual = Array.from(word, (name) => 'defabc'['abcdef'.indexOf(name)])
        .reverse()
        .join('');
      expect(lift.coefficient(dual)).toBe(coefficient);
    }
  });

  test('refuses a symbol that is not a form factor', () => {
    const { alphabet } = FORM_FACTOR_LOOPS[0];
    const wrong = PolylogSymbol.from(alphabet, [['aaae', 1]]);
    expect(() => hexagonLift(wrong)).toThrow(expect.objectContaining({ code: 'no-lift' }));
    expect(() => hexagonLift(PolylogSymbol.from(alphabet, [['aae', 1]]))).toThrow(
      expect.objectContaining({ code: 'shape' }),
    );
  });
});
