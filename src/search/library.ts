import { call, constant, type Expression, type Operator } from '../expressions/index.ts';
import { Forms } from './forms.ts';
import { createMeasure } from './measure.ts';
import type { Grammar } from './problem.ts';
import type { Leaf } from './tasks/task.ts';
import { Slot } from './units/slots.ts';

/** A function of the leaves of a task without free constants, with its values on the probe rows. */
export interface LibraryEntry {
  readonly tree: Expression;
  readonly complexity: number;
  /** Shape [probes], finite. */
  readonly values: Float64Array;
}

export interface LibraryLimits {
  /** Largest level: the nodes of an entry, a power of an input counting as two. */
  readonly maxLevel: number;
  /** Largest number of entries. */
  readonly maxEntries: number;
}

/** Exponents tried when the grammar has a power operator. */
const EXPONENTS = [2, -1, 0.5, -2, 3, -0.5, 1.5, -3, -1.5];
const HASHED_ROWS = 8;
const MIN_RELATIVE_RANGE = 1e-7;
/** A sum this small beside its terms is what rounding left of them. */
const CANCELLED = 1e-10;

/**
 * All distinct functions of the leaves up to a level, bottom up, by value.
 *
 * Two trees are one function when eight probe rows agree to ten digits; the simpler is kept. Functions
 * that are constant or not finite on the probe rows are dropped.
 */
export function enumerateLibrary(leaves: readonly Leaf[], grammar: Grammar, limits: LibraryLimits): LibraryEntry[] {
  const forms = new Forms(grammar);
  const measure = createMeasure(grammar);
  // A function that adds metres to seconds is part of no law.
  const units = grammar.units?.constructs ? grammar.units : undefined;
  const entries: LibraryEntry[] = [];
  const byLevel: LibraryEntry[][] = [];
  const seen = new Set<number>();
  const rows = leaves[0]?.values.length ?? 0;
  // One block of memory for all entries: thousands of small arrays cost more than what is computed in them.
  const block = new Float64Array((limits.maxEntries + 1) * rows);
  let scratch = block.subarray(0, rows);

  const keep = (tree: Expression, level: number): void => {
    if (entries.length >= limits.maxEntries) return;
    if (units && !units.admits(tree, Slot.any)) return;
    const key = valueKey(scratch);
    if (seen.has(key)) return;
    seen.add(key);
    const entry = { tree, complexity: measure.complexity(tree), values: scratch };
    entries.push(entry);
    byLevel[level].push(entry);
    scratch = block.subarray(entries.length * rows, (entries.length + 1) * rows);
  };
  const tryUnary = (operator: Operator, a: LibraryEntry, level: number): void => {
    for (let i = 0; i < rows; i++) {
      const value = operator.apply(a.values[i], 0);
      if (!Number.isFinite(value)) return;
      scratch[i] = value;
    }
    if (varies(scratch)) keep(call(operator, a.tree), level);
  };
  const tryBinary = (operator: Operator, a: LibraryEntry, b: LibraryEntry, level: number): void => {
    let largest = 0;
    let operands = 0;
    for (let i = 0; i < rows; i++) {
      const value = operator.apply(a.values[i], b.values[i]);
      if (!Number.isFinite(value)) return;
      scratch[i] = value;
      largest = Math.max(largest, Math.abs(value));
      operands = Math.max(operands, Math.abs(a.values[i]));
    }
    // log(sqrt(x)) + log(x^-0.5) is nothing but rounding.
    const isSum = operator.name === 'add' || operator.name === 'sub';
    if (isSum && largest < CANCELLED * operands) return;
    if (varies(scratch)) keep(call(operator, a.tree, b.tree), level);
  };
  const tryPowers = (a: LibraryEntry, level: number): void => {
    for (const exponent of EXPONENTS) {
      const tree = forms.power(a.tree, exponent);
      if (!tree) continue;
      let finite = true;
      for (let i = 0; i < rows && finite; i++) {
        const value = a.values[i] ** exponent;
        finite = Number.isFinite(value);
        scratch[i] = value;
      }
      if (finite && varies(scratch)) keep(tree, level);
    }
  };

  const one: LibraryEntry = { tree: constant(1), complexity: 1, values: new Float64Array(rows).fill(1) };
  byLevel[1] = [];
  for (const leaf of leaves) {
    scratch.set(leaf.values);
    if (varies(scratch)) keep(leaf.tree, 1);
  }
  for (let level = 2; level <= limits.maxLevel && entries.length < limits.maxEntries; level++) {
    byLevel[level] = [];
    for (const operator of grammar.unary) {
      for (const a of byLevel[level - operator.complexity] ?? []) tryUnary(operator, a, level);
    }
    // A power of an input is as near as a function of it; a power of anything else is written with two nodes more.
    for (const a of byLevel[level === 2 ? 1 : level - 2]) if (level === 2 || level > 3) tryPowers(a, level);
    for (const operator of grammar.binary) {
      if (operator.name === 'pow') continue;
      const commutative = operator.facts.commutative === true;
      const total = level - operator.complexity;
      for (let left = 1; left < total; left++) {
        const right = total - left;
        if (commutative && left > right) continue;
        const as = left === 1 ? [...byLevel[1], one] : byLevel[left];
        const bs = right === 1 ? [...byLevel[1], one] : byLevel[right];
        for (let i = 0; i < as.length && entries.length < limits.maxEntries; i++) {
          const first = commutative && left === right ? i : 0;
          for (let j = first; j < bs.length; j++) tryBinary(operator, as[i], bs[j], level);
        }
      }
    }
  }
  return entries;
}

/** Whether values are not all the same, to seven digits. */
export function varies(values: Float64Array): boolean {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return high - low > MIN_RELATIVE_RANGE * Math.max(Math.abs(low), Math.abs(high));
}

const bits = new DataView(new ArrayBuffer(8));

/** A 53-bit hash of the first probe rows, each rounded to 34 bits of mantissa. */
export function valueKey(values: Float64Array): number {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  const count = Math.min(HASHED_ROWS, values.length);
  for (let i = 0; i < count; i++) {
    bits.setFloat64(0, values[i] + 0);
    const low = (bits.getUint32(4) >>> 17) + 1;
    const high = bits.getInt32(0) + (low >>> 15);
    const word = (low >>> 1) & 0x3fff;
    a = Math.imul(a ^ high, 0x01000193) ^ (a >>> 15);
    a = Math.imul(a ^ word, 0x85ebca6b);
    b = Math.imul(b ^ word, 0xc2b2ae35) ^ (b >>> 13);
    b = Math.imul(b ^ high, 0x27d4eb2f);
  }
  return (a >>> 0) * 2097152 + (b >>> 11);
}
