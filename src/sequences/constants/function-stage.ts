import { AnsatzError } from '../../core/index.ts';
import { type Fraction, simplestBetween } from '../../numerics/index.ts';
import type { ConstantStage } from './constant-search.ts';
import { fixedOf, halfWidthOf, ratioBits, workingBits } from './decimal.ts';
import { expressionBits, logTwoOf } from './description.ts';
import { applyFixed } from './evaluate-formula.ts';
import { apply, combination, type Formula, type FormulaOperator, integer, multiple, named, ratio } from './formula.ts';
import { namedConstant } from './named-constants.ts';

const GUARD = 48;
type Inverse = (y: bigint, bits: number) => bigint;
const call =
  (operator: FormulaOperator): Inverse =>
  (y, bits) =>
    applyFixed(operator, y, 0n, bits);

/** log(y + sqrt(y^2 + s)) */
const areaFunction =
  (sign: bigint): Inverse =>
  (y, bits) =>
    call('log')(y + call('sqrt')(call('square')(y, bits) + (sign << BigInt(bits)), bits), bits);

/** Functions with their inverses and their costs in half bits, as in the table of small expressions. */
const FUNCTIONS: readonly (readonly [name: FormulaOperator, cost: number, inverse: Inverse])[] = [
  ['exp', 6, call('log')],
  ['log', 6, call('exp')],
  ['sin', 8, call('asin')],
  ['cos', 8, call('acos')],
  ['tan', 8, call('atan')],
  ['asin', 8, call('sin')],
  ['acos', 8, call('cos')],
  ['atan', 8, call('tan')],
  ['sinh', 9, areaFunction(1n)],
  ['cosh', 9, areaFunction(-1n)],
  [
    'tanh',
    9,
    (y, bits) => call('log')(applyFixed('div', (1n << BigInt(bits)) + y, (1n << BigInt(bits)) - y, bits), bits) >> 1n,
  ],
];

/** What stands beside the fraction: nothing, a factor, or below. */
const BESIDE: readonly (readonly [name: 'pi' | 'e' | undefined, above: boolean, cost: number])[] = [
  [undefined, true, 0],
  ['pi', true, 12],
  ['pi', false, 12],
  ['e', true, 13],
];
const ROOT_COST = 6;

/** f(c r) and f(c sqrt r) with a fraction r of any size: what a table of small numbers cannot hold. */
export const FUNCTION_STAGE: ConstantStage = {
  name: 'function',
  *run({ target, offer, budget, operators, shouldStop }) {
    let bits = workingBits(target, GUARD);
    let tried = 0;
    // exp of a large number has more digits than can be used.
    const large = Math.abs(target.approximate) > 64;
    if (large) bits += 64;
    const x = fixedOf(target, bits);
    const h = halfWidthOf(target, bits);
    for (const [name, cost, inverse] of FUNCTIONS) {
      if (!operators.has(name) || shouldStop() || (large && name === 'log')) continue;
      yield;
      const ends = endsUnder(inverse, x, h, bits);
      if (!ends) continue;
      for (const [constant, above, beside] of BESIDE) {
        const unit = constant && namedConstant(constant)!.fixed(bits);
        const scaled = ends.map((y) => (unit ? applyFixed(above ? 'div' : 'mul', y, unit, bits) : y));
        for (const power of [1, 2]) {
          const [low, high] = power === 1 ? scaled : scaled.map((y) => applyFixed('square', y, 0n, bits));
          if (low <= 0n || high <= low) continue;
          tried++;
          // The count is per unit of the logarithm of r: its interval is wider or narrower than that of x.
          const stretch = target.bits - ratioBits(low, high - low);
          const own = expressionBits(cost + beside + (power === 2 ? ROOT_COST : 0)) + stretch;
          const wide = high - low;
          for (const [from, to] of [
            [low - wide, high + wide],
            [low, high],
          ]) {
            if (from <= 0n) continue;
            const r = simplestBetween(...fractionsOf(from, to, bits));
            const price = own + fractionBits(r);
            if (price > budget()) continue;
            offer({ kind: 'expression', formula: apply(name, argumentOf(r, power, constant, above)), bits: price });
          }
        }
      }
    }
    return `a function of a fraction or of its square root, times pi or e, in ${tried} ways`;
  },
};

/** Images of both ends, ascending; undefined where the inverse is not defined on the interval. */
function endsUnder(inverse: Inverse, x: bigint, h: bigint, bits: number): bigint[] | undefined {
  try {
    const ends = [inverse(x - h, bits), inverse(x + h, bits)];
    return ends[0] < ends[1] ? ends : ends.reverse();
  } catch (error) {
    if (error instanceof AnsatzError) return undefined;
    throw error;
  }
}

function fractionsOf(low: bigint, high: bigint, bits: number): [Fraction, Fraction] {
  const denominator = 1n << BigInt(bits);
  return [
    { numerator: low, denominator },
    { numerator: high, denominator },
  ];
}

function fractionBits({ numerator, denominator }: Fraction): number {
  return Math.max(0, logTwoOf(numerator * denominator));
}

/** r or its square root, times the constant or over it. */
function argumentOf(
  { numerator, denominator }: Fraction,
  power: number,
  name: 'pi' | 'e' | undefined,
  above: boolean,
): Formula {
  const plain = ratio(numerator, denominator);
  if (name === undefined) return power === 2 ? apply('sqrt', plain) : plain;
  if (power === 2)
    return above ? apply('mul', named(name), apply('sqrt', plain)) : apply('div', apply('sqrt', plain), named(name));
  if (above) return combination([[numerator, named(name)]], denominator);
  return apply('div', integer(numerator), multiple(denominator, named(name)));
}
