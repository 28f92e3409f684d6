import { DomainError } from '../core/index.ts';
import { constant, type Expression, parse, print, substitute } from '../expressions/index.ts';
import { inverseMod, powerMod } from '../numerics/index.ts';
import type { Alphabet } from './alphabet.ts';

/** A value and its gradient modulo p, at one point. */
interface Dual {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** A division by zero modulo p: the point was unlucky. */
class UnluckyPoint extends Error {}

/** The arguments of the letters as trees in the variables alone. @throws ParseError */
export function letterArguments({ definition }: Alphabet): Expression[] {
  const names: Record<string, Expression> = {};
  const variables = [...definition.variables];
  const read = (text: string): Expression => substitute(parse(text, { variables }), names);
  for (const [name, text] of Object.entries(definition.abbreviations ?? {})) {
    names[name] = read(text);
    variables.push(name);
  }
  return definition.letters.map(({ argument }) => read(argument));
}

/**
 * The gradients of the logarithms of letters at points modulo a prime.
 *
 * d log of a product of powers is the sum of theirs, so that roots of rational functions are letters too.
 */
export class LogarithmicForms {
  private readonly letters: readonly Expression[];
  private readonly variables: ReadonlyMap<string, number>;

  /** @throws ParseError for an argument that cannot be read */
  constructor(
    readonly alphabet: Alphabet,
    readonly p: number,
  ) {
    this.letters = letterArguments(alphabet);
    this.variables = new Map(alphabet.definition.variables.map((name, i) => [name, i]));
  }

  /**
   * d log of every letter.
   *
   * @param point residues, shape [variables]
   * @returns shape [letters][variables]; undefined at a point where a letter is 0 or infinite modulo p
   * @throws DomainError "not-rational" for letters that are no product of powers of rational functions
   */
  at(point: ArrayLike<number>): Float64Array[] | undefined {
    try {
      return this.letters.map((letter) => this.logGradient(letter, point));
    } catch (error) {
      if (error instanceof UnluckyPoint) return undefined;
      throw error;
    }
  }

  private logGradient(node: Expression, point: ArrayLike<number>): Float64Array {
    const { p } = this;
    if (node.kind === 'call') {
      const [a, b] = node.arguments;
      const of = (argument: Expression): Float64Array => this.logGradient(argument, point);
      switch (node.operator.name) {
        case 'mul':
          return combined(of(a), 1, of(b), 1, p);
        case 'div':
          return combined(of(a), 1, of(b), p - 1, p);
        case 'sqrt':
          return scaled(of(a), inverseMod(2, p), p);
        case 'cbrt':
          return scaled(of(a), inverseMod(3, p), p);
        case 'square':
          return scaled(of(a), 2, p);
        case 'inv':
          return scaled(of(a), p - 1, p);
        case 'neg':
          return of(a);
        case 'pow': {
          if (b.kind === 'constant') return scaled(of(a), this.residue(b.value), p);
          const quotient = rationalPower(b);
          if (quotient) return scaled(of(a), (this.residue(quotient[0]) * this.inverse(quotient[1])) % p, p);
          break;
        }
      }
    }
    const { value, gradient } = this.dual(node, point);
    return scaled(gradient, this.inverse(value), p);
  }

  private dual(node: Expression, point: ArrayLike<number>): Dual {
    const { p } = this;
    const zero = (): Float64Array => new Float64Array(this.variables.size);
    if (node.kind === 'constant') return { value: this.residue(node.value), gradient: zero() };
    if (node.kind === 'variable') {
      const index = this.variables.get(node.name)!;
      const gradient = zero();
      gradient[index] = 1;
      return { value: point[index] % p, gradient };
    }
    const a = this.dual(node.arguments[0], point);
    const other = (): Dual => this.dual(node.arguments[1], point);
    switch (node.operator.name) {
      case 'add':
        return plus(a, other(), 1, p);
      case 'sub':
        return plus(a, other(), p - 1, p);
      case 'neg':
        return { value: (p - a.value) % p, gradient: scaled(a.gradient, p - 1, p) };
      case 'mul':
        return times(a, other(), p);
      case 'square':
        return times(a, a, p);
      case 'div':
        return times(a, this.reciprocal(other()), p);
      case 'inv':
        return this.reciprocal(a);
      case 'pow': {
        const exponent = node.arguments[1];
        if (exponent.kind === 'constant' && Number.isInteger(exponent.value)) {
          const base = exponent.value < 0 ? this.reciprocal(a) : a;
          const e = Math.abs(exponent.value);
          if (e === 0) return { value: 1, gradient: zero() };
          const lower = powerMod(base.value, e - 1, p);
          return {
            value: (lower * base.value) % p,
            gradient: scaled(base.gradient, (lower * (e % p)) % p, p),
          };
        }
      }
    }
    throw new DomainError(
      'not-rational',
      `alphabet ${this.alphabet.name}: ${print(node)} is not a rational function`,
      'give letters as products of powers of rational functions; change variables to rationalise roots of sums',
      { alphabet: this.alphabet.name },
    );
  }

  private reciprocal({ value, gradient }: Dual): Dual {
    const inverse = this.inverse(value);
    return { value: inverse, gradient: scaled(gradient, this.p - ((inverse * inverse) % this.p), this.p) };
  }

  private inverse(value: number): number {
    if (value === 0) throw new UnluckyPoint();
    return inverseMod(value, this.p);
  }

  /** Numbers in formulas are floats; those with a small denominator are meant as fractions. */
  private residue(value: number): number {
    for (let denominator = 1; denominator <= 64; denominator++) {
      const numerator = value * denominator;
      if (!Number.isInteger(numerator) || Math.abs(numerator) > 2 ** 52) continue;
      const r = ((numerator % this.p) + this.p) % this.p;
      return (r * this.inverse(denominator)) % this.p;
    }
    throw new DomainError('not-rational', `the number ${value} is no fraction`, 'write fractions as quotients', {
      value,
    });
  }
}

/** The exponent p/q written as a quotient of numbers. */
function rationalPower(node: Expression): [number, number] | undefined {
  if (node.kind !== 'call') return undefined;
  if (node.operator.name === 'neg') {
    const inner = rationalPower(node.arguments[0]);
    return inner && [-inner[0], inner[1]];
  }
  const [a, b] = node.operator.name === 'div' ? node.arguments : [node, constant(1)];
  return a.kind === 'constant' && b.kind === 'constant' ? [a.value, b.value] : undefined;
}

function plus(a: Dual, b: Dual, sign: number, p: number): Dual {
  return { value: (a.value + sign * b.value) % p, gradient: combined(a.gradient, 1, b.gradient, sign, p) };
}

function times(a: Dual, b: Dual, p: number): Dual {
  return { value: (a.value * b.value) % p, gradient: combined(a.gradient, b.value, b.gradient, a.value, p) };
}

function scaled(a: Float64Array, factor: number, p: number): Float64Array {
  return a.map((x) => (x * factor) % p);
}

function combined(a: Float64Array, f: number, b: Float64Array, g: number, p: number): Float64Array {
  return a.map((x, i) => (((x * f) % p) + ((b[i] * g) % p)) % p);
}
