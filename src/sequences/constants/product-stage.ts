import { fixedLog } from '../../numerics/index.ts';
import type { BasisElement, ConstantStage } from './constant-search.ts';
import { fixedOf } from './decimal.ts';
import { choiceBits, KIND_BITS, relationBits } from './description.ts';
import { apply, type Formula, integer, isInteger, ratio } from './formula.ts';
import { relationsOf } from './relations.ts';

const GUARD = 40;

/** Products of rational powers, by relations between logarithms. */
export const PRODUCT_STAGE: ConstantStage = {
  name: 'product',
  *run({ target, offer, budget, factors, maxCoefficient, shouldStop }) {
    if (factors.length === 0) return 'there are no factors';
    const bits = Math.ceil(target.bits) + GUARD;
    // x itself needs its digits, however small it is.
    const lift = Math.max(0, Math.ceil(-Math.log2(target.approximate)));
    const y = fixedLog(fixedOf(target, bits + lift), bits + lift) >> BigInt(lift);
    const logarithms = factors.map((factor) => fixedLog(factor.fixed(bits), bits));
    // log(1 + h / x): the relative error.
    const error = (target.half << BigInt(bits)) / target.middle || 1n;
    const overhead = (k: number): number =>
      KIND_BITS.product + (k === 1 ? 1 + Math.log2(factors.length) : choiceBits(factors.length, k) + 2 * k - 1);
    for (const relation of relationsOf(y, logarithms, error, overhead, budget, shouldStop)) {
      if (!relation) {
        yield;
        continue;
      }
      const { leading, coefficients } = relation;
      const powers = coefficients.filter((c) => c !== 0n);
      if (leading > maxCoefficient || powers.some((c) => c > maxCoefficient || -c > maxCoefficient)) continue;
      // One power p^(a / b) is a fraction a / b = log x / log p, whose relative error is larger where log x is small.
      const stretch = powers.length === 1 ? Math.max(0, -Math.log2(Math.abs(Math.log(target.approximate)))) : 0;
      const price = relationBits('product', leading, powers, factors.length) + stretch;
      if (price <= budget())
        offer({ kind: 'product', formula: productOf(factors, coefficients, leading), bits: price });
    }
    return `products of powers of ${factors.length} constants, by LLL on logarithms`;
  },
};

/** prod f_i^(c_i / q) with the negative powers below a fraction line. */
function productOf(factors: readonly BasisElement[], coefficients: readonly bigint[], q: bigint): Formula {
  let above: Formula = integer(1);
  let below: Formula = integer(1);
  coefficients.forEach((c, i) => {
    if (c === 0n) return;
    const part = power(factors[i].formula, c < 0n ? -c : c, q);
    if (c > 0n) above = times(above, part);
    else below = times(below, part);
  });
  return isInteger(below, 1n) ? above : apply('div', above, below);
}

function times(a: Formula, b: Formula): Formula {
  if (isInteger(a, 1n)) return b;
  return a.kind === 'integer' && b.kind === 'integer' ? integer(a.value * b.value) : apply('mul', a, b);
}

function power(base: Formula, p: bigint, q: bigint): Formula {
  const [n, d] = lowest(p, q);
  if (base.kind === 'named' && base.name === 'e') return apply('exp', ratio(n, d));
  if (d === 1n) {
    if (n === 1n) return base;
    // Digits of a power of a small prime read better than the power.
    if (base.kind === 'integer' && n < 8n) return integer(base.value ** n);
    return n === 2n ? apply('square', base) : apply('pow', base, integer(n));
  }
  return n === 1n && d === 2n ? apply('sqrt', base) : apply('pow', base, ratio(n, d));
}

function lowest(p: bigint, q: bigint): [bigint, bigint] {
  let [a, b] = [p, q];
  while (b !== 0n) [a, b] = [b, a % b];
  return [p / a, q / a];
}
