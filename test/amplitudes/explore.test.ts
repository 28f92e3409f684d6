import { beforeAll, describe, expect, test } from 'vitest';
import {
  bootstrapSymbol,
  connectWords,
  exploreWord,
  FORM_FACTOR,
  FORM_FACTOR_LOOPS,
  formFactorRelations,
  isAdmissible,
  LADDER,
  PolylogSymbol,
  wordText,
} from '../../src/amplitudes/index.ts';

let threeLoops: PolylogSymbol;
beforeAll(async () => {
  threeLoops = (await bootstrapSymbol(3)).symbol;
});

/** Every word that letters and adjacency allow. */
function admissible(weight: number): string[] {
  const words: string[] = [];
  for (let key = 0; key < 6 ** weight; key++) {
    const word = wordText(FORM_FACTOR, weight, key);
    if (
      isAdmissible(
        FORM_FACTOR,
        Array.from(word, (name) => FORM_FACTOR.letter(name)),
      )
    )
      words.push(word);
  }
  return words;
}

describe('the relations', () => {
  test('hold those that are published, with whole numbers', () => {
    const texts = formFactorRelations().map(({ text }) => text);
    for (const text of [
      'F(ab) + F(ac) - F(ba) - F(ca) = 0',
      'F(ac) + F(bc) - F(ca) - F(cb) = 0',
      'F(aab) + F(abb) + F(acb) = 0',
      'F(bd) - F(cd) = 0',
      'F(aaf) - 2 F(abf) + F(bbf) = 0',
    ]) {
      expect(texts).toContain(text);
    }
    expect(formFactorRelations().every(({ factors }) => factors.every(Number.isInteger))).toBe(true);
  });
});

describe('exploreWord', () => {
  test('every relation of every word at three loops adds up to zero, and the word stands in it', () => {
    let checked = 0;
    for (const word of admissible(6)) {
      const { coefficient, relations, forbidden } = exploreWord(threeLoops, word);
      expect(forbidden).toBeUndefined();
      expect(BigInt(coefficient)).toBe(threeLoops.coefficient(word));
      let last = 0;
      for (const { terms, others } of relations) {
        checked++;
        const own = terms.find((term) => term.word === word);
        const rest = terms.filter((term) => term.word !== word && term.coefficient !== 0);
        const sum = rest.reduce((total, term) => total + term.factor * term.coefficient, 0);
        if (!own || own.factor * coefficient + sum !== 0) throw new Error(`${word}: ${JSON.stringify(terms)}`);
        expect(others).toBe(rest.length);
        expect(others).toBeGreaterThanOrEqual(last);
        last = others;
      }
    }
    expect(checked).toBeGreaterThan(5000);
  });

  test('says why a word has no coefficient', () => {
    const reason = (word: string): string | undefined => exploreWord(FORM_FACTOR_LOOPS[1], word).forbidden;
    expect(reason('daaf')).toBe('no word begins with d');
    expect(reason('aafa')).toBe('no word ends with a');
    expect(reason('aadf')).toBe('a and d do not stand side by side');
    expect(reason('aaaf')).toBeUndefined();
    expect(exploreWord(FORM_FACTOR_LOOPS[1], 'aadf').relations).toEqual([]);
  });

  test('gives the orbit with its coefficients', () => {
    const { orbit } = exploreWord(FORM_FACTOR_LOOPS[1], 'afff');
    expect(orbit.map(({ word }) => word)).toEqual(['aeee', 'afff', 'bddd', 'bfff', 'cddd', 'ceee']);
    expect(orbit.every(({ coefficient }) => coefficient === 8)).toBe(true);
  });

  test('refuses words and symbols that it cannot explore', () => {
    expect(() => exploreWord(threeLoops, 'aaf')).toThrow('3 letters');
    expect(() => exploreWord(threeLoops, 'aaaaxf')).toThrow('not a letter');
    expect(() => exploreWord(PolylogSymbol.from(LADDER, [['zy', 1]]), 'zy')).toThrow('letters of the form factor');
  });
});

describe('connectWords', () => {
  /** Distances from a word by a plain search, written apart from the one that is tested. */
  function distances(from: string, words: readonly string[]): Map<string, number> {
    const allowed = new Set(words);
    const texts = formFactorRelations().map((relation) => ({
      ...relation,
      names: relation.words.map((key) => wordText(FORM_FACTOR, relation.length, key)),
    }));
    const reached = new Map([[from, 0]]);
    for (const word of reached.keys()) {
      for (const { names, length, atFront } of texts) {
        for (let at = 0; at + length <= (atFront ? length : word.length); at++) {
          if (!names.includes(word.slice(at, at + length))) continue;
          for (const name of names) {
            const next = word.slice(0, at) + name + word.slice(at + length);
            if (allowed.has(next) && !reached.has(next)) reached.set(next, reached.get(word)! + 1);
          }
        }
      }
    }
    return reached;
  }

  test('is as short as can be for every pair of words at two loops', () => {
    const words = admissible(4);
    for (const from of words) {
      const reached = distances(from, words);
      for (const to of words)
        expect([from, to, connectWords(from, to).steps?.length]).toEqual([from, to, reached.get(to)]);
    }
  });

  test('goes from word to word, by relations that hold both', () => {
    const { steps } = connectWords('aaaaaf', 'bddddd');
    expect(steps![0].from).toBe('aaaaaf');
    expect(steps!.at(-1)!.to).toBe('bddddd');
    steps!.forEach(({ from, to, relation, at, kind }, i) => {
      if (i > 0) expect(steps![i - 1].to).toBe(from);
      const length = kind === 'pair' ? 2 : relation.indexOf(')') - relation.indexOf('(') - 1;
      expect(relation).toContain(`F(${from.slice(at, at + length)})`);
      expect(relation).toContain(`F(${to.slice(at, at + length)})`);
      expect(from.slice(0, at) + from.slice(at + length)).toBe(to.slice(0, at) + to.slice(at + length));
    });
  });

  test('says when the bound ended the search, and when there is nothing more to look at', () => {
    const far = connectWords('aaaaaaaaaaaf', 'bddddddddddd', 100);
    expect(far).toMatchObject({ steps: undefined, bounded: true });
    expect(far.visited).toBeLessThan(500);
    expect(connectWords('aaaf', 'aaaf').steps).toEqual([]);
    expect(() => connectWords('aaaf', 'aaf')).toThrow('3 letters');
    expect(() => connectWords('aaaf', 'aadf')).toThrow('no coefficient');
    expect(() => connectWords('aaaf', 'aaxf')).toThrow('not a letter');
  });
});
