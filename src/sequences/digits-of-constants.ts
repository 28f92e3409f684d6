import { Rational } from '../numerics/index.ts';
import { integerBits } from './bits.ts';
import { identifyConstant } from './constants/index.ts';
import type { Law, Problem } from './law.ts';

/** Digits that carry a formula. */
const FEWEST = 12;
const MOST = 60;
/** Where the decimal point may stand: digits before it. */
const PLACES = [0, 1, 2];
/** Seconds for one place of the point. */
const SECONDS = 0.12;

/**
 * Sequences of decimal digits as the digits of a constant with a formula.
 *
 * The digits are cut off, not rounded: the number lies between them and the next number of as many digits.
 */
export async function digitLaws({ values, isOver }: Problem): Promise<Law[]> {
  const digits = values.slice(0, MOST);
  if (values.length < FEWEST || values.length > MOST || digits.some((value) => value < 0n || value > 9n)) return [];
  // Few different digits are the digits of a word, not of a number.
  if (new Set(digits).size < 5) return [];
  const laws: Law[] = [];
  for (const place of PLACES) {
    if (isOver()) break;
    if (place > 0 && digits[0] === 0n && place > 1) continue;
    const whole = digits.slice(0, place).join('') || '0';
    // One more digit, known to half of it either way: the middle of what the cut leaves open.
    const text = `${whole}.${digits.slice(place).join('')}5(5)`;
    const { status, candidates } = await identifyConstant(text, { timeLimit: SECONDS, maxCandidates: 1 });
    const best = candidates[0];
    if (status !== 'found' || !best) continue;
    const known = best.value.replace(/^-/, '').split('.');
    const following = place === 0 ? (known[1] ?? '') : known.join('');
    const all = [...following].map(BigInt);
    if (!digits.every((value, i) => value === all[i])) continue;
    // The last digit of the value is rounded.
    const next = all.slice(digits.length, -1);
    laws.push({
      kind: 'digits of a constant',
      formula: `decimal digits of ${best.formula}`,
      latex: `\\text{decimal digits of } ${best.latex}`,
      bits: best.bits + integerBits(BigInt(place)) + 4,
      surplus: Math.max(0, Math.floor((best.digitBits - best.bits) / Math.log2(10))),
      reach: 0,
      coefficients: [],
      initial: [],
      extend: (count) => next.slice(0, count).map((value) => Rational.of(value)),
    });
  }
  return laws;
}
