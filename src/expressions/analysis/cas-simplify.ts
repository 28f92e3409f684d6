import { AnsatzError, RandomStream } from '../../core/index.ts';
import { equivalent } from '../equivalence.ts';
import { evaluate } from '../evaluate.ts';
import { complexity, type Expression, size, variablesOf } from '../expression.ts';
import { print } from '../print/print.ts';
import { simplify } from '../simplify/simplify.ts';
import { casText, readCasAnswer } from './cas-text.ts';
import { checkDomain, type Domain, sideOf } from './enclose.ts';
import { nerdamerSimplify } from './nerdamer.ts';
import { roundedValue } from './rounded-value.ts';

/** A computer algebra system: simplifies the text of a formula. It may be wrong, slow or fail. */
export type ComputerAlgebra = (text: string) => Promise<string>;

/** How a formula is simplified with help. */
export interface CasOptions {
  /** Where the answer must agree with the formula; any numbers by default. */
  readonly domain?: Domain;
  /** The system that is asked; nerdamer, loaded when it is needed, by default. */
  readonly algebra?: ComputerAlgebra;
}

/** The shortest form that passed, and what became of the answer. */
export interface CasAnswer {
  readonly expression: Expression;
  /** True when the form is the system's. */
  readonly accepted: boolean;
  /** Why the answer does not stand. */
  readonly rejected?: string;
}

/** Larger formulas are not sent: the time of such a system grows without bound. */
const LARGEST = 60;
const POINTS = 96;
const SEED = 3;

/**
 * Simplifies with a computer algebra system, of which nothing is believed.
 *
 * The answer is read by our own parser and stands when it has the formula's values at random points of the domain, has
 * a value wherever the formula has one, and is simpler than our own simplification; else the latter is returned, with
 * the reason in `rejected`.
 *
 * @throws OptionError "bad-domain"
 * @example print((await casSimplify(parse('sin(x)^2 + cos(x)^2'))).expression) // '1'
 * @example (await casSimplify(parse('x + y'), { algebra: async () => 'v0' })).rejected // 'wrong: x is another function'
 */
export async function casSimplify(expression: Expression, options: CasOptions = {}): Promise<CasAnswer> {
  const { domain = {}, algebra = nerdamerSimplify } = options;
  checkDomain(domain);
  const own = simplify(expression);
  const refuse = (rejected: string): CasAnswer => ({ expression: own, accepted: false, rejected });
  if (size(own) > LARGEST) return refuse(`not asked: more than ${LARGEST} nodes`);
  const question = casText(own);
  if (!question) return refuse('not asked: an operator has no notation there');
  let answer: string;
  try {
    answer = await algebra(question.text);
  } catch (error) {
    return refuse(`no answer: ${error instanceof Error ? error.message : String(error)}`.slice(0, 200));
  }
  let form: Expression;
  try {
    form = simplify(readCasAnswer(answer, question));
  } catch (error) {
    if (!(error instanceof AnsatzError)) throw error;
    return refuse(`unreadable: ${error.message}`.slice(0, 200));
  }
  const fault = faultOf(own, form, domain);
  if (fault) return refuse(`wrong: ${print(form)} ${fault}`);
  if (complexity(form) >= complexity(own)) return refuse(`not simpler: ${print(form)}`);
  return { expression: form, accepted: true };
}

/** What speaks against the answer, or null. */
function faultOf(formula: Expression, answer: Expression, domain: Domain): string | null {
  const names = variablesOf(formula);
  const sides: Record<string, readonly [number, number]> = Object.create(null);
  for (const name of names) if (Object.hasOwn(domain, name)) sides[name] = bounded(...sideOf(domain, name));
  const verdict = equivalent(formula, answer, { domain: sides });
  if (verdict.decidedBy === 'undetermined') return 'could not be compared';
  if (!verdict.equivalent) return 'is another function';
  const random = new RandomStream(SEED);
  for (let k = 0; k < POINTS; k++) {
    const at: Record<string, number> = Object.create(null);
    for (const name of names) {
      const [low, high] = Object.hasOwn(sides, name) ? sides[name] : [-3, 3];
      at[name] = low + (high - low) * random.uniform();
    }
    const { value, error } = roundedValue(formula, at);
    // Points where the comparison had nothing to compare: there the answer lost a value.
    if (Number.isFinite(value) && Number.isFinite(error) && Number.isNaN(evaluate(answer, at)))
      return 'has a smaller domain';
  }
  return null;
}

/** An interval without its infinite ends. */
function bounded(low: number, high: number): [number, number] {
  if (Number.isFinite(high - low)) return [low, high];
  if (Number.isFinite(low)) return [low, low + 3 + Math.abs(low)];
  if (Number.isFinite(high)) return [high - 3 - Math.abs(high), high];
  return [-3, 3];
}
