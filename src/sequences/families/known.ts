import { KNOWN_FUNCTIONS, type KnownFunction } from '../known/known-functions.ts';
import type { Family, Law, Problem } from '../law.ts';
import { type Column, combinationOf } from './combination.ts';

/** Bits that name one known function, and its index. */
const NAME_BITS = Math.log2(KNOWN_FUNCTIONS.length) + 2;
/** Steps by which the index may be moved. */
const MOVES = [0, 1, -1, 2];

const ONE: Column = { text: '1', latex: '1', at: () => 1n };
const INDEX: Column = { text: 'n', latex: 'n', at: (n) => BigInt(n) };

/** a f(n) + b + c n, f a known function; products and divisor sums of two. */
export const known: Family = {
  name: 'known functions',
  bits: 5,
  propose(problem) {
    const laws: Law[] = [];
    for (const start of new Set([problem.start, 1])) {
      const placed = { ...problem, start };
      const bits = start === problem.start ? NAME_BITS : NAME_BITS + 1;
      for (const law of [...single(placed, bits), ...pairs(placed, bits)]) laws.push(law);
      if (laws.length > 0) break;
    }
    return laws;
  },
};

/** A known function alone, which is what a transform may lead to; with more beside it chance would find too much. */
export const knownAlone: Family = {
  name: 'known functions',
  bits: 5,
  propose: (problem) => single(problem, NAME_BITS, true),
};

function single(problem: Problem, bits: number, alone = false): Law[] {
  for (const move of MOVES) {
    for (const known of KNOWN_FUNCTIONS) {
      if (known.text === '1' || known.text === 'n' || known.text === 'n^2') continue;
      if (problem.start + move < known.first) continue;
      const column = moved(known, move);
      for (const columns of alone ? [[column]] : [[column], [column, ONE], [column, INDEX], [column, ONE, INDEX]]) {
        const law = combinationOf('known functions', problem, columns, bits + Math.abs(move));
        if (law && law.coefficients[0] !== 0n) return [law];
      }
    }
  }
  return [];
}

function moved({ text, latex, at }: KnownFunction, move: number): Column {
  if (move === 0) return { text, latex, at };
  const index = move > 0 ? `n+${move}` : `n${move}`;
  const rename = (name: string): string => name.replace(/\bn\b|(?<=_)n/g, (n) => (n === 'n' ? index : n));
  return { text: rename(text), latex: rename(latex), at: (n) => at(n + move) };
}

/** Ways to join two functions f and g. */
const JOINS: readonly {
  readonly text: (f: string, g: string) => string;
  readonly latex: (f: string, g: string) => string;
  readonly at: (f: KnownFunction, g: KnownFunction, n: number) => bigint;
}[] = [
  {
    text: (f, g) => `${f}*${g}`,
    latex: (f, g) => `${f} ${g}`,
    at: (f, g, n) => f.at(n) * g.at(n),
  },
  {
    text: (f, g) => `sum(${f.replace('(n)', '(d)')}*${g.replace('(n)', '(n/d)')}, d divides n)`,
    latex: (f, g) => `\\sum_{d | n} ${f.replace('(n)', '(d)')} ${g.replace('(n)', '(n/d)')}`,
    at: (f, g, n) => {
      let sum = 0n;
      for (let d = 1; d <= n; d++) if (n % d === 0) sum += f.at(d) * g.at(n / d);
      return sum;
    },
  },
];

/** c f(n) g(n) and c sum_{d | n} f(d) g(n / d), f and g multiplicative, c = u(1). */
function pairs(problem: Problem, bits: number): Law[] {
  const { values, start } = problem;
  if (start !== 1 || values[0] === 0n || values.length < 6) return [];
  const functions = KNOWN_FUNCTIONS.filter(({ multiplicative }) => multiplicative);
  for (const { text, latex, at } of JOINS) {
    for (const [i, f] of functions.entries()) {
      for (const g of functions.slice(i)) {
        // The first terms tell most pairs apart.
        if (!values.every((value, n) => value === values[0] * at(f, g, n + 1))) continue;
        const column = { text: text(f.text, g.text), latex: latex(f.latex, g.latex), at: (n: number) => at(f, g, n) };
        const law = combinationOf('known functions', problem, [column], 2 * bits + 1);
        if (law) return [law];
      }
    }
  }
  return [];
}
