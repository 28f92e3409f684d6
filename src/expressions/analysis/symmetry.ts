import { canonicalKey } from '../canonical.ts';
import { equivalent } from '../equivalence.ts';
import { evaluate } from '../evaluate.ts';
import { call, type Expression, variable, variablesOf } from '../expression.ts';
import { NEG } from '../operators/arithmetic.ts';
import { substitute } from '../substitute.ts';
import { samplesOf } from './box.ts';
import type { Domain } from './enclose.ts';

/** How a symmetry was found: by algebra, which proves it, or by values at random points. */
export type FoundBy = 'canonical-form' | 'numeric-identity';

/** What a formula does when a variable changes its sign. */
export interface ParityRecord {
  readonly parity: 'even' | 'odd' | 'neither' | 'unknown';
  readonly decidedBy: FoundBy | null;
}

/** Two variables that may be exchanged, up to a sign. */
export interface ExchangeRecord {
  readonly variables: readonly [string, string];
  readonly symmetry: 'symmetric' | 'antisymmetric';
  readonly decidedBy: FoundBy;
}

/** Intervals on which values are compared: negative numbers count as positive ones do. */
const COMPARED: readonly [number, number] = [-3, 3];

/**
 * Parity in a variable: f(-x) = f(x) or f(-x) = -f(x).
 *
 * 'unknown' where too few points have a value on both sides: log(x) has none.
 *
 * @example parityOf(parse('x * sin(x) + y'), 'x').parity // 'even'
 */
export function parityOf(expression: Expression, name: string): ParityRecord {
  const mirrored = substitute(expression, { [name]: call(NEG, variable(name)) });
  return sameUpToSign(expression, mirrored, 'even', 'odd');
}

/**
 * Pairs of variables whose exchange leaves the formula as it is, or changes its sign.
 *
 * @example exchangesOf(parse('(x - y) / (x + y)'))[0].symmetry // 'antisymmetric'
 */
export function exchangesOf(expression: Expression): ExchangeRecord[] {
  const names = variablesOf(expression);
  const found: ExchangeRecord[] = [];
  for (let i = 0; i < names.length; i++) {
    for (let j = i + 1; j < names.length; j++) {
      const [x, y] = [names[i], names[j]];
      const exchanged = substitute(expression, { [x]: variable(y), [y]: variable(x) });
      const { parity, decidedBy } = sameUpToSign(expression, exchanged, 'even', 'odd');
      if (decidedBy && (parity === 'even' || parity === 'odd')) {
        found.push({ variables: [x, y], symmetry: parity === 'even' ? 'symmetric' : 'antisymmetric', decidedBy });
      }
    }
  }
  return found;
}

const SAMPLES = 32;
const FEWEST = 4;

/** True when both formulas have a value at a few points; at 0 alone both have the same. */
function meet(a: Expression, b: Expression, domain: Domain): boolean {
  const shared = samplesOf(domain, SAMPLES).filter(
    (at) => Number.isFinite(evaluate(a, at)) && Number.isFinite(evaluate(b, at)),
  );
  return shared.length >= FEWEST;
}

function sameUpToSign(a: Expression, b: Expression, plus: 'even', minus: 'odd'): ParityRecord {
  const opposite = call(NEG, b);
  const domain = Object.fromEntries(variablesOf(a).map((name) => [name, COMPARED]));
  // Algebra may find what no values show: exp(log(x)) is x, but it has no value at -x.
  if (!meet(a, b, domain)) return { parity: 'unknown', decidedBy: null };
  const key = canonicalKey(a);
  if (key === canonicalKey(b)) return { parity: plus, decidedBy: 'canonical-form' };
  if (key === canonicalKey(opposite)) return { parity: minus, decidedBy: 'canonical-form' };
  for (const [form, parity] of [
    [b, plus],
    [opposite, minus],
  ] as const) {
    const verdict = equivalent(a, form, { domain });
    if (verdict.decidedBy === 'undetermined') return { parity: 'unknown', decidedBy: null };
    if (verdict.equivalent) return { parity, decidedBy: 'numeric-identity' };
  }
  return { parity: 'neither', decidedBy: 'numeric-identity' };
}
