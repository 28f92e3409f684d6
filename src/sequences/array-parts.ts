/** The entry so many rows up and columns to the left. */
type Entry = (rowsUp: number, columnsLeft: number) => bigint;

/** Something that u(n, k) may be a sum of. */
export interface ArrayPart {
  readonly text: string;
  readonly latex: string;
  /** Whether it reads entries of the array. */
  readonly reads: boolean;
  readonly at: (entry: Entry, n: bigint, k: bigint) => bigint;
}

type Weight = '' | 'n' | 'k';

function entry(rowsUp: number, columnsLeft: number, weight: Weight = ''): ArrayPart {
  const index = (name: string, back: number): string => (back === 0 ? name : `${name}-${back}`);
  const place = `${index('n', rowsUp)},${index('k', columnsLeft)}`;
  return {
    text: `${weight ? `${weight}*` : ''}u(${place})`,
    latex: `${weight ? `${weight} ` : ''}u_{${place}}`,
    reads: true,
    at: (get, n, k) => get(rowsUp, columnsLeft) * (weight === '' ? 1n : weight === 'n' ? n : k),
  };
}

function power(i: number, j: number): ArrayPart {
  const one = (name: string, exponent: number): string[] =>
    exponent === 0 ? [] : [exponent === 1 ? name : `${name}^${exponent}`];
  const factors = [...one('n', i), ...one('k', j)];
  return {
    text: factors.join('*') || '1',
    latex: factors.join(' ') || '1',
    reads: false,
    at: (_, n, k) => n ** BigInt(i) * k ** BigInt(j),
  };
}

function polynomials(degree: number): ArrayPart[] {
  const parts: ArrayPart[] = [];
  for (let total = 0; total <= degree; total++) for (let i = total; i >= 0; i--) parts.push(power(i, total - i));
  return parts;
}

const [UP, SIDE, CORNER] = [entry(1, 0), entry(0, 1), entry(1, 1)];
const weighted = (rowsUp: number, columnsLeft: number): ArrayPart[] => [
  entry(rowsUp, columnsLeft),
  entry(rowsUp, columnsLeft, 'n'),
  entry(rowsUp, columnsLeft, 'k'),
];

/** Sums that are tried, the cheapest first. */
export const ARRAY_SETS: readonly (readonly ArrayPart[])[] = [
  polynomials(1),
  polynomials(2),
  polynomials(3),
  [UP],
  [SIDE],
  [CORNER],
  [UP, SIDE],
  [UP, CORNER],
  [SIDE, CORNER],
  [UP, SIDE, CORNER],
  [UP, SIDE, CORNER, power(0, 0)],
  weighted(1, 0),
  weighted(0, 1),
  [...weighted(1, 0), CORNER],
  [UP, ...weighted(1, 1)],
  [...weighted(1, 0), ...weighted(1, 1)],
  [...weighted(1, 0), ...weighted(0, 1)],
  [...weighted(1, 0), ...weighted(0, 1), ...weighted(1, 1)],
];
