import { LEVEL, type Template } from '../template.ts';

/**
 * Operators in nodes of ONNX, opset 17: a capitalised name is a node of the standard, another one an entry of the
 * definitions below, and #1, #2 are the arguments. What is written twice is computed once. The nodes Sigmoid and Relu
 * are not used: those of ONNX Runtime round too coarsely, and Max keeps NaN.
 */
const OPERATORS: Readonly<Record<string, string>> = {
  add: 'Add(#1, #2)',
  sub: 'Sub(#1, #2)',
  mul: 'Mul(#1, #2)',
  div: 'Div(#1, #2)',
  neg: 'Neg(#1)',
  square: 'Mul(#1, #1)',
  cube: 'Mul(Mul(#1, #1), #1)',
  inv: 'Div(1, #1)',
  pow: 'power(#1, #2)',
  sqrt: 'Sqrt(#1)',
  cbrt: 'Mul(Sign(#1), Pow(Abs(#1), 0.3333333333333333))',
  exp: 'Exp(#1)',
  exp2: 'Pow(2, #1)',
  log: 'Log(#1)',
  log2: 'Div(Log(#1), 0.6931471805599453)',
  log10: 'Div(Log(#1), 2.302585092994046)',
  log1p: 'log1p(#1)',
  expm1: 'expm1(#1)',
  atan2: 'angle(Add(#1, 0), Add(#2, 0))',
  sin: 'Sin(#1)',
  cos: 'Cos(#1)',
  tan: 'tan(#1)',
  asin: 'asin(#1)',
  acos: 'acos(#1)',
  atan: 'atan(#1)',
  sinh: 'sinh(#1)',
  cosh: 'cosh(#1)',
  tanh: 'Tanh(#1)',
  asinh: 'asinh(#1)',
  acosh: 'acosh(#1)',
  atanh: 'atanh(#1)',
  min: 'Min(#1, #2)',
  max: 'Max(#1, #2)',
  mod: 'Sub(#1, Mul(#2, Floor(Div(#1, #2))))',
  abs: 'Abs(#1)',
  sign: 'Sign(#1)',
  step: 'Where(IsNaN(#1), #1, Where(Greater(#1, 0), 1, 0))',
  floor: 'Floor(#1)',
  ceil: 'Ceil(#1)',
  relu: 'Max(#1, 0)',
  erf: 'Erf(#1)',
  sigmoid: 'Div(1, Add(1, Exp(Neg(#1))))',
};

export const ONNX_OPERATORS: Readonly<Record<string, Template>> = Object.fromEntries(
  Object.entries(OPERATORS).map(([name, text]) => [name, { text, level: LEVEL.atom, needs: [0, 0] }]),
);

/** In both precisions. */
const SHARED: Readonly<Record<string, string>> = {
  whole: 'And(Not(IsInf(#1)), Equal(Floor(#1), #1))',
  positivePower: 'And(Greater(#1, 0), Or(Not(Equal(#1, 1)), Not(Or(IsNaN(#2), IsInf(#2)))))',
  inside: 'Or(Or(positivePower(#1, #2), And(Less(#1, 0), whole(#2))), And(Equal(#1, 0), GreaterOrEqual(#2, 0)))',
  power: 'Where(inside(#1, #2), Pow(#1, #2), nan)',
  // Kahan: the error of 1 + x and that of its logarithm cancel in the quotient.
  log1pNearZero: 'Where(Equal(Add(1, #1), 1), #1, Div(Mul(#1, Log(Add(1, #1))), Sub(Add(1, #1), 1)))',
  log1p: 'Where(Less(Abs(#1), 0.5), log1pNearZero(#1), Log(Add(1, #1)))',
  expm1NearZero: 'Where(Equal(Exp(#1), 1), #1, Div(Mul(Sub(Exp(#1), 1), #1), Log(Exp(#1))))',
  expm1: 'Where(Less(Abs(#1), 0.5), expm1NearZero(#1), Sub(Exp(#1), 1))',
  // Both infinite: the quotient of the signs has the angle.
  angle: 'Where(And(IsInf(#1), IsInf(#2)), finiteAngle(Sign(#1), Sign(#2)), finiteAngle(#1, #2))',
  finiteAngle:
    'Where(Greater(#2, 0), atan(Div(#1, #2)), Where(Less(#2, 0), Add(atan(Div(#1, #2)), halfTurn(#1)), upright(#1, #2)))',
  halfTurn: 'Where(Less(#1, 0), -3.141592653589793, 3.141592653589793)',
  upright: 'Where(IsNaN(Add(#1, #2)), nan, Mul(Sign(#1), 1.5707963267948966))',
};

/** ONNX Runtime has these nodes in single precision. */
const SINGLE: Readonly<Record<string, string>> = {
  tan: 'Tan(#1)',
  asin: 'Asin(#1)',
  acos: 'Acos(#1)',
  atan: 'Atan(#1)',
  sinh: 'Sinh(#1)',
  cosh: 'Cosh(#1)',
  asinh: 'Asinh(#1)',
  acosh: 'Acosh(#1)',
  atanh: 'Atanh(#1)',
};

/** In double precision it lacks them, so that they are composed of what it has. */
const DOUBLE: Readonly<Record<string, string>> = {
  tan: 'Div(Sin(#1), Cos(#1))',
  // A guess in single precision, and one step of Newton in double.
  guess: 'CastToDouble(Atan(CastToFloat(#1)))',
  correction: 'Div(Sub(Mul(#1, Cos(guess(#1))), Sin(guess(#1))), Add(Cos(guess(#1)), Mul(#1, Sin(guess(#1)))))',
  smallAtan: 'Add(guess(#1), correction(#1))',
  atan: 'Where(Greater(Abs(#1), 1), Sub(Mul(Sign(#1), 1.5707963267948966), smallAtan(Div(1, #1))), smallAtan(#1))',
  asin: 'atan(Div(#1, Sqrt(Mul(Sub(1, #1), Add(1, #1)))))',
  acos: 'Mul(2, atan(Sqrt(Div(Sub(1, #1), Add(1, #1)))))',
  sinh: 'Mul(0.5, Sub(expm1(#1), expm1(Neg(#1))))',
  cosh: 'Mul(0.5, Add(Exp(#1), Exp(Neg(#1))))',
  positiveAsinh: 'Where(Greater(#1, 1e9), Add(Log(#1), 0.6931471805599453), log1p(asinhExcess(#1)))',
  asinhExcess: 'Add(#1, Div(Mul(#1, #1), Add(1, Sqrt(Add(Mul(#1, #1), 1)))))',
  asinh: 'Mul(Sign(#1), positiveAsinh(Abs(#1)))',
  acoshNearOne: 'log1p(Add(Sub(#1, 1), Sqrt(Mul(Sub(#1, 1), Add(#1, 1)))))',
  largeAcosh: 'Where(Greater(#1, 1e9), Add(Log(#1), 0.6931471805599453), acoshNearOne(#1))',
  acosh: 'Where(Less(#1, 1), nan, largeAcosh(#1))',
  atanh: 'Mul(Mul(0.5, Sign(#1)), log1p(Div(Mul(2, Abs(#1)), Sub(1, Abs(#1)))))',
};

export const ONNX_DEFINITIONS: Readonly<Record<'float64' | 'float32', Readonly<Record<string, string>>>> = {
  float64: { ...SHARED, ...DOUBLE },
  float32: { ...SHARED, ...SINGLE },
};
