import { Rational } from '../numerics/index.ts';
import type { LawForm, SequenceCandidate } from './candidate.ts';
import { confidenceOf, evidenceOf } from './confidence.ts';
import type { Found } from './find-laws.ts';
import { isEquation } from './is-equation.ts';
import type { Law } from './law.ts';
import type { Terms } from './terms.ts';

/** A candidate, and what it was made of. */
export interface Ranked {
  readonly candidate: SequenceCandidate;
  /** Laws with the same next terms, the most readable first. */
  readonly laws: readonly Law[];
  /** The terms that they meet: the given ones, or those without a misprint. */
  readonly terms: Terms;
}

/** Terms ahead that tell candidates apart. */
const AHEAD = 10;
/** Other forms at most, and bits over those of the shortest. */
const MOST_FORMS = 4;
const MOST_LONGER = 1.3;
/** Bits that a misprint may cost more than a law that takes the odd term for one of its own. */
const MISPRINT_MARGIN = 20;
/** One misprint is as good a guess as a law that is not sure. */
const MISPRINT_CONFIDENCE = 0.5;

/** Kinds of laws as people like to read them; others come after. */
const READABLE: readonly string[] = ['polynomial', 'quasi-polynomial', 'c-finite', 'p-recursive', 'algebraic'];

/** Laws with the same next terms make one candidate; the surest candidate first. */
export function rankCandidates({ laws, misprints, rawBits }: Found, terms: Terms): Ranked[] {
  const plain = groupsOf(laws, terms);
  const ranked = new Map([...plain].map(([key, group]) => [key, rankedOf(group, terms, rawBits)]));
  for (const { law, place, expected } of misprints.toSorted((a, b) => a.law.bits - b.law.bits)) {
    const key = keyOf(law, terms);
    if (key === undefined) continue;
    const repaired = { ...terms, values: terms.values.with(place, expected) };
    const exceptions = [{ index: terms.start + place, expected: Rational.of(expected, terms.scale) }];
    const known = ranked.get(key);
    const own = rankedOf([law], repaired, rawBits).candidate;
    // A law that leaves out the first terms says the same next terms: only one of those it leaves out is odd.
    const confidence = known?.candidate.confidence ?? Math.min(own.confidence, MISPRINT_CONFIDENCE);
    if (known && known.candidate.bits + MISPRINT_MARGIN <= own.bits) continue;
    const all = [law, ...(plain.get(key) ?? [])];
    ranked.set(key, { candidate: { ...own, exceptions, confidence }, laws: all, terms: repaired });
  }
  return [...ranked.values()].toSorted(
    ({ candidate: a }, { candidate: b }) => b.confidence - a.confidence || a.bits - b.bits,
  );
}

/** The next terms as a name; undefined where the law gives none that fit the sequence. */
function keyOf(law: Law, { scale }: Terms): string | undefined {
  const ahead = law.extend(AHEAD);
  if (!ahead || ahead.length === 0) return undefined;
  // A sequence of integers goes on with integers.
  if (scale === 1n && ahead.some(({ den }) => den !== 1n)) return undefined;
  return ahead.map(Rational.print).join();
}

/** Groups of laws by their next terms, in each the shortest first. */
function groupsOf(laws: readonly Law[], terms: Terms): Map<string, Law[]> {
  const groups = new Map<string, Law[]>();
  for (const law of laws.toSorted((a, b) => a.bits - b.bits)) {
    const key = keyOf(law, terms);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(law);
    else groups.set(key, [law]);
  }
  return groups;
}

function rankedOf(group: readonly Law[], terms: Terms, rawBits: number): Ranked {
  const { scale, values } = terms;
  const rank = (law: Law): number => (READABLE.indexOf(law.kind) + READABLE.length + 1) % (READABLE.length + 1);
  const laws = group.toSorted((a, b) => rank(a) - rank(b));
  const law = laws[0];
  const first = formOf(law, scale);
  // A form that is much longer than the shortest only repeats it.
  const short = laws.filter(({ kind, bits }) => READABLE.includes(kind) || bits <= MOST_LONGER * group[0].bits);
  const forms = new Map(short.map((one) => [one.formula, formOf(one, scale)]));
  forms.delete(law.formula);
  const candidate: SequenceCandidate = {
    label: 'conjecture',
    ...first,
    forms: [...forms.values()].slice(0, MOST_FORMS),
    coefficients: law.coefficients,
    initial: law.initial,
    surplus: Math.max(...group.map(({ surplus }) => surplus)),
    bits: group[0].bits,
    rawBits,
    // Every form is a reason to believe the same next terms: the best one counts.
    confidence: Math.max(...group.map((one) => confidenceOf(evidenceOf(one, rawBits, values.length)))),
    exceptions: [],
    next(count) {
      // A form may tell fewer terms than another: the digits of a constant end.
      const told = laws.map((one) => one.extend(count) ?? []);
      const longest = told.reduce((a, b) => (b.length > a.length ? b : a));
      return longest.map(({ num, den }) => Rational.of(num, den * scale));
    },
  };
  return { candidate, laws, terms };
}

/** The words of a law; those of fractions are words about the integers that they are parts of. */
function formOf({ kind, formula, latex }: Law, scale: bigint): LawForm {
  if (scale === 1n) return { kind, formula, latex };
  const renamed = (text: string): string => text.replace(/\bu(?=[(_])/g, 'v');
  const named = (text: string, left: string): string => (isEquation(text) ? renamed(text) : left + text);
  return {
    kind,
    formula: `u(n) = v(n)/${scale}; ${named(formula, 'v(n) = ')}`,
    latex: `u_n = v_n / ${scale};\\quad ${named(latex, 'v_n = ')}`,
  };
}
