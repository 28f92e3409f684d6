import { gamma } from '../../numerics/index.ts';
import {
  apply,
  type BinaryName,
  type Formula,
  type FormulaOperator,
  integer,
  named,
  type UnaryName,
} from './formula.ts';

/** A function of the small expressions, on positive numbers, and its inverse on them. */
export interface SmallFunction {
  readonly name: UnaryName;
  /** Cost in half bits. */
  readonly cost: number;
  readonly value: (x: number) => number;
  /** The positive argument of a positive value, on the principal branch; NaN where there is none. */
  readonly inverse?: (y: number) => number;
}

/** Costs say how often an operation is met: what is shorter is more frequent. */
export const SMALL_FUNCTIONS: readonly SmallFunction[] = [
  { name: 'sqrt', cost: 6, value: Math.sqrt, inverse: (y) => y * y },
  { name: 'square', cost: 6, value: (x) => x * x, inverse: Math.sqrt },
  { name: 'inv', cost: 6, value: (x) => 1 / x, inverse: (y) => 1 / y },
  { name: 'exp', cost: 6, value: Math.exp, inverse: Math.log },
  { name: 'log', cost: 6, value: Math.log, inverse: Math.exp },
  { name: 'sin', cost: 8, value: Math.sin, inverse: Math.asin },
  { name: 'cos', cost: 8, value: Math.cos, inverse: Math.acos },
  { name: 'tan', cost: 8, value: Math.tan, inverse: Math.atan },
  { name: 'asin', cost: 8, value: Math.asin, inverse: (y) => (y <= Math.PI / 2 ? Math.sin(y) : Number.NaN) },
  { name: 'acos', cost: 8, value: Math.acos, inverse: (y) => (y <= Math.PI / 2 ? Math.cos(y) : Number.NaN) },
  { name: 'atan', cost: 8, value: Math.atan, inverse: (y) => (y < Math.PI / 2 ? Math.tan(y) : Number.NaN) },
  { name: 'sinh', cost: 9, value: Math.sinh, inverse: Math.asinh },
  { name: 'cosh', cost: 9, value: Math.cosh, inverse: (y) => (y >= 1 ? Math.acosh(y) : Number.NaN) },
  { name: 'tanh', cost: 9, value: Math.tanh, inverse: (y) => (y < 1 ? Math.atanh(y) : Number.NaN) },
  { name: 'gamma', cost: 10, value: gamma },
];

/** Costs of the binary operations in half bits. */
export const BINARY_COSTS: Readonly<Record<BinaryName, number>> = { add: 6, sub: 6, mul: 6, div: 6, pow: 8 };

/** Constants beside the integers, with their costs. */
const LEAVES: readonly (readonly [name: string, cost: number, value: number])[] = [
  ['pi', 6, Math.PI],
  ['e', 7, Math.E],
  ['euler_gamma', 12, 0.5772156649015329],
  ['catalan', 12, 0.915965594177219],
  ['zeta3', 12, 1.2020569031595942],
];
const LARGEST_INTEGER = 100;

/** Cost of a positive integer in half bits. */
export function integerCost(n: number): number {
  return 4 + Math.round(3 * Math.log2(n));
}

/** Values beyond these are no part of a small expression of a number of ordinary size. */
const LEAST = 1e-9;
const MOST = 1e9;

/** All small expressions of positive value up to a cost, each value once, the cheapest first met. */
export interface ExpressionTable {
  readonly size: number;
  /** By value, ascending. */
  readonly values: Float64Array;
  readonly costs: Uint8Array;
  readonly formula: (index: number) => Formula;
}

interface Growing {
  readonly values: number[];
  readonly operators: (FormulaOperator | undefined)[];
  readonly lefts: number[];
  readonly rights: number[];
  readonly leaves: Formula[];
  /** First index of each cost; one more at the end. */
  readonly starts: number[];
  readonly seen: Set<number>;
}

/**
 * Enumerates the small expressions.
 *
 * @param mostCost in half bits
 * @param operators those that may be used
 */
export function enumerateExpressions(mostCost: number, operators: ReadonlySet<FormulaOperator>): ExpressionTable {
  const table: Growing = { values: [], operators: [], lefts: [], rights: [], leaves: [], starts: [], seen: new Set() };
  const functions = SMALL_FUNCTIONS.filter(({ name }) => operators.has(name));
  const binaries = (Object.keys(BINARY_COSTS) as BinaryName[]).filter((name) => operators.has(name));
  for (let cost = 0; cost <= mostCost; cost++) {
    table.starts.push(table.values.length);
    addLeaves(table, cost);
    for (const { name, cost: own, value } of functions) {
      const [from, to] = level(table, cost - own);
      for (let i = from; i < to; i++) add(table, value(table.values[i]), name, i, -1);
    }
    for (const name of binaries) addPairs(table, cost - BINARY_COSTS[name], name);
  }
  table.starts.push(table.values.length);
  return sorted(table);
}

function level({ starts }: Growing, cost: number): [from: number, to: number] {
  // The level that is being filled has no end yet: nothing costs nothing, so it is never asked for.
  return cost < 0 || cost + 1 >= starts.length ? [0, 0] : [starts[cost], starts[cost + 1]];
}

function addLeaves(table: Growing, cost: number): void {
  for (let n = 1; n <= LARGEST_INTEGER; n++) if (integerCost(n) === cost) addLeaf(table, n, integer(n));
  for (const [name, own, value] of LEAVES) if (own === cost) addLeaf(table, value, named(name));
}

function addLeaf(table: Growing, value: number, formula: Formula): void {
  add(table, value, undefined, table.leaves.length, -1);
  table.leaves.push(formula);
}

function addPairs(table: Growing, cost: number, name: BinaryName): void {
  const { values } = table;
  for (let left = 0; 2 * left <= cost; left++) {
    const [from, to] = level(table, left);
    const [start, end] = level(table, cost - left);
    for (let i = from; i < to; i++) {
      const a = values[i];
      for (let j = cost === 2 * left ? i : start; j < end; j++) {
        const b = values[j];
        if (name === 'add') add(table, a + b, name, i, j);
        else if (name === 'mul') add(table, a * b, name, i, j);
        else if (name === 'sub') {
          if (a > b) add(table, a - b, name, i, j);
          else add(table, b - a, name, j, i);
        } else if (name === 'div') {
          add(table, a / b, name, i, j);
          add(table, b / a, name, j, i);
        } else {
          add(table, a ** b, name, i, j);
          add(table, b ** a, name, j, i);
        }
      }
    }
  }
}

function add(table: Growing, value: number, operator: FormulaOperator | undefined, left: number, right: number): void {
  if (!(value >= LEAST && value <= MOST)) return;
  // Equal to about 13 digits is equal: the cheaper one came first.
  const key = roundedKey(value);
  if (table.seen.has(key)) return;
  table.seen.add(key);
  table.values.push(value);
  table.operators.push(operator);
  table.lefts.push(left);
  table.rights.push(right);
}

/** The value rounded to 44 bits, by adding and taking away what pushes the rest out. */
function roundedKey(value: number): number {
  const pushed = value * 257;
  return pushed - (pushed - value);
}

function sorted(table: Growing): ExpressionTable {
  const size = table.values.length;
  const costOf = new Uint8Array(size);
  for (const [cost, start] of table.starts.entries()) costOf.fill(cost, start);
  const order = Uint32Array.from({ length: size }, (_, i) => i).sort((a, b) => table.values[a] - table.values[b]);
  const formulaAt = (i: number): Formula => {
    const operator = table.operators[i];
    if (operator === undefined) return table.leaves[table.lefts[i]];
    const left = formulaAt(table.lefts[i]);
    return table.rights[i] < 0 ? apply(operator, left) : apply(operator, left, formulaAt(table.rights[i]));
  };
  return {
    size,
    values: Float64Array.from(order, (i) => table.values[i]),
    costs: Uint8Array.from(order, (i) => costOf[i]),
    formula: (index) => formulaAt(order[index]),
  };
}
