import { UNIT } from './monomial.ts';
import {
  addScalars,
  HALF,
  integerOf,
  isExactZero,
  MINUS_ONE,
  multiplyScalars,
  negateScalar,
  numberOf,
  ONE,
  QUARTER_TURN,
  rational,
  real,
  type Scalar,
} from './scalar.ts';
import { NOT_REAL, UNDECIDED } from './scalar-signs.ts';
import { logGammaCoefficients, TAYLOR_RULES, type TaylorRule } from './taylor-coefficients.ts';
import {
  BOUNDED,
  constantSeries,
  isZero,
  type Transseries,
  type TransseriesAlgebra,
  ZERO_SERIES,
} from './transseries.ts';

/** The expansion of an operator's value, from those of its arguments. */
export type ExpansionRule = (algebra: TransseriesAlgebra, a: Transseries, b: Transseries) => Transseries;

const ONE_SERIES = constantSeries(ONE);
const TWO = rational(2);

/** f(c + s) from the Taylor coefficients at c. @throws UNDECIDED where the argument has no finite limit */
function analytic(algebra: TransseriesAlgebra, rule: TaylorRule, a: Transseries): Transseries {
  const { infinite, constant, small } = algebra.parts(a);
  if (infinite.length > 0) throw UNDECIDED;
  return algebra.compose(rule(constant, algebra.order + 2), small);
}

/** A wave has no expansion where its argument is infinite, but it stays bounded. */
function wave(rule: TaylorRule): ExpansionRule {
  return (algebra, a) => {
    if (algebra.isInfinite(a) || (a.remainder && !tendsToZero(algebra, a.remainder))) return BOUNDED;
    return analytic(algebra, rule, a);
  };
}

function tendsToZero(algebra: TransseriesAlgebra, remainder: NonNullable<Transseries['remainder']>): boolean {
  try {
    algebra.parts({ terms: [], remainder });
    return true;
  } catch {
    return false;
  }
}

/** f(-a) = -f(a), for a rule that holds for a > 0 without bound. */
function oddAtInfinity(rule: ExpansionRule): ExpansionRule {
  return (algebra, a, b) =>
    algebra.sign(a) < 0 ? algebra.negate(rule(algebra, algebra.negate(a), b)) : rule(algebra, a, b);
}

function logarithm(base: number): ExpansionRule {
  const factor = real(1 / Math.log(base));
  return (algebra, a) => algebra.scale(algebra.log(a), factor);
}

const exponential: ExpansionRule = (algebra, a) => algebra.exp(a);

const power: ExpansionRule = (algebra, a, b) => {
  const exponent = fixedValue(b);
  if (exponent) return algebra.power(a, exponent);
  const base = fixedValue(a);
  if (isZero(a)) throw UNDECIDED;
  if (algebra.sign(a) < 0) throw NOT_REAL;
  // A whole constant part of the exponent gives an exact factor: 2^(3 + 1/x) is 8 * 2^(1/x).
  const whole = base && !algebra.isInfinite(b) && b.terms.length > 0 ? algebra.parts(b).constant : null;
  if (base && whole && !isExactZero(whole)) {
    const rest = algebra.subtract(b, constantSeries(whole));
    return algebra.multiply(algebra.power(a, whole), power(algebra, a, rest));
  }
  return algebra.exp(algebra.multiply(b, algebra.log(a)));
};

/** The scalar that an exact series is, or null. */
function fixedValue(a: Transseries): Scalar | null {
  if (a.remainder || a.terms.length > 1) return null;
  if (a.terms.length === 0) return rational(0);
  return a.terms[0].monomial.key === UNIT.key ? a.terms[0].coefficient : null;
}

const sqrt: ExpansionRule = (algebra, a) => algebra.power(a, HALF);

const asinhAtInfinity = oddAtInfinity((algebra, a) =>
  algebra.log(algebra.add(a, sqrt(algebra, algebra.add(algebra.multiply(a, a), ONE_SERIES), a))),
);

const asinh: ExpansionRule = (algebra, a) =>
  algebra.isInfinite(a) ? asinhAtInfinity(algebra, a, a) : analytic(algebra, TAYLOR_RULES.asinh, a);

const atan: ExpansionRule = (algebra, a) => {
  if (!algebra.isInfinite(a)) return analytic(algebra, TAYLOR_RULES.atan, a);
  const limit = algebra.sign(a) > 0 ? QUARTER_TURN : negateScalar(QUARTER_TURN);
  return algebra.subtract(constantSeries(limit), atan(algebra, algebra.power(a, MINUS_ONE), a));
};

const asin: ExpansionRule = (algebra, a) => {
  const { infinite, constant } = algebra.parts(a);
  if (infinite.length > 0) throw NOT_REAL;
  const distance = algebra.signs.of(addScalars(multiplyScalars(constant, constant), MINUS_ONE));
  if (distance > 0) throw NOT_REAL;
  if (distance < 0) return analytic(algebra, TAYLOR_RULES.asin, a);
  // asin(u) = pi/2 - 2 asin(sqrt((1 - u) / 2)), and asin is odd.
  if (algebra.signs.of(constant) < 0) return algebra.negate(asin(algebra, algebra.negate(a), a));
  const half = sqrt(algebra, algebra.scale(algebra.subtract(ONE_SERIES, a), HALF), a);
  return algebra.subtract(constantSeries(QUARTER_TURN), algebra.scale(asin(algebra, half, a), TWO));
};

const acosh: ExpansionRule = (algebra, a) => {
  const beside = algebra.subtract(a, ONE_SERIES);
  if (algebra.sign(beside) < 0) throw NOT_REAL;
  if (isZero(beside)) return ZERO_SERIES;
  const product = algebra.multiply(beside, algebra.add(a, ONE_SERIES));
  return algebra.log(algebra.add(a, sqrt(algebra, product, a)));
};

const atanh: ExpansionRule = (algebra, a) => {
  const above = algebra.log(algebra.add(ONE_SERIES, a));
  return algebra.scale(algebra.subtract(above, algebra.log(algebra.subtract(ONE_SERIES, a))), HALF);
};

/** (e^a + sign e^-a) / 2. */
function hyperbolic(sign: Scalar): ExpansionRule {
  return (algebra, a) => {
    const opposite = algebra.scale(algebra.exp(algebra.negate(a)), sign);
    return algebra.scale(algebra.add(algebra.exp(a), opposite), HALF);
  };
}

const sigmoid: ExpansionRule = (algebra, a) =>
  algebra.power(algebra.add(ONE_SERIES, algebra.exp(algebra.negate(a))), MINUS_ONE);

/** tanh(a) = (1 - q) / (1 + q) with q = exp(-2a). */
const tanh: ExpansionRule = (algebra, a) => {
  const q = algebra.exp(algebra.scale(a, rational(-2)));
  return algebra.divide(algebra.subtract(ONE_SERIES, q), algebra.add(ONE_SERIES, q));
};

/** 1 - erf(u) = exp(-u^2) / (u sqrt(pi)) sum of (2k - 1)!! (-1 / (2 u^2))^k. */
const erfAtInfinity = oddAtInfinity((algebra, a) => {
  const coefficients: Scalar[] = [ONE];
  for (let k = 1; k <= algebra.order; k++) coefficients.push(multiplyScalars(coefficients[k - 1], rational(2 * k - 1)));
  const square = algebra.multiply(a, a);
  const small = algebra.scale(algebra.power(square, MINUS_ONE), rational(-1, 2));
  const scale = algebra.divide(algebra.exp(algebra.negate(square)), algebra.scale(a, real(Math.sqrt(Math.PI))));
  return algebra.subtract(ONE_SERIES, algebra.multiply(scale, algebra.compose(coefficients, small)));
});

const erf: ExpansionRule = (algebra, a) =>
  algebra.isInfinite(a) ? erfAtInfinity(algebra, a, a) : analytic(algebra, TAYLOR_RULES.erf, a);

/** Coefficients of 1/u, 1/u^3, ... in log(gamma(u)): B_2k / (2k (2k - 1)). */
const STIRLING = [
  rational(1, 12),
  rational(-1, 360),
  rational(1, 1260),
  rational(-1, 1680),
  rational(1, 1188),
  rational(-691, 360360),
  rational(1, 156),
];
const HALF_LOG_TURN = real(0.5 * Math.log(2 * Math.PI));

const gamma: ExpansionRule = (algebra, a) => {
  if (algebra.isInfinite(a)) {
    if (algebra.sign(a) < 0) throw UNDECIDED;
    const inverse = algebra.power(a, MINUS_ONE);
    const series = algebra.multiply(inverse, algebra.compose(STIRLING, algebra.multiply(inverse, inverse)));
    const main = algebra.multiply(algebra.subtract(a, constantSeries(HALF)), algebra.log(a));
    const rest = algebra.add(algebra.subtract(constantSeries(HALF_LOG_TURN), a), series);
    return algebra.exp(algebra.add(main, rest));
  }
  const { constant, small } = algebra.parts(a);
  const at = integerOf(constant);
  if (at === null) {
    if (constant.kind === 'symbolic') throw UNDECIDED;
    if (Math.abs(numberOf(constant) - Math.round(numberOf(constant))) < 1e-9) throw UNDECIDED;
    return analytic(algebra, TAYLOR_RULES.gamma, a);
  }
  if (Math.abs(at) > 30) throw UNDECIDED;
  // gamma(n + s) from gamma(1 + s) by the recurrence.
  let value = algebra.exp(algebra.compose(logGammaCoefficients(algebra.order + 2), small));
  for (let k = 1; k < at; k++) value = algebra.multiply(value, algebra.add(small, constantSeries(rational(k))));
  for (let k = 0; k >= at; k--) value = algebra.divide(value, algebra.add(small, constantSeries(rational(k))));
  return value;
};

const floor: ExpansionRule = (algebra, a) => {
  if (isZero(a)) return a;
  if (algebra.isInfinite(a)) return algebra.collect(a.terms, UNIT);
  const { constant, small } = algebra.parts(a);
  const value = numberOf(constant);
  if (Number.isNaN(value)) throw UNDECIDED;
  const nearest = Math.round(value);
  if (integerOf(constant) === null) {
    if (Math.abs(value - nearest) < 1e-9) throw UNDECIDED;
    return constantSeries(rational(Math.floor(value)));
  }
  return constantSeries(rational(nearest - (algebra.sign(small) < 0 ? 1 : 0)));
};

const choose =
  (sign: 1 | -1): ExpansionRule =>
  (algebra, a, b) =>
    algebra.sign(algebra.subtract(a, b)) * sign >= 0 ? a : b;

const divide: ExpansionRule = (algebra, a, b) => {
  if (isZero(b)) throw NOT_REAL;
  return algebra.divide(a, b);
};

const mod: ExpansionRule = (algebra, a, b) =>
  algebra.subtract(a, algebra.multiply(b, floor(algebra, divide(algebra, a, b), a)));

const abs: ExpansionRule = (algebra, a) => {
  // The size of a part that is only known to be bounded by a scale is bounded by it.
  if (a.terms.length === 0) return a;
  return algebra.sign(a) < 0 ? algebra.negate(a) : a;
};

const atan2: ExpansionRule = (algebra, y, x) => {
  const [up, right] = [algebra.sign(y), algebra.sign(x)];
  const turn = (quarters: number): Transseries => constantSeries(multiplyScalars(QUARTER_TURN, rational(quarters)));
  if (right === 0) return up === 0 ? ZERO_SERIES : turn(up);
  const angle = atan(algebra, algebra.divide(y, x), x);
  if (right > 0) return angle;
  return algebra.add(angle, turn(up < 0 ? -2 : 2));
};

const cbrt: ExpansionRule = oddAtInfinity((algebra, a) => algebra.power(a, rational(1, 3)));

/**
 * One rule for every operator of the standard table; a rule throws UNDECIDED where the expansions of the arguments do
 * not tell, and NOT_REAL where the operator has no value near the point.
 */
export const EXPANSION_RULES: Readonly<Record<string, ExpansionRule>> = {
  add: (algebra, a, b) => algebra.add(a, b),
  sub: (algebra, a, b) => algebra.subtract(a, b),
  mul: (algebra, a, b) => algebra.multiply(a, b),
  div: divide,
  neg: (algebra, a) => algebra.negate(a),
  square: (algebra, a) => algebra.multiply(a, a),
  cube: (algebra, a) => algebra.multiply(a, algebra.multiply(a, a)),
  inv: (algebra, a) => divide(algebra, ONE_SERIES, a),
  pow: power,
  sqrt,
  cbrt: (algebra, a) => (isZero(a) ? a : cbrt(algebra, a, a)),
  exp: exponential,
  exp2: (algebra, a) => power(algebra, constantSeries(TWO), a),
  log: (algebra, a) => algebra.log(a),
  log2: logarithm(2),
  log10: logarithm(10),
  log1p: (algebra, a) => algebra.log(algebra.add(ONE_SERIES, a)),
  expm1: (algebra, a) => algebra.subtract(algebra.exp(a), ONE_SERIES),
  sin: wave(TAYLOR_RULES.sin),
  cos: wave(TAYLOR_RULES.cos),
  tan: (algebra, a) => divide(algebra, analytic(algebra, TAYLOR_RULES.sin, a), analytic(algebra, TAYLOR_RULES.cos, a)),
  asin,
  acos: (algebra, a) => algebra.subtract(constantSeries(QUARTER_TURN), asin(algebra, a, a)),
  atan,
  atan2,
  sinh: hyperbolic(MINUS_ONE),
  cosh: hyperbolic(ONE),
  tanh,
  asinh,
  acosh,
  atanh,
  abs,
  sign: (algebra, a) => constantSeries(rational(algebra.sign(a))),
  step: (algebra, a) => constantSeries(rational(algebra.sign(a) > 0 ? 1 : 0)),
  floor,
  ceil: (algebra, a) => algebra.negate(floor(algebra, algebra.negate(a), a)),
  relu: (algebra, a) => (algebra.sign(a) > 0 ? a : ZERO_SERIES),
  min: choose(-1),
  max: choose(1),
  mod,
  erf,
  gamma,
  sigmoid,
};

/** Operators of the standard table without a rule: none. */
export const WITHOUT_EXPANSION_RULE: readonly string[] = [];
