import { AnsatzError, DomainError } from '../../core/index.ts';
import {
  fixedAsin,
  fixedAtan,
  fixedDivide,
  fixedExp,
  fixedGamma,
  fixedLog,
  fixedMultiply,
  fixedPower,
  fixedSinCos,
  fixedSqrt,
  piBits,
} from '../../numerics/index.ts';
import type { Formula, FormulaOperator } from './formula.ts';
import { namedConstant } from './named-constants.ts';

/** Integers and powers beyond this are no part of a short formula. */
const LONGEST = 1 << 16;

/**
 * Value of a formula times 2^bits; undefined where it has no real value, or one out of range.
 *
 * Every step is right to a few units of the last place: ask for more bits than are needed.
 */
export function evaluateFormula(formula: Formula, bits: number): bigint | undefined {
  try {
    return fixedValue(formula, bits);
  } catch (error) {
    if (error instanceof AnsatzError) return undefined;
    throw error;
  }
}

function fixedValue(f: Formula, bits: number): bigint {
  if (f.kind === 'integer') return f.value << BigInt(bits);
  if (f.kind === 'named') {
    const constant = namedConstant(f.name);
    if (!constant) throw new DomainError('unknown-constant', `no constant is named ${f.name}`);
    return constant.fixed(bits);
  }
  if (f.kind === 'root') return rootNear(f.coefficients, f.near, bits);
  const [a, b] = f.arguments;
  if (f.operator === 'pow' && b.kind === 'integer') return integerPower(fixedValue(a, bits), b.value, bits);
  return applyFixed(f.operator, fixedValue(a, bits), b && fixedValue(b, bits), bits);
}

/** One operation on fixed-point numbers. @throws DomainError outside its domain */
export function applyFixed(operator: FormulaOperator, a: bigint, b: bigint, bits: number): bigint {
  const one = 1n << BigInt(bits);
  switch (operator) {
    case 'neg':
      return -a;
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return fixedMultiply(a, b, bits);
    case 'div':
      return fixedDivide(a, b, bits);
    case 'pow':
      return fixedPower(a, b, bits);
    case 'inv':
      return fixedDivide(one, a, bits);
    case 'square':
      return fixedMultiply(a, a, bits);
    case 'sqrt':
      return fixedSqrt(a, bits);
    case 'exp':
      return fixedExp(a, bits);
    case 'log':
      return fixedLog(a, bits);
    case 'sin':
      return fixedSinCos(a, bits)[0];
    case 'cos':
      return fixedSinCos(a, bits)[1];
    case 'tan': {
      const [sin, cos] = fixedSinCos(a, bits);
      return fixedDivide(sin, cos, bits);
    }
    case 'asin':
      return fixedAsin(a, bits);
    case 'acos':
      return (piBits(bits) >> 1n) - fixedAsin(a, bits);
    case 'atan':
      return fixedAtan(a, bits);
    case 'gamma':
      return fixedGamma(a, bits);
    case 'sinh':
    case 'cosh':
    case 'tanh': {
      const up = fixedExp(a, bits);
      const down = fixedExp(-a, bits);
      if (operator === 'sinh') return (up - down) >> 1n;
      return operator === 'cosh' ? (up + down) >> 1n : fixedDivide(up - down, up + down, bits);
    }
  }
}

function integerPower(base: bigint, exponent: bigint, bits: number): bigint {
  if (exponent < 0n) return fixedDivide(1n << BigInt(bits), integerPower(base, -exponent, bits), bits);
  if (exponent > BigInt(LONGEST)) throw new DomainError('overflow', 'so high a power is out of range');
  let result = 1n << BigInt(bits);
  let square = base;
  for (let n = exponent; n > 0n; n >>= 1n) {
    if (n & 1n) result = fixedMultiply(result, square, bits);
    if (n > 1n) square = fixedMultiply(square, square, bits);
    if (result.toString(16).length > LONGEST) throw new DomainError('overflow', 'so high a power is out of range');
  }
  return result;
}

/** Newton's method on a polynomial from a decimal near its root. */
function rootNear(coefficients: readonly bigint[], near: string, bits: number): bigint {
  const [whole, fraction = ''] = near.replace('-', '').split('.');
  const start = (BigInt(whole + fraction) << BigInt(bits)) / 10n ** BigInt(fraction.length);
  let x = near.startsWith('-') ? -start : start;
  for (let round = 0; round < 40; round++) {
    let value = 0n;
    let slope = 0n;
    for (let k = coefficients.length - 1; k >= 0; k--) {
      slope = fixedMultiply(slope, x, bits) + value;
      value = fixedMultiply(value, x, bits) + (coefficients[k] << BigInt(bits));
    }
    if (slope === 0n) throw new DomainError('double-root', 'the root is not simple');
    const step = fixedDivide(value, slope, bits);
    x -= step;
    if (step >= -1n && step <= 1n) return x;
  }
  return x;
}
