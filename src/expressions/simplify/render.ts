import { call, constant, type Expression, size, variable } from '../expression.ts';
import { ADD, CUBE, DIV, INV, MUL, NEG, SQUARE, SUB } from '../operators/arithmetic.ts';
import { EXP, EXP2, POW, SQRT } from '../operators/powers-and-logarithms.ts';
import { add, asTerm, scale } from './algebra.ts';
import {
  type Coefficient,
  Fraction,
  isInteger,
  isNegative,
  multiplyCoefficients,
  negate,
  toNumber,
} from './coefficient.ts';
import { type Atom, Factor, loneTerm, Sum, type Term } from './normal-form.ts';

/** The way people write, or the fewest nodes: x^2 or square(x), a exp(-x) or a/exp(x). */
export type Style = 'natural' | 'compact';

/** The tree of a normal form; `factored` when it holds a product that the normal form has as a sum. */
export function render(sum: Sum, style: Style): { readonly tree: Expression; readonly factored: boolean } {
  const renderer = new Renderer(style);
  const tree = renderer.sum(sum);
  return { tree, factored: renderer.factored };
}

class Renderer {
  factored = false;
  constructor(private readonly style: Style) {}

  sum(whole: Sum): Expression {
    const sum = flatten(whole);
    if (sum.terms.length === 0) return this.number(sum.constant);
    const lone = loneTerm(sum);
    if (lone) return this.term(lone.coefficient, lone.factors);
    const plain = this.chain(sum);
    const term = asTerm(sum);
    if (term.factors.length === 1 && (term.coefficient === 1 || term.coefficient === -1)) return plain;
    const factored = this.term(term.coefficient, term.factors);
    if (size(factored) >= size(plain)) return plain;
    this.factored = true;
    return factored;
  }

  /** a + b - c; a positive entry goes first, so that no sign is left over. */
  private chain(sum: Sum): Expression {
    const terms = [...sum.terms].sort(byDegree);
    const { constant: last } = sum;
    const positive = terms.findIndex((term) => !isNegative(term.coefficient));
    let start = positive;
    if (positive < 0 && (last === 0 || isNegative(last))) {
      start = last === 0 ? terms.findIndex((term) => absorbsSign(term, this.style)) : -1;
      if (last === 0 && start < 0) return call(NEG, this.chain(scale(sum, -1)));
    }
    let total: Expression;
    if (start < 0) total = this.number(last);
    else {
      const [first] = terms.splice(start, 1);
      total = this.term(first.coefficient, first.factors);
    }
    for (const { coefficient, factors } of terms) {
      total = isNegative(coefficient)
        ? call(SUB, total, this.term(negate(coefficient), factors))
        : call(ADD, total, this.term(coefficient, factors));
    }
    if (start < 0 || last === 0) return total;
    return isNegative(last) ? call(SUB, total, this.number(negate(last))) : call(ADD, total, this.number(last));
  }

  private number(value: Coefficient): Expression {
    if (typeof value === 'number') return constant(value);
    return call(DIV, constant(value.numerator), constant(value.denominator));
  }

  private term(coefficient: Coefficient, all: readonly Factor[]): Expression {
    let factors = all;
    let number = coefficient;
    if (number === -1) {
      const flipped = flip(factors, this.style);
      if (flipped) {
        factors = flipped;
        number = 1;
      }
    } else if (number !== 1) {
      const inside = absorb(number, factors);
      if (inside) {
        factors = inside;
        number = 1;
      }
    }
    const above: Factor[] = [];
    const below: Factor[] = [];
    for (const factor of [...factors].sort(byRank)) {
      const { exponent } = factor;
      if (exponent instanceof Sum || !isNegative(exponent)) above.push(factor);
      else below.push(new Factor(factor.base, negate(exponent)));
    }
    const up = this.powers(above);
    let minus = false;
    let numerator: Expression | null = null;
    let denominator: Expression | null = null;
    if (typeof number === 'number') {
      minus = number === -1;
      // 1/2, 1/4, ... of something that is there to be divided; other decimals stay what they are.
      const reciprocal = 1 / number;
      if (up.length > 0 && number > 0 && number < 1 && number >= 2 ** -10 && Number.isInteger(Math.log2(reciprocal))) {
        denominator = constant(reciprocal);
      } else if (number !== 1 && number !== -1) numerator = constant(number);
    } else {
      const { numerator: n, denominator: d } = number;
      minus = n === -1 && up.length > 0 && this.style === 'natural';
      if (n !== 1 && !minus && !(n === -1 && up.length > 0)) numerator = constant(n);
      denominator = constant(n === -1 && !minus && up.length > 0 ? -d : d);
    }
    // With nothing else above the line a power may stay there: x^-2.
    if (numerator === null && up.length === 0 && !minus) {
      const stays = below.findIndex(({ exponent }) => exponent !== 1 && (exponent !== 0.5 || this.style === 'compact'));
      if (stays >= 0) {
        const [factor] = below.splice(stays, 1);
        numerator = call(POW, this.base(factor.base), this.number(negate(factor.exponent as Coefficient)));
      }
    }
    for (const part of up) numerator = numerator === null ? part : call(MUL, numerator, part);
    for (const part of this.powers(below)) denominator = denominator === null ? part : call(MUL, denominator, part);
    if (denominator === null) {
      const product = numerator ?? constant(1);
      return minus ? call(NEG, product) : product;
    }
    if (numerator === null) {
      if (!minus && this.style === 'compact') return call(INV, denominator);
      return call(DIV, constant(minus ? -1 : 1), denominator);
    }
    return call(DIV, minus ? call(NEG, numerator) : numerator, denominator);
  }

  /** The powers one by one, except that whole powers with one exponent share it: (x y)^2. */
  private powers(factors: readonly Factor[]): Expression[] {
    const parts: Expression[] = [];
    const done = new Set<Coefficient>();
    for (const { base, exponent } of factors) {
      if (exponent instanceof Sum || exponent === 1 || !isInteger(exponent)) {
        parts.push(this.power(base, exponent));
        continue;
      }
      if (done.has(exponent)) continue;
      done.add(exponent);
      let product: Expression | null = null;
      for (const factor of factors) {
        if (factor.exponent !== exponent) continue;
        const part = this.base(factor.base);
        product = product === null ? part : call(MUL, product, part);
      }
      parts.push(this.raise(product!, exponent));
    }
    return parts;
  }

  private power(base: Atom, exponent: Factor['exponent']): Expression {
    // A sum that stands as a factor has its common factors outside already.
    if (exponent === 1) return base.kind === 'sum' ? this.chain(base.sum) : this.base(base);
    if (!(exponent instanceof Sum)) return this.raise(this.base(base), exponent);
    if (base.kind === 'e') return call(EXP, this.sum(exponent));
    if (base.kind === 'number' && base.value === 2 && this.style === 'compact') return call(EXP2, this.sum(exponent));
    return call(POW, this.base(base), this.sum(exponent));
  }

  private raise(base: Expression, exponent: Coefficient): Expression {
    if (exponent === 0.5) return call(SQRT, base);
    if (this.style === 'compact') {
      if (exponent === 2) return call(SQUARE, base);
      if (exponent === 3) return call(CUBE, base);
    }
    return call(POW, base, this.number(exponent));
  }

  private base(base: Atom): Expression {
    if (base.kind === 'variable') return variable(base.name);
    if (base.kind === 'sum') return this.sum(base.sum);
    if (base.kind === 'number') return constant(base.value);
    if (base.kind === 'e') return constant(Math.E);
    const args = base.arguments.map((argument) => this.sum(argument));
    // min and max hold any number of arguments in the normal form, two in a tree.
    return args.length <= base.operator.arity
      ? call(base.operator, ...args)
      : args.reduce((left, right) => call(base.operator, left, right));
  }
}

/** Nodes that a coefficient adds to what it multiplies. */
function coefficientCost(value: Coefficient): number {
  if (value instanceof Fraction) return Math.abs(value.numerator) === 1 ? 2 : 4;
  return value === 1 || value === -1 ? 0 : 2;
}

/** The factors with the number multiplied into a lone sum, when that takes fewer nodes: 2.5 (2x + 1) = 5x + 2.5. */
function absorb(number: Coefficient, factors: readonly Factor[]): Factor[] | null {
  const at = factors.findIndex(({ base, exponent }) => base.kind === 'sum' && exponent === 1);
  if (at < 0) return null;
  const { sum } = factors[at].base as Extract<Atom, { kind: 'sum' }>;
  let change = -coefficientCost(number);
  for (const { coefficient } of sum.terms) {
    change += coefficientCost(multiplyCoefficients(coefficient, number)) - coefficientCost(coefficient);
  }
  if (multiplyCoefficients(sum.constant, number) instanceof Fraction) change += 2;
  if (sum.constant instanceof Fraction) change -= 2;
  if (change >= 0) return null;
  return factors.map((factor, i) =>
    i === at ? new Factor({ kind: 'sum', key: factor.base.key, sum: scale(sum, number) }, 1) : factor,
  );
}

/** The sum with those terms multiplied out that are a number times a sum and get shorter by it. */
function flatten(sum: Sum): Sum {
  let flat = sum;
  for (const term of sum.terms) {
    if (term.factors.length > 1) continue;
    const inside = absorb(term.coefficient, term.factors);
    if (!inside) continue;
    const without = new Sum(
      flat.terms.filter((other) => other !== term),
      flat.constant,
    );
    flat = add(without, (inside[0].base as Extract<Atom, { kind: 'sum' }>).sum);
  }
  return flat;
}

function isMixed(sum: Sum): boolean {
  const signs = sum.terms.map((term) => isNegative(term.coefficient));
  if (sum.constant !== 0) signs.push(isNegative(sum.constant));
  return signs.includes(true) && signs.includes(false);
}

/** True when the negative of the argument is as short as the argument. */
function flipsFreely(sum: Sum, style: Style): boolean {
  const lone = loneTerm(sum);
  if (!lone) return isMixed(sum);
  // -sin(2x) reads better than sin(-2x), which is shorter.
  return (style === 'compact' && coefficientCost(lone.coefficient) > 0) || flip(lone.factors, style) !== null;
}

/** The factors with a minus sign hidden in one of them at no cost, or null: y - x, sin(-2x). */
function flip(factors: readonly Factor[], style: Style): Factor[] | null {
  for (let i = 0; i < factors.length; i++) {
    const { base, exponent } = factors[i];
    if (exponent instanceof Sum || Math.abs(toNumber(exponent) % 2) !== 1) continue;
    let flipped: Atom | null = null;
    if (base.kind === 'sum' && isMixed(base.sum)) flipped = { ...base, sum: scale(base.sum, -1) };
    else if (base.kind === 'call' && base.operator.facts.parity === 'odd' && flipsFreely(base.arguments[0], style)) {
      flipped = { ...base, arguments: [scale(base.arguments[0], -1)] };
    }
    if (flipped) return factors.map((factor, j) => (j === i ? new Factor(flipped, exponent) : factor));
  }
  return null;
}

function absorbsSign({ coefficient, factors }: Term, style: Style): boolean {
  return coefficientCost(coefficient) > 0 || flip(factors, style) !== null;
}

function degree(term: Term): number {
  let total = 0;
  for (const { exponent } of term.factors) if (!(exponent instanceof Sum)) total += toNumber(exponent);
  return total;
}

/** Highest degree first, as polynomials are written. */
function byDegree(a: Term, b: Term): number {
  return degree(b) - degree(a) || (a.key < b.key ? -1 : 1);
}

const RANK = { number: 0, variable: 1, sum: 2, call: 3, e: 4 } as const;

function rank({ base, exponent }: Factor): number {
  return RANK[base.kind] + (exponent instanceof Sum ? 1.5 : 0);
}

function byRank(a: Factor, b: Factor): number {
  return rank(a) - rank(b) || (a.base.key < b.base.key ? -1 : 1);
}
