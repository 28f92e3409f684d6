import { Rational as Q, type Rational } from '../../numerics/index.ts';
import { isEquation } from '../is-equation.ts';
import type { Law, Problem } from '../law.ts';
import type { Transform } from './transform.ts';

/** Times that more terms of the new sequence are asked for. */
const MOST_ROUNDS = 5;

/** The law of u that a law of the transformed sequence makes. */
export function transformedLaw(
  transform: Transform,
  problem: Problem,
  inner: Law,
  v: readonly bigint[],
  bits: number,
): Law {
  return {
    ...inner,
    recurrence: undefined,
    kind: `${transform.name}: ${inner.kind}`,
    formula: `${transform.text}; ${renamed(inner.formula, 'v(n) = ')}`,
    latex: `${transform.latex};\\quad ${renamed(inner.latex, 'v_n = ')}`,
    bits: inner.bits + bits,
    extend(count) {
      const given = problem.values.length;
      for (let more = count, round = 0; round < MOST_ROUNDS; round++, more *= 2) {
        const added = integers(inner.extend(more));
        if (!added) return undefined;
        const u = transform.backward([...v, ...added], problem, given + count);
        if (!u) return undefined;
        if (u.length >= given + count) return u.slice(given, given + count).map((value) => Q.of(value));
      }
      return undefined;
    },
  };
}

/** The formula of the new sequence, which is called v. */
function renamed(formula: string, left: string): string {
  const text = formula.replace(/\bu(?=[(_])/g, 'v');
  return isEquation(text) ? text : `${left}${text}`;
}

function integers(terms: readonly Rational[] | undefined): bigint[] | undefined {
  return terms?.every(({ den }) => den === 1n) ? terms.map(({ num }) => num) : undefined;
}
