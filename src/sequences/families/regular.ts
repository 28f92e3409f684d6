import { primitive, Rational, rationalNullspace } from '../../numerics/index.ts';
import { bitsOf, integerBits } from '../bits.ts';
import type { Family, Law, Problem } from '../law.ts';
import { sumText } from '../sum-text.ts';
import { columnsMatrix } from './integer-columns.ts';

/** What u(k n + r) may be a sum of: u(n), u(n + 1), u(n - 1), 1, n, in sets from the cheapest up. */
const SETS: readonly (readonly Part[])[] = [
  ['u(n)'],
  ['u(n)', '1'],
  ['u(n)', '1', 'n'],
  ['u(n)', 'u(n+1)'],
  ['u(n)', 'u(n-1)'],
  ['u(n)', 'u(n+1)', '1'],
  ['u(n)', 'u(n-1)', '1'],
  ['u(n)', 'u(n+1)', '1', 'n'],
  ['u(n)', 'u(n-1)', '1', 'n'],
];
type Part = 'u(n)' | 'u(n+1)' | 'u(n-1)' | '1' | 'n';

/** The law of one section: parts and their coefficients, over a denominator. */
interface Section {
  readonly base: number;
  readonly rest: number;
  readonly parts: readonly Part[];
  readonly factors: readonly bigint[];
  readonly denominator: bigint;
  readonly surplus: number;
}

const BASES = [2, 3];
/** Equations at least, in all sections together, beyond those that fix the law. */
const SURPLUS = 3;

/** u(k n + r) from u(n) and its neighbours, for each residue r: k-regular sequences, of the first order. */
export const regular: Family = {
  name: 'regular',
  bits: 6,
  propose(problem) {
    const laws: Law[] = [];
    for (const base of BASES) {
      // Indices from the one that was given, or from 1 at the first term.
      for (const start of new Set([problem.start, 1, 0])) {
        const law = lawOf(problem, base, start);
        if (law) laws.push(law);
      }
    }
    return laws;
  },
};

function lawOf({ values }: Problem, base: number, start: number): Law | undefined {
  if (start < 0) return undefined;
  const sections: Section[] = [];
  for (let rest = 0; rest < base; rest++) {
    const section = sectionOf(values, start, base, rest);
    if (!section) return undefined;
    sections.push(section);
  }
  const surplus = sections.reduce((sum, section) => sum + section.surplus, 0);
  if (surplus < SURPLUS) return undefined;
  const initial = values.slice(0, Math.max(0, firstIndex(base) - start));
  const coefficients = sections.flatMap(({ factors, denominator }) => [...factors, denominator]);
  const formula = sections.map((section) => textOf(section)).join(', ');
  return {
    kind: `${base}-regular`,
    formula,
    latex: sections
      .map((section) =>
        textOf(section)
          .replaceAll('*', ' ')
          .replace(/u\(([^)]*)\)/g, 'u_{$1}'),
      )
      .join(',\\ '),
    bits:
      integerBits(BigInt(base)) + bitsOf(coefficients) + 3 * sections.length + bitsOf(initial) + (start === 0 ? 0 : 1),
    surplus,
    reach: base + sections.reduce((sum, { parts }) => sum + parts.length, 0),
    coefficients,
    initial,
    extend: (count) => extend(values, start, sections, count),
  };
}

/** The first index that a section gives: a neighbour on the right lies among the terms before. */
function firstIndex(base: number): number {
  return base === 2 ? 3 : base;
}

function sectionOf(values: readonly bigint[], start: number, base: number, rest: number): Section | undefined {
  const indices: number[] = [];
  for (let at = Math.max(start, firstIndex(base)); at < start + values.length; at++) {
    if (at % base === rest) indices.push((at - rest) / base);
  }
  const term = (n: number): bigint | undefined => values[n - start];
  for (const parts of SETS) {
    const usable = indices.filter((n) => parts.every((part) => partAt(part, n, term) !== undefined));
    if (usable.length < indices.length || usable.length < parts.length + 1) continue;
    const columns = parts.map((part) => usable.map((n) => partAt(part, n, term) as bigint));
    const target = usable.map((n) => term(base * n + rest) as bigint);
    const solution = rationalNullspace(columnsMatrix([...columns, target]), parts.length + 1).find(
      (vector) => vector[parts.length] !== 0n,
    );
    if (!solution) continue;
    const vector = primitive(solution);
    return {
      base,
      rest,
      parts,
      factors: vector.slice(0, -1).map((value) => -value),
      denominator: vector[parts.length],
      surplus: usable.length - parts.length,
    };
  }
  return undefined;
}

function partAt(part: Part, n: number, term: (n: number) => bigint | undefined): bigint | undefined {
  if (part === '1') return 1n;
  if (part === 'n') return BigInt(n);
  return term(part === 'u(n)' ? n : part === 'u(n+1)' ? n + 1 : n - 1);
}

function extend(
  values: readonly bigint[],
  start: number,
  sections: readonly Section[],
  count: number,
): Rational[] | undefined {
  const terms = [...values];
  for (let i = 0; i < count; i++) {
    const at = start + terms.length;
    const { base, rest, parts, factors, denominator } = sections[at % sections.length];
    const n = (at - rest) / base;
    let sum = 0n;
    for (let c = 0; c < parts.length; c++) {
      const value = partAt(parts[c], n, (index) => terms[index - start]);
      if (value === undefined) return undefined;
      sum += factors[c] * value;
    }
    if (sum % denominator !== 0n) return undefined;
    terms.push(sum / denominator);
  }
  return terms.slice(values.length).map((value) => Rational.of(value));
}

function textOf({ base, rest, parts, factors, denominator }: Section): string {
  const names = parts.map((part) => ({ text: part, latex: part }));
  return `u(${base}*n${rest > 0 ? `+${rest}` : ''}) = ${sumText(names, factors, denominator, false)}`;
}
