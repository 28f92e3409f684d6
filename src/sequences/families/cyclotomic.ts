import { polynomialText, Rational } from '../../numerics/index.ts';
import { bitsOf } from '../bits.ts';
import type { Family, Law } from '../law.ts';

/** Factors 1 - x^a of the denominator: how many, and the largest a. */
const MOST_FACTORS = 4;
const MOST_POWER = 12;
/** Bits of a factor: which power. */
const FACTOR_BITS = Math.log2(MOST_POWER) + 0.5;
/** Coefficients at least that must vanish. */
const SURPLUS = 4;
const MOST_TERMS = 400;

/** P(x) / ((1 - x^a) (1 - x^b) ...): Molien series, coordination sequences, rounded polynomials. */
export const cyclotomic: Family = {
  name: 'cyclotomic',
  bits: 5,
  propose({ values, start }) {
    if (values.length > MOST_TERMS) return [];
    let best: { powers: readonly number[]; numerator: readonly bigint[]; bits: number } | undefined;
    const look = (rest: readonly bigint[], powers: readonly number[]): void => {
      const degree = rest.findLastIndex((value) => value !== 0n);
      if (powers.length > 0 && rest.length - 1 - degree >= SURPLUS) {
        const numerator = rest.slice(0, degree + 1);
        const bits = bitsOf(numerator) + powers.length * FACTOR_BITS;
        if (!best || bits < best.bits) best = { powers, numerator, bits };
        return;
      }
      if (powers.length === MOST_FACTORS) return;
      for (let a = powers.at(-1) ?? 1; a <= Math.min(MOST_POWER, values.length - SURPLUS); a++) {
        look(
          rest.map((value, n) => (n < a ? value : value - rest[n - a])),
          [...powers, a],
        );
      }
    };
    look(values, []);
    if (!best || best.numerator.length === 0) return [];
    return [lawOf(values, start, best.powers, best.numerator, best.bits)];
  },
};

function lawOf(
  values: readonly bigint[],
  start: number,
  powers: readonly number[],
  numerator: readonly bigint[],
  bits: number,
): Law {
  const counts = new Map<number, number>();
  for (const a of powers) counts.set(a, (counts.get(a) ?? 0) + 1);
  const write = (latex: boolean): string =>
    [...counts]
      .map(([a, count]) => {
        const power = a === 1 ? 'x' : latex ? `x^{${a}}` : `x^${a}`;
        return `(1 - ${power})${count > 1 ? (latex ? `^{${count}}` : `^${count}`) : ''}`;
      })
      .join(latex ? ' ' : '*');
  const top = polynomialText(numerator, 'x');
  const shift = start === 0 ? '' : `, the first term that of x^0`;
  return {
    kind: 'rational generating function',
    formula: `sum(u(n)*x^n) = (${top})/(${write(false)})${shift}`,
    latex: `\\sum_n u_n x^n = \\frac{${top.replaceAll('*', ' ').replace(/\^(\d+)/g, '^{$1}')}}{${write(true)}}`,
    bits,
    surplus: values.length - numerator.length,
    reach: Math.max(
      numerator.length,
      powers.reduce((sum, a) => sum + a, 0),
    ),
    coefficients: [...numerator, ...powers.map(BigInt)],
    initial: [],
    extend(count) {
      const length = values.length + count;
      let series = Array.from({ length }, (_, n) => numerator[n] ?? 0n);
      for (const a of powers) {
        const divided = [...series];
        for (let n = a; n < length; n++) divided[n] += divided[n - a];
        series = divided;
      }
      return series.slice(values.length).map((value) => Rational.of(value));
    },
  };
}
