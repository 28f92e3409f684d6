import { Rational } from '../../numerics/index.ts';
import { extendRecurrence, homogenizeRecurrence, type Recurrence, requireSolution } from '../recurrence.ts';
import { growthLatex, growthText } from './asymptotics-text.ts';
import { Complex } from './complex.ts';
import { compareGrowth, type Growth, growths } from './growth.ts';
import { farthestTerm, type LeadingConstant, leadingConstant } from './leading-constant.ts';

/** u(n) ~ constant * n!^factorial * root^n * exp(...) * n^power. */
export interface Asymptotics {
  readonly growth: Growth;
  /** Undefined where the sequence oscillates or its values do not settle. */
  readonly constant?: LeadingConstant;
  /** Why there is no constant: what competes with the leading growth. */
  readonly oscillation?: string;
  /** What is left open, such as a power that was read off decimals. */
  readonly notes: readonly string[];
  readonly text: string;
  readonly latex: string;
}

/** Shares of the size of a term that still count as the same growth, in ln. */
const SAME_SIZE = 3;

/**
 * The leading growth of a sequence, from its recurrence and its terms.
 *
 * u(n) ~ C n!^a r^n exp(sum_i c_i n^(p_i)) n^theta. The recurrence gives the growths that are possible; the terms tell
 * which of them it is, and C, by extrapolation to the digits stated.
 *
 * @param recurrence holds for n >= start
 * @param terms u(start), ...: at least as many as the order
 * @param start index of the first term
 * @param digits most digits of C
 * @returns undefined for sequences that end in zeros, or where the recurrence is irregular at a repeated base
 * @throws DomainError "recurrence-broken" when the terms do not obey the recurrence
 * @throws DomainError "not-an-integer" or "vanishing-leading-coefficient" when the recurrence does not continue the terms
 * @see J. Wimp, D. Zeilberger, Resurrecting the asymptotics of linear recurrences
 * @example findAsymptotics({ coefficients: [[-2n, -4n], [2n, 1n]], constant: [] }, [1n], 0, 12)!.text // "0.564189583548 * 4^n * n^(-3/2)"
 */
export function findAsymptotics(
  recurrence: Recurrence,
  terms: readonly bigint[],
  start: number,
  digits = 30,
): Asymptotics | undefined {
  requireSolution(recurrence, terms, start);
  const { list, omitted } = growths(homogenizeRecurrence(recurrence).coefficients);
  if (list.length === 0) return undefined;
  const farthest = Math.max(...list.map(farthestTerm));
  const missing = Math.max(0, farthest + 1 - start - terms.length);
  const all = [...terms, ...extendRecurrence(recurrence, terms, start, missing)];
  const term = (n: number) => all[n - start];
  if (all.slice(-list.length - 2).every((value) => value === 0n)) return undefined;
  const notes = omitted > 0 ? [`${omitted} formal solutions at a repeated base are irregular and were left out`] : [];
  for (const growth of list) {
    const constant = leadingConstant(growth, term, digits);
    if (constant !== undefined) return state(growth, constant, undefined, notes);
  }
  const sized = list.find((growth) => Math.abs(drift(growth, term, farthest)) < SAME_SIZE);
  if (sized === undefined) return undefined;
  const peers = list.filter((other) => compareGrowth(sized, other) === 0);
  return state(sized, undefined, describe(peers), notes);
}

function state(
  growth: Growth,
  constant: LeadingConstant | undefined,
  oscillation: string | undefined,
  before: readonly string[],
): Asymptotics {
  const notes = [...before];
  if (!growth.proved && growth.exactPower) notes.push('the power of n was read off its decimals');
  if (growth.logarithms > 0) notes.push(`powers of log n up to ${growth.logarithms} may come with it`);
  const text = growthText(growth, constant);
  return { growth, constant, oscillation, notes, text, latex: growthLatex(growth, constant) };
}

/** How far the sizes of far terms move against the growth between a third and all of the way, in ln. */
function drift(growth: Growth, term: (n: number) => bigint | undefined, farthest: number): number {
  const size = (end: number) => {
    let largest = Number.NEGATIVE_INFINITY;
    for (let n = Math.max(1, end - 40); n <= end; n++) {
      const value = term(n) ?? 0n;
      if (value !== 0n) largest = Math.max(largest, lnSize(value) - lnGrowth(growth, n));
    }
    return largest;
  };
  return size(farthest) - size(Math.floor(farthest / 3));
}

function lnSize(value: bigint): number {
  const text = (value < 0n ? -value : value).toString(16);
  return Math.log(Number.parseInt(text.slice(0, 12), 16)) + (text.length - Math.min(12, text.length)) * Math.log(16);
}

function lnGrowth({ factorial, root, exponentials, power }: Growth, n: number): number {
  const stirling = n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n);
  let sum = Rational.toNumber(factorial) * stirling + n * Math.log(Complex.modulus(root)) + power[0] * Math.log(n);
  for (const entry of exponentials) sum += entry.coefficient[0] * n ** Rational.toNumber(entry.power);
  return sum;
}

function describe(peers: readonly Growth[]): string {
  if (peers.length === 1) {
    return peers[0].logarithms > 0 ? 'powers of log n: no constant is stated' : 'the values do not settle';
  }
  const pair = peers.length === 2 && peers[0].root[1] !== 0;
  const angle = Math.abs(Math.atan2(peers[0].root[1], peers[0].root[0]));
  if (pair) return `a complex pair of bases: the sign turns with period ${((2 * Math.PI) / angle).toPrecision(8)} in n`;
  return `${peers.length} growths of the same size: the constant depends on the residue of n`;
}
