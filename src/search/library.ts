import { call, complexity, constant, type Expression, type Operator, variable } from '../expressions/index.ts';
import { Forms } from './forms.ts';
import type { Grammar } from './problem.ts';

/** A function of the inputs without free constants, with its values on the probe rows. */
export interface LibraryEntry {
  readonly tree: Expression;
  readonly complexity: number;
  /** Shape [probes], finite. */
  readonly values: Float64Array;
}

export interface LibraryLimits {
  /** Largest complexity of an entry. */
  readonly maxComplexity: number;
  /** Largest number of entries. */
  readonly maxEntries: number;
}

/** Exponents tried when the grammar has a power operator. */
const EXPONENTS = [2, -1, 0.5, -2, 3, -0.5, 1.5, -3, -1.5];
const HASHED_ROWS = 8;
const MIN_RELATIVE_RANGE = 1e-7;

/**
 * All distinct functions of the inputs up to a complexity, bottom up, by value.
 *
 * Two trees are one function when eight probe rows agree to ten digits; the simpler is kept. Functions
 * that are constant or not finite on the probe rows are dropped.
 */
export function enumerateLibrary(
  inputs: readonly string[],
  probes: readonly Float64Array[],
  grammar: Grammar,
  limits: LibraryLimits,
): LibraryEntry[] {
  const forms = new Forms(grammar);
  const entries: LibraryEntry[] = [];
  const bySize: LibraryEntry[][] = [];
  const seen = new Set<number>();
  const rows = probes[0]?.length ?? 0;
  let scratch = new Float64Array(rows);

  const keep = (tree: Expression, size: number): void => {
    if (entries.length >= limits.maxEntries) return;
    const key = valueKey(scratch);
    if (seen.has(key)) return;
    seen.add(key);
    const entry = { tree, complexity: size, values: scratch };
    entries.push(entry);
    bySize[size].push(entry);
    scratch = new Float64Array(rows);
  };
  const tryUnary = (operator: Operator, a: LibraryEntry, size: number): void => {
    for (let i = 0; i < rows; i++) {
      const value = operator.apply(a.values[i], 0);
      if (!Number.isFinite(value)) return;
      scratch[i] = value;
    }
    if (varies(scratch)) keep(call(operator, a.tree), size);
  };
  const tryBinary = (operator: Operator, a: LibraryEntry, b: LibraryEntry, size: number): void => {
    for (let i = 0; i < rows; i++) {
      const value = operator.apply(a.values[i], b.values[i]);
      if (!Number.isFinite(value)) return;
      scratch[i] = value;
    }
    if (varies(scratch)) keep(call(operator, a.tree, b.tree), size);
  };
  const tryPowers = (a: LibraryEntry, size: number): void => {
    for (const exponent of EXPONENTS) {
      const tree = forms.power(a.tree, exponent);
      if (!tree || complexity(tree) !== size) continue;
      let finite = true;
      for (let i = 0; i < rows && finite; i++) {
        const value = a.values[i] ** exponent;
        finite = Number.isFinite(value);
        scratch[i] = value;
      }
      if (finite && varies(scratch)) keep(tree, size);
    }
  };

  const one: LibraryEntry = { tree: constant(1), complexity: 1, values: new Float64Array(rows).fill(1) };
  bySize[1] = [];
  for (let i = 0; i < inputs.length; i++) {
    scratch.set(probes[i].subarray(0, rows));
    if (varies(scratch)) keep(variable(inputs[i]), 1);
  }
  for (let size = 2; size <= limits.maxComplexity && entries.length < limits.maxEntries; size++) {
    bySize[size] = [];
    for (const operator of grammar.unary) {
      for (const a of bySize[size - operator.complexity] ?? []) tryUnary(operator, a, size);
    }
    for (let inner = 1; inner < size; inner++) for (const a of bySize[inner]) tryPowers(a, size);
    for (const operator of grammar.binary) {
      if (operator.name === 'pow') continue;
      const commutative = operator.facts.commutative === true;
      const total = size - operator.complexity;
      for (let left = 1; left < total; left++) {
        const right = total - left;
        if (commutative && left > right) continue;
        const as = left === 1 ? [...bySize[1], one] : bySize[left];
        const bs = right === 1 ? [...bySize[1], one] : bySize[right];
        for (let i = 0; i < as.length; i++) {
          for (let j = commutative && left === right ? i : 0; j < bs.length; j++)
            tryBinary(operator, as[i], bs[j], size);
          if (entries.length >= limits.maxEntries) break;
        }
      }
    }
  }
  return entries;
}

function varies(values: Float64Array): boolean {
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
function valueKey(values: Float64Array): number {
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
