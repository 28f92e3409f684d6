import type { Family, Law } from '../law.ts';
import { type Ansatz, type Monomial, relationOf } from './monomials.ts';

/** Factors u(n - i), n^k of a monomial. */
interface Factors {
  readonly lags: readonly number[];
  readonly n?: number;
}

/** Somos-like products of two terms, for each order: u(n) u(n - r) against the inner pairs. */
function somos(order: number): Factors[] {
  const pairs: Factors[] = [];
  for (let i = Math.floor(order / 2); i >= 0; i--) pairs.push({ lags: [i, order - i] });
  return pairs;
}

/** Polynomials of degree two in the last terms, the newest linear; the cheap ones first. */
const TABLES: readonly (readonly Factors[])[] = [
  [
    { lags: [] },
    { lags: [1] },
    { lags: [0] },
    { lags: [1, 1] },
    { lags: [], n: 1 },
    { lags: [1], n: 1 },
    { lags: [0, 1] },
    { lags: [1, 2] },
    { lags: [2] },
    { lags: [2, 2] },
    { lags: [0, 2] },
  ],
  [{ lags: [1, 2] }, { lags: [1] }, { lags: [2] }, { lags: [0] }, { lags: [] }],
  [{ lags: [1, 1] }, { lags: [0, 2] }, { lags: [], n: 0 }, { lags: [1] }],
  somos(4),
  [...somos(5)],
  [...somos(6)],
  [...somos(7)],
  [{ lags: [1, 1, 1] }, { lags: [1, 1] }, { lags: [1] }, { lags: [0] }, { lags: [] }],
  [{ lags: [1, 2, 3] }, { lags: [1, 2] }, { lags: [0] }],
];

/** Recurrences that are polynomials in the terms before: sum of monomials in u(n), u(n - 1), ... and n is 0. */
export const nonlinear: Family = {
  name: 'nonlinear',
  bits: 6,
  propose(problem) {
    const laws: Law[] = [];
    for (const table of TABLES) {
      const law = relationOf(ansatzOf(table, problem.start), problem);
      if (law) laws.push(law);
    }
    return laws;
  },
};

function ansatzOf(table: readonly Factors[], start: number): Ansatz {
  const order = Math.max(...table.flatMap(({ lags }) => lags), 0);
  return {
    kind: 'nonlinear',
    monomials: table.map(nameOf),
    bits: 4,
    initial: order,
    evaluate: (terms) =>
      table.map(({ lags, n = 0 }) =>
        Array.from({ length: Math.max(0, terms.length - order) }, (_, i) =>
          lags.reduce((product, lag) => product * terms[i + order - lag], BigInt(start + i + order) ** BigInt(n)),
        ),
      ),
  };
}

function nameOf({ lags, n = 0 }: Factors): Monomial {
  const counts = new Map<number, number>();
  for (const lag of lags) counts.set(lag, (counts.get(lag) ?? 0) + 1);
  const names = (latex: boolean): string[] => [
    ...(n > 0 ? [n > 1 ? `n^${n}` : 'n'] : []),
    ...[...counts].map(([lag, count]) => {
      const term = latex ? `u_{${lag === 0 ? 'n' : `n-${lag}`}}` : lag === 0 ? 'u(n)' : `u(n-${lag})`;
      return count > 1 ? `${term}^${count}` : term;
    }),
  ];
  return { text: names(false).join('*') || '1', latex: names(true).join(' ') || '1' };
}
