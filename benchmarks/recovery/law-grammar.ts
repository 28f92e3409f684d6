import type { RandomStream } from '../../src/core/index.ts';
import { call, constant, type Expression, STANDARD_OPERATORS, type Variable } from '../../src/expressions/index.ts';
import { fraction, over, times } from './fraction.ts';

/** Functions inside functions, at most; the root of a lone variable is a power of it and counts as none. */
const DEEPEST_NESTING = 2;
/** Names of variables, in the order in which laws take them. */
export const NAMES = ['x', 'y', 'z', 'u', 'v'] as const;
/** Weights of laws of 1 to 5 variables. */
const VARIABLE_COUNTS = [2, 4, 5, 3, 1] as const;
/** Small rationals that stand as factors: exact in binary, so that a law is printed as it is meant. */
const RATIONALS = [2, 2, 2, 3, 4, 5, 8, 0.5, 0.5, 0.25, 0.75, 1.5, 2.5] as const;
/** Constants are drawn from here, by logarithm. */
const SMALLEST_CONSTANT = 0.1;
const LARGEST_CONSTANT = 10;
const RATIONAL_SHARE = 0.4;
/** Share of sums and roots among the arguments of functions. */
const ALGEBRA_SHARE = 0.2;
const DIGITS = [2, 3, 4] as const;
/** Powers of a factor and their weights. */
const POWERS: readonly (readonly [power: number, weight: number])[] = [
  [1, 8],
  [2, 4],
  [3, 1],
  [0.5, 1],
  [-1, 5],
  [-2, 2],
  [-3, 0.3],
  [-0.5, 0.7],
];

const of =
  (name: string) =>
  (...args: readonly Expression[]): Expression =>
    call(STANDARD_OPERATORS.get(name), ...args);
const add = of('+');
const sub = of('-');
const mul = of('*');
const div = of('/');
const pow = of('^');
const neg = of('neg');
const sqrt = of('sqrt');
const exp = of('exp');
const log = of('log');
const sin = of('sin');
const cos = of('cos');
const tanh = of('tanh');
const square = (tree: Expression): Expression => pow(tree, constant(2));

/** One way in which a formula of physics is built. */
interface Form {
  readonly name: string;
  readonly weight: number;
  readonly build: (pen: Pen) => Expression;
}

/** Shapes of a whole law. */
const LAWS: readonly Form[] = [
  { name: 'product', weight: 4, build: (pen) => times(pen.monomial(1, 2), pen.one(CORES)) },
  { name: 'quotient', weight: 3, build: (pen) => over(pen.monomial(1, 2), pen.one(CORES)) },
  { name: 'power law', weight: 1, build: (pen) => pen.monomial(2, 5) },
  { name: 'sum', weight: 3, build: (pen) => pen.sum(pen.monomial(1, 3), pen.monomial(1, 3)) },
  { name: 'term more', weight: 2, build: (pen) => pen.sum(pen.monomial(1, 2), pen.one(CORES)) },
  { name: 'core', weight: 2, build: (pen) => pen.one(CORES) },
];

/** Sums: what a root is taken of. */
const SUMS: readonly Form[] = [
  { name: 'like terms', weight: 3, build: (pen) => pen.likeTerms() },
  { name: 'one and a term', weight: 2, build: (pen) => pen.sum(constant(1), pen.argument()) },
  { name: 'relativistic', weight: 2, build: (pen) => sub(constant(1), square(pen.ratio())) },
];

/** Algebra: what may stand in a wave or an exponential beside products. */
const ALGEBRA: readonly Form[] = [
  ...SUMS,
  { name: 'root', weight: 3, build: (pen) => pen.within(sqrt, (inner) => inner.one(SUMS)) },
];

/** Parts that are more than a product of powers. */
const CORES: readonly Form[] = [
  ...ALGEBRA,
  { name: 'damping', weight: 3, build: (pen) => pen.within(exp, (inner) => neg(inner.argument())) },
  { name: 'bell', weight: 1, build: (pen) => pen.within(exp, (inner) => neg(square(inner.ratio()))) },
  {
    name: 'saturation',
    weight: 1,
    build: (pen) =>
      sub(
        constant(1),
        pen.within(exp, (p) => neg(p.argument())),
      ),
  },
  {
    name: 'occupation',
    weight: 1,
    build: (pen) =>
      sub(
        pen.within(exp, (p) => p.argument()),
        constant(1),
      ),
  },
  { name: 'sine', weight: 2, build: (pen) => pen.within(sin, (inner) => inner.argument()) },
  { name: 'cosine', weight: 2, build: (pen) => pen.within(cos, (inner) => inner.argument()) },
  { name: 'intensity', weight: 1, build: (pen) => square(pen.within(sin, (inner) => inner.argument())) },
  {
    name: 'deflection',
    weight: 0.5,
    build: (pen) =>
      sub(
        constant(1),
        pen.within(cos, (p) => p.argument()),
      ),
  },
  { name: 'logarithm', weight: 1, build: (pen) => pen.within(log, (inner) => inner.ratio()) },
  { name: 'shifted log', weight: 1, build: (pen) => pen.within(log, (p) => add(constant(1), p.argument())) },
  { name: 'alignment', weight: 1, build: (pen) => pen.within(tanh, (inner) => inner.argument()) },
];

/** Writes formulas: knows which variables a law has not used yet and how deep in functions it is. */
class Pen {
  constructor(
    private readonly random: RandomStream,
    private readonly variables: readonly string[],
    private readonly used: Set<string>,
    private readonly nesting: number,
  ) {}

  /** One of the forms, by weight. */
  one(forms: readonly Form[]): Expression {
    return forms[this.random.weighted(forms.map(({ weight }) => weight))].build(this);
  }

  /** A function of what a pen inside it writes; products alone where functions are nested too deep. */
  within(outer: (tree: Expression) => Expression, write: (inner: Pen) => Expression): Expression {
    if (this.nesting >= DEEPEST_NESTING) return this.monomial(1, 2);
    return outer(write(new Pen(this.random, this.variables, this.used, this.nesting + 1)));
  }

  /** What stands in a function: mostly a product, now and then more algebra. */
  argument(): Expression {
    if (this.nesting > 0 && this.nesting < DEEPEST_NESTING && this.chance(ALGEBRA_SHARE)) return this.one(ALGEBRA);
    return this.chance(0.5) ? times(this.constant(), this.powers(1, 2)) : this.powers(1, 3);
  }

  /** A quotient of two variables, or a variable over a constant. */
  ratio(): Expression {
    const above = this.fresh();
    return div(above, this.chance(0.8) ? this.fresh([above.name]) : this.constant());
  }

  /** Two or three terms that differ in variables or constants alone: x^2 + y^2, x + 2*y. */
  likeTerms(): Expression {
    const power = this.chance(0.6) ? 2 : 1;
    const taken: string[] = [];
    const term = (): Expression => {
      const base = this.fresh(taken);
      taken.push(base.name);
      return this.chance(0.3) ? mul(this.constant(), raised(base, power)) : raised(base, power);
    };
    const two = this.sum(term(), term());
    return this.variables.length > 2 && this.chance(0.2) ? this.sum(two, term()) : two;
  }

  /** A product of powers, with a constant in front in half of the cases. */
  monomial(fewest: number, most: number): Expression {
    const powers = this.powers(fewest, most);
    return this.chance(0.5) ? times(this.constant(), powers) : powers;
  }

  /** A sum, or a difference. */
  sum(left: Expression, right: Expression): Expression {
    return this.chance(0.6) ? add(left, right) : sub(left, right);
  }

  constant(): Expression {
    if (this.chance(RATIONAL_SHARE)) return constant(RATIONALS[this.random.integer(RATIONALS.length)]);
    const value = SMALLEST_CONSTANT * (LARGEST_CONSTANT / SMALLEST_CONSTANT) ** this.random.uniform();
    return constant(Number(value.toPrecision(DIGITS[this.random.integer(DIGITS.length)])));
  }

  /** A variable that is not taken, preferably one that the law has not used; any where all are taken. */
  private fresh(taken: readonly string[] = []): Variable {
    const free = this.variables.filter((name) => !taken.includes(name));
    const unused = free.filter((name) => !this.used.has(name));
    const from = unused.length > 0 && this.chance(0.85) ? unused : free.length > 0 ? free : this.variables;
    const name = from[this.random.integer(from.length)];
    this.used.add(name);
    return { kind: 'variable', name };
  }

  /** Powers of different variables as one fraction: x^2 * y / (z * sqrt(u)). */
  private powers(fewest: number, most: number): Expression {
    const count = Math.min(this.variables.length, fewest + this.random.integer(most - fewest + 1));
    const above: Expression[] = [];
    const below: Expression[] = [];
    const taken: string[] = [];
    for (let i = 0; i < count; i++) {
      const power = POWERS[this.random.weighted(POWERS.map(([, weight]) => weight))][0];
      const base = this.fresh(taken);
      taken.push(base.name);
      (power > 0 ? above : below).push(raised(base, Math.abs(power)));
    }
    return fraction(above, below);
  }

  private chance(share: number): boolean {
    return this.random.uniform() < share;
  }
}

function raised(base: Expression, power: number): Expression {
  if (power === 1) return base;
  return power === 0.5 ? sqrt(base) : pow(base, constant(power));
}

/**
 * A random formula as physics has them, of any size: products and quotients of powers with sums, roots, damping,
 * waves, logarithms and saturation, functions nested at most twice, constants of 2 to 4 digits or small rationals.
 *
 * Most of what it writes is no law yet: `randomLaws` keeps those that are.
 */
export function randomFormula(random: RandomStream): Expression {
  const count = 1 + random.weighted(VARIABLE_COUNTS);
  return new Pen(random, NAMES.slice(0, count), new Set(), 0).one(LAWS);
}
