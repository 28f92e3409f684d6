/** How the value of one argument follows from that of the call. */
export interface InverseRule {
  /**
   * The argument's value that gives `result`; NaN where none does.
   *
   * @param other value of the other argument
   * @param current value that the argument has now: it chooses the branch
   */
  readonly solve: (result: number, other: number, current: number) => number;
  /** d result / d argument, where the argument is `value`. */
  readonly slope: (value: number, other: number) => number;
}

const signOf = (current: number): number => (current < 0 ? -1 : 1);
const TURN = 2 * Math.PI;

/** The angle nearest to `current` among a + 2 pi k and b + 2 pi k. */
function nearestAngle(a: number, b: number, current: number): number {
  const first = a + TURN * Math.round((current - a) / TURN);
  const second = b + TURN * Math.round((current - b) / TURN);
  return Math.abs(first - current) <= Math.abs(second - current) ? first : second;
}

/** Rules by operator name, one for each argument. An operator without a row cannot be seen through. */
export const INVERSE_RULES: Readonly<Record<string, readonly InverseRule[]>> = {
  add: [
    { solve: (y, b) => y - b, slope: () => 1 },
    { solve: (y, a) => y - a, slope: () => 1 },
  ],
  sub: [
    { solve: (y, b) => y + b, slope: () => 1 },
    { solve: (y, a) => a - y, slope: () => -1 },
  ],
  mul: [
    { solve: (y, b) => y / b, slope: (_, b) => b },
    { solve: (y, a) => y / a, slope: (_, a) => a },
  ],
  div: [
    { solve: (y, b) => y * b, slope: (_, b) => 1 / b },
    { solve: (y, a) => a / y, slope: (value, a) => -a / (value * value) },
  ],
  pow: [
    {
      solve: (y, p, current) => {
        const even = p % 2 === 0;
        if (y < 0) return p % 2 === 1 || p % 2 === -1 ? -((-y) ** (1 / p)) : Number.NaN;
        return (even ? signOf(current) : 1) * y ** (1 / p);
      },
      slope: (value, p) => p * value ** (p - 1),
    },
    {
      solve: (y, base) => Math.log(y) / Math.log(base),
      slope: (value, base) => Math.log(base) * base ** value,
    },
  ],
  neg: [{ solve: (y) => -y, slope: () => -1 }],
  inv: [{ solve: (y) => 1 / y, slope: (value) => -1 / (value * value) }],
  square: [{ solve: (y, _, current) => signOf(current) * Math.sqrt(y), slope: (value) => 2 * value }],
  cube: [{ solve: (y) => Math.cbrt(y), slope: (value) => 3 * value * value }],
  sqrt: [{ solve: (y) => (y >= 0 ? y * y : Number.NaN), slope: (value) => 0.5 / Math.sqrt(value) }],
  cbrt: [{ solve: (y) => y * y * y, slope: (value) => 1 / (3 * Math.cbrt(value * value)) }],
  abs: [{ solve: (y, _, current) => (y >= 0 ? signOf(current) * y : Number.NaN), slope: signOf }],
  exp: [{ solve: (y) => Math.log(y), slope: (value) => Math.exp(value) }],
  log: [{ solve: (y) => Math.exp(y), slope: (value) => 1 / value }],
  log2: [{ solve: (y) => 2 ** y, slope: (value) => 1 / (value * Math.LN2) }],
  log10: [{ solve: (y) => 10 ** y, slope: (value) => 1 / (value * Math.LN10) }],
  log1p: [{ solve: (y) => Math.expm1(y), slope: (value) => 1 / (1 + value) }],
  sin: [
    {
      solve: (y, _, current) => nearestAngle(Math.asin(y), Math.PI - Math.asin(y), current),
      slope: (value) => Math.cos(value),
    },
  ],
  cos: [
    {
      solve: (y, _, current) => nearestAngle(Math.acos(y), -Math.acos(y), current),
      slope: (value) => -Math.sin(value),
    },
  ],
  tan: [
    {
      solve: (y, _, current) => Math.atan(y) + Math.PI * Math.round((current - Math.atan(y)) / Math.PI),
      slope: (value) => 1 + Math.tan(value) ** 2,
    },
  ],
  sinh: [{ solve: (y) => Math.asinh(y), slope: (value) => Math.cosh(value) }],
  cosh: [{ solve: (y, _, current) => signOf(current) * Math.acosh(y), slope: (value) => Math.sinh(value) }],
  tanh: [{ solve: (y) => Math.atanh(y), slope: (value) => 1 - Math.tanh(value) ** 2 }],
  asin: [
    {
      solve: (y) => (Math.abs(y) <= Math.PI / 2 ? Math.sin(y) : Number.NaN),
      slope: (value) => 1 / Math.sqrt(1 - value * value),
    },
  ],
  acos: [
    {
      solve: (y) => (y >= 0 && y <= Math.PI ? Math.cos(y) : Number.NaN),
      slope: (value) => -1 / Math.sqrt(1 - value * value),
    },
  ],
  atan: [
    { solve: (y) => (Math.abs(y) < Math.PI / 2 ? Math.tan(y) : Number.NaN), slope: (value) => 1 / (1 + value * value) },
  ],
};
