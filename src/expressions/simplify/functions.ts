import type { Operator } from '../operator.ts';
import { add, type Expansion, exponential, multiply, opaque, power, scale } from './algebra.ts';
import { isEven, isInteger, isNegative, negate, toNumber } from './coefficient.ts';
import {
  asNumber,
  atomSum,
  callAtom,
  E,
  Factor,
  isNonNegative,
  loneCall,
  loneFactor,
  loneTerm,
  numberAtom,
  numberSum,
  Sum,
  Term,
} from './normal-form.ts';

/** The normal form of a function of normal forms. */
export function applyFunction(expansion: Expansion, operator: Operator, args: readonly Sum[]): Sum {
  const numbers = args.map(asNumber);
  if (numbers.every((number) => number !== null)) {
    const value = operator.apply(toNumber(numbers[0]), numbers.length > 1 ? toNumber(numbers[1]) : Number.NaN);
    // What is not finite is no constant: the call stays, and stays undefined.
    return Number.isFinite(value) ? numberSum(value + 0) : opaque(operator, ...args);
  }
  const [argument] = args;
  if (operator.arity === 1) {
    const inner = loneCall(argument);
    if (inner) {
      if (inner.operator.facts.inverse === operator.name && !inner.operator.facts.inverseHolds)
        return inner.arguments[0];
      if (operator.facts.idempotent && inner.operator.name === operator.name) return argument;
    }
  }
  switch (operator.name) {
    case 'exp':
      return exponential(expansion, E, argument);
    case 'exp2':
      return exponential(expansion, numberAtom(2), argument);
    case 'log':
      return logarithm(expansion, operator, argument);
    case 'abs':
      return absolute(operator, argument);
    case 'cbrt': {
      const factor = loneFactor(argument);
      if (factor && typeof factor.exponent === 'number' && factor.exponent % 3 === 0) {
        return power(expansion, atomSum(factor.base), numberSum(factor.exponent / 3));
      }
      break;
    }
    case 'relu': {
      const term = loneTerm(argument);
      if (term && !isNegative(term.coefficient) && term.factors.every(isNonNegative)) return argument;
      break;
    }
    case 'min':
    case 'max':
      return extremum(operator, args);
  }
  const { parity } = operator.facts;
  if (parity !== undefined && isNegative(argument.terms[0].coefficient)) {
    const value = applyFunction(expansion, operator, [scale(argument, -1)]);
    return parity === 'odd' ? scale(value, -1) : value;
  }
  return opaque(operator, ...args);
}

/** log(k e^u r) = u + log(k r); log(f^a) = a log(f) where a is not even. */
function logarithm(expansion: Expansion, operator: Operator, argument: Sum): Sum {
  const term = loneTerm(argument);
  if (!term) return opaque(operator, argument);
  let outside: Sum = numberSum(0);
  const rest: Factor[] = [];
  for (const factor of term.factors) {
    const { base, exponent } = factor;
    if (base.kind !== 'e' && base.kind !== 'number') {
      rest.push(factor);
      continue;
    }
    const value = exponent instanceof Sum ? exponent : numberSum(exponent);
    outside = add(outside, base.kind === 'e' ? value : multiply(expansion, numberSum(Math.log(base.value)), value));
  }
  if (rest.length < term.factors.length) {
    const inside = rest.length > 0 ? new Sum([new Term(term.coefficient, rest)], 0) : numberSum(term.coefficient);
    return add(outside, applyFunction(expansion, operator, [inside]));
  }
  const [{ base, exponent }] = rest;
  if (
    rest.length === 1 &&
    term.coefficient === 1 &&
    exponent !== 1 &&
    !(exponent instanceof Sum) &&
    !isEven(exponent)
  ) {
    // 3 log(x) is longer than log(cube(x)), so that the short way of writing is kept unless all is expanded.
    if (exponent === -1 || expansion.limit > 0) {
      const inside = applyFunction(expansion, operator, [atomSum(base)]);
      return multiply(expansion, numberSum(exponent), inside);
    }
    expansion.blocked = true;
  }
  return opaque(operator, argument);
}

/** |k f| = |k| |f|, and |f| = f where f is never negative. */
function absolute(operator: Operator, argument: Sum): Sum {
  const term = loneTerm(argument);
  if (!term) return opaque(operator, isNegative(argument.terms[0].coefficient) ? scale(argument, -1) : argument);
  const size = isNegative(term.coefficient) ? negate(term.coefficient) : term.coefficient;
  const inside = new Sum([term.withCoefficient(1)], 0);
  if (term.factors.every(isNonNegative)) return scale(inside, size);
  const [{ base, exponent }] = term.factors;
  if (term.factors.length === 1 && exponent !== 1 && !(exponent instanceof Sum) && isInteger(exponent)) {
    const value = new Factor(callAtom(operator, atomSum(base)), exponent);
    return new Sum([new Term(size, [value])], 0);
  }
  return scale(opaque(operator, inside), size);
}

/** min and max of any number of arguments: sorted, each once, numbers folded. */
function extremum(operator: Operator, args: readonly Sum[]): Sum {
  let number: number | null = null;
  const distinct = new Map<string, Sum>();
  const visit = (sum: Sum): void => {
    const inner = loneCall(sum);
    const value = asNumber(sum);
    if (inner && inner.operator.name === operator.name) inner.arguments.forEach(visit);
    else if (value === null) distinct.set(sum.key, sum);
    else number = number === null ? toNumber(value) : operator.apply(number, toNumber(value));
  };
  args.forEach(visit);
  const sorted = [...distinct.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  if (number !== null) sorted.push(numberSum(number));
  return sorted.length === 1 ? sorted[0] : opaque(operator, ...sorted);
}
