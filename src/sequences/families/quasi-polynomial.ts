import type { Family, Law } from '../law.ts';
import { type Column, combinationOf } from './combination.ts';

const MOST_PERIOD = 12;
const MOST_DEGREE = 4;
const MOST_PERIODIC_DEGREE = 3;
const SURPLUS = 3;
const MOST_EXCEPTIONS = 2;

/** A polynomial, and a polynomial of lower degree for each residue of n; period 1 is left to polynomials. */
export const quasiPolynomial: Family = {
  name: 'quasi-polynomial',
  bits: 4,
  propose(problem) {
    const shapes: { period: number; degree: number; periodic: number; size: number }[] = [];
    for (let period = 2; period <= MOST_PERIOD; period++) {
      for (let periodic = 0; periodic <= MOST_PERIODIC_DEGREE; periodic++) {
        for (let degree = periodic; degree <= MOST_DEGREE; degree++) {
          const size = degree - periodic + period * (periodic + 1);
          // Each residue must be met once more than its coefficients ask for.
          const seen = Math.floor((problem.values.length - MOST_EXCEPTIONS) / period);
          if (seen < periodic + 2 || problem.values.length - size < SURPLUS) continue;
          shapes.push({ period, degree, periodic, size });
        }
      }
    }
    shapes.sort((a, b) => a.size - b.size);
    for (let exceptions = 0; exceptions <= MOST_EXCEPTIONS; exceptions++) {
      for (const { period, degree, periodic, size } of shapes) {
        if (problem.values.length - exceptions - size < SURPLUS) break;
        if (problem.isOver()) return [];
        const columns: Column[] = [];
        for (let k = 0; k <= degree; k++) {
          if (k > periodic) columns.push(power(k));
          else for (let r = 0; r < period; r++) columns.push(onResidue(k, r, period));
        }
        const law = combinationOf('quasi-polynomial', problem, columns, period + degree + periodic, exceptions);
        if (law) return [law];
      }
    }
    return [] as Law[];
  },
};

function power(k: number): Column {
  const text = k === 0 ? '1' : k === 1 ? 'n' : `n^${k}`;
  return { text, latex: k > 1 ? `n^{${k}}` : text, at: (n) => BigInt(n) ** BigInt(k) };
}

function onResidue(k: number, r: number, period: number): Column {
  const { text, latex, at } = power(k);
  const factor = text === '1' ? '' : `${text}*`;
  return {
    text: `${factor}[n mod ${period} = ${r}]`,
    latex: `${latex === '1' ? '' : latex} [n \\equiv ${r} \\bmod ${period}]`,
    at: (n) => (((n % period) + period) % period === r ? at(n) : 0n),
  };
}
