import type { ConstantStage } from './constant-search.ts';
import { fixedOf, halfWidthOf, workingBits } from './decimal.ts';
import { choiceBits, KIND_BITS, relationBits } from './description.ts';
import { combination, type Formula } from './formula.ts';
import { relationsOf } from './relations.ts';

const GUARD = 40;
const LEAST = 1e-6;

/** Sums of a basis with rational coefficients. */
export const LINEAR_STAGE: ConstantStage = {
  name: 'linear',
  *run({ target, offer, budget, basis, maxCoefficient, shouldStop }) {
    if (basis.length === 0) return 'the basis is empty';
    // A sum of ordinary constants so small needs coefficients that no digits carry; small fractions are products.
    if (target.approximate < LEAST) return 'the number is too small for a sum';
    const bits = workingBits(target, GUARD);
    const values = basis.map((element) => element.fixed(bits));
    const overhead = (k: number): number =>
      KIND_BITS.linear + (k === 1 ? 1 + Math.log2(basis.length) : choiceBits(basis.length, k) + 2 * k - 1);
    const relations = relationsOf(
      fixedOf(target, bits),
      values,
      halfWidthOf(target, bits),
      overhead,
      budget,
      shouldStop,
    );
    for (const relation of relations) {
      if (!relation) {
        yield;
        continue;
      }
      const { leading, coefficients } = relation;
      const terms = coefficients.flatMap((c, i): [bigint, Formula][] => (c === 0n ? [] : [[c, basis[i].formula]]));
      if (leading > maxCoefficient || terms.some(([c]) => c > maxCoefficient || -c > maxCoefficient)) continue;
      const price = relationBits(
        'linear',
        leading,
        terms.map(([c]) => c),
        basis.length,
      );
      if (price <= budget()) offer({ kind: 'linear', formula: combination(terms, leading), bits: price });
    }
    return `sums over ${basis.length} constants, by LLL`;
  },
};
