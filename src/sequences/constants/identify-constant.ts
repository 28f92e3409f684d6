import { breathe, now, OptionError } from '../../core/index.ts';
import { fixedToDecimal } from '../../numerics/index.ts';
import { ALGEBRAIC_STAGE } from './algebraic-stage.ts';
import { DEFAULT_BASIS, DEFAULT_FACTORS, readBasis } from './constant-basis.ts';
import { type ConstantSearch, type ConstantStage, NEAR_UNITS, type Proposal } from './constant-search.ts';
import {
  coarser,
  type Decimal,
  fixedOf,
  halfWidthOf,
  loosened,
  MOST_DIGITS,
  readDecimal,
  workingBits,
} from './decimal.ts';
import type { ConstantKind } from './description.ts';
import { evaluateFormula } from './evaluate-formula.ts';
import { EXPRESSION_STAGE } from './expression-stage.ts';
import { BINARY_COSTS, SMALL_FUNCTIONS } from './expression-table.ts';
import { apply, type Formula, type FormulaOperator, formulaLatex, formulaText } from './formula.ts';
import { FUNCTION_STAGE } from './function-stage.ts';
import { LINEAR_STAGE } from './linear-stage.ts';
import { PRODUCT_STAGE } from './product-stage.ts';
import { RATIONAL_STAGE } from './rational-stage.ts';

/** How `identifyConstant` searches. */
export interface ConstantOptions {
  /** Constants that a sum may hold, as formulas: "pi^2", "log(2)", "zeta(3)", "catalan", "euler_gamma". */
  readonly basis?: readonly string[];
  /** Constants whose powers a product may hold, as formulas. */
  readonly factors?: readonly string[];
  /** Highest degree of a polynomial, 1 to 16; 8 by default. */
  readonly maxDegree?: number;
  /** Largest coefficient of a relation; 10^12 by default. */
  readonly maxCoefficient?: number | bigint;
  /** Functions and operations of the small expressions, by name; all of them by default. */
  readonly operators?: readonly string[];
  /** Significant digits to use, when the last ones are not to be trusted; all of them by default. */
  readonly digits?: number;
  /** Candidates to return; 5 by default. */
  readonly maxCandidates?: number;
  /**
   * Candidates of a higher chance are not returned; 1/16 by default. Unless it is given, what chance explains is left
   * out beside a formula that is found.
   */
  readonly maxChance?: number;
  /** Seconds after which what is known is returned; 2 by default. */
  readonly timeLimit?: number;
  /** Ends the search early, like the time limit. */
  readonly signal?: AbortSignal;
}

/** A formula whose value is within the error of the number. */
export interface ConstantCandidate {
  readonly kind: ConstantKind;
  /** Text in the grammar of `parse`; `root(p, x)` is the root of p near x. */
  readonly formula: string;
  readonly latex: string;
  /** Value of the formula to ten digits more than were given. */
  readonly value: string;
  /** Formula less number, in the unit of the number. */
  readonly residual: number;
  /** Length of the formula: 2^bits formulas per unit of log |x| are as short or shorter. */
  readonly bits: number;
  /** What the digits carry. */
  readonly digitBits: number;
  /** Formulas as short or shorter that a number without a law is expected to meet: 2^(bits - digitBits). */
  readonly chance: number;
  /** exp(-chance): how often a number without a law meets none. */
  readonly confidence: number;
  /** A match of digits proves nothing. */
  readonly label: 'conjecture';
}

/** What one way of searching did. */
export interface ConstantAttempt {
  readonly stage: string;
  readonly outcome: 'done' | 'stopped' | 'skipped';
  readonly note: string;
  readonly seconds: number;
}

/** What `identifyConstant` says of a number. */
export interface ConstantReport {
  /**
   * found: the best has a chance below 1/256 and at most 4/5 of the bits of the digits; weak: there are candidates;
   * none: the digits carry no formula.
   */
  readonly status: 'found' | 'weak' | 'none';
  /** Best first. */
  readonly candidates: readonly ConstantCandidate[];
  /** Short formulas just outside the error: what digits that were cut off instead of rounded, or rounded twice, hide. */
  readonly near: readonly ConstantCandidate[];
  readonly tried: readonly ConstantAttempt[];
  /** Significant digits that were given. */
  readonly digits: number;
  readonly digitBits: number;
}

/** A candidate is found when it is as improbable by chance as this. */
export const FOUND_CHANCE = 2 ** -8;
/** And its description is as short as this beside the digits: long fractions meet long numbers often enough. */
const FOUND_SHARE = 0.8;
/** So improbable that the other ways are not asked. */
const CERTAIN_CHANCE = 2 ** -24;
/** Relations are sought with this many digits; all of them decide whether a formula fits. */
const SEARCH_DIGITS = 120;
/** Bits beyond the error with which a formula is compared with the number. */
const GUARD = 64;
const BREATH = 0.03;
const MOST_NEAR = 3;

const STAGES: readonly ConstantStage[] = [
  RATIONAL_STAGE,
  LINEAR_STAGE,
  ALGEBRAIC_STAGE,
  PRODUCT_STAGE,
  FUNCTION_STAGE,
  EXPRESSION_STAGE,
];

const ALL_OPERATORS: readonly FormulaOperator[] = [
  ...(Object.keys(BINARY_COSTS) as FormulaOperator[]),
  ...SMALL_FUNCTIONS.map(({ name }) => name),
];

/**
 * Formulas for a number that is known by its digits.
 *
 * Fractions, algebraic numbers, sums over a basis, products of powers, functions of fractions, small expressions. A
 * formula counts only by what it leaves of the digits: chance = 2^(bits of the formula - bits of the digits).
 *
 * @param text a decimal number, known to half a unit of its last place, or with an error: "1.2345(6)", "1.2345 ± 0.0006"
 * @throws ParseError "not-a-number"; DomainError "too-many-digits" | "out-of-range"; OptionError
 * @see test/fixtures/pari for the agreement with lindep, algdep and bestappr
 * @example (await identifyConstant('1.644934066848226')).candidates[0].formula // 'pi^2 / 6'
 */
export async function identifyConstant(text: string, options: ConstantOptions = {}): Promise<ConstantReport> {
  const settings = checked(options);
  const read = readDecimal(text);
  const given = options.digits === undefined ? read : coarser(read, options.digits);
  const start = now();
  const positive: Decimal =
    given.middle < 0n ? { ...given, middle: -given.middle, approximate: -given.approximate } : given;
  const held = new HeldCandidates(
    positive,
    given.middle < 0n,
    settings.maxCandidates,
    settings.maxChance,
    options.maxChance ?? FOUND_CHANCE,
  );
  const shouldStop = (): boolean => settings.signal?.aborted === true || now() - start > settings.timeLimit;
  const search: ConstantSearch = {
    ...settings,
    target: coarser(positive, SEARCH_DIGITS),
    budget: () => held.budget,
    offer: (proposal) => held.offer(proposal),
    shouldStop,
  };
  const tried: ConstantAttempt[] = [];
  let breath = now();
  for (const { name, run } of STAGES) {
    const begun = now();
    const skip = reasonToSkip(positive, held, shouldStop());
    if (skip) {
      tried.push({ stage: name, ...skip, seconds: 0 });
      continue;
    }
    const steps = run(search);
    let step = steps.next();
    while (!step.done) {
      if (now() - breath > BREATH) {
        await breathe();
        breath = now();
      }
      step = steps.next();
    }
    tried.push({ stage: name, outcome: shouldStop() ? 'stopped' : 'done', note: step.value, seconds: now() - begun });
  }
  const candidates = held.candidates();
  const status = held.found ? 'found' : candidates.length > 0 ? 'weak' : 'none';
  return {
    status,
    candidates,
    near: status === 'found' ? [] : held.nearby(),
    tried,
    digits: given.digits,
    digitBits: given.bits,
  };
}

function reasonToSkip(
  target: Decimal,
  held: HeldCandidates,
  stopped: boolean,
): Pick<ConstantAttempt, 'outcome' | 'note'> | undefined {
  if (target.middle === 0n || target.bits < 1) return { outcome: 'skipped', note: 'no digit is known' };
  if (held.leastChance <= CERTAIN_CHANCE) return { outcome: 'skipped', note: 'a formula is found already' };
  return stopped ? { outcome: 'stopped', note: 'the time is up' } : undefined;
}

type Settings = Omit<ConstantSearch, 'target' | 'budget' | 'offer' | 'shouldStop'> & {
  readonly maxCandidates: number;
  readonly maxChance: number;
  readonly timeLimit: number;
  readonly signal?: AbortSignal;
};

function checked(options: ConstantOptions): Settings {
  const {
    maxDegree = 8,
    maxCoefficient = 10 ** 12,
    maxCandidates = 5,
    maxChance = 1 / 16,
    timeLimit = 2,
    signal,
  } = options;
  const within = (name: string, value: number, least: number, most: number, whole: boolean): void => {
    if (typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value))) return;
    throw new OptionError(
      'out-of-range',
      name,
      `${value} is not allowed`,
      `give a ${whole ? 'whole ' : ''}number from ${least} to ${most}`,
    );
  };
  within('maxDegree', maxDegree, 1, 16, true);
  within('maxCandidates', maxCandidates, 1, 1000, true);
  within('maxChance', maxChance, 1e-300, 1e12, false);
  if (options.digits !== undefined) within('digits', options.digits, 1, MOST_DIGITS, true);
  within('timeLimit', timeLimit, 0.001, 86400, false);
  if (typeof maxCoefficient !== 'bigint') within('maxCoefficient', maxCoefficient, 1, Number.MAX_SAFE_INTEGER, true);
  else if (maxCoefficient < 1n)
    throw new OptionError('out-of-range', 'maxCoefficient', 'it is below 1', 'give 1 or more');
  const operators = options.operators ?? ALL_OPERATORS;
  const unknown = operators.find((name) => !(ALL_OPERATORS as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new OptionError(
      'unknown-operator',
      'operators',
      `${unknown} is not offered`,
      `known: ${ALL_OPERATORS.join(', ')}`,
    );
  }
  return {
    basis: readBasis(options.basis ?? DEFAULT_BASIS, 'basis'),
    factors: readBasis(options.factors ?? DEFAULT_FACTORS, 'factors'),
    maxDegree,
    maxCoefficient: BigInt(maxCoefficient),
    operators: new Set(operators as FormulaOperator[]),
    maxCandidates,
    maxChance,
    timeLimit,
    signal,
  };
}

interface Held extends Proposal {
  readonly value: bigint;
}

/** The best candidates so far: formulas of one value count once, as the shortest of them. */
class HeldCandidates {
  private readonly held: Held[] = [];
  private readonly near: Held[] = [];
  private readonly bits: number;
  private readonly middle: bigint;
  private readonly half: bigint;
  /** Formulas that were looked at, with the bits of the cheapest way to them. */
  private readonly seen = new Map<string, number>();
  private readonly longest: number;
  private readonly outside: Decimal;

  constructor(
    private readonly target: Decimal,
    private readonly negative: boolean,
    private readonly most: number,
    maxChance: number,
    private readonly mostBesideFound: number,
  ) {
    this.bits = workingBits(target, GUARD);
    this.middle = fixedOf(target, this.bits);
    this.half = halfWidthOf(target, this.bits);
    this.outside = loosened(target, NEAR_UNITS);
    this.longest = target.bits + Math.log2(maxChance);
  }

  /** The longest description that would still be kept. */
  get budget(): number {
    return this.held.length < this.most ? this.longest : this.held[this.held.length - 1].bits;
  }

  get found(): boolean {
    return this.chance <= FOUND_CHANCE && this.held[0].bits <= FOUND_SHARE * this.target.bits;
  }

  get chance(): number {
    return this.held.length === 0 ? Number.POSITIVE_INFINITY : 2 ** (this.held[0].bits - this.target.bits);
  }

  /** The least chance, formulas just outside the error included. */
  get leastChance(): number {
    const near = this.near.length === 0 ? Number.POSITIVE_INFINITY : 2 ** (this.near[0].bits - this.outside.bits);
    return Math.min(this.chance, near);
  }

  offer(proposal: Proposal): boolean {
    if (proposal.bits > this.budget) return true;
    const key = formulaText(proposal.formula);
    if ((this.seen.get(key) ?? Number.POSITIVE_INFINITY) <= proposal.bits) return true;
    this.seen.set(key, proposal.bits);
    const value = evaluateFormula(proposal.formula, this.bits);
    if (value === undefined) return false;
    const off = distance(value, this.middle);
    if (off <= this.half) insert(this.held, { ...proposal, value }, this.most);
    else if (off > BigInt(NEAR_UNITS) * this.half) return false;
    else if (proposal.bits <= Math.min(this.outside.bits + Math.log2(FOUND_CHANCE), FOUND_SHARE * this.outside.bits)) {
      insert(this.near, { ...proposal, value }, MOST_NEAR);
    }
    return true;
  }

  /** Best first; beside one that is found, those that chance explains are left out. */
  candidates(): ConstantCandidate[] {
    const most = this.found ? this.mostBesideFound : Number.POSITIVE_INFINITY;
    return this.described(this.held, this.target.bits).filter(({ chance }) => chance <= most);
  }

  nearby(): ConstantCandidate[] {
    return this.described(this.near, this.outside.bits);
  }

  private described(list: readonly Held[], digitBits: number): ConstantCandidate[] {
    const { target, negative } = this;
    return list.map(({ kind, formula, bits, value }) => {
      const signed: Formula = negative ? apply('neg', formula) : formula;
      const chance = 2 ** (bits - digitBits);
      const residual = residualOf(value - this.middle, this.bits);
      return {
        kind,
        formula: formulaText(signed),
        latex: formulaLatex(signed),
        value: `${negative ? '-' : ''}${fixedToDecimal(value, this.bits, Math.max(1, target.digits) + 10)}`,
        residual: negative ? -residual : residual,
        bits,
        digitBits,
        chance,
        confidence: Math.exp(-chance),
        label: 'conjecture',
      };
    });
  }
}

/** Keeps a list ordered, of one entry a value: equal to half of the guard bits beyond the error is equal. */
function insert(list: Held[], entry: Held, most: number): void {
  const twin = list.findIndex((other) => distance(entry.value, other.value) <= 1n << BigInt(GUARD / 2));
  if (twin >= 0) {
    if (list[twin].bits <= entry.bits) return;
    list.splice(twin, 1);
  }
  const at = list.findIndex((other) => other.bits > entry.bits);
  list.splice(at < 0 ? list.length : at, 0, entry);
  if (list.length > most) list.pop();
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a;
}

function residualOf(difference: bigint, bits: number): number {
  return difference === 0n ? 0 : Number(fixedToDecimal(difference, bits, 3));
}
