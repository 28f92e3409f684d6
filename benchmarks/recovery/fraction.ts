import { call, constant, type Expression, STANDARD_OPERATORS } from '../../src/expressions/index.ts';

const MUL = STANDARD_OPERATORS.get('*');
const DIV = STANDARD_OPERATORS.get('/');

type Fraction = readonly [above: readonly Expression[], below: readonly Expression[]];

/** One fraction of the factors above and below its line. */
export function fraction(above: readonly Expression[], below: readonly Expression[]): Expression {
  const numerator = above.length > 0 ? product(above) : constant(1);
  return below.length === 0 ? numerator : call(DIV, numerator, product(below));
}

function product(factors: readonly Expression[]): Expression {
  return factors.reduce((a, b) => call(MUL, a, b));
}

/** Factors of a fraction: those above the line, and those below it. */
function factors(tree: Expression): Fraction {
  const name = tree.kind === 'call' ? tree.operator.name : '';
  if (tree.kind === 'constant' && tree.value === 1) return [[], []];
  if (tree.kind !== 'call' || (name !== 'mul' && name !== 'div')) return [[tree], []];
  const [left, right] = tree.arguments.map(factors);
  const [above, below] = name === 'mul' ? right : [right[1], right[0]];
  return [
    [...left[0], ...above],
    [...left[1], ...below],
  ];
}

/** The product of two fractions as one fraction: (a/b) * (c/d) is a*c/(b*d). */
export function times(left: Expression, right: Expression): Expression {
  const [a, b] = [factors(left), factors(right)];
  return fraction([...a[0], ...b[0]], [...a[1], ...b[1]]);
}

/** The quotient of two fractions as one fraction: (a/b) / (c/d) is a*d/(b*c). */
export function over(left: Expression, right: Expression): Expression {
  const [a, b] = [factors(left), factors(right)];
  return fraction([...a[0], ...b[1]], [...a[1], ...b[0]]);
}
