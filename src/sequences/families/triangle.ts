import { primitive, Rational, rationalNullspace } from '../../numerics/index.ts';
import { bitsOf } from '../bits.ts';
import type { Family, Law } from '../law.ts';
import { sumText } from '../sum-text.ts';
import { columnsMatrix } from './integer-columns.ts';

/** T(n, k) of any n, k: 0 outside 0 <= k <= n. */
type Cell = (n: number, k: number) => bigint;

/** Something that T(n, k) may be a sum of. */
interface Part {
  readonly text: string;
  readonly latex: string;
  readonly at: (cell: Cell, n: number, k: number) => bigint;
}

/** T of a cell before, times a power of n or k. */
function before(rows: number, columns: number, factor: '' | 'n' | 'k' = ''): Part {
  const index = (name: string, back: number): string => (back === 0 ? name : `${name}-${back}`);
  const place = `${index('n', rows)},${index('k', columns)}`;
  return {
    text: `${factor ? `${factor}*` : ''}T(${place})`,
    latex: `${factor ? `${factor} ` : ''}T_{${place}}`,
    at: (cell, n, k) => cell(n - rows, k - columns) * weight(factor, n, k),
  };
}

function weight(factor: '' | 'n' | 'k', n: number, k: number): bigint {
  return factor === '' ? 1n : BigInt(factor === 'n' ? n : k);
}

/** A polynomial n^i k^j. */
function power(i: number, j: number): Part {
  const one = (name: string, exponent: number): string =>
    exponent === 0 ? '' : exponent === 1 ? name : `${name}^${exponent}`;
  const text = [one('n', i), one('k', j)].filter((part) => part !== '').join('*') || '1';
  return { text, latex: text.replaceAll('*', ' '), at: (_, n, k) => BigInt(n) ** BigInt(i) * BigInt(k) ** BigInt(j) };
}

const [UP, LEFT, SIDE, SKIP] = [before(1, 0), before(1, 1), before(0, 1), before(2, 1)];
const ONE = power(0, 0);

/** Sums that are tried, the cheapest first. */
const SETS: readonly (readonly Part[])[] = [
  [ONE, power(1, 0), power(0, 1)],
  [UP],
  [LEFT],
  [SIDE],
  [UP, LEFT],
  [UP, SIDE],
  [SIDE, LEFT],
  [UP, LEFT, ONE],
  [UP, LEFT, SIDE],
  [UP, LEFT, SKIP],
  [UP, before(1, 0, 'k'), LEFT],
  [UP, before(1, 0, 'n'), LEFT],
  [UP, before(1, 0, 'k'), before(1, 0, 'n'), LEFT],
  [UP, LEFT, before(1, 1, 'k'), before(1, 1, 'n')],
  [UP, before(1, 0, 'k'), LEFT, before(1, 1, 'k'), before(1, 1, 'n')],
  [LEFT, before(1, 1, 'n')],
  [UP, before(1, 0, 'n')],
  [SIDE, before(0, 1, 'n'), before(0, 1, 'k')],
  [ONE, power(1, 0), power(0, 1), power(1, 1), power(2, 0), power(0, 2)],
  [UP, LEFT, before(1, 2)],
  [UP, LEFT, SKIP, before(2, 0), before(2, 2)],
  [UP, before(1, 0, 'k'), before(1, 0, 'n'), LEFT, before(1, 1, 'k'), before(1, 1, 'n')],
];

/** Equations at least beyond those that fix the sum. */
const SURPLUS = 4;
/** Cells on the edges whose values may be given instead: none, the left edge, both. */
const EDGES = [0, 1, 2];

/** Triangles by rows: T(n, k), 0 <= k <= n, as a sum over the cells before. */
export const triangle: Family = {
  name: 'triangle',
  bits: 7,
  propose({ values, isOver }) {
    if (values.length < 10) return [];
    const laws: Law[] = [];
    for (const edges of EDGES) {
      for (const parts of SETS) {
        if (isOver()) return laws;
        const law = lawOf(values, parts, edges);
        if (!law) continue;
        laws.push(law);
        return laws;
      }
    }
    return laws;
  },
};

function placeOf(index: number): [number, number] {
  const n = Math.floor((Math.sqrt(8 * index + 1) - 1) / 2);
  return [n, index - (n * (n + 1)) / 2];
}

function lawOf(values: readonly bigint[], parts: readonly Part[], edges: number): Law | undefined {
  const cellOf =
    (terms: readonly bigint[]): Cell =>
    (n, k) =>
      k < 0 || k > n || n < 0 ? 0n : (terms[(n * (n + 1)) / 2 + k] ?? 0n);
  // An edge that is given must go on as it is: one value all along.
  const left = values[1];
  const right = values[2];
  const isEdge = (n: number, k: number): boolean => n > 0 && ((edges > 0 && k === 0) || (edges > 1 && k === n));
  const cells = values.map((_, i) => placeOf(i)).slice(1);
  for (const [n, k] of cells) {
    if (isEdge(n, k) && cellOf(values)(n, k) !== (k === 0 ? left : right)) return undefined;
  }
  const inner = cells.filter(([n, k]) => !isEdge(n, k));
  const surplus = inner.length - parts.length;
  if (surplus < SURPLUS) return undefined;
  const cell = cellOf(values);
  const columns = parts.map((part) => inner.map(([n, k]) => part.at(cell, n, k)));
  const target = inner.map(([n, k]) => cell(n, k));
  const solution = rationalNullspace(columnsMatrix([...columns, target]), parts.length + 1).find(
    (vector) => vector[parts.length] !== 0n,
  );
  if (!solution) return undefined;
  const vector = primitive(solution);
  const denominator = vector[parts.length];
  const factors = vector.slice(0, -1).map((value) => -value);
  const used = factors.filter((factor) => factor !== 0n).length;
  if (used === 0) return undefined;
  const initial = [values[0], ...(edges > 0 ? [left] : []), ...(edges > 1 ? [right] : [])];
  const edge = ['', `, T(n,0) = ${left}`, `, T(n,0) = ${left}, T(n,n) = ${right}`][edges];
  const start = `, T(0,0) = ${values[0]}`;
  const right2 = (latex: boolean): string => sumText(parts, factors, denominator, latex);
  return {
    kind: 'triangle',
    formula: `T(n,k) = ${right2(false)}${edge}${start}`,
    latex: `T_{n,k} = ${right2(true)}${edge}${start}`,
    bits: bitsOf(vector) + bitsOf(initial) + Math.log2(SETS.length),
    surplus,
    reach: parts.length + edges,
    coefficients: vector,
    initial,
    extend(count) {
      const terms = [...values];
      const now = cellOf(terms);
      for (let i = 0; i < count; i++) {
        const [n, k] = placeOf(terms.length);
        if (isEdge(n, k)) {
          terms.push(k === 0 ? left : right);
          continue;
        }
        const sum = parts.reduce((total, part, c) => total + factors[c] * part.at(now, n, k), 0n);
        if (sum % denominator !== 0n) return undefined;
        terms.push(sum / denominator);
      }
      return terms.slice(values.length).map((value) => Rational.of(value));
    },
  };
}
