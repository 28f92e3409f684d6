import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createAlphabet,
  FORM_FACTOR,
  FORM_FACTOR_LOOPS,
  LADDER,
  ladderSymbol,
  PolylogSymbol,
  sameSymbol,
  symbolFromTsv,
  symbolsFromMaple,
  symbolToMaple,
  symbolToTsv,
} from '../../src/amplitudes/index.ts';
import { anySymbol, LETTERS, listed } from './arbitrary-symbol.ts';

const [one, two] = FORM_FACTOR_LOOPS;
const tsv = (symbol: PolylogSymbol): string => [...symbolToTsv(symbol)].join('');
const maple = (symbol: PolylogSymbol): string => [...symbolToMaple(symbol)].join('');

/** A text in pieces of a few characters, so that every token is cut somewhere. */
function* pieces(text: string, length: number): Generator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

describe('TSV', () => {
  test('is words, tabs and coefficients, sorted', () => {
    expect(tsv(one)).toBe('ae\t-2\naf\t-2\nbd\t-2\nbf\t-2\ncd\t-2\nce\t-2\n');
    // sha256 of the lines by Python's hashlib, sorted there.
    expect(createHash('sha256').update(tsv(two)).digest('hex')).toBe(
      'c4a37b2165f5197edcea957802a3a285f696ad434b297345197c1b5f1364ee33',
    );
  });

  test('is read back exactly, however it is cut', () => {
    fc.assert(
      fc.property(
        anySymbol.filter((symbol) => symbol.terms > 0 && symbol.weight > 0),
        fc.integer({ min: 1, max: 9 }),
        (symbol, length) => {
          expect(sameSymbol(symbolFromTsv(pieces(tsv(symbol), length), LETTERS), symbol)).toBe(true);
        },
      ),
    );
    const ladder = ladderSymbol(8);
    expect(sameSymbol(symbolFromTsv(symbolToTsv(ladder), LADDER), ladder)).toBe(true);
  });

  test('is read in any order, with carriage returns and zeros', () => {
    const text = 'ce\t-2\r\nbd\t7\r\naf\t0\r\n';
    expect(listed(symbolFromTsv(text, FORM_FACTOR))).toEqual([
      ['bd', 7],
      ['ce', -2],
    ]);
  });

  test.each([
    ['an unknown letter', 'bd\t1\nbx\t2\n', 'unknown-letter', 2],
    ['an unknown letter beyond ASCII', 'bd\t1\nbé\t2\n', 'unknown-letter', 2],
    ['a word of another length', 'bd\t1\nce\t1\nbdd\t2\n', 'word-length', 3],
    ['a word that is too long', `${'a'.repeat(30)}\t1\n`, 'word-length', 1],
    ['a line without a tab', 'bd 1\n', 'bad-line', 1],
    ['an empty line', 'bd\t1\n\nce\t1\n', 'bad-line', 2],
    ['a coefficient with a point', 'bd\t1.5\n', 'bad-coefficient', 1],
    ['no coefficient', 'bd\t1\nce\t\n', 'bad-coefficient', 2],
    ['a minus alone', 'bd\t-\n', 'bad-coefficient', 1],
    ['two tabs', 'bd\t\t1\n', 'bad-coefficient', 1],
    ['a coefficient that 32 bits do not hold', 'bd\t1\nce\t2147483648\n', 'coefficient-range', 2],
    ['a coefficient beyond all numbers', `bd\t${'9'.repeat(400)}\n`, 'coefficient-range', 1],
    ['a word given twice', 'bd\t1\nce\t2\nbd\t1\n', 'duplicate-word', 3],
    ['a word given twice in a row', 'bd\t1\nbd\t1\n', 'duplicate-word', 2],
    ['a last line cut short', 'bd\t1\nce\t14', 'cut-short', 2],
    ['a line that never ends', `bd\t1\n${'a'.repeat(5000)}`, 'bad-line', 2],
  ])('with %s is refused by its line', (_, text, code, line) => {
    expect(() => symbolFromTsv(text, FORM_FACTOR, 'e.tsv')).toThrow(
      expect.objectContaining({ code, data: expect.objectContaining({ file: 'e.tsv', line }) }),
    );
  });

  test('without a line is refused', () => {
    expect(() => symbolFromTsv('', FORM_FACTOR)).toThrow(expect.objectContaining({ code: 'no-terms' }));
  });
});

describe('Maple text', () => {
  test('is a sum of words', () => {
    expect(maple(one)).toBe('Esymb[1] := -2*SB(a,e)-2*SB(a,f)-2*SB(b,d)-2*SB(b,f)-2*SB(c,d)-2*SB(c,e):\n');
    expect(maple(ladderSymbol(1))).toBe(
      'Esymb[1] := SB(z,p)-SB(z,q)+SB(y,p)-SB(y,q)-SB(p,z)+SB(p,y)-SB(q,z)+SB(q,y):\n',
    );
    for (const line of maple(two).split('\n')) expect(line.length).toBeLessThanOrEqual(101);
  });

  test('is read back exactly, however it is cut', () => {
    fc.assert(
      fc.property(
        anySymbol.filter((symbol) => symbol.terms > 0 && symbol.weight > 0),
        fc.integer({ min: 1, max: 9 }),
        (symbol, length) => {
          const [read] = symbolsFromMaple(pieces(maple(symbol), length), LETTERS);
          expect(sameSymbol(read.symbol, symbol)).toBe(true);
          expect(read.index).toBe(Math.ceil(symbol.weight / 2));
        },
      ),
    );
    const ladder = ladderSymbol(8);
    expect(sameSymbol(symbolsFromMaple(symbolToMaple(ladder), LADDER)[0].symbol, ladder)).toBe(true);
  });

  test('holds several statements, comments and white space', () => {
    const zero = new PolylogSymbol(FORM_FACTOR, 6, new Float64Array(0), new Int32Array(0));
    const text = `# loops\n${maple(one)}\n  Other [ 7 ]:= \t+ 3 * SB( b , d )\r\n - 0*SB(a,e) # here\n - SB (c,e) ;${maple(zero)}`;
    const read = symbolsFromMaple(text, FORM_FACTOR);
    expect(read.map(({ name, index }) => `${name} ${index}`)).toEqual(['Esymb 1', 'Other 7', 'Esymb 3']);
    expect(sameSymbol(read[0].symbol, one)).toBe(true);
    expect(listed(read[1].symbol)).toEqual([
      ['bd', 3],
      ['ce', -1],
    ]);
    expect(sameSymbol(read[2].symbol, zero)).toBe(true);
  });

  test.each([
    ['an unknown letter', 'E[1] := SB(b,d)\n+SB(b,x):', 'unknown-letter', 2],
    ['letters run together', 'E[1] := SB(bd):', 'unknown-letter', 1],
    ['a word of another length', 'E[1] := SB(b,d)+\nSB(b):', 'word-length', 2],
    ['no word', 'E[1] := SB():', 'unknown-letter', 1],
    ['a word given twice', 'E[1] := SB(b,d)\n+SB(c,e)\n-SB(b,d):', 'duplicate-word', 3],
    ['a coefficient that 32 bits do not hold', 'E[1] := 2147483648*SB(b,d):', 'coefficient-range', 1],
    ['a fraction', 'E[1] := 1/2*SB(b,d):', 'unexpected', 1],
    ['a number without a word', 'E[1] := 2:', 'unexpected', 1],
    ['two signs', 'E[1] :=\n\n--SB(b,d):', 'unexpected', 3],
    ['terms without a sign', 'E[1] := SB(b,d)SB(c,e):', 'unexpected', 1],
    ['another function', 'E[1] := SX(b,d):', 'unexpected', 1],
    ['a bracket too few', 'E[1] := SB(b,d:', 'unexpected', 1],
    ['no index', 'E := SB(b,d):', 'unexpected', 1],
    ['a name that never ends', 'a'.repeat(5000), 'unexpected', 1],
    ['an end too early', 'E[1] := SB(b,d)\n+2*SB(c', 'cut-short', 2],
    ['an end before the colon', 'E[1] := SB(b,d)', 'cut-short', 1],
    ['an end inside a number', 'E[1] := SB(b,d)+14', 'cut-short', 1],
    ['nothing', ' # nothing\n', 'no-terms', 0],
  ])('with %s is refused by its line', (_, text, code, line) => {
    expect(() => symbolsFromMaple(pieces(text, 1500), FORM_FACTOR, 'e.m')).toThrow(
      expect.objectContaining({ code, data: expect.objectContaining({ file: 'e.m', line }) }),
    );
    expect(() => symbolsFromMaple(pieces(text, 2), FORM_FACTOR, 'e.m')).toThrow(expect.objectContaining({ code }));
  });

  test('wants names that Maple reads', () => {
    const odd = createAlphabet({ name: 'odd', variables: ['x'], letters: [{ name: '+', argument: 'x' }] });
    expect(() => maple(PolylogSymbol.from(odd, [['+', 1]]))).toThrow(expect.objectContaining({ code: 'bad-name' }));
    expect(() => [...symbolToMaple(one, 'E symb')]).toThrow(expect.objectContaining({ code: 'bad-name' }));
    expect(() => [...symbolToMaple(one, 'E', -1)]).toThrow(expect.objectContaining({ code: 'bad-name' }));
  });
});

test('random damage is read as some symbol or refused with a line, and nothing else', () => {
  const texts = [tsv(two), maple(two)];
  fc.assert(
    fc.property(
      fc.nat(1),
      fc.nat(200),
      fc.string({ maxLength: 3, unit: 'binary' }),
      fc.nat(4),
      (which, at, text, cut) => {
        const damaged = texts[which].slice(0, at) + text + texts[which].slice(at + cut);
        try {
          if (which === 0) symbolFromTsv(damaged, FORM_FACTOR, 'f');
          else symbolsFromMaple(damaged, FORM_FACTOR, 'f');
        } catch (error) {
          expect((error as Error).name).toBe('FormatError');
        }
      },
    ),
    { numRuns: 2000 },
  );
});
