import fc from 'fast-check';
import {
  call,
  constant,
  type Expression,
  type Operator,
  STANDARD_OPERATORS,
  variable,
} from '../../src/expressions/index.ts';

export interface ExpressionSpace {
  readonly operators?: readonly Operator[];
  readonly constants?: fc.Arbitrary<number>;
  readonly variables?: readonly string[];
  /** Largest depth. */
  readonly depth?: number;
}

/** Small integers, decimals, and fractions: the constants of formulas. */
export const FORMULA_CONSTANTS: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -4, max: 4 }) },
  { weight: 2, arbitrary: fc.constantFrom(0.5, -0.5, 1.5, 0.25, 2.5, 10, Math.PI) },
  { weight: 2, arbitrary: fc.integer({ min: -500, max: 500 }).map((value) => value / 100) },
);

/** Every finite double, with the awkward ones made common. */
export const ANY_CONSTANTS: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, -0, 1e-300, 5e-324, 1.7976931348623157e308, -1.7976931348623157e308, 1e21, 1e-7, -3, 0.1 + 0.2),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
);

/** Trees over a table of operators. */
export function arbitraryExpression(space: ExpressionSpace = {}): fc.Arbitrary<Expression> {
  const {
    operators = [...STANDARD_OPERATORS],
    constants = FORMULA_CONSTANTS,
    variables = ['x', 'y', 'z'],
    depth = 5,
  } = space;
  const leaf = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...variables).map((name): Expression => variable(name)) },
    { weight: 1, arbitrary: constants.map((value): Expression => constant(value)) },
  );
  const level = fc.memo((n: number): fc.Arbitrary<Expression> => {
    if (n <= 1) return leaf;
    const below = level(n - 1);
    const application = fc
      .constantFrom(...operators)
      .chain((operator) =>
        (operator.arity === 1 ? fc.tuple(below) : fc.tuple(below, below)).map((args) => call(operator, ...args)),
      );
    return fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 4, arbitrary: application });
  });
  return level(depth);
}

/** Operators whose trees are polynomials, quotients and powers: where algebra has most to do. */
export const ALGEBRAIC: readonly Operator[] = [
  'add',
  'sub',
  'mul',
  'div',
  'neg',
  'inv',
  'square',
  'pow',
  'sqrt',
  'abs',
].map((name) => STANDARD_OPERATORS.get(name));
