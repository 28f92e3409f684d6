import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OptionError } from '../../src/core/index.ts';
import { farTerm, farTermModulo } from '../../src/sequences/far-terms.ts';
import { extendRecurrence } from '../../src/sequences/recurrence.ts';
import { KNOWN, recurrence } from './known-sequences.ts';

interface Row {
  readonly name: keyof typeof KNOWN;
  readonly index: number;
  readonly mod31: string;
  readonly mod61: string;
  readonly digits: number;
  readonly first: string;
  readonly last: string;
}

const path = fileURLToPath(new URL('../fixtures/pari/exact-algebra.json', import.meta.url));
const rows: Row[] = JSON.parse(readFileSync(path, 'utf8')).farTerms;
const P31 = 2n ** 31n - 1n;
const P61 = 2n ** 61n - 1n;

describe('far terms', () => {
  it.each(rows)('agree with PARI: $name at $index', ({ name, index, mod31, mod61, digits, first, last }) => {
    const { law, terms } = KNOWN[name];
    expect(farTermModulo(law, terms, 0, index, P31)).toBe(BigInt(mod31));
    expect(farTermModulo(law, terms, 0, index, P61)).toBe(BigInt(mod61));
    const value = farTerm(law, terms, 0, index);
    expect(value % P61).toBe(BigInt(mod61));
    expect(value % 10n ** 20n).toBe(BigInt(last));
    expect(value / 10n ** BigInt(digits - 20)).toBe(BigInt(first));
  });

  it('are those of one step after the other, constants and late starts included', () => {
    const laws = [
      { law: recurrence([[-2], [1]], [1]), terms: [0n] },
      { law: recurrence([[-1, -2], [3], [1]], [2, 0, 1]), terms: [1n, -4n] },
      { law: recurrence([[-1, 1], [1]], [0, 1]), terms: [2n] },
      { law: recurrence([[1], [0], [-3], [-1]], [1, 1]), terms: [1n, 2n, 3n] },
      { law: recurrence([[1]], [5, 1]), terms: [] },
      { law: recurrence([[0, 1]], [0, 0, 3]), terms: [] },
      { law: recurrence([[-4], [], [2]]), terms: [2n, 6n] },
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...laws),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (entry, n, start) => {
          const all = [...entry.terms, ...extendRecurrence(entry.law, entry.terms, start, 60)];
          const index = start + Math.min(n, all.length - 1);
          expect(farTerm(entry.law, entry.terms, start, index)).toBe(all[index - start]);
          for (const prime of [1009n, P31, P61]) {
            const rest = ((all[index - start] % prime) + prime) % prime;
            expect(farTermModulo(entry.law, entry.terms, start, index, prime)).toBe(rest);
          }
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  it('multiplies exactly below every prime of 31 bits', () => {
    for (const prime of [2147483629n, 2147483647n, 1073741827n, 65537n]) {
      expect(farTermModulo(recurrence([[-1, -1], [1]]), [1n], 0, 5000, prime)).toBe(factorial(5000n, prime));
    }
  });

  it('name the index that cannot be reached', () => {
    const law = recurrence([
      [-2, -4],
      [2, 1],
    ]);
    expect(() => farTermModulo(law, [1n], 0, 50, 31n)).toThrow(
      expect.objectContaining({ code: 'vanishing-leading-coefficient', data: { index: 30 } }),
    );
    expect(() => farTermModulo(recurrence([[1], [3]]), [1n], 0, 50, 3n)).toThrow(
      expect.objectContaining({ code: 'vanishing-leading-coefficient' }),
    );
    const gap = recurrence([
      [6, -2],
      [-3, 1],
    ]);
    for (const far of [() => farTerm(gap, [1n], 0, 99), () => farTermModulo(gap, [1n], 0, 99, P31)]) {
      expect(far).toThrow(expect.objectContaining({ data: { index: 4 } }));
    }
    expect(() => farTerm(recurrence([[-1], [2]]), [4n], 0, 99)).toThrow(
      expect.objectContaining({ code: 'not-an-integer' }),
    );
    for (const index of [-1, 0.5, Number.NaN, 1e12]) {
      expect(() => farTerm(law, [1n], 0, index)).toThrow(OptionError);
    }
    expect(() => farTermModulo(law, [1n], 0, 5, 1n)).toThrow(OptionError);
  });
});

function factorial(n: bigint, prime: bigint): bigint {
  let value = 1n;
  for (let k = 2n; k <= n; k++) value = (value * k) % prime;
  return value;
}
