import { AnsatzError } from '../core/index.ts';
import { findAsymptotics } from './asymptotics/find-asymptotics.ts';
import type { LawForm } from './candidate.ts';
import type { ClosedForm } from './closed-form/closed-form.ts';
import { findClosedForm } from './closed-form/find-closed-form.ts';
import type { Law } from './law.ts';
import { recurrenceLatex, recurrenceText } from './recurrence-text.ts';

/** What follows from a law by exact algebra. */
export interface Explanation {
  /** The recurrence, where the law is one or has one. */
  readonly recurrence?: Omit<LawForm, 'kind'> & {
    /** Index of the first equation's first term. */
    readonly from: number;
  };
  /** A closed form; its equivalence with the recurrence is proved. The recurrence stays a conjecture. */
  readonly closedForm?: Pick<ClosedForm, 'kind' | 'text' | 'latex' | 'from' | 'proof'>;
  /** The leading growth. */
  readonly asymptotics?: { readonly text: string; readonly latex: string };
}

/** Digits of the constant of the leading growth. */
const DIGITS = 10;
/** Order above which the forms of a recurrence are longer than itself. */
const MOST_ORDER = 12;

/** The recurrence, closed form and growth of the first law that has a recurrence. */
export function explainLaw(laws: readonly Law[], values: readonly bigint[], start: number): Explanation {
  const law = laws.find(({ recurrence }) => recurrence !== undefined);
  if (!law?.recurrence) return {};
  const { equations, from } = law.recurrence;
  const terms = values.slice(from - start);
  const shown = { formula: recurrenceText(equations), latex: recurrenceLatex(equations), from };
  if (equations.coefficients.length > MOST_ORDER + 1) return { recurrence: shown };
  const closed = attempt(() => findClosedForm(equations, terms, from));
  const growth = attempt(() => findAsymptotics(equations, terms, from, DIGITS));
  return {
    recurrence: shown,
    ...(closed && {
      closedForm: { kind: closed.kind, text: closed.text, latex: closed.latex, from: closed.from, proof: closed.proof },
    }),
    ...(growth && { asymptotics: { text: growth.text, latex: growth.latex } }),
  };
}

/** Some recurrences have no form: that is no fault of the sequence. */
function attempt<T>(make: () => T | undefined): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof AnsatzError) return undefined;
    throw error;
  }
}
