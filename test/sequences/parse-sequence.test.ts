import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AnsatzError, FormatError } from '../../src/core/index.ts';
import { guessSequence } from '../../src/sequences/index.ts';
import { parseSequence } from '../../src/sequences/parse-sequence.ts';

function faultOf(text: string): { code: string; line: unknown; message: string } {
  try {
    parseSequence(text, 'terms.txt');
  } catch (error) {
    if (error instanceof FormatError) return { code: error.code, line: error.data['line'], message: error.message };
  }
  throw new Error(`${JSON.stringify(text)} is read`);
}

describe('terms', () => {
  test.each([
    ['1,2,4,7', ['1', '2', '4', '7']],
    [' 1 2\t4   7 ', ['1', '2', '4', '7']],
    ['1\n2\r\n4\r7\n\n', ['1', '2', '4', '7']],
    ['1, 2,\n4, 7,\n', ['1', '2', '4', '7']],
    ['{1, 2, 4, 7}', ['1', '2', '4', '7']],
    ['[1;2;4;7, ...]', ['1', '2', '4', '7']],
    ['(1 2 4 7)', ['1', '2', '4', '7']],
    ['1, 2, 4, 7, ...', ['1', '2', '4', '7']],
    ['1, 2, 4, 7 …', ['1', '2', '4', '7']],
    ['# lazy caterer\n1,2 # two\n4,7', ['1', '2', '4', '7']],
    ['\uFEFF-1, \u22122, +3', ['-1', '-2', '+3']],
    ['1/2 -3/4 0.25 .5 1e3', ['1/2', '-3/4', '0.25', '.5', '1e3']],
    ['1 2', ['1', '2']],
  ])('%j', (text, terms) => {
    expect(parseSequence(text)).toEqual({ terms });
  });

  test.each([
    ['', 'no-terms', 0],
    ['# nothing\n\n', 'no-terms', 0],
    ['{}', 'no-terms', 0],
    ['1,2,x,4', 'bad-term', 1],
    ['1,2\n3,NaN', 'bad-term', 2],
    ['1,Infinity', 'bad-term', 1],
    ['1,2/', 'bad-term', 1],
    ['1..2', 'bad-term', 1],
    ['1,,2', 'missing-term', 1],
    [',1', 'missing-term', 1],
    ['...', 'missing-term', 1],
    ['1,2}', 'unmatched-bracket', 1],
    ['{1,2', 'unmatched-bracket', 0],
    ['{1,2]', 'unmatched-bracket', 1],
    ['{1,{2}}', 'unmatched-bracket', 1],
    ['[1,2] 3', 'bad-term', 1],
    ['1, 2, ... 3', 'bad-term', 1],
    ['1'.repeat(1_000_001), 'too-long', 1],
  ])('%# are refused with code and line', (text, code, line) => {
    expect(faultOf(text)).toMatchObject({ code, line });
  });

  test('the message names file, line and column, and stays short', () => {
    expect(faultOf('1,2\n  4, abc').message).toBe(
      'terms.txt, line 2: "abc", at column 6, is not a number (give integers, fractions such as -3/4, or decimals)',
    );
    expect(faultOf(`1,${'y'.repeat(5000)}`).message.length).toBeLessThan(200);
  });
});

describe('b-files', () => {
  test('give the terms and the first index', () => {
    expect(parseSequence('# A000290\n\n1 1\n2 4 # four\n 3 9\n4\t16\n')).toEqual({
      terms: ['1', '4', '9', '16'],
      start: 1,
    });
    expect(parseSequence('-1 5\n0 6').start).toBe(-1);
  });

  test.each([
    ['0 1\n1 2\n3 4', 'index-gap', 3],
    ['0 1\n0 2', 'index-gap', 2],
    ['0 1\n1 2\n2', 'bad-term', 3],
    ['0 1\n1 2\n2 3 4', 'bad-term', 3],
    ['# b\n0 1\n1 2\nx 3', 'bad-index', 4],
    ['0 1\n1 2\n2 abc', 'bad-term', 3],
    ['99999999999999999999 1\n99999999999999999999 2', 'bad-index', 1],
  ])('%j is refused with its line', (text, code, line) => {
    expect(faultOf(text)).toMatchObject({ code, line });
  });
});

describe('any text', () => {
  const terms = fc.array(fc.bigInt().map(String), { minLength: 1, maxLength: 20 });

  test('gives terms or a typed error', () => {
    const alphabet = fc.constantFrom(...'0123456789+-/.,;{}[]()# \n\te…xn'.split(''));
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: alphabet, maxLength: 60 }));
    fc.assert(
      fc.property(text, (given) => {
        try {
          const read = parseSequence(given);
          expect(read.terms.length).toBeGreaterThan(0);
          expect(read.terms.every((term) => /^[+-]?[\d.]/.test(term))).toBe(true);
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
          expect(error.message).not.toMatch(/\n/);
        }
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test('every way to write a sequence is read alike', () => {
    fc.assert(
      fc.property(terms, fc.integer({ min: -5, max: 5 }), (given, start) => {
        for (const [open, separator, close] of [
          ['', ',', ''],
          ['{', ', ', '}'],
          ['[', ' ', ', ...]'],
        ]) {
          expect(parseSequence(open + given.join(separator) + close).terms).toEqual(given);
        }
        const rows = given.map((term, i) => `${start + i} ${term}`).join('\n');
        if (given.length > 1) expect(parseSequence(rows)).toEqual({ terms: given, start });
      }),
      { seed: 2 },
    );
  });

  test('what is read, the guesser takes or refuses with a typed error', async () => {
    const word = fc.oneof(fc.bigInt().map(String), fc.constantFrom('1/0', '-3/4', '.5', '1e6', '0/5', '+7'));
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 6 }), async (given) => {
        try {
          await guessSequence(parseSequence(given.join()).terms, { timeLimit: 0.05 });
        } catch (error) {
          if (!(error instanceof AnsatzError)) throw error;
        }
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  test('a long text is read at once', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => i * i).join(', ');
    const began = performance.now();
    expect(parseSequence(many).terms).toHaveLength(100_000);
    expect(() => parseSequence('{'.repeat(1_000_000))).toThrow(FormatError);
    expect(() => parseSequence('1'.repeat(999_999).concat('x'))).toThrow(FormatError);
    expect(performance.now() - began).toBeLessThan(3000);
  });
});
