import { simplestBetween } from '../../numerics/index.ts';
import { type ConstantStage, NEAR_UNITS } from './constant-search.ts';
import { endsOf, loosened } from './decimal.ts';
import { rationalBits } from './description.ts';
import { ratio } from './formula.ts';

/** The simplest fraction within the error, by continued fractions. */
export const RATIONAL_STAGE: ConstantStage = {
  name: 'rational',
  *run({ target, offer }) {
    let simplest = simplestBetween(...endsOf(target));
    for (const x of [loosened(target, NEAR_UNITS), target]) {
      if (x.half >= x.middle) continue;
      simplest = simplestBetween(...endsOf(x));
      const { numerator, denominator } = simplest;
      offer({ kind: 'rational', formula: ratio(numerator, denominator), bits: rationalBits(numerator, denominator) });
    }
    yield;
    const { numerator, denominator } = simplest;
    return `the fraction of least denominator within the error is ${shortened(numerator)}/${shortened(denominator)}`;
  },
};

function shortened(n: bigint): string {
  const text = String(n);
  return text.length > 12 ? `${text.slice(0, 9)}... (${text.length} digits)` : text;
}
