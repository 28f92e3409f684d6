import { constant, type Expression } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';

/** How a known function f takes part in a law: v = join(z, f) is what remains to be explained. */
export interface Join {
  readonly name: string;
  /** Writes v; all of shape [values]. One loop a row, for a call a number is slow. */
  readonly apply: (z: Float64Array, f: Float64Array, v: Float64Array) => void;
  /** The law z, given sign * t for v. */
  readonly solve: (t: Expression, sign: number, f: Expression, forms: Forms) => Expression | undefined;
  /** Whether f = 1 makes a law of another kind than the bend alone. */
  readonly withOne: boolean;
}

const ONE = constant(1);

/** a + sign * t. */
function plus(a: Expression, sign: number, t: Expression, forms: Forms): Expression | undefined {
  return sign < 0
    ? (forms.apply('sub', a, t) ?? forms.add(a, forms.multiply(constant(-1), t)))
    : (forms.apply('add', a, t) ?? forms.add(t, a));
}

function signed(sign: number, t: Expression, forms: Forms): Expression | undefined {
  return sign < 0 ? forms.multiply(constant(-1), t) : t;
}

function product(f: Expression, t: Expression | undefined, forms: Forms): Expression | undefined {
  return t && forms.multiply(f, t);
}

function quotient(f: Expression, t: Expression | undefined, forms: Forms): Expression | undefined {
  return f === ONE ? forms.power(t, -1) : forms.divide(f, t);
}

/** The ways in which f may enter; f is `ONE` where it stands for no function. */
export const JOINS = {
  difference: {
    name: 'z - f',
    apply: (z, f, v) => {
      for (let i = 0; i < v.length; i++) v[i] = z[i] - f[i];
    },
    solve: (t, sign, f, forms) => plus(f, sign, t, forms),
    withOne: false,
  },
  sum: {
    name: 'z + f',
    apply: (z, f, v) => {
      for (let i = 0; i < v.length; i++) v[i] = z[i] + f[i];
    },
    solve: (t, sign, f, forms) =>
      sign < 0 ? signed(-1, f, forms) && plus(signed(-1, f, forms)!, -1, t, forms) : plus(t, -1, f, forms),
    withOne: false,
  },
  quotient: {
    name: 'z / f',
    apply: (z, f, v) => {
      for (let i = 0; i < v.length; i++) v[i] = z[i] / f[i];
    },
    solve: (t, sign, f, forms) => product(f, signed(sign, t, forms), forms),
    withOne: true,
  },
  lessOne: {
    name: 'z / f - 1',
    apply: (z, f, v) => {
      for (let i = 0; i < v.length; i++) v[i] = z[i] / f[i] - 1;
    },
    solve: (t, sign, f, forms) => product(f, plus(ONE, sign, t, forms), forms),
    withOne: true,
  },
  plusOne: {
    name: 'z / f + 1',
    apply: (z, f, v) => {
      for (let i = 0; i < v.length; i++) v[i] = z[i] / f[i] + 1;
    },
    solve: (t, sign, f, forms) => (sign < 0 ? undefined : product(f, plus(t, -1, ONE, forms), forms)),
    withOne: true,
  },
  inverseLessOne: {
    name: 'f / z - 1',
    apply: (z, f, v) => {
      for (let i = 0; i < v.length; i++) v[i] = f[i] / z[i] - 1;
    },
    solve: (t, sign, f, forms) => quotient(f, plus(ONE, sign, t, forms), forms),
    withOne: true,
  },
  inversePlusOne: {
    name: 'f / z + 1',
    apply: (z, f, v) => {
      for (let i = 0; i < v.length; i++) v[i] = f[i] / z[i] + 1;
    },
    solve: (t, sign, f, forms) => (sign < 0 ? undefined : quotient(f, plus(t, -1, ONE, forms), forms)),
    withOne: true,
  },
  exponent: {
    name: 'log z / log f',
    apply: (z, f, v) => {
      for (let i = 0; i < v.length; i++) v[i] = Math.log(z[i]) / Math.log(f[i]);
    },
    solve: (t, sign, f, forms) => forms.apply('pow', f, signed(sign, t, forms)),
    withOne: false,
  },
  base: {
    name: 'z^(1/f)',
    apply: (z, f, v) => {
      for (let i = 0; i < v.length; i++) v[i] = z[i] ** (1 / f[i]);
    },
    solve: (t, _sign, f, forms) => forms.apply('pow', t, f),
    withOne: false,
  },
} satisfies Readonly<Record<string, Join>>;

/** Stands for no function f at all. */
export const NO_FUNCTION: Expression = ONE;
