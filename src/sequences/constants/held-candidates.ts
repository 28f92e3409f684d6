import { fixedToDecimal } from '../../numerics/index.ts';
import type { ConstantCandidate } from './constant-report.ts';
import { NEAR_UNITS, type Proposal } from './constant-search.ts';
import { type Decimal, fixedOf, halfWidthOf, loosened, workingBits } from './decimal.ts';
import { evaluateFormula } from './evaluate-formula.ts';
import { apply, type Formula, formulaLatex, formulaText } from './formula.ts';

/** A candidate is found when it is as improbable by chance as this. */
export const FOUND_CHANCE = 2 ** -8;
/** And its description is as short as this beside the digits: long fractions meet long numbers often enough. */
const FOUND_SHARE = 0.8;
/** Bits beyond the error with which a formula is compared with the number. */
const GUARD = 64;
const MOST_NEAR = 3;

interface Held extends Proposal {
  readonly value: bigint;
}

/** The best candidates so far: formulas of one value count once, as the shortest of them. */
export class HeldCandidates {
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
