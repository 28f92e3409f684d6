import { breathe, now, OptionError } from '../../core/index.ts';
import { ALGEBRAIC_STAGE } from './algebraic-stage.ts';
import { DEFAULT_BASIS, DEFAULT_FACTORS, readBasis } from './constant-basis.ts';
import type { ConstantAttempt, ConstantOptions, ConstantReport } from './constant-report.ts';
import type { ConstantSearch, ConstantStage } from './constant-search.ts';
import { coarser, type Decimal, MOST_DIGITS, readDecimal } from './decimal.ts';
import { EXPRESSION_STAGE } from './expression-stage.ts';
import { BINARY_COSTS, SMALL_FUNCTIONS } from './expression-table.ts';
import type { FormulaOperator } from './formula.ts';
import { FUNCTION_STAGE } from './function-stage.ts';
import { FOUND_CHANCE, HeldCandidates } from './held-candidates.ts';
import { LINEAR_STAGE } from './linear-stage.ts';
import { PRODUCT_STAGE } from './product-stage.ts';
import { RATIONAL_STAGE } from './rational-stage.ts';

/** So improbable that the other ways are not asked. */
const CERTAIN_CHANCE = 2 ** -24;
/** Relations are sought with this many digits; all of them decide whether a formula fits. */
const SEARCH_DIGITS = 120;
const BREATH = 0.03;

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
