import { constant, type Expression } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';

/** A function under which v becomes (p + q g) / (1 + r g), or, where it is the logarithm, p log g + c. */
export interface Bend {
  readonly name: string;
  /** Writes w = bend(v), both of shape [values]; NaN where w would not lead back to v. */
  readonly apply: (v: Float64Array, w: Float64Array) => void;
  /** The law of v, or of |v| where the bend does not see the sign, given that of w. */
  readonly invert: (w: Expression, forms: Forms) => Expression | undefined;
  /** True when v and -v give the same: v must then keep its sign. */
  readonly even: boolean;
}

export const IDENTITY: Bend = {
  name: 'v',
  apply: (v, w) => w.set(v),
  invert: (w) => w,
  even: false,
};

export const SQUARE: Bend = {
  name: 'v^2',
  apply: (v, w) => {
    for (let i = 0; i < w.length; i++) w[i] = v[i] * v[i];
  },
  invert: (w, forms) => forms.power(w, 0.5),
  even: true,
};

export const ROOT: Bend = {
  name: 'sqrt|v|',
  apply: (v, w) => {
    for (let i = 0; i < w.length; i++) w[i] = Math.sqrt(Math.abs(v[i]));
  },
  invert: (w, forms) => forms.power(w, 2),
  even: true,
};

export const LOGARITHM: Bend = {
  name: 'log|v|',
  apply: (v, w) => {
    for (let i = 0; i < w.length; i++) w[i] = Math.log(Math.abs(v[i]));
  },
  invert: (w, forms) => forms.apply('exp', w),
  even: true,
};

export const EXPONENTIAL: Bend = {
  name: 'exp v',
  apply: (v, w) => {
    for (let i = 0; i < w.length; i++) w[i] = Math.exp(v[i]);
  },
  invert: (w, forms) => forms.apply('log', w),
  even: false,
};

/** Cubes and their roots: y = f (a g + b)^(3/2) and its like. */
const CUBIC_BENDS: readonly Bend[] = [
  {
    name: '|v|^3',
    apply: (v, w) => {
      for (let i = 0; i < w.length; i++) w[i] = Math.abs(v[i] * v[i] * v[i]);
    },
    invert: (w, forms) => forms.apply('cbrt', w) ?? forms.power(w, 1 / 3),
    even: true,
  },
  {
    name: '|v|^(2/3)',
    apply: (v, w) => {
      for (let i = 0; i < w.length; i++) w[i] = Math.cbrt(v[i] * v[i]);
    },
    invert: (w, forms) => forms.power(w, 1.5),
    even: true,
  },
  {
    name: '|v|^(1/3)',
    apply: (v, w) => {
      for (let i = 0; i < w.length; i++) w[i] = Math.cbrt(Math.abs(v[i]));
    },
    invert: (w, forms) => forms.power(w, 3),
    even: true,
  },
];

/** The bend whose inverse is an operator of one argument. @param of the operator */
function inverse(name: string, of: string, apply: (v: number) => number): Bend {
  return {
    name,
    apply: (v, w) => {
      for (let i = 0; i < w.length; i++) w[i] = apply(v[i]);
    },
    invert: (w, forms) => forms.apply(of, w),
    even: false,
  };
}

/** Inverses of operators that not every user has. */
const OPERATOR_BENDS: readonly Bend[] = [
  inverse('asin v', 'sin', Math.asin),
  inverse('acos v', 'cos', Math.acos),
  inverse('atan v', 'tan', Math.atan),
  inverse('sin v', 'asin', (v) => (Math.abs(v) <= Math.PI / 2 ? Math.sin(v) : NaN)),
  inverse('cos v', 'acos', (v) => (v >= 0 && v <= Math.PI ? Math.cos(v) : NaN)),
  inverse('tan v', 'atan', (v) => (Math.abs(v) < Math.PI / 2 ? Math.tan(v) : NaN)),
  inverse('atanh v', 'tanh', Math.atanh),
  inverse('asinh v', 'sinh', Math.asinh),
  inverse('acosh v', 'cosh', Math.acosh),
  inverse('tanh v', 'atanh', Math.tanh),
  inverse('sinh v', 'asinh', Math.sinh),
  inverse('cosh v', 'acosh', (v) => (v >= 0 ? Math.cosh(v) : NaN)),
  inverse('logit v', 'sigmoid', (v) => Math.log(v / (1 - v))),
];

/** Every bend. */
export const BENDS: readonly Bend[] = [
  IDENTITY,
  SQUARE,
  ROOT,
  LOGARITHM,
  EXPONENTIAL,
  {
    name: 'exp 2v',
    apply: (v, w) => {
      for (let i = 0; i < w.length; i++) w[i] = Math.exp(2 * v[i]);
    },
    invert: (w, forms) => forms.multiply(constant(0.5), forms.apply('log', w)),
    even: false,
  },
  ...CUBIC_BENDS,
  ...OPERATOR_BENDS,
];
