import type { Rational } from '../../numerics/index.ts';
import type { Family, Law, Problem } from '../law.ts';
import { cFinite } from './c-finite.ts';
import { pRecursive } from './p-recursive.ts';
import { polynomial } from './polynomial.ts';

const MODULI = [2, 3];
/** Terms of a section at least, and equations to spare in all sections together. */
const FEWEST = 5;
const SURPLUS = 5;
const INNER: readonly Family[] = [polynomial, cFinite, pRecursive];

/** Sequences that take turns: a law of its own for each residue of the index. */
export const sections: Family = {
  name: 'interleaved',
  bits: 5,
  propose(problem) {
    return MODULI.flatMap((modulus) => lawOf(problem, modulus) ?? []);
  },
};

function lawOf(problem: Problem, modulus: number): Law | undefined {
  const { values } = problem;
  if (values.length < modulus * FEWEST) return undefined;
  const laws: Law[] = [];
  for (let rest = 0; rest < modulus; rest++) {
    const section: Problem = { ...problem, values: values.filter((_, i) => i % modulus === rest), start: 0 };
    const found = INNER.flatMap((family) =>
      family.propose(section).map((law) => ({ ...law, bits: law.bits + family.bits })),
    ).filter(({ extend }) => extend(1));
    if (found.length === 0) return undefined;
    laws.push(found.reduce((best, law) => (law.bits < best.bits ? law : best)));
  }
  const surplus = laws.reduce((sum, law) => sum + law.surplus, 0);
  if (surplus < SURPLUS || laws.some((law) => law.surplus < 1)) return undefined;
  const index = (rest: number): string => `${modulus}*m${rest > 0 ? `+${rest}` : ''}`;
  const write = (form: 'formula' | 'latex'): string =>
    laws
      .map((law, rest) => {
        const name = String.fromCharCode('v'.charCodeAt(0) + rest);
        const text = law[form].replace(/\bu(?=[(_])/g, name).replace(/\bn\b/g, 'm');

        const left = form === 'latex' ? `u_{${index(rest).replace('*', '')}}` : `u(${index(rest)})`;
        return law[form].includes('=')
          ? `${left} = ${name}${form === 'latex' ? '_m' : '(m)'}: ${text}`
          : `${left} = ${text}`;
      })
      .join('; ');
  const from = problem.start === 0 ? '' : ', counted from 0 at the first term';
  return {
    kind: 'interleaved',
    formula: write('formula') + from,
    latex: write('latex'),
    bits: laws.reduce((sum, law) => sum + law.bits, 0),
    surplus,
    reach: modulus * Math.max(...laws.map((law) => law.reach)),
    coefficients: laws.flatMap((law) => [...law.coefficients]),
    initial: laws.flatMap((law) => [...law.initial]),
    extend(count) {
      const each = Math.ceil(count / modulus) + 1;
      const parts = laws.map((law) => law.extend(each));
      if (!parts.every((part): part is Rational[] => part !== undefined)) return undefined;
      const given = laws.map((_, rest) => Math.ceil((values.length - rest) / modulus));
      return Array.from({ length: count }, (_, i) => {
        const at = values.length + i;
        const rest = at % modulus;
        return parts[rest][(at - rest) / modulus - given[rest]];
      });
    },
  };
}
