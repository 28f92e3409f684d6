import type { ConstantSearch, ConstantStage } from './constant-search.ts';
import { expressionBits, expressionCost } from './description.ts';
import {
  BINARY_COSTS,
  type ExpressionTable,
  enumerateExpressions,
  integerCost,
  SMALL_FUNCTIONS,
} from './expression-table.ts';
import { apply, type BinaryName, type Formula, type FormulaOperator, integer, named } from './formula.ts';

/** Half bits: about 20 000 expressions. */
const TABLE_COST = 32;
/** Relative rounding of a double that went through a few functions. */
const ROUNDING = 3e-15;

/**
 * Pairs that fit as doubles and not in all digits, before a goal is given up: a goal near 1 or pi / 2 meets identities
 * without end.
 */
const MOST_FAILURES = 100;

/** What must equal a small expression, or two of them, for the number to be `wrap` of it. */
interface Goal {
  readonly value: number;
  readonly error: number;
  readonly cost: number;
  readonly wrap: (inner: Formula) => Formula;
}

/** The expressions up to a cost, by value. */
interface Slice {
  readonly values: Float64Array;
  readonly logarithms: Float64Array;
  readonly index: Uint32Array;
  readonly costs: Uint8Array;
}

interface Library {
  readonly table: ExpressionTable;
  readonly slices: Map<number, Slice>;
  /** Scratch of the length of the table. */
  readonly wanted: Float64Array;
}

const LIBRARIES = new Map<string, Library>();

/**
 * Small expressions, by meeting in the middle: the number is f(a o b) with a and b out of a table, for every function f
 * and operation o, or c o (a o b) with a small c.
 */
export const EXPRESSION_STAGE: ConstantStage = {
  name: 'expression',
  *run(search) {
    const library = libraryOf(search.operators);
    let tried = 0;
    for (const goal of goalsOf(search)) {
      if (goal.cost + 4 > expressionCost(search.budget())) continue;
      if (search.shouldStop()) return `stopped after ${tried} ways to start`;
      meet(search, library, goal);
      tried++;
      yield;
    }
    return `two of ${library.table.size} small expressions under ${tried} functions and operations`;
  },
};

function libraryOf(operators: ReadonlySet<FormulaOperator>): Library {
  const key = [...operators].sort().join();
  let library = LIBRARIES.get(key);
  if (!library) {
    // One table at a time: a caller who changes the operators does not come back to the old ones often.
    LIBRARIES.clear();
    const table = enumerateExpressions(TABLE_COST, operators);
    library = { table, slices: new Map(), wanted: new Float64Array(table.size) };
    LIBRARIES.set(key, library);
  }
  return library;
}

function sliceOf({ table, slices }: Library, cost: number): Slice {
  const most = Math.max(0, Math.min(TABLE_COST, Math.floor(cost)));
  let slice = slices.get(most);
  if (!slice) {
    const index = Uint32Array.from(table.costs.keys()).filter((i) => table.costs[i] <= most);
    const values = Float64Array.from(index, (i) => table.values[i]);
    slice = { index, values, logarithms: values.map(Math.log), costs: Uint8Array.from(index, (i) => table.costs[i]) };
    slices.set(most, slice);
  }
  return slice;
}

/** The number itself, behind every function, and with a small constant taken off; cheapest first. */
function goalsOf({ target, operators }: ConstantSearch): Goal[] {
  const x = target.approximate;
  const h = Math.max(x * 2 ** -(target.bits + 1), x * ROUNDING);
  const goals: Goal[] = [{ value: x, error: h, cost: 0, wrap: (inner) => inner }];
  for (const { name, cost, inverse } of SMALL_FUNCTIONS) {
    if (!inverse || !operators.has(name)) continue;
    const [value, low, high] = [inverse(x), inverse(x - h), inverse(x + h)];
    const error = Math.max(Math.abs(high - value) || 0, Math.abs(low - value) || 0);
    goals.push({ value, error, cost, wrap: (inner) => apply(name, inner) });
  }
  const small: [Formula, number, number][] = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [integer(n), n, integerCost(n)]);
  small.push([named('pi'), Math.PI, 6], [named('e'), Math.E, 7]);
  for (const [f, c, cost] of small) {
    const offer = (operator: BinaryName, value: number, error: number, wrap: Goal['wrap']): void => {
      if (operators.has(operator)) goals.push({ value, error, cost: cost + BINARY_COSTS[operator], wrap });
    };
    offer('add', x - c, h, (inner) => apply('add', inner, f));
    offer('sub', x + c, h, (inner) => apply('sub', inner, f));
    offer('sub', c - x, h, (inner) => apply('sub', f, inner));
    if (c === 1) continue;
    offer('mul', x / c, h / c, (inner) => apply('mul', f, inner));
    offer('div', x * c, h * c, (inner) => apply('div', inner, f));
    offer('div', c / x, (h * c) / (x * x), (inner) => apply('div', f, inner));
  }
  return goals
    .filter(({ value, error }) => value > 1e-12 && value < 1e12 && error < value)
    .sort((a, b) => a.cost - b.cost);
}

const OPERATIONS: readonly BinaryName[] = ['add', 'sub', 'mul', 'div', 'pow'];

/** Beside b, what must stand first for the goal; the exponent for a base b. */
function wantedBeside(operator: BinaryName, t: number, { values, logarithms }: Slice, out: Float64Array): void {
  const count = values.length;
  const logT = Math.log(t);
  if (operator === 'add') for (let i = 0; i < count; i++) out[i] = t - values[i];
  else if (operator === 'sub') for (let i = 0; i < count; i++) out[i] = t + values[i];
  else if (operator === 'mul') for (let i = 0; i < count; i++) out[i] = t / values[i];
  else if (operator === 'div') for (let i = 0; i < count; i++) out[i] = t * values[i];
  else for (let i = 0; i < count; i++) out[i] = logT / logarithms[i];
}

/** How far what is wanted may be off for an error of the goal, relative to what is wanted. */
function slackOf(operator: BinaryName, { value, error }: Goal, wanted: number, logB: number): number {
  const relative = error / value + ROUNDING;
  if (operator === 'add' || operator === 'sub') return (error + ROUNDING * Math.max(value, wanted)) / wanted;
  return operator === 'pow' ? relative / Math.abs(wanted * logB) + ROUNDING : relative;
}

function meet(search: ConstantSearch, library: Library, goal: Goal): void {
  const { table } = library;
  let failures = 0;
  const propose = (formula: Formula, cost: number): void => {
    const fits = search.offer({ kind: 'expression', formula: goal.wrap(formula), bits: expressionBits(cost) });
    if (!fits) failures++;
  };
  const alone = sliceOf(library, expressionCost(search.budget()) - goal.cost);
  const start = lowerBound(alone.values, goal.value - goal.error * 1.01 - ROUNDING * goal.value);
  const end = goal.value + goal.error * 1.01 + ROUNDING * goal.value;
  for (let i = start; i < alone.values.length && alone.values[i] <= end; i++) {
    propose(table.formula(alone.index[i]), goal.cost + alone.costs[i]);
  }
  for (const operator of OPERATIONS) {
    if (!search.operators.has(operator)) continue;
    const spent = goal.cost + BINARY_COSTS[operator];
    let room = expressionCost(search.budget()) - spent;
    if (room < 8) continue;
    const { values, logarithms, costs, index } = sliceOf(library, room - 4);
    const count = values.length;
    const wanted = library.wanted;
    wantedBeside(operator, goal.value, sliceOf(library, room - 4), wanted);
    const commutes = operator === 'add' || operator === 'mul';
    let at = 0;
    for (let i = 0; i < count; i++) {
      const goalValue = wanted[i];
      // Of two that commute the given one is the smaller; past that every pair is met again.
      if (commutes && goalValue < values[i] * (1 - 1e-12)) break;
      if (!(goalValue > 1e-10 && goalValue < 1e10)) continue;
      const slack = 1.01 * slackOf(operator, goal, goalValue, logarithms[i]);
      // Factors, bases and exponents of 1 say nothing.
      if (slack > 0.5 || (!(operator === 'add' || operator === 'sub') && values[i] === 1)) continue;
      const low = goalValue * (1 - slack);
      const high = goalValue * (1 + slack);
      // The wanted values run up or down as the given ones run up: the place moves little.
      while (at < count && values[at] < low) at++;
      while (at > 0 && values[at - 1] >= low) at--;
      if (failures > MOST_FAILURES) return;
      for (let j = at; j < count && values[j] <= high; j++) {
        const cost = costs[j] + costs[i];
        if (cost > room || (operator !== 'add' && operator !== 'sub' && values[j] === 1)) continue;
        const [a, b] = [table.formula(index[j]), table.formula(index[i])];
        propose(operator === 'pow' ? apply(operator, b, a) : apply(operator, a, b), spent + cost);
        room = expressionCost(search.budget()) - spent;
      }
    }
  }
}

/** First place of a value not below the bound. */
function lowerBound(values: Float64Array, bound: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
